// Every fixed sentence of the citizen page in one place, so that it can be reviewed like the rest of our words.
export const texts = {
  title: "法律援助在线咨询",
  centre_unknown: "法律援助中心",
  heading: "遇到什么难处，请直接说",
  welcome: "不收费，不用先报姓名。我是中心的智能助手，回答照法条整理，随时可以转人工。",
  consent: "继续使用，表示您同意我们为解答问题记录对话。需要身份信息时会先说明原因，您可以不给。",
  notice_elder: "非律师意见，急拨",
  menu_ask: "菜单",
  apply_ask: "我想申请法律援助",
  progress_ask: "查询我的申请",
  human_ask: "转人工",
  still_looking: "还在查找，请稍等。",
  failed: "没发出去",
  sending: "正在发送",
  sent_later: "网络断了，连上后自动发出",
  sent_again: "还没发出去，正在自动重发",
  replaced: "这个对话正在另一个窗口里打开。",
  closed: "这次咨询已经结束。还有问题，直接接着说就行。",
  snoozed: "律师会再联系您。",
  fresh_start: "之前的对话已经结束，这里是新的对话。",
  article_elsewhere: "上面是这一条的大意。全文可以到下面的地方免费查看。",
  article_missing: "这里没有存这一条的全文，可以到下面的地方免费查看。",
} as const;

export const hotlines = [
  { name: "报警", number: "110" },
  { name: "法律援助", number: "12348" },
  { name: "劳动监察", number: "12333" },
] as const;
