// The rounds that wait, and the report of one, written without a signal if need be; which one stands behind the hash.

import { copyOf, say, send, words } from "./frame.js";
import { ownStore } from "./store.js";
import { Writing } from "./writing.js";

const form = document.querySelector("form");
const list = document.querySelector("[data-list]");
const store = await ownStore();
const day = store && await store.kept("day");
const id = location.hash.slice(1);
const queue = store ? (await store.queue()).filter((one) => one.submission) : [];
const reported = new Set(queue.map((one) => one.submission.round));
const round = day?.rounds.find((one) => one.id === id && !reported.has(id));

const daysOf = (one) => say(words.from_to, { from: one.first_on.slice(5), to: one.last_on.slice(5) });

function row(one) {
  const drawn = copyOf("round", {
    name: one.name,
    grid: one.grid_name,
    days: daysOf(one),
    queued: reported.has(one.id) ? words.waits_here : "",
  });
  const link = drawn.querySelector("a");
  if (reported.has(one.id)) link.remove();
  else link.href += `#${one.id}`;
  return drawn;
}

function line(text) {
  const drawn = copyOf("line", { line: text });
  drawn.querySelector("input").value = text;
  return drawn;
}

// What was found and is still on the phone counts as found: it is sent before the report.
const finds = queue.filter(({ submission }) => submission.kind === "report" && submission.typed.round_id === id);

async function write() {
  form.hidden = false;
  // The tabs would lie over the button that reports.
  document.querySelector("[data-tabs] nav").hidden = true;
  document.querySelector("[data-grid]").textContent = round.grid_name;
  form.querySelector("[data-name]").textContent = round.name;
  form.querySelector("[data-days]").textContent = daysOf(round);
  form.querySelector("[data-lines]").replaceChildren(...round.checklist.map(line));
  form.querySelector("[data-find]").href += `#${id}`;
  const found = round.found + finds.length;
  form.querySelector("[data-found]").textContent = found ? say(words.found, { count: found }) : "";
  form.elements.zero.closest("label").hidden = found > 0;
  const writing = new Writing(form, store, `draft:round:${id}`, (typed) => (
    { kind: "round", round: id, title: round.name, follows: finds.at(-1)?.id ?? null, typed: { ...typed, zero: found === 0 && typed.zero } }
  ));
  await writing.restore();
}

if (round) {
  await write();
} else if (day) {
  list.hidden = false;
  list.querySelector("ul").replaceChildren(...day.rounds.map(row));
  list.querySelector("[data-empty]").hidden = day.rounds.length > 0;
} else {
  document.querySelector("[data-no-day]").hidden = false;
}
window.addEventListener("hashchange", () => { location.reload(); });
send();
