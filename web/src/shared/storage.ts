// Browser storage that never throws: private windows and full disks must not stop a person from asking.
export const key_prefix = "yuanda.";

export function read_item(key: string): string | null {
  try {
    return localStorage.getItem(key_prefix + key);
  } catch {
    return null;
  }
}
export function write_item(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key_prefix + key);
    else localStorage.setItem(key_prefix + key, value);
  } catch {
    // Nothing to do: the value then lives as long as the page.
  }
}
/** Removes every item of ours whose key starts with `under`. */
export function wipe_items(under = ""): void {
  try {
    for (const key of Object.keys(localStorage))
      if (key.startsWith(key_prefix + under)) localStorage.removeItem(key);
    if (under === "") sessionStorage.clear();
  } catch {
    // As above.
  }
}
