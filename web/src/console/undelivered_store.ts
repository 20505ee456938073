// The messages that did not arrive, until somebody has seen to each.
import { defineStore } from "pinia";
import { ref } from "vue";
import { as_api_error, type ApiError } from "../shared/http";
import type { Undelivered } from "../shared/staff_types";
import { staff_api } from "./staff_api";

export const use_undelivered = defineStore("undelivered", () => {
  const rows = ref<Undelivered[] | null>(null);
  const next = ref<string | null>(null);
  const error = ref<ApiError | null>(null);

  async function load(): Promise<void> {
    error.value = null;
    try {
      const page = await staff_api.undelivered();
      rows.value = page.messages;
      next.value = page.next;
    } catch (caught) {
      error.value = as_api_error(caught);
    }
  }
  async function load_more(): Promise<void> {
    if (!next.value) return;
    const page = await staff_api.undelivered(next.value);
    rows.value = [...(rows.value ?? []), ...page.messages];
    next.value = page.next;
  }
  async function settle(message: string): Promise<void> {
    await staff_api.settle(message);
    rows.value = rows.value?.filter((row) => row.message !== message) ?? null;
  }
  function clear(): void {
    rows.value = null;
    next.value = null;
  }
  return { rows, next, error, load, load_more, settle, clear };
});
