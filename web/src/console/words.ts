// The console's names for what the wire calls by code.
import type { Delivery, ListName, Presence, Role } from "../shared/staff_types";

export const role_names: Record<Role, string> = {
  lawyer: "值班律师", supervisor: "督导", editor: "词条编辑", reviewer: "审查人", approver: "审批人",
  dispatcher: "指派人", intake: "受理人", auditor: "审计", admin: "管理员",
};
export const presence_names: Record<Presence, string> = { online: "在线", busy: "忙碌", away: "离开" };
export const list_names: Record<ListName, string> = {
  queued: "待接入", mine: "我的", waiting: "等回复", overdue: "超时", closed: "已结束",
};
export const list_order: ListName[] = ["queued", "mine", "waiting", "overdue", "closed"];
export const empty_list_words: Record<ListName, string> = {
  queued: "没有人在等。新来的会自动出现在这里。",
  mine: "您手上没有会话。去“待接入”接一个。",
  waiting: "没有在等对方回复的会话。",
  overdue: "没有超时的会话。",
  closed: "还没有结束的会话。",
};
/** What became of a reply; empty where there is nothing to say. */
export const delivery_names: Record<Delivery, string> = {
  queued: "排队发送", sending: "正在发送", offered: "等渠道取走", sent: "已发出", confirmed: "已送达",
  held: "窗口已满，等对方再来消息时发出", unknown: "不确定是否送达", failed: "没发出去",
};
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
/** Who did a thing, when it was no person. */
export function state_name(code: string | null | undefined): string {
  return application_states.find((s) => s.code === code)?.name ?? code ?? "";
}
export const source_names = (source: string | undefined): string =>
  source ? (source.startsWith("来自") || source.includes("填") ? source : `来自${source}`) : "";

const risk_table: Record<string, { name: string; kind: "life" | "care" | "group" }> = {
  suicide: { name: "轻生", kind: "life" }, self_harm: { name: "轻生", kind: "life" },
  violence_now: { name: "正在受暴", kind: "care" }, violence: { name: "家暴", kind: "care" },
  domestic_violence: { name: "家暴", kind: "care" }, minor: { name: "未成年人", kind: "care" },
  group: { name: "群体", kind: "group" }, threat: { name: "威胁", kind: "life" }, urgent: { name: "紧急", kind: "life" },
};
export function risk_word(code: string): { name: string; kind: "life" | "care" | "group" } {
  return risk_table[code] ?? { name: code, kind: "life" };
}

export function channel_word(code: string): { name: string; kind: "wx" | "qq" | "web" | "tel" } {
  if (/wechat|wecom|wx|kf/i.test(code)) return { name: "微信", kind: "wx" };
  if (/qq/i.test(code)) return { name: "QQ", kind: "qq" };
  if (/phone|tel|12348/i.test(code)) return { name: "电话", kind: "tel" };
  return { name: "网页", kind: "web" };
}
