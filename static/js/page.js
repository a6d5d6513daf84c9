// The frame: drawer, menus, dialogs, keys. Everything here only eases what works without it.

const SINGLE_KEYS = "single-keys";
const FIELDS = "input, textarea, select, [contenteditable]";

function singleKeysWork() {
  return localStorage.getItem(SINGLE_KEYS) !== "off";
}

// ---- drawer -----------------------------------------------------------------
const side = document.getElementById("side");
const opener = document.querySelector("[data-open-side]");

function showSide(open) {
  side.classList.toggle("open", open);
  opener.setAttribute("aria-expanded", String(open));
  (open ? side.querySelector("a") : opener).focus();
}

if (side && opener) {
  opener.setAttribute("aria-expanded", "false");
  opener.addEventListener("click", (event) => {
    event.preventDefault();
    showSide(!side.classList.contains("open"));
  });
  side.querySelector("[data-close-side]").addEventListener("click", (event) => {
    event.preventDefault();
    showSide(false);
  });
}

// ---- dialogs and menus --------------------------------------------------------
function openDialog(id) {
  const dialog = document.getElementById(id);
  if (dialog && !dialog.open) dialog.showModal();
}

for (const button of document.querySelectorAll("[data-open-dialog][hidden]")) button.hidden = false;

document.addEventListener("click", (event) => {
  const open = event.target.closest("[data-open-dialog]");
  if (open) {
    event.preventDefault();
    openDialog(open.dataset.openDialog);
  }
  const close = event.target.closest("[data-close-dialog]");
  if (close) close.closest("dialog").close();
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (!menu.contains(event.target) || open || event.target.closest("a[href^='#']")) menu.open = false;
  }
  if (event.target.closest("[data-print]")) window.print();
});

const keySwitch = document.querySelector("[data-single-keys]");
if (keySwitch) {
  keySwitch.checked = singleKeysWork();
  keySwitch.addEventListener("change", () => {
    localStorage.setItem(SINGLE_KEYS, keySwitch.checked ? "on" : "off");
  });
}

// ---- what to correct ------------------------------------------------------------
function focusSummary(root) {
  const summary = root.querySelector("[data-errsum]");
  if (summary) summary.focus();
}

focusSummary(document);
document.addEventListener("htmx:after:swap", (event) => focusSummary(event.target));
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-errsum] a[href^='#']");
  const field = link && document.getElementById(link.getAttribute("href").slice(1));
  if (!field) return;
  event.preventDefault();
  const target = field.matches(FIELDS) ? field : field.querySelector(FIELDS) || field;
  target.focus();
  target.scrollIntoView({ block: "center" });
});

// ---- keys (design §8) -------------------------------------------------------------
function way(row) {
  return row?.querySelector("a[data-open]") || row?.querySelector("a");
}

function rowsWithKeys() {
  return [...document.querySelectorAll("table[data-keys] > tbody > tr")].filter(way);
}

function chosenRow() {
  return document.querySelector("table[data-keys] > tbody > tr[aria-selected='true']");
}

function step(by) {
  const rows = rowsWithKeys();
  if (!rows.length) return;
  const was = rows.indexOf(chosenRow());
  const next = rows[was < 0 ? 0 : Math.min(Math.max(was + by, 0), rows.length - 1)];
  for (const row of rows) row.removeAttribute("aria-selected");
  next.setAttribute("aria-selected", "true");
  way(next).focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
  next.dispatchEvent(new CustomEvent("row:chosen", { bubbles: true }));
}

function pick() {
  const box = chosenRow()?.querySelector("input[type='checkbox']");
  if (box) box.click();
}

// Urges the units of what is chosen, or of the row the keys stand on; the page that follows asks what for.
function urge() {
  const button = document.querySelector("button[data-urge]");
  if (!button?.offsetParent) return;
  if (button.disabled) pick();
  if (!button.disabled) button.click();
}

