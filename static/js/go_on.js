// Sends on what was kept while its writer signed in again. Without scripts the button does.

document.querySelector("form[data-go-on]")?.requestSubmit();
