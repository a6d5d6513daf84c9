// Passkeys: what the server asks goes to the browser, what the browser answers goes back in the form.

const form = document.querySelector("form[data-passkey]");
const button = form?.querySelector("[data-passkey-button]");

const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const toText = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

function asked(options) {
  const asks = { ...options, challenge: toBytes(options.challenge) };
  if (options.user) asks.user = { ...options.user, id: toBytes(options.user.id) };
  for (const list of ["excludeCredentials", "allowCredentials"]) {
    if (options[list]) asks[list] = options[list].map((known) => ({ ...known, id: toBytes(known.id) }));
  }
  return asks;
}

function answered(credential) {
  const response = {};
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[part]) response[part] = toText(credential.response[part]);
  }
  return {
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  };
}

async function show() {
  const say = form.querySelector("[data-answer]");
  say.textContent = "";
  const publicKey = asked(JSON.parse(form.dataset.options).publicKey);
  let credential = null;
  try {
    credential = await navigator.credentials[form.dataset.passkey]({ publicKey });
  } catch {
    // Refused, cancelled or too slow: said below.
  }
  if (!credential) {
    say.textContent = form.dataset.failed;
    return;
  }
  form.elements.credential.value = JSON.stringify(answered(credential));
  form.submit();
}

if (button && window.PublicKeyCredential) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const unfilled = form.querySelector("input:required:invalid:not([name='code'])");
    if (unfilled) unfilled.reportValidity();
    else show();
  });
}
