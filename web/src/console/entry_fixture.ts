// One whole entry for tests.
import type { Entry } from "../shared/entry_types";

export const entry: Entry = {
  id: "T01-arrears", topic: "T01", subtopic: "拖欠工资", question: "老板拖欠工资不给，怎么要回来？",
  variants: ["老板跑路了工资咋办", "干了活一分钱莫给"], keywords: ["讨薪", "欠薪"], audience: "劳动者", region: "全国",
  citations: [{ law: "劳动合同法", article: "第三十条", plain: "工资要按时足额发。" }],
  deadlines: ["labour.arb_limit"], calculator: "", aid: "31(5)", risk: "", related: ["T01-contractor"],
  follow_ups: ["没签合同怎么证明", "能不能免费请律师"], reviewed_on: "2026-11-24", expires_on: "2027-11-23",
  conclusion: "可以要回来。\n都不收费。",
  sections: [
    { title: "怎么办", ordered: true, items: ["先留证据。", "{期限:labour.arb_limit}内申请。"] },
    { title: "注意", ordered: false, items: ["写了欠条的，可以起诉。"] },
  ],
};
