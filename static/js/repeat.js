// Adds and strikes out rows of a formset in place. Without it a button sends the form and comes back with one row more.
//
// <div data-repeat="people"> <div data-row> <span data-row-number> … <button type="button" data-row-remove hidden> … </div>
// <template data-repeat-template="people"> one row with __prefix__ </template>
// <button type="submit" … data-repeat-add="people">

const FIELDS = "input:not([type='hidden']), select, textarea";

function counter(prefix, what) {
  return document.querySelector(`input[name='${prefix}-${what}']`);
}

function living(list) {
  return [...list.querySelectorAll("[data-row]")].filter((row) => !row.hidden);
}

function settle(list) {
  const rows = living(list);
  rows.forEach((row, position) => {
    for (const place of row.querySelectorAll("[data-row-number]")) place.textContent = String(position + 1);
  });
  const most = Number(counter(list.dataset.repeat, "MAX_NUM_FORMS")?.value || Infinity);
  const add = document.querySelector(`[data-repeat-add='${list.dataset.repeat}']`);
  if (add) add.disabled = rows.length >= most;
}

// The first field that can be seen: the box that strikes the row out comes before it and is hidden.
function firstField(row) {
  return [...row.querySelectorAll(FIELDS)].find((field) => field.offsetParent);
}

function changed(list) {
  settle(list);
  list.dispatchEvent(new CustomEvent("repeat:changed", { bubbles: true }));
}

function prepare(root) {
  for (const button of root.querySelectorAll("[data-row-remove]")) button.hidden = false;
  for (const box of root.querySelectorAll("[data-row-strike]")) box.hidden = true;
}

function add(list) {
  const total = counter(list.dataset.repeat, "TOTAL_FORMS");
  const made = document.createElement("template");
  const pattern = document.querySelector(`template[data-repeat-template='${list.dataset.repeat}']`);
  made.innerHTML = pattern.innerHTML.trim().replaceAll("__prefix__", total.value);
  const row = made.content.firstElementChild;
  list.append(row);
  total.value = String(Number(total.value) + 1);
  prepare(row);
  changed(list);
  document.dispatchEvent(new CustomEvent("rows:added", { detail: row }));
  firstField(row)?.focus();
}

function remove(list, row) {
  // The row stays in the form: the server counts rows by their numbers, and a gap would lose the last one.
  row.querySelector("input[name$='-DELETE']").checked = true;
  row.hidden = true;
  changed(list);
  const last = living(list).at(-1);
  if (last) firstField(last)?.focus();
}

for (const list of document.querySelectorAll("[data-repeat]")) {
  prepare(list);
  for (const struck of list.querySelectorAll("input[name$='-DELETE']:checked")) struck.closest("[data-row]").hidden = true;
  settle(list);
  list.addEventListener("click", (event) => {
    const row = event.target.closest("[data-row-remove]")?.closest("[data-row]");
    if (row) remove(list, row);
  });
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-repeat-add]");
  const list = button && document.querySelector(`[data-repeat='${button.dataset.repeatAdd}']`);
  if (!list) return;
  event.preventDefault();
  add(list);
});
