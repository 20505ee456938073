// Who is signed in; drafts of the one who leaves are wiped from this machine.
import { defineStore } from "pinia";
import { ref } from "vue";
import { as_api_error } from "../shared/http";
import type { Presence, Staff } from "../shared/staff_types";
import { wipe_items } from "../shared/storage";
import { type House, works_in } from "./houses";
import { staff_api, use_csrf, when_signed_out } from "./staff_api";

export const use_session = defineStore("session", () => {
  const staff = ref<Staff | null>(null);
  const must_change = ref(false);
  const known = ref(false);
  /** The session ended while the page was open: drafts stay for whoever signs in again as the same person. */
  const expired = ref(false);

  when_signed_out(() => {
    if (staff.value) expired.value = true;
    staff.value = null;
  });

  function take(session: { staff: Staff; csrf: string; must_change: boolean }): void {
    use_csrf(session.csrf);
    staff.value = session.staff;
    must_change.value = session.must_change;
    known.value = true;
    expired.value = false;
  }
  /** Asks once whether the cookie still holds; other failures than 401 are the caller's to show. */
  async function restore(): Promise<void> {
    if (known.value) return;
    try {
      take(await staff_api.session());
    } catch (caught) {
      if (as_api_error(caught).status !== 401) throw caught;
      known.value = true;
    }
  }
  async function sign_in(login: string, password: string): Promise<void> {
    take(await staff_api.sign_in(login, password));
  }
  async function sign_out(): Promise<void> {
    try {
      await staff_api.sign_out();
    } finally {
      wipe_items("staff.");
      staff.value = null;
      expired.value = false;
    }
  }
  async function change_password(old: string, fresh: string): Promise<void> {
    await staff_api.change_password(old, fresh);
    // The gateway may have renewed the session together with its token.
    take(await staff_api.session());
    must_change.value = false;
  }
  async function set_presence(state: Presence): Promise<void> {
    await staff_api.set_presence(state);
    if (staff.value) staff.value = { ...staff.value, presence: state };
  }
  /** Says the chosen presence again; those who never chose one have none. Failures show elsewhere. */
  function repeat_presence(): void {
    const state = staff.value?.presence;
    if (state) void staff_api.set_presence(state).catch(() => undefined);
  }
  const in_house = (house: House) => works_in(house, staff.value?.roles ?? []);

  return {
    staff, must_change, known, expired, restore, sign_in, sign_out, change_password, set_presence, repeat_presence,
    in_house,
  };
});
