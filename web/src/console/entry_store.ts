// One entry on an editor's desk: what is served, what is being typed, what lint and the channels make of it.
import { defineStore } from "pinia";
import { computed, ref, watch } from "vue";
import type { Entry, EntryCheck, EntryDetail, Revision } from "../shared/entry_types";
import { as_api_error, type ApiError } from "../shared/http";
import { read_item, write_item } from "../shared/storage";
import { blank_form, type EntryForm, entry_of, form_of, same_form } from "./entry_form";
import { errors_in } from "./entry_words";
import { staff_api } from "./staff_api";

const check_after_ms = 900;
const item_key = (id: string) => `staff.entry.${id}`;
const copy_of = (form: EntryForm): EntryForm => JSON.parse(JSON.stringify(form)) as EntryForm;

/** Typed and not saved: kept on this machine until it is saved, given up, or its author signs out. */
interface Kept { form: EntryForm; base: number }
function read_kept(id: string): Kept | null {
  try {
    return JSON.parse(read_item(item_key(id)) ?? "null") as Kept | null;
  } catch {
    return null;
  }
}

export const use_entry = defineStore("entry", () => {
  const id = ref("");
  const detail = ref<EntryDetail | null>(null);
  const error = ref<ApiError | null>(null);
  const form = ref<EntryForm | null>(null);
  /** As it was loaded or last saved. */
  const stored = ref<EntryForm | null>(null);
  /** The served number this was written over. */
  const base = ref(0);
  const mine = ref<Revision | null>(null);
  /** The revision the form was taken from or saved as: news of a later one must not make a save pass unseen. */
  let from: Revision | null = null;
  const found_again = ref(false);
  const conflict = ref("");
  const check = ref<EntryCheck | null>(null);
  const check_problem = ref("");
  const busy = ref(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: AbortController | undefined;

  const dirty = computed(() => form.value !== null && stored.value !== null && !same_form(form.value, stored.value));
  const content = computed<Entry | null>(() => (form.value ? entry_of(form.value) : null));
  const errors = computed(() => errors_in(check.value?.findings ?? []));
  /** Somebody else's open revisions: two people see that they are at the same thing. */
  const others = computed(() =>
    (detail.value?.revisions ?? []).filter((r) => ["draft", "submitted"].includes(r.state) && r.id !== mine.value?.id),
  );

  function take(fresh: EntryForm, kept: Kept | null): void {
    stored.value = fresh;
    form.value = copy_of(fresh);
    found_again.value = false;
    if (kept && !same_form(kept.form, fresh)) {
      form.value = kept.form;
      base.value = kept.base;
      found_again.value = true;
    }
  }
  async function open(wanted: string, topic: string, year_ahead: string): Promise<void> {
    id.value = wanted;
    detail.value = mine.value = check.value = form.value = stored.value = null;
    error.value = null;
    conflict.value = "";
    base.value = 0;
    from = null;
    if (wanted === "new") take(blank_form(topic, year_ahead), read_kept("new"));
    else await load(true);
  }
  /** Fetches what is stored. The form is taken anew too, or stays as it is; "clean": unless something was typed. */
  async function load(form_too: boolean | "clean"): Promise<void> {
    const wanted = id.value;
    if (wanted === "new") return;
    try {
      const found = await staff_api.kb_entry(wanted);
      if (wanted !== id.value) return;
      error.value = null;
      detail.value = found;
      mine.value = found.mine;
      const entry = found.mine?.content ?? found.served;
      const afresh = form_too === "clean" ? !dirty.value : form_too; // asked now: words may have come meanwhile
      if (!afresh || !entry) return;
      base.value = found.mine?.base ?? found.number;
      from = found.mine;
      take(form_of(entry), read_kept(wanted));
    } catch (caught) {
      if (wanted === id.value) error.value = as_api_error(caught);
    }
  }

  async function run_check(wanted: Entry): Promise<void> {
    running?.abort();
    const own = (running = new AbortController());
    try {
      const found = await staff_api.kb_check(wanted, own.signal);
      if (running !== own) return;
      check.value = found;
      check_problem.value = "";
    } catch (caught) {
      if (running === own) check_problem.value = as_api_error(caught).message;
    }
  }
  /** Also while somebody else's words are on the screen: `wanted` is what is looked at. */
  function check_soon(wanted: Entry | null, at_once = false): void {
    clearTimeout(timer);
    if (wanted) timer = setTimeout(() => void run_check(wanted), at_once ? 0 : check_after_ms);
  }
  watch(() => JSON.stringify(content.value), (now, before) => {
    check_soon(content.value, before === "null" || check.value === null);
    if (now === "null" || !form.value) return;
    write_item(item_key(id.value), dirty.value ? JSON.stringify({ form: form.value, base: base.value }) : null);
  });

  /** False: somebody was first, `conflict` says who. Other failures are the caller's to show. */
  async function save(): Promise<boolean> {
    if (!form.value) return false;
    const written = copy_of(form.value);
    const entry = entry_of(written);
    busy.value = true;
    try {
      const { revision } = from
        ? await staff_api.kb_save(from.id, entry, base.value, from.version)
        : await staff_api.kb_begin(entry, base.value);
      write_item(item_key(id.value), null);
      mine.value = from = revision;
      stored.value = written;
      found_again.value = false;
      conflict.value = "";
      if (id.value === "new") id.value = entry.id;
      await load(false);
      return true;
    } catch (caught) {
      const failure = as_api_error(caught);
      if (failure.status !== 409) throw failure;
      conflict.value = failure.message;
      await load(false);
      return false;
    } finally {
      busy.value = false;
    }
  }
  /** After a look at what the other one did: what is typed here is written over that. */
  async function save_over(): Promise<boolean> {
    base.value = detail.value?.number ?? base.value;
    from = mine.value;
    return save();
  }
  async function act(work: () => Promise<unknown>, afresh: boolean): Promise<void> {
    busy.value = true;
    try {
      await work();
    } finally {
      busy.value = false;
      await load(afresh);
    }
  }
  function forget_kept(): void {
    write_item(item_key(id.value), null);
    if (stored.value) form.value = copy_of(stored.value);
    base.value = mine.value?.base ?? detail.value?.number ?? 0;
    from = mine.value;
    found_again.value = false;
    conflict.value = "";
  }
  function close(): void {
    clearTimeout(timer);
    running?.abort();
  }
  return {
    id, detail, error, form, base, mine, found_again, conflict, check, check_problem, busy, dirty, content, errors, others,
    open, load, check_soon, save, save_over, act, forget_kept, close,
  };
});
