// How people are named on the page.
import type { Status } from "../shared/chat_types";

/** "王毅律师" for "王毅" and for "王毅律师"; "值班律师" where no name is known. */
export function lawyer_name(name: string | undefined): string {
  if (!name) return "值班律师";
  return /律师$/.test(name) ? name : `${name}律师`;
}

export function lawyer_of(status: Status): string {
  return lawyer_name(status.lawyer?.name);
}
