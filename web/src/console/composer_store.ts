// What a lawyer is writing: kept per conversation across reloads, until it is sent or the lawyer signs out.
import { defineStore } from "pinia";
import { computed, ref } from "vue";
import { read_item, write_item } from "../shared/storage";
import { uuid } from "../shared/uuid";

export type Mode = "reply" | "note";
export interface Cited { law: string; article: string }

const key = (id: string, mode: Mode) => `staff.draft.${id}.${mode}`;

export const use_composer = defineStore("composer", () => {
  const id = ref("");
  const mode = ref<Mode>("reply");
  const texts = ref<Record<Mode, string>>({ reply: "", note: "" });
  const cited = ref<Cited[]>([]);
  const cmid = ref(uuid());
  /** Raised to ask the text box for the focus. */
  const focus_asked = ref(0);
  const text = computed(() => texts.value[mode.value]);

  function switch_to(conversation: string): void {
    id.value = conversation;
    texts.value = { reply: read_item(key(conversation, "reply")) ?? "", note: read_item(key(conversation, "note")) ?? "" };
    cited.value = [];
    mode.value = "reply";
    cmid.value = uuid();
  }
  function write(fresh: string): void {
    texts.value = { ...texts.value, [mode.value]: fresh };
    write_item(key(id.value, mode.value), fresh || null);
    cmid.value = uuid();
  }
  function sent(): void {
    write("");
    if (mode.value === "reply") cited.value = [];
  }
  function insert(fresh: string, citations: Cited[]): void {
    mode.value = "reply";
    write(texts.value.reply.trim() ? `${texts.value.reply.trimEnd()}\n${fresh}` : fresh);
    const known = new Set(cited.value.map((c) => c.law + c.article));
    cited.value = [...cited.value, ...citations.filter((c) => !known.has(c.law + c.article))];
    focus_asked.value += 1;
  }
  function uncite(gone: Cited): void {
    cited.value = cited.value.filter((c) => c !== gone);
  }
  function ask(wanted: Mode): void {
    mode.value = wanted;
    focus_asked.value += 1;
  }
  return { id, mode, texts, text, cited, cmid, focus_asked, switch_to, write, sent, insert, uncite, ask };
});
