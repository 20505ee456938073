// The keyboard of the workbench: which key asks for what.
export type KeyAction = "next" | "previous" | "accept" | "reply" | "note" | "close" | "help";

const with_alt: Record<string, KeyAction> = {
  KeyJ: "next", KeyK: "previous", KeyA: "accept", KeyL: "reply", KeyP: "note", KeyE: "close",
};

export interface KeyLike {
  code: string;
  key: string;
  altKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  isComposing: boolean;
}

/** `code`, not `key`: with Alt some layouts type another letter. Nothing fires while an input method composes. */
export function key_action(event: KeyLike, typing: boolean): KeyAction | null {
  if (event.isComposing || event.ctrlKey || event.metaKey) return null;
  if (event.altKey) return with_alt[event.code] ?? null;
  return event.key === "?" && !typing ? "help" : null;
}

export const key_help: [string, string][] = [
  ["Alt + J / K", "下一个、上一个会话"], ["Alt + A", "接入"], ["Alt + L", "写回复"], ["Alt + P", "写内部备注"],
  ["Alt + E", "结束会话"], ["Enter", "发送，Shift + Enter 换行"], ["?", "打开这张表"],
];
