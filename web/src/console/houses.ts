// Which roles work in which part of the console; the gateway's own table (gateway/staff/access.cpp) decides.
import type { Role } from "../shared/staff_types";

export const houses = {
  desk: ["lawyer", "supervisor"],
  cases: ["lawyer", "supervisor", "reviewer", "approver", "dispatcher", "intake"],
  entries: ["editor", "reviewer", "approver"],
  staff: ["admin"],
} satisfies Record<string, Role[]>;

export type House = keyof typeof houses;

export const works_in = (house: House, roles: readonly Role[]): boolean =>
  (houses[house] as Role[]).some((role) => roles.includes(role));

/** The name of the first page these roles may open. */
export function home_of(roles: readonly Role[]): "inbox" | "applications" | "entries" | "staff" | "forbidden" {
  if (works_in("desk", roles)) return "inbox";
  if (works_in("cases", roles)) return "applications";
  if (works_in("entries", roles)) return "entries";
  if (works_in("staff", roles)) return "staff";
  return "forbidden";
}
