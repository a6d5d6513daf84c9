// What was done with one event of the day, written without a signal if need be.

import { moment, say, send, words } from "./frame.js";
import { ownStore } from "./store.js";
import { Writing } from "./writing.js";

const form = document.querySelector("form");
const store = await ownStore();
const id = location.hash.slice(1);
const event = store && await store.event(id);
const own = store ? (await store.queue()).filter((row) => row.submission?.event === id) : [];

function show(place, text) {
  document.querySelector(`[data-${place}]`).textContent = text ?? "";
}

// A step that waits has not moved the event yet: until it has, the next one can only be a note.
function offered() {
  const moved = own.some((row) => row.state === "waiting" && row.submission.kind !== "progress");
  return event.steps.filter((kind) => kind === "progress" || !moved);
}

if (event?.steps.length) {
  form.hidden = false;
  show("number", event.number);
  show("title", event.title);
  show("text", event.text);
  const place = event.location && say(words.place, event.location);
  show("about", [event.grid, event.spot, place, event.organ].filter(Boolean).join(" · "));
  show("due", event.due_at ? moment(event.due_at) : "");
  const kinds = offered();
  for (const choice of form.querySelectorAll("[data-kind]")) choice.hidden = !kinds.includes(choice.dataset.kind);
  form.querySelector(`[name='kind'][value='${kinds[0]}']`).checked = true;
  const writing = new Writing(form, store, `draft:update:${id}`, ({ kind, words }) => (
    { kind, event: id, version: event.version, follows: event.follows ?? null, typed: { words } }
  ));
  await writing.restore();
} else {
  document.querySelector("[data-no-event]").hidden = false;
}
send();
