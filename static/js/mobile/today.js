// The day's events, the most urgent first, as the phone carries them.

import { copyOf, moment, refresh, say, send, words } from "./frame.js";
import { ownStore } from "./store.js";

const list = document.querySelector("[data-events]");
const rounds = document.querySelector("[data-rounds]");
const SOON = 24 * 60 * 60 * 1000;

function lampOf(event) {
  if (!event.due_at) return ["0", ""];
  const left = new Date(event.due_at) - Date.now();
  if (left <= 0) return ["r", say(words.overdue_since, { at: moment(event.due_at) })];
  return [left < SOON ? "y" : "g", say(words.until, { at: moment(event.due_at) })];
}

const END_OF_THE_DAY = "T24:00:00+08:00";

function roundRow(round) {
  const [colour, due] = lampOf({ due_at: round.last_on + END_OF_THE_DAY });
  const drawn = copyOf("round", { due, name: round.name, grid: round.grid_name });
  drawn.querySelector("[data-text='due']").classList.add("lamp", `lamp-${colour}`);
  drawn.querySelector("a").href += `#${round.id}`;
  return drawn;
}

function row(event, queued) {
  const [colour, due] = lampOf(event);
  const drawn = copyOf("event", {
    due,
    title: event.title || event.number,
    about: [event.grid, event.type, event.state_words].filter(Boolean).join(" · "),
    queued: queued.has(event.id) ? words.waits_here : "",
    danger: event.is_dangerous ? words.danger : "",
  });
  drawn.querySelector("[data-text='due']")?.classList.add("lamp", `lamp-${colour}`);
  const link = drawn.querySelector("a");
  if (event.steps.length) link.href += `#${event.id}`;
  else link.remove();
  return drawn;
}

export async function draw() {
  const store = await ownStore();
  const day = store && await store.kept("day");
  document.querySelector("[data-empty]").hidden = !day || day.events.length > 0;
  document.querySelector("[data-who]").textContent = day ? day.words : "";
  document.querySelector("[data-count]").textContent = day ? String(day.events.length) : "";
  document.querySelector("[data-more]").hidden = !day?.more;
  document.querySelector("[data-as-of]").textContent = day ? say(words.as_of, { at: moment(day.now) }) : "";
  const mine = store ? (await store.queue()).filter((one) => one.submission) : [];
  const reported = new Set(mine.map((one) => one.submission.round));
  const waiting = (day?.rounds ?? []).filter((one) => !reported.has(one.id));
  rounds.replaceChildren(...waiting.map(roundRow));
  rounds.closest("section").hidden = waiting.length === 0;
  if (!day) {
    list.replaceChildren();
    return;
  }
  const queued = new Set(mine.map((one) => one.submission.event ?? one.id));
  const written = await store.reported();
  list.replaceChildren(...[...written, ...day.events].map((event) => row(event, queued)));
}

await draw();
document.addEventListener("phone:sent", draw);
if (await send() === "ok") await refresh();
