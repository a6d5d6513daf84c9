// Choosing and previewing rows of the ledger. Boxes, bar and previews work without it; here they count, clear, and stand
// beside the list.

const bar = document.querySelector("[data-chosen]");
const boxes = () => [...document.querySelectorAll("input[name='picked']")];
const every = document.querySelector("[data-choose-all]");

if (bar) {
  const nothing = bar.querySelector("[data-nothing]");
  const count = bar.querySelector("[data-count]");
  const whole = bar.elements.all;

  const draw = () => {
    const chosen = boxes().filter((box) => box.checked).length;
    nothing.hidden = Boolean(chosen) || whole.checked;
    count.hidden = !nothing.hidden;
    count.textContent = whole.checked ? whole.closest("label").textContent.trim() : count.dataset.count.replace("%s", chosen);
    // Why a button does nothing stands beside it: “Tick petitions”.
    for (const button of bar.querySelectorAll("button[type='submit']")) button.disabled = !chosen && !whole.checked;
    if (every) every.checked = chosen > 0 && chosen === boxes().length;
  };

  const clear = () => {
    for (const box of boxes()) box.checked = false;
    whole.checked = false;
    draw();
  };

  document.addEventListener("change", (event) => {
    if (event.target === every) for (const box of boxes()) box.checked = every.checked;
    draw();
  });
  bar.addEventListener("reset", (event) => {
    event.preventDefault();
    clear();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.isComposing && !document.querySelector("dialog[open]")) clear();
  });
  if (every) every.hidden = false;
  // The browser's “back” may bring ticks along.
  window.addEventListener("pageshow", draw);
  draw();
}

// ---- a petition beside the list: follows the row that the keys stand on, once somebody asked for it ----------------
const pane = document.querySelector("[data-pane]");
const list = document.querySelector("[data-list]");
let wanted = "";

async function show(url) {
  wanted = url;
  const answer = await fetch(url, { headers: { "HX-Request": "true" } });
  // Whoever goes on quickly sees the last one; a session that ended is signed in again on a page of its own.
  if (wanted !== url) return;
  if (!answer.ok || answer.redirected) {
    location.assign(url);
    return;
  }
  pane.innerHTML = await answer.text();
  pane.hidden = false;
  list.classList.add("col-xl-8");
}

if (pane) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-preview]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    show(link.href);
  });
  document.addEventListener("row:chosen", (event) => {
    const link = event.target.querySelector("a[data-preview]");
    if (link?.offsetParent) show(link.href);
  });
}