const KEYS = {
  "/": () => [...document.querySelectorAll("#q, #q-here")].find((box) => box.offsetParent)?.focus(),
  "?": () => openDialog("keys-help"),
  n: () => {
    const url = document.getElementById("keys-help")?.dataset.registerUrl;
    if (url) location.assign(url);
  },
  j: () => step(1),
  k: () => step(-1),
  x: pick,
  c: urge,
};

document.addEventListener("keydown", (event) => {
  // Somebody composing Chinese is choosing a word, not a command.
  if (event.isComposing || event.keyCode === 229) return;
  if (event.key === "Escape" && side?.classList.contains("open")) showSide(false);
  if (event.key === "Enter" && event.ctrlKey) {
    const form = event.target.closest("form[data-ctrl-enter]") || document.querySelector("form[data-ctrl-enter]");
    if (form && !document.querySelector("dialog[open]")) {
      event.preventDefault();
      // The attribute names the button that is meant, where the form has several.
      form.requestSubmit(form.querySelector(`button[value='${form.dataset.ctrlEnter}']`));
    }
    return;
  }
  if (event.ctrlKey || event.altKey || event.metaKey || !singleKeysWork()) return;
  if (event.target.closest(FIELDS) || document.querySelector("dialog[open]")) return;
  if (event.key === "Enter") {
    if (event.target === document.body) way(chosenRow())?.click();
    return;
  }
  const act = KEYS[event.key.toLowerCase()];
  if (act) {
    event.preventDefault();
    act();
  }
});

// A form sent twice by an impatient hand is sent once. The guard lifts by itself: an answer may never come.
const PATIENCE = 5000;
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.matches("[data-pii], [hx-post], dialog form")) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, PATIENCE);
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// ---- fields that belong to one choice of their form ----------------------------
// A field names the one it goes by and those of its choices it goes with: data-goes-by="kind" data-goes-with="a b".
function chosenIn(form, name) {
  const [first] = form.querySelectorAll(`[name='${name}']`);
  return first?.tagName === "SELECT" ? first.value : form.querySelector(`[name='${name}']:checked`)?.value;
}

function wasTyped(field) {
  if (field.type === "checkbox") return field.checked !== field.defaultChecked;
  if (field.tagName === "SELECT") return [...field.options].some((one) => one.selected && one.value && !one.defaultSelected);
  return Boolean(field.value) && field.value !== field.defaultValue;
}

function showFieldsOfChoice(form) {
  for (const field of form.querySelectorAll("[data-goes-with]")) {
    const chosen = chosenIn(form, field.dataset.goesBy);
    const box = field.closest(".mb-3");
    // What is wrong or was typed stays in sight, whatever is chosen.
    const stays = box.classList.contains("err") || wasTyped(field);
    box.hidden = !stays && !field.dataset.goesWith.split(" ").includes(chosen);
    // What nobody sees is not sent.
    field.disabled = box.hidden;
  }
}

// ---- what is suggested is put into the field beside it by a press --------------------
for (const button of document.querySelectorAll("[data-puts]")) {
  const field = button.form.elements[button.dataset.into];
  button.hidden = false;
  button.addEventListener("click", () => {
    field.value = button.dataset.puts;
    field.dispatchEvent(new Event("change", { bubbles: true }));
    field.focus();
  });
}

for (const form of document.querySelectorAll("form:has([data-goes-with])")) {
  showFieldsOfChoice(form);
  form.addEventListener("change", () => showFieldsOfChoice(form));
}

// ---- what can be done for some seconds only ----------------------------------------
// The seconds are counted from when the page came; the house counts its own and has the last word.
for (const box of document.querySelectorAll("[data-seconds]")) {
  const ends = performance.now() + 1000 * Number(box.dataset.seconds);
  const left = box.querySelector("[data-seconds-left]");
  const tick = setInterval(() => {
    const seconds = Math.ceil((ends - performance.now()) / 1000);
    left.textContent = Math.max(seconds, 0);
    if (seconds > 0) return;
    clearInterval(tick);
    box.querySelector("[data-until-then]").remove();
    box.querySelector("[data-from-then]").hidden = false;
  }, 250);
}
