// What became of the notice that asked an applicant for papers, in words.
import type { ApplicationEvent } from "../shared/staff_types";

export interface NoticeWord {
  text: string;
  /** Nobody may rely on it having arrived: somebody must ring. */
  bad: boolean;
  /** It is still on its way: look again soon. */
  pending: boolean;
  /** The message to settle once the applicant has been told otherwise. */
  message: string;
}

/** The latest request for papers on the record. */
export const last_request = (events: ApplicationEvent[]): ApplicationEvent | undefined =>
  events.findLast((event) => event.missing !== undefined);

export function notice_word(request: ApplicationEvent): NoticeWord {
  const word = (text: string, over: Partial<NoticeWord> = {}): NoticeWord => ({
    text, bad: false, pending: false, message: request.notice?.message ?? "", ...over,
  });
  switch (request.notice?.state) {
    case undefined: return word("没有可发的对话，请电话告知", { bad: true });
    case "page": return word("已写进网页对话，对方打开就能看到");
    case "settled": return word("已用其他方式告知");
    case "sent": return word("已发出");
    case "confirmed": return word("已送达");
    case "held":
    case "unknown":
    case "failed": return word("未送达，请电话告知", { bad: true });
    default: return word("正在发送", { pending: true });
  }
}
