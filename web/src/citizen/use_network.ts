// Hears from the browser when the network goes and comes, and when the page is looked at again.
import { onMounted, onUnmounted, ref, type Ref } from "vue";

/** `on_back` runs when it is worth trying at once. Returns whether the browser itself says that there is no network. */
export function use_network(on_back: () => void): Ref<boolean> {
  const no_net = ref(!navigator.onLine);
  const on_net = () => {
    no_net.value = !navigator.onLine;
    if (navigator.onLine) on_back();
  };
  /** A phone that was asleep may hold a dead connection. */
  const on_wake = () => {
    if (document.visibilityState === "visible") on_back();
  };
  onMounted(() => {
    document.addEventListener("visibilitychange", on_wake);
    window.addEventListener("online", on_net);
    window.addEventListener("offline", on_net);
  });
  onUnmounted(() => {
    document.removeEventListener("visibilitychange", on_wake);
    window.removeEventListener("online", on_net);
    window.removeEventListener("offline", on_net);
  });
  return no_net;
}
