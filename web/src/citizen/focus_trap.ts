// Keeps the Tab key inside a sheet while it covers the page (WAI-ARIA dialog pattern).
const can_focus = 'a[href],button:not([disabled]),textarea,input,select,[tabindex="0"]';

export function trap_tab(event: KeyboardEvent, inside: HTMLElement): void {
  if (event.key !== "Tab") return;
  const stops = [...inside.querySelectorAll<HTMLElement>(can_focus)];
  const first = stops[0];
  const last = stops.at(-1);
  if (!first || !last) return;
  const here = document.activeElement;
  const outside = !inside.contains(here);
  if (event.shiftKey && (here === first || outside)) {
    event.preventDefault();
    last.focus();
  } else if (!event.shiftKey && (here === last || outside)) {
    event.preventDefault();
    first.focus();
  }
}
