// Which inbox a link leads to.

/** `/` is the centre's own page ("web"); `/chat/{inbox}` is a link printed on a poster or a partner's site. */
export function inbox_of_path(path: string): string {
  const found = /^\/chat\/([^/]+)\/?$/.exec(path);
  if (!found?.[1]) return "web";
  try {
    return decodeURIComponent(found[1]);
  } catch {
    return "web";
  }
}
