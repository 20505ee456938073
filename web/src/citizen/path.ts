// Which inbox a link leads to.

/** The centre's own page, at `/`. */
export const main_inbox = "web";

/** `/chat/{inbox}` is a link printed on a poster or a partner's site; anything else is the centre's own page. */
export function inbox_of_path(path: string): string {
  const found = /^\/chat\/([^/]+)\/?$/.exec(path);
  if (!found?.[1]) return main_inbox;
  try {
    return decodeURIComponent(found[1]);
  } catch {
    return main_inbox;
  }
}
