// The registration form at the window: counts in words, a card reader's text, numbers covered when left, parking by key.

const form = document.querySelector("[data-intake]");

// At the window the first key typed belongs in the form; what is to correct has the focus already.
if (document.activeElement === document.body) form.querySelector("[name='channel']:checked")?.focus();

// ---- counts in words: 1 case, n people; collective from the threshold is told by the server when registering
const words = form.querySelector("[data-count-words]");
const count = form.querySelector("[name='petitioner_count']");
function sayCount() {
  const number = Number(count.value);
  const said = number === 1 ? words.dataset.one : words.dataset.persons.replace("{count}", String(number));
  words.textContent = number > 0 ? said : "";
}
count.addEventListener("input", sayCount);
sayCount();

// ---- at most five represent: a warning, never an obstacle
const tooMany = form.querySelector("[data-too-many]");
function countRepresentatives() {
  const rows = [...form.querySelectorAll("[data-repeat='people'] [data-row]")].filter((row) => !row.hidden);
  const named = rows.filter((row) => row.querySelector("[name$='-name']")?.value.trim());
  const representing = named.filter((row) => row.querySelector("[name$='-role']")?.value === "representative");
  tooMany.hidden = representing.length <= 5;
  const typed = Number(count.value);
  // Not while it is being typed, and never in place of a number that is wrong.
  if (document.activeElement !== count && typed >= 1 && typed < named.length) {
    count.value = String(named.length);
    sayCount();
  }
}
form.addEventListener("input", countRepresentatives);
form.addEventListener("repeat:changed", countRepresentatives);
countRepresentatives();

// ---- a group visit without its list: asked for as it is typed, never required
const asksForNames = form.querySelector("[data-asks-for-names]");
function askForNames() {
  const came = Number(count.value);
  const rows = [...form.querySelectorAll("[data-repeat='people'] [data-row]")].filter((row) => !row.hidden);
  const named = rows.filter((row) => row.querySelector("[name$='-name']").value.trim()).length;
  const lists = ["name_list", "rows_to_correct"].map((name) => form.querySelector(`[name='${name}']`)?.value.trim());
  const visits = form.querySelector("[name='channel']:checked")?.value === "visit";
  const group = visits && came >= Number(asksForNames.dataset.threshold);
  asksForNames.hidden = !group || came <= named || lists.some(Boolean);
}
form.addEventListener("input", askForNames);
form.addEventListener("repeat:changed", askForNames);
askForNames();

// ---- typed numbers are readable until the field is left
form.addEventListener("focusin", (event) => {
  if (event.target.matches("[data-covers]")) event.target.type = "text";
});
form.addEventListener("focusout", (event) => {
  const stays = event.target.closest(".err");
  if (event.target.matches("[data-covers]") && event.target.value && !stays) event.target.type = "password";
});
// What comes back to be corrected stays readable: it is compared with the card in the hand.
const asked = "asked" in form.dataset;
for (const field of form.querySelectorAll("[data-covers]")) if (field.value && !asked) field.type = "password";

// ---- a card reader types its text; name, number and address are taken, the rest is dropped unread
const reader = form.querySelector("[data-card-reader]");
const card = form.querySelector("[data-card]");
const open = form.querySelector("[data-read-card]");
open.hidden = false;
function read() {
  reader.hidden = false;
  card.value = "";
  card.focus();
}
open.addEventListener("click", read);
// What a resident's card calls its fields, whatever the language of the page.
const CARD = { name: "\u59d3\u540d", home: "\u4f4f\u5740", address: "\u5730\u5740" };
function after(text, name) {
  const found = text.match(new RegExp(`${name}\\s*[:\\uff1a]?\\s*([^\\s;\\uff1b,\\uff0c]+)`));
  return found ? found[1] : "";
}
function freeRow() {
  const rows = [...form.querySelectorAll("[data-repeat='people'] [data-row]")].filter((row) => !row.hidden);
  return rows.find((row) => !row.querySelector("[name$='-name']").value.trim());
}
function take(text) {
  const number = (text.match(/\d{17}[\dXx]/) || [""])[0];
  const name = after(text, CARD.name) || text.split(/[\s|,\uff0c;\uff1b]+/)[0];
  const address = after(text, CARD.home) || after(text, CARD.address);
  let row = freeRow();
  if (!row) {
    form.querySelector("[data-repeat-add='people']").click();
    row = freeRow();
  }
  row.querySelector("[name$='-name']").value = name;
  const idNumber = row.querySelector("[name$='-id_number']");
  idNumber.value = number;
  if (number) idNumber.type = "password";
  if (address) row.querySelector("[name$='-address']").value = address;
  reader.hidden = true;
  card.value = "";
  row.querySelector("[name$='-phone']").focus();
  form.dispatchEvent(new Event("input", { bubbles: true }));
}
card.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.isComposing) {
    event.preventDefault();
    if (card.value.trim()) take(card.value.trim());
  }
});

