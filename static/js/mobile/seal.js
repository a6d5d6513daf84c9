// Seals what a phone keeps under its owner's key (AES-GCM), bound to the place it is kept in.

const bytes = (text) => new TextEncoder().encode(text);

export async function keyFrom(base64) {
  const raw = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  // Not to be taken out again: scripts may use it and never read it.
  return crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
}

async function sealBytes(key, place, content) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: bytes(place) }, key, content);
  return { iv, data };
}

const openBytes = (key, place, { iv, data }) =>
  crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData: bytes(place) }, key, data);

export const seal = (key, place, value) => sealBytes(key, place, bytes(JSON.stringify(value)));

export async function open(key, place, sealed) {
  return JSON.parse(new TextDecoder().decode(await openBytes(key, place, sealed)));
}

export const sealPicture = async (key, place, picture) => sealBytes(key, place, await picture.arrayBuffer());

export async function openPicture(key, place, sealed) {
  return new Blob([await openBytes(key, place, sealed)], { type: "image/jpeg" });
}
