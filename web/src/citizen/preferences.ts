// How large and how dark the page is shown; chosen once, remembered in this browser.
import { reactive } from "vue";
import { read_item, write_item } from "../shared/storage";

const sizes = [22, 26, 30];

export const preferences = reactive({
  elder: read_item("elder") === "1",
  high_contrast: read_item("contrast") === "high",
  elder_px: sizes.includes(Number(read_item("elder_px"))) ? Number(read_item("elder_px")) : 22,
});

export function apply_preferences(): void {
  const root = document.documentElement;
  if (preferences.elder) root.dataset.mode = "elder";
  else delete root.dataset.mode;
  if (preferences.high_contrast) root.dataset.contrast = "high";
  else delete root.dataset.contrast;
  root.style.setProperty("--yd-elder-fs", `${preferences.elder_px}px`);
}
export function toggle_elder(): void {
  preferences.elder = !preferences.elder;
  write_item("elder", preferences.elder ? "1" : null);
  apply_preferences();
}
export function toggle_contrast(): void {
  preferences.high_contrast = !preferences.high_contrast;
  write_item("contrast", preferences.high_contrast ? "high" : null);
  apply_preferences();
}
/** 22, 26, 30, then back: a single button is easier than two. */
export function next_size(): void {
  preferences.elder_px = sizes[(sizes.indexOf(preferences.elder_px) + 1) % sizes.length] ?? 22;
  write_item("elder_px", String(preferences.elder_px));
  apply_preferences();
}
