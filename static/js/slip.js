// The slip's paper is chosen here; with data-at-once it is printed as soon as it is shown.

const here = document.querySelector("script[src*='slip']");

for (const choice of document.querySelectorAll("[data-slip-size] input")) {
  choice.addEventListener("change", () => (document.body.dataset.slip = choice.value));
}
if (here?.hasAttribute("data-at-once")) window.addEventListener("load", () => window.print());
