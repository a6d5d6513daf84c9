// Round every page of the phone: whether there is a signal, what waits, who is signed in; and the sending itself.

import { fetchDay, flush } from "./flush.js";
import { ownStore, waitingOfAll } from "./store.js";

export const words = JSON.parse(document.getElementById("words").textContent);
const FIRST_PAUSE = 5000;
const LONGEST_PAUSE = 5 * 60000;

let pause = FIRST_PAUSE;
let timer = 0;

const IN_PRINT = new Intl.DateTimeFormat("zh-CN", {
  month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: "Asia/Shanghai",
});
const A_MINUTE = 60 * 1000;

// The end of a day is its 24:00, as in official letters, and not the next day's midnight.
export function moment(iso) {
  const at = new Date(iso);
  const told = IN_PRINT.format(at);
  return told.endsWith("00:00") ? IN_PRINT.format(at - A_MINUTE).replace("23:59", "24:00") : told;
}

export const say = (text, facts) => text.replace(/%\((\w+)\)s/g, (_whole, name) => String(facts[name]));

// Copies a pattern of the page and writes texts into its places; a place without a text goes.
export function copyOf(name, texts) {
  const copy = document.querySelector(`template[data-pattern='${name}']`).content.firstElementChild.cloneNode(true);
  for (const place of copy.querySelectorAll("[data-text]")) {
    const text = texts[place.dataset.text];
    if (text) place.textContent = text;
    else place.remove();
  }
  return copy;
}

function lasting(name) {
  const button = document.querySelector(`[data-turn='${name}']`);
  const draw = () => {
    const on = localStorage.getItem(name) === "on";
    document.documentElement.toggleAttribute(`data-${name}`, on);
    button?.setAttribute("aria-pressed", String(on));
  };
  button?.addEventListener("click", () => {
    localStorage.setItem(name, localStorage.getItem(name) === "on" ? "off" : "on");
    draw();
  });
  draw();
}

async function drawFrame(state) {
  const waiting = await waitingOfAll();
  const badge = document.querySelector("[data-waiting]");
  badge.textContent = String(waiting);
  badge.hidden = waiting === 0;
  const bar = document.querySelector("[data-signal]");
  const signedOut = state === "signed_out" || (state !== "not_for_you" && !await ownStore());
  const said = state === "not_for_you" ? words.not_for_you : signedOut ? words.signed_out : words.no_signal;
  bar.hidden = state === "ok";
  bar.querySelector("[data-said]").textContent = say(said, { count: waiting });
  bar.querySelector("[data-sign-in]").hidden = !signedOut || state === "offline";
}

// Tries at once, then after longer and longer pauses, until nothing waits any more.
export async function send() {
  clearTimeout(timer);
  const state = await flush();
  await drawFrame(state);
  document.dispatchEvent(new CustomEvent("phone:sent", { detail: state }));
  if (state === "offline" || state === "broken") {
    timer = setTimeout(send, pause);
    pause = Math.min(pause * 2, LONGEST_PAUSE);
  } else {
    pause = FIRST_PAUSE;
  }
  return state;
}

// The browser may send later by itself, where it can; this page tries now.
export async function sendSoon() {
  const worker = await navigator.serviceWorker?.getRegistration("/mobile/");
  await worker?.sync?.register("send").catch(() => null);
  send();
}

export async function refresh() {
  const state = await fetchDay();
  await drawFrame(state);
  document.dispatchEvent(new CustomEvent("phone:sent", { detail: state }));
}

for (const name of ["sun", "large"]) lasting(name);
navigator.serviceWorker?.register("/mobile/worker.js", { scope: "/mobile/", type: "module" });
navigator.storage?.persist?.();
window.addEventListener("online", () => { pause = FIRST_PAUSE; send(); });
document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") send(); });
