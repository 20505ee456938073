// The console's names for what the wire calls by code.
import type { Delivery, ListName, Presence, Role, Tab, Unsent } from "../shared/staff_types";

export const role_names: Record<Role, string> = {
  lawyer: "值班律师", supervisor: "督导", editor: "词条编辑", reviewer: "审查人", approver: "审批人",
  dispatcher: "指派人", intake: "受理人", auditor: "审计", admin: "管理员",
};
export const presence_names: Record<Presence, string> = { online: "在线", busy: "忙碌", away: "离开" };
export const list_names: Record<Tab, string> = {
  queued: "待接入", mine: "我的", waiting: "等回复", overdue: "超时", closed: "已结束", undelivered: "未送达",
};
export const list_order: ListName[] = ["queued", "mine", "waiting", "overdue", "closed"];
export const empty_list_words: Record<Tab, string> = {
  queued: "没有人在等。新来的会自动出现在这里。",
  mine: "您手上没有会话。去“待接入”接一个。",
  waiting: "没有人在等我们回复。",
  overdue: "没有超时的会话。",
  closed: "还没有结束的会话。",
  undelivered: "消息都送到了。",
};
/** What became of a reply; empty where there is nothing to say. */
export const delivery_names: Record<Delivery, string> = {
  queued: "排队发送", sending: "正在发送", offered: "等渠道取走", sent: "已发出", confirmed: "已送达",
  held: "窗口已满，等对方再来消息时发出", unknown: "不确定是否送达", failed: "没发出去",
};
/** What did not arrive, and what a person can do about it. */
export const unsent_names: Record<Unsent, string> = { held: "等窗口", unknown: "不确定", failed: "没发出去" };
export const unsent_todo: Record<Unsent, string> = {
  held: "等对方再发消息就会送出", unknown: "不确定送到没有，请电话联系", failed: "请电话联系",
};
export const sender_names: Record<string, string> = { bot: "智能助手的回答", lawyer: "律师的话", system: "中心的通知" };

/** The server's own rule (gateway/passwords.hpp), in words. */
export const shortest_password = 10;
export const password_rule = `至少 ${shortest_password} 位，含大写字母、小写字母、数字、符号中的三种，不含账号。`;

export const close_reasons: { code: string; name: string }[] = [
  { code: "solved", name: "已经解答" },
  { code: "referred", name: "已转介其他机构" },
  { code: "applied", name: "已申请法律援助" },
  { code: "no_answer", name: "对方没有再回复" },
  { code: "other", name: "其他" },
];
/** The states an application can be listed by, in the order of the procedure. */
export const application_states: { code: string; name: string }[] = [
  { code: "all", name: "全部" }, { code: "submitted", name: "已收到" }, { code: "supplement", name: "待补充" },
  { code: "under_review", name: "审查中" }, { code: "approved", name: "给予" }, { code: "refused", name: "不予" },
  { code: "closed", name: "已结案" },
];
export const source_names = (source: string | undefined): string =>
  source ? (source.startsWith("来自") || source.includes("填") ? source : `来自${source}`) : "";

/** The codes of nlu/understanding.hpp, as a colleague would say them. */
const risk_table: Record<string, { name: string; kind: "life" | "care" | "group" }> = {
  self_harm: { name: "轻生", kind: "life" },
  violence_now: { name: "正在受暴", kind: "care" },
  child: { name: "未成年人", kind: "care" },
  wage_extreme: { name: "讨薪过激", kind: "group" },
  missing_elder: { name: "老人走失", kind: "life" },
  medical_fire: { name: "急救火警", kind: "life" },
  detained: { name: "家人被抓", kind: "care" },
  scam_now: { name: "正在被骗", kind: "life" },
  threat: { name: "威胁他人", kind: "life" },
};
export const risk_codes = Object.keys(risk_table);
export function risk_word(code: string): { name: string; kind: "life" | "care" | "group" } {
  return risk_table[code] ?? { name: "紧急", kind: "life" };
}

export function channel_word(code: string): { name: string; kind: "wx" | "qq" | "web" | "tel" } {
  if (/wechat|wecom|wx|kf/i.test(code)) return { name: "微信", kind: "wx" };
  if (/qq/i.test(code)) return { name: "QQ", kind: "qq" };
  if (/phone|tel|12348/i.test(code)) return { name: "电话", kind: "tel" };
  return { name: "网页", kind: "web" };
}
