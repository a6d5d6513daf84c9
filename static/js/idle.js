// Covers the screen after a time without a touch. The form underneath keeps what was typed.

const lock = document.getElementById("screen-lock");

if (lock) {
  const minutes = Number(lock.dataset.idleMinutes);
  const form = lock.querySelector("form");
  const say = form.querySelector("[data-answer]");
  const TOUCHED = "touched-at";

  // Another window of the same person counts as work too.
  const touch = () => localStorage.setItem(TOUCHED, String(Date.now()));
  const idleFor = () => Date.now() - Number(localStorage.getItem(TOUCHED) || 0);

  const cover = () => {
    if (lock.open) return;
    for (const dialog of document.querySelectorAll("dialog[open]")) dialog.close();
    document.dispatchEvent(new CustomEvent("screen:locked"));
    lock.showModal();
  };

  touch();
  for (const kind of ["pointerdown", "keydown", "wheel", "touchstart"]) {
    document.addEventListener(kind, () => { if (!lock.open) touch(); }, { passive: true });
  }
  setInterval(() => { if (idleFor() >= minutes * 60000) cover(); }, 5000);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible" && idleFor() >= minutes * 60000) cover();
  });
  lock.addEventListener("cancel", (event) => event.preventDefault());
  // A second Escape closes a dialog whatever its cancel event says.
  lock.addEventListener("close", () => { if (idleFor() >= minutes * 60000) lock.showModal(); });

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    say.textContent = "";
    let answer = null;
    try {
      answer = await fetch(form.action, {
        method: "POST", body: new FormData(form), headers: { "HX-Request": "true", Accept: "application/json" }, redirect: "error",
      });
    } catch {
      // No network: said below.
    }
    for (const secret of form.querySelectorAll("input:not([type='hidden'])")) secret.value = "";
    if (!answer?.ok) {
      const piece = new DOMParser().parseFromString(answer ? await answer.text() : "", "text/html");
      say.textContent = piece.body.textContent.trim() || form.dataset.failed;
      form.querySelector("input:not([type='hidden'])").focus();
      return;
    }
    renewKeys(await answer.json());
    touch();
    lock.close();
    document.dispatchEvent(new CustomEvent("screen:unlocked"));
  });
}

// Signing in again may change the token every form of this page still carries.
function renewKeys(keys) {
  if (!keys.csrf_token) return;
  for (const field of document.querySelectorAll("input[name='csrfmiddlewaretoken']")) field.value = keys.csrf_token;
  const headers = document.body.getAttribute("hx-headers:inherited");
  if (headers) {
    document.body.setAttribute(
      "hx-headers:inherited",
      JSON.stringify({ ...JSON.parse(headers), "X-CSRFToken": keys.csrf_token }),
    );
  }
}
