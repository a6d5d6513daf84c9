// What waits on the phone, what was refused and why, where two wrote, and what has arrived.

import { copyOf, moment, refresh, say, send, words } from "./frame.js";
import { ownStore } from "./store.js";

const places = Object.fromEntries([...document.querySelectorAll("[data-list]")].map((place) => [place.dataset.list, place]));

// Pressed once; a slip of the thumb throws nothing away, and a page drawn anew remembers it.
const armed = new Set();
const REFUSED = new Set(["refused", "photos_refused"]);

const titleOf = (submission, events) => (
  submission.title ?? submission.typed.title ?? submission.typed.subject ?? events.get(submission.event)?.title ?? ""
);

// What follows it could never arrive, so it goes too.
async function throwAway(store, id) {
  const queue = await store.queue();
  for (const other of queue.filter((one) => one.id === id || one.submission?.follows === id)) {
    await store.leave(other, null);
  }
  await draw();
}

function row(store, one, events) {
  const { submission, answer, state } = one;
  const drawn = copyOf(REFUSED.has(state) ? "refused" : "waiting", {
    title: titleOf(submission, events),
    kind: words.kinds[submission.kind],
    at: moment(submission.observed_at),
    state: words.states[state],
    reason: answer?.reason,
    words: submission.typed.words ?? submission.typed.text,
  });
  drawn.querySelector("[data-again]")?.addEventListener("click", async () => {
    armed.delete(one.id);
    await store.hear(one, state === "photos_refused" ? "taken" : "waiting", answer);
    await send();
  });
  const drop = drawn.querySelector("[data-drop]");
  if (drop && armed.has(one.id)) drop.textContent = words.really_drop;
  drop?.addEventListener("click", async () => {
    if (armed.has(one.id)) {
      await throwAway(store, one.id);
    } else {
      armed.add(one.id);
      drop.textContent = words.really_drop;
    }
  });
  return drawn;
}

function fill(name, rows) {
  places[name].querySelector("ul").replaceChildren(...rows);
  places[name].hidden = rows.length === 0;
}

async function draw() {
  const store = await ownStore();
  if (!store) {
    for (const place of Object.values(places)) place.hidden = true;
    return;
  }
  const day = await store.kept("day");
  const carried = [...(day?.events ?? []), ...await store.reported()];
  const events = new Map(carried.map((event) => [event.id, event]));
  const queue = await store.queue();
  const mine = queue.filter((one) => one.submission);
  fill("refused", mine.filter((one) => REFUSED.has(one.state)).map((one) => row(store, one, events)));
  fill("waiting", mine.filter((one) => !REFUSED.has(one.state)).map((one) => row(store, one, events)));
  fill("conflicts", (day?.conflicts ?? []).map(({ id, event }) => {
    const drawn = copyOf("conflict", { title: events.get(event)?.title ?? events.get(event)?.number ?? words.an_event });
    drawn.querySelector("a").href += `${id}/`;
    return drawn;
  }));
  fill("answered", (await store.answered()).map(({ at, submission, answer }) => copyOf("answered", {
    title: titleOf(submission, events) || answer.number,
    kind: words.kinds[submission.kind],
    at: moment(at),
    answer: words.answers[answer.was ?? answer.answer],
  })));
  const other = document.querySelector("[data-other-post]");
  other.hidden = mine.length === queue.length;
  other.textContent = say(words.other_post, { count: queue.length - mine.length });
  document.querySelector("[data-nothing]").hidden = queue.length > 0;
  const behind = Math.abs((await store.kept("clock"))?.behind ?? 0);
  const clock = document.querySelector("[data-clock]");
  clock.hidden = behind <= 120;
  clock.textContent = say(words.clock_is_off, { minutes: Math.round(behind / 60) });
}

document.querySelector("[data-send]").addEventListener("click", async (event) => {
  const button = event.currentTarget;
  button.disabled = true;
  if (await send() === "ok") await refresh();
  button.disabled = false;
});
document.addEventListener("phone:sent", draw);
await draw();
send();
