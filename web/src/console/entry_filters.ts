// What the list of entries was narrowed to, kept while one goes into an entry and back; never in the address, since
// the words searched for may be a citizen's own.
import { reactive } from "vue";
import type { EntryState } from "../shared/entry_types";

export const filters = reactive<{ q: string; topic: string; state: EntryState }>({ q: "", topic: "", state: "all" });