document.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  if (event.key === "F2") {
    event.preventDefault();
    read();
  }
  if (event.key === "F4") {
    event.preventDefault();
    form.querySelector("[data-park]").click();
  }
});

// ---- a picture pasted or dropped goes into the file field
const file = form.querySelector("[data-drop] input[type='file']");
form.addEventListener("paste", (event) => {
  if (event.clipboardData.files.length) file.files = event.clipboardData.files;
});
const drop = form.querySelector("[data-drop]");
drop.addEventListener("dragover", (event) => event.preventDefault());
drop.addEventListener("drop", (event) => {
  event.preventDefault();
  if (event.dataTransfer.files.length) file.files = event.dataTransfer.files;
});

// ---- the deadlines follow the day that is typed
const shown = form.querySelector("[data-deadlines-url]");
async function showDeadlines() {
  const answer = await fetch(shown.dataset.deadlinesUrl, { method: "POST", body: new FormData(form) });
  if (answer.ok) shown.innerHTML = await answer.text();
}
for (const name of ["received_at", "source", "superior_due_on"]) {
  form.querySelector(`[name='${name}']`).addEventListener("change", showDeadlines);
}

// ---- what is looked for while one types is asked after a pause, never while an input method composes
const PAUSE = 900;
function afterPause(ask) {
  let pause;
  return (event) => {
    if (event.isComposing) return;
    clearTimeout(pause);
    pause = setTimeout(ask, PAUSE);
  };
}

// ---- earlier petitions are looked for as soon as typing pauses
const earlier = form.querySelector("[data-earlier]");
const COMPARED = /^(title|text|content_category|place|place_text|purpose|names_a_wrongdoer|report_text|name_list|people-\d+-(name|phone|id_number|address|role|DELETE))$/;
let held = "";
function compared() {
  return JSON.stringify([...new FormData(form)].filter(([name, value]) => COMPARED.test(name) && typeof value === "string"));
}
function lookForEarlier() {
  const typed = compared();
  if (typed === held) return;
  held = typed;
  earlier.dispatchEvent(new Event("earlier:look"));
}
const lookLater = afterPause(lookForEarlier);
for (const kind of ["input", "compositionend", "change", "repeat:changed"]) form.addEventListener(kind, lookLater);
// A draft taken up again is compared at once, when the page can ask.
if (form.querySelector("[name='title']").value) window.addEventListener("load", lookForEarlier);
// ---- categories are suggested for what is typed
const suggesting = form.querySelector("[data-suggestions-url]");
const TOLD_TO_SUGGEST = ["csrfmiddlewaretoken", "hat", "title", "text", "purpose", "report_text"];
if (suggesting) {
  const suggested = suggesting.querySelector("[data-suggestions]");
  const category = form.querySelector("[name='content_category']");
  const wrongdoer = form.querySelector("[name='names_a_wrongdoer']");
  suggesting.querySelector("[data-suggest]").hidden = true;
  let asking;

  // Only the text goes, and what would seal it; who the petitioners are is no business of a suggestion.
  async function suggest() {
    asking?.abort();
    asking = new AbortController();
    const told = new FormData();
    for (const name of TOLD_TO_SUGGEST) told.set(name, form.querySelector(`[name='${name}']`)?.value || "");
    if (wrongdoer.checked) told.set(wrongdoer.name, "on");
    try {
      const answer = await fetch(suggesting.dataset.suggestionsUrl, { method: "POST", body: told, signal: asking.signal, redirect: "error" });
      suggested.innerHTML = answer.ok ? await answer.text() : "";
    } catch {
      // Overtaken by what was typed since, or no network: the field works without.
    }
  }
  const suggestSoon = afterPause(suggest);
  for (const name of ["title", "text", "report_text"]) {
    const field = form.querySelector(`[name='${name}']`);
    field.addEventListener("input", suggestSoon);
    field.addEventListener("compositionend", suggestSoon);
  }
  for (const field of [form.querySelector("[name='purpose']"), wrongdoer]) field.addEventListener("change", suggest);
  if (form.querySelector("[name='text']").value && !suggested.querySelector("button")) suggest();

  suggested.addEventListener("click", (event) => {
    const one = event.target.closest("[name='take_category']");
    if (!one) return;
    event.preventDefault();
    category.value = one.value;
    // The list is hidden behind a field that finds; its words follow.
    const shownWords = category.parentElement.querySelector("[role='combobox']");
    if (shownWords) shownWords.value = one.dataset.words;
    category.dispatchEvent(new Event("change", { bubbles: true }));
    (shownWords || category).focus();
  });
}
