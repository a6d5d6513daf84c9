// Shows one covered value in its place and covers it again. The server records the look.

function hide(form) {
  clearTimeout(Number(form.dataset.timer));
  const value = form.querySelector(".v");
  value.textContent = form.dataset.masked;
  form.querySelector(".say").textContent = "";
  form.querySelector("button").setAttribute("aria-label", form.dataset.showLabel);
  form.classList.remove("open");
}

async function show(form) {
  const say = form.querySelector(".say");
  const value = form.querySelector(".v");
  const button = form.querySelector("button");
  let answer;
  try {
    answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
  } catch {
    answer = null;
  }
  // A redirect leads to a sign-in page: that is no value.
  if (!answer || answer.redirected || !answer.ok) {
    say.textContent = form.dataset.failed;
    return;
  }
  const shown = await answer.json();
  form.dataset.masked = value.textContent;
  form.dataset.showLabel = button.getAttribute("aria-label");
  value.textContent = shown.value;
  say.textContent = form.dataset.shown.replace("%s", shown.seconds);
  button.setAttribute("aria-label", form.dataset.hide);
  form.classList.add("open");
  form.dataset.timer = String(setTimeout(() => hide(form), shown.seconds * 1000));
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-pii]");
  if (!form) return;
  event.preventDefault();
  if (form.classList.contains("open")) hide(form);
  else show(form);
});

function hideAll() {
  for (const form of document.querySelectorAll("form[data-pii].open")) hide(form);
}

// Neither the printer nor the back button brings a value back.
window.addEventListener("beforeprint", hideAll);
window.addEventListener("pagehide", hideAll);
document.addEventListener("screen:locked", hideAll);
