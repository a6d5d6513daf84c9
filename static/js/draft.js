// Keeps a long form on the server while it is written. Nothing is kept in the browser: offices share computers.

const PAUSE = 2000;
const RETRY = 15000;

// The deed's own refusal comes as data; one from before it, of the hat, as a piece of a page.
async function wordsOf(answer) {
  if (answer.headers.get("Content-Type").startsWith("application/json")) return (await answer.json()).message;
  const piece = new DOMParser().parseFromString(await answer.text(), "text/html");
  return piece.body.textContent.trim();
}

class Draft {
  constructor(form) {
    this.form = form;
    this.badge = document.querySelector("[data-sync]");
    this.note = document.querySelector("[data-conflict]");
    this.version = form.querySelector("[data-version]");
    this.changed = false;
    this.saving = false;
    this.stopped = false;
    form.addEventListener("input", () => this.later(PAUSE));
    form.addEventListener("change", () => this.later(PAUSE));
    form.addEventListener("repeat:changed", () => this.later(PAUSE));
    // Sending the form is the last word; a save that overtakes it would only make it stale.
    form.addEventListener("submit", () => {
      this.stopped = true;
      clearTimeout(this.timer);
    });
    window.addEventListener("pageshow", () => { this.stopped = false; });
    window.addEventListener("online", () => this.changed && this.save());
    // Behind a locked screen nobody is at work, so nothing may keep the session awake.
    document.addEventListener("screen:locked", () => {
      if (this.changed) this.save();
      this.stopped = true;
      clearTimeout(this.timer);
    });
    document.addEventListener("screen:unlocked", () => {
      this.stopped = false;
      if (this.changed) this.save();
    });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden" && this.changed) this.save();
    });
    window.addEventListener("beforeunload", (event) => {
      if (this.changed && !this.stopped) event.preventDefault();
    });
  }

  later(milliseconds) {
    this.changed = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), milliseconds);
  }

  say(state, words) {
    if (!this.badge) return;
    this.badge.className = `sync${state ? ` sync-${state}` : ""}`;
    for (const icon of this.badge.querySelectorAll("[data-state]")) icon.toggleAttribute("hidden", icon.dataset.state !== (state || "ok"));
    this.badge.querySelector("[data-words]").textContent = words;
    this.badge.hidden = false;
  }

  async save() {
    if (this.saving || this.stopped || !this.changed) return;
    clearTimeout(this.timer);
    this.saving = true;
    this.changed = false;
    this.say("wait", this.badge?.dataset.saving);
    // Files travel with the form itself, not with every pause in it.
    const body = new FormData(this.form);
    for (const field of this.form.querySelectorAll("input[type='file']")) body.delete(field.name);
    let answer = null;
    try {
      answer = await fetch(this.form.dataset.autosaveUrl, {
        method: "POST", body, headers: { Accept: "application/json", "HX-Request": "true" }, redirect: "error",
      });
    } catch {
      // No network: it is tried again below.
    }
    this.saving = false;
    if (answer?.ok) {
      const saved = await answer.json();
      this.version.value = saved.version;
      this.say("", this.badge?.dataset.saved.replace("%s", saved.saved_at));
      this.form.dispatchEvent(new CustomEvent("draft:saved", { detail: saved }));
    } else if (answer?.status === 409) {
      this.conflict(await wordsOf(answer));
      return;
    } else {
      this.changed = true;
      this.say("bad", this.badge?.dataset.failed);
      // What was refused as it stands is refused again: only a silent or broken server is asked once more.
      if (!answer || answer.status >= 500) this.timer = setTimeout(() => this.save(), RETRY);
      return;
    }
    if (this.changed) this.later(PAUSE);
  }

  conflict(message) {
    this.stopped = true;
    this.changed = false;
    this.say("bad", this.badge?.dataset.stale);
    if (!this.note) return;
    this.note.querySelector("[data-answer]").textContent = message;
    this.note.hidden = false;
    this.note.focus();
  }
}

for (const form of document.querySelectorAll("form[data-autosave]")) new Draft(form);
