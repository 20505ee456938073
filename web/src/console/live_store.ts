// Keeps the console up to date: a socket, and a slow poll while the socket is lost.
import { defineStore } from "pinia";
import { ref } from "vue";
import { backoff_ms } from "../shared/backoff";
import type { StaffFrame } from "../shared/staff_types";
import { csrf_token } from "./staff_api";

type Listener = (frame: StaffFrame) => void;
const poll_every_ms = 8000;
const ping_every_ms = 25000;
const silence_limit_ms = 60000;

export const use_live = defineStore("live", () => {
  const connected = ref(false);
  /** True once the loss has lasted long enough to be worth a red bar. */
  const lost = ref(false);
  const listeners = new Set<Listener>();
  let socket: WebSocket | null = null;
  let attempt = 0;
  let running = false;
  let heard_at = 0;
  let again: ReturnType<typeof setTimeout> | undefined;
  let poller: ReturnType<typeof setInterval> | undefined;
  let pinger: ReturnType<typeof setInterval> | undefined;
  let lost_timer: ReturnType<typeof setTimeout> | undefined;

  function tell(frame: StaffFrame): void {
    for (const listener of listeners) listener(frame);
  }
  function listen(listener: Listener): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }
  function start(): void {
    if (running) return;
    running = true;
    open();
  }
  function stop(): void {
    running = false;
    clearTimeout(again);
    clearTimeout(lost_timer);
    clearInterval(poller);
    clearInterval(pinger);
    const old = socket;
    socket = null;
    old?.close();
    connected.value = lost.value = false;
  }
  function open(): void {
    clearTimeout(again);
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const mine = new WebSocket(`${scheme}://${location.host}/api/v1/socket`);
    socket = mine;
    mine.onopen = () => {
      mine.send(JSON.stringify({ t: "hello", csrf: csrf_token() }));
      heard_at = Date.now();
      attempt = 0;
      connected.value = true;
      lost.value = false;
      clearTimeout(lost_timer);
      clearInterval(poller);
      clearInterval(pinger);
      pinger = setInterval(() => {
        if (Date.now() - heard_at > silence_limit_ms) mine.close();
        else mine.send('{"t":"ping"}');
      }, ping_every_ms);
      // Whatever was missed is in the lists: fetch them rather than asking for each event.
      tell({ t: "desk" });
    };
    mine.onmessage = (event) => {
      heard_at = Date.now();
      try {
        tell(JSON.parse(String(event.data)) as StaffFrame);
      } catch {
        // Not ours to read; the next frame will be.
      }
    };
    mine.onclose = () => {
      if (socket !== mine) return;
      socket = null;
      clearInterval(pinger);
      if (running) reconnect();
    };
  }
  function reconnect(): void {
    if (connected.value || attempt === 0) {
      clearInterval(poller);
      poller = setInterval(() => tell({ t: "desk" }), poll_every_ms);
      clearTimeout(lost_timer);
      lost_timer = setTimeout(() => (lost.value = !connected.value && running), 1500);
    }
    connected.value = false;
    again = setTimeout(open, backoff_ms(attempt, Math.random, 500, 15000));
    attempt += 1;
  }
  function retry(): void {
    if (running && !socket) open();
  }
  function send(frame: object): void {
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame));
  }
  return { connected, lost, start, stop, listen, retry, send };
});
