// The diary: a note about a place or a service, written without a signal if need be, and the latest ones.

import { copyOf, moment, send } from "./frame.js";
import { ownStore } from "./store.js";
import { Writing } from "./writing.js";

const form = document.querySelector("form");
const notes = document.querySelector("[data-notes]");
const store = await ownStore();
const day = store && await store.kept("day");

function option(grid) {
  const made = document.createElement("option");
  made.value = grid.id;
  made.textContent = grid.name;
  return made;
}

function row(note) {
  const { grid_name: grid, about, subject, text } = note;
  return copyOf("note", { at: moment(note.written_at), grid, about, subject, text });
}

if (day) {
  form.hidden = false;
  form.elements.grid.append(...day.grids.map(option));
  if (day.grids.length === 1) form.elements.grid.value = day.grids[0].id;
  notes.querySelector("ul").replaceChildren(...day.notes.map(row));
  notes.hidden = day.notes.length === 0;
  await new Writing(form, store, "draft:diary", (typed) => ({ kind: "diary", typed })).restore();
} else {
  document.querySelector("[data-no-day]").hidden = false;
}
document.querySelector("[form='note']").hidden = !day;
send();
