// A new event, written without a signal if need be.

import { send } from "./frame.js";
import { ownStore } from "./store.js";
import { Writing } from "./writing.js";

const form = document.querySelector("form");
const store = await ownStore();
const day = store && await store.kept("day");

function option(value, text) {
  const made = document.createElement("option");
  made.value = value;
  made.textContent = text;
  return made;
}

// Types of the chosen ledger, those with a broader one under its name.
function offerTypes() {
  const select = form.elements.type;
  const chosen = select.value;
  const ledger = form.querySelector("[name='ledger']:checked")?.value;
  const names = new Map(day.types.map((type) => [type.id, type.name]));
  const parents = new Set(day.types.map((type) => type.parent));
  const offered = day.types.filter((type) => type.ledger === ledger && !parents.has(type.id));
  select.replaceChildren(select.options[0], ...offered.map((type) => (
    option(type.id, type.parent ? `${names.get(type.parent)} › ${type.name}` : type.name)
  )));
  select.value = offered.some((type) => String(type.id) === chosen) ? chosen : "";
}

function aboutACadre() {
  const yes = form.querySelector("[name='names_cadre']:checked")?.value === "yes";
  for (const part of form.querySelectorAll("[data-not-of-a-cadre]")) part.hidden = yes;
  form.querySelector("[data-of-a-cadre]").hidden = !yes;
}

if (day) {
  form.hidden = false;
  form.elements.grid.append(...day.grids.map((grid) => option(grid.id, grid.name)));
  if (day.grids.length === 1) form.elements.grid.value = day.grids[0].id;
  // found in a round: it is of the round's grid
  const round = day.rounds.find((one) => one.id === location.hash.slice(1));
  if (round) {
    form.elements.round_id.value = round.id;
    form.elements.grid.replaceChildren(option(round.grid, round.grid_name));
    form.dataset.after = form.dataset.afterRound + location.hash;
  }
  const name = round ? `draft:report:${round.id}` : "draft:report";
  const writing = new Writing(form, store, name, ({ ledger, north, east, metres, ...typed }) => (
    // what names a cadre bears no place
    { kind: "report", typed: typed.names_cadre === "yes" ? typed : { ...typed, north, east, metres } }
  ));
  form.addEventListener("writing:restored", () => { aboutACadre(); });
  form.addEventListener("change", (event) => {
    if (event.target.name === "ledger") offerTypes();
    aboutACadre();
  });
  // Types follow the ledger, so the ledger of a draft is put back first.
  const draft = await store.kept(name);
  if (draft?.typed.ledger) writing.put("ledger", draft.typed.ledger);
  offerTypes();
  await writing.restore();
} else {
  document.querySelector("[data-no-day]").hidden = false;
}
send();
