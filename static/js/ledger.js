// Choosing rows of the ledger. Without it the boxes and the bar work all the same; here they count and clear.

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
