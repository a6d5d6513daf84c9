// A field that offers what it finds. Without it the field is a plain one, and the server asks which one was meant.
//
// <div data-typeahead data-url="…" data-target="id of the field that takes the value" data-none="nothing found">
//   <input type="text"> <input type="hidden" id="…"> </div>
// <div data-typeahead data-url="…" data-none="…" data-placeholder="what one may type"> <select …> </div>
// Without it the list is a plain list; with it the list stays hidden and goes on holding what is chosen, and the arrow
// down or a click shows all of it.
// <select data-narrows="nothing found" data-placeholder="what one may type"> … </select>
// Such a list is narrowed here, by its own choices, without asking the server.
// The server answers with <li role="option" data-value="…" data-words="…">…</li>

const PAUSE = 200;
let made = 0;

function wordsOf(option) {
  if (!option?.value) return "";
  const group = option.parentElement.label || "";
  return group && group !== option.label ? `${group} › ${option.label}` : option.label;
}

function wordOf(select) {
  return select.value ? select.selectedOptions[0].label : "";
}

// The field takes the list's name on the page, so that its label and the list of what to correct lead to it.
function fieldFor(select, placeholder) {
  const field = document.createElement("input");
  field.type = "text";
  field.className = "form-control";
  field.value = select.dataset.narrows ? wordOf(select) : wordsOf(select.selectedOptions[0]);
  field.placeholder = placeholder || "";
  for (const name of ["id", "required", "aria-describedby", "aria-invalid"]) {
    if (select.hasAttribute(name)) field.setAttribute(name, select.getAttribute(name));
    select.removeAttribute(name);
  }
  select.hidden = true;
  select.before(field);
  return field;
}

function narrowed(select, words) {
  const parts = words.toLowerCase().split(/\s+/);
  return [...select.options].filter((one) => one.value && parts.every((part) => one.label.toLowerCase().includes(part))).map((one) => {
    const item = document.createElement("li");
    item.setAttribute("role", "option");
    item.dataset.value = one.value;
    item.dataset.words = one.label;
    item.append(one.label);
    const kind = document.createElement("small");
    kind.textContent = one.parentElement.label && one.parentElement !== select ? one.parentElement.label : "";
    item.append(kind);
    return item;
  });
}

class Typeahead {
  constructor(box) {
    this.box = box;
    const select = box.querySelector("select");
    this.all = Boolean(select);
    this.narrows = Boolean(select?.dataset.narrows);
    this.field = select ? fieldFor(select, box.dataset.placeholder) : box.querySelector("input:not([type='hidden'])");
    const { field } = this;
    this.target = select || document.getElementById(box.dataset.target);
    this.list = document.createElement("ul");
    this.list.className = "combo-list";
    this.list.id = `combo-${made += 1}`;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", field.labels[0]?.textContent || field.name);
    this.list.hidden = true;
    box.classList.add("combo");
    field.after(this.list);
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", this.list.id], ["autocomplete", "off"]]) {
      field.setAttribute(name, value);
    }
    field.addEventListener("input", (event) => this.ask(event));
    field.addEventListener("compositionend", (event) => this.ask(event));
    field.addEventListener("keydown", (event) => this.key(event));
    field.addEventListener("blur", () => this.leave());
    if (this.all) field.addEventListener("click", () => this.list.hidden && this.find(this.target.value ? "" : field.value.trim()));
    // Choosing with the mouse must not take the focus away before the click counts.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role='option']");
      if (option) this.choose(option);
    });
  }

  ask(event) {
    if (event.isComposing) return;
    if (this.target) this.target.value = "";
    clearTimeout(this.timer);
    this.running?.abort();
    const words = this.field.value.trim();
    if (!words) {
      this.close();
      return;
    }
    this.timer = setTimeout(() => this.find(words), this.narrows ? 0 : PAUSE);
  }

  async find(words) {
    if (this.narrows) {
      this.list.replaceChildren(...narrowed(this.target, words));
      this.show();
      return;
    }
    this.running?.abort();
    this.running = new AbortController();
    const url = new URL(this.box.dataset.url, location.href);
    url.searchParams.set("q", words);
    try {
      const answer = await fetch(url, { headers: { "HX-Request": "true" }, signal: this.running.signal, redirect: "error" });
      if (!answer.ok) {
        this.close();
        return;
      }
      this.list.innerHTML = await answer.text();
    } catch {
      // Overtaken by the next letter, or no network: the plain field still works.
      return;
    }
    this.show();
  }

  show() {
    this.options().forEach((option, position) => {
      option.id = `${this.list.id}-${position}`;
      option.setAttribute("aria-selected", "false");
    });
    if (!this.options().length) {
      const none = document.createElement("li");
      none.className = "combo-say";
      none.setAttribute("role", "presentation");
      none.textContent = this.box.dataset.none || "";
      this.list.replaceChildren(none);
    }
    this.list.hidden = false;
    this.field.setAttribute("aria-expanded", "true");
  }

  options() {
    return [...this.list.querySelectorAll("[role='option']")];
  }

  key(event) {
    if (event.isComposing) return;
    if (this.list.hidden) {
      if (!this.all || event.key !== "ArrowDown") return;
      event.preventDefault();
      this.find(this.target.value ? "" : this.field.value.trim());
      return;
    }
    const options = this.options();
    const at = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown") this.mark(options, Math.min(at + 1, options.length - 1));
    else if (event.key === "ArrowUp") this.mark(options, Math.max(at - 1, 0));
    else if (event.key === "Enter" && at >= 0) this.choose(options[at]);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  mark(options, position) {
    options.forEach((option, index) => option.setAttribute("aria-selected", String(index === position)));
    const option = options[position];
    if (!option) return;
    this.field.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  // Who typed a unit's letters, or a whole name, and went on has chosen it, if they mean one alone.
  leave() {
    const words = this.field.value.trim().toLowerCase();
    if (this.all && words && !this.target.value) {
      const fitting = narrowed(this.target, words);
      const meant = fitting.filter((option) => `${option.dataset.words.toLowerCase()} `.startsWith(`${words} `));
      const [one] = meant.length === 1 ? meant : fitting;
      if (meant.length === 1 || fitting.length === 1) this.choose(one);
    }
    this.close();
  }

  choose(option) {
    this.field.value = option.dataset.words || option.textContent.trim();
    if (this.target) this.target.value = option.dataset.value;
    this.close();
    this.field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  close() {
    clearTimeout(this.timer);
    this.list.hidden = true;
    this.field.setAttribute("aria-expanded", "false");
    this.field.removeAttribute("aria-activedescendant");
  }
}

function prepare(root) {
  for (const select of root.querySelectorAll("select[data-narrows]")) {
    if (select.closest("[data-typeahead]")) continue;
    const box = document.createElement("div");
    box.dataset.typeahead = "";
    box.dataset.none = select.dataset.narrows;
    box.dataset.placeholder = select.dataset.placeholder;
    select.before(box);
    box.append(select);
  }
  for (const box of root.querySelectorAll("[data-typeahead]:not(.combo)")) new Typeahead(box);
}

prepare(document);
document.addEventListener("rows:added", (event) => prepare(event.detail));
document.addEventListener("htmx:after:swap", (event) => prepare(event.target));
