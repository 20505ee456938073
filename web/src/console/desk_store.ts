// The state of the whole desk: counts, duty, the server's clock, and the alerts not yet looked at.
import { defineStore } from "pinia";
import { computed, ref, watch } from "vue";
import type { Desk } from "../shared/staff_types";
import { read_item, write_item } from "../shared/storage";
import { beep } from "./beep";
import { staff_api } from "./staff_api";
import { risk_word } from "./words";

export interface Alert { conversation: string; risk: string[]; at: number }

export const use_desk = defineStore("desk", () => {
  const desk = ref<Desk | null>(null);
  const offset_ms = ref(0);
  const now = ref(Date.now());
  const alerts = ref<Alert[]>([]);
  const sound = ref(read_item("staff_sound") === "1");

  setInterval(() => (now.value = Date.now() + offset_ms.value), 1000);

  async function load(): Promise<void> {
    const before = desk.value?.counts.queued ?? 0;
    const fresh = await staff_api.desk();
    offset_ms.value = fresh.now - Date.now();
    now.value = fresh.now;
    if (desk.value && fresh.counts.queued > before && sound.value) beep();
    desk.value = fresh;
  }
  let load_timer: ReturnType<typeof setTimeout> | undefined;
  /** Deliveries come in bursts; one fetch a second answers them all. */
  function load_soon(): void {
    load_timer ??= setTimeout(() => {
      load_timer = undefined;
      void load().catch(() => undefined);
    }, 1000);
  }
  function add_alert(conversation: string, risk: string[]): void {
    const others = alerts.value.filter((a) => a.conversation !== conversation);
    alerts.value = [{ conversation, risk, at: now.value }, ...others];
    if (sound.value) beep();
  }
  function drop_alert(conversation: string): void {
    alerts.value = alerts.value.filter((a) => a.conversation !== conversation);
  }
  const alert_words = (alert: Alert) => alert.risk.map((r) => risk_word(r).name).join("、");
  /** What someone must look at: those waiting to be accepted, and alerts. */
  const pending = computed(() => (desk.value?.counts.queued ?? 0) + alerts.value.length);
  watch(sound, (on) => write_item("staff_sound", on ? "1" : null));
  function clear(): void {
    desk.value = null;
    alerts.value = [];
  }
  return { desk, now, alerts, sound, pending, load, load_soon, add_alert, drop_alert, alert_words, clear };
});
