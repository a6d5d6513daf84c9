// Sends what waits on the phone. A submission leaves the queue on one of the five answers alone, pictures after text.
//
// Pages and the service worker share it; a lock lets one of them send at a time. Sent twice is answered as it was.

import { ownStore, signedIn, signedOut, stillSignedIn } from "./store.js";

const DOOR = new URL("/mobile/", self.location);
const AT_ONCE = 20;
const TAKEN = new Set(["applied", "soft", "hard", "had"]);

// What is no JSON answer of ours (a portal of the network, a broken proxy) is no answer.
async function ask(path, options = {}) {
  let answer = null;
  try {
    answer = await fetch(new URL(path, DOOR), { ...options, credentials: "same-origin", redirect: "error", cache: "no-store" });
  } catch {
    return { state: "offline" };
  }
  const json = answer.headers.get("Content-Type")?.startsWith("application/json");
  if (answer.status === 401 && json) return { state: "signed_out" };
  if (!answer.ok || !json) return { state: answer.status === 403 && json ? "not_for_you" : "broken" };
  return { state: "ok", body: await answer.json() };
}

export async function fetchDay() {
  const day = await ask("sync/");
  if (day.state === "signed_out") await signedOut();
  if (day.state !== "ok") return day.state;
  await signedIn(day.body);
  const store = await ownStore();
  await store.keepDay(day.body);
  return "ok";
}

// A fresh token before each sending, from whoever is signed in now.
async function session() {
  const now = await ask("session/");
  if (now.state === "signed_out") await signedOut();
  if (now.state !== "ok") return now;
  await stillSignedIn(now.body.user, now.body.post);
  const store = await ownStore();
  if (store === null) {
    const state = await fetchDay();
    if (state !== "ok") return { state };
  }
  return now;
}

async function sendTexts(store, headers) {
  const rows = (await store.queue()).filter((row) => row.post === store.post && row.state === "waiting");
  let state = "ok";
  for (let from = 0; from < rows.length && state === "ok"; from += AT_ONCE) {
    const batch = rows.slice(from, from + AT_ONCE);
    const body = JSON.stringify({ sent_at: new Date().toISOString(), submissions: batch.map((row) => row.submission) });
    const sent = await ask("sync/", { method: "POST", headers: { ...headers, "Content-Type": "application/json" }, body });
    state = sent.state;
    if (state !== "ok") break;
    await store.keep("clock", { behind: sent.body.clock_behind });
    for (const answer of sent.body.answers) await hear(store, batch.find((row) => row.id === answer.id), answer);
  }
  return state;
}

async function hear(store, row, answer) {
  if (!row) return;
  if (TAKEN.has(answer.answer)) {
    if (row.submission.typed.names_cadre === "yes") await store.leave(row, null);
    else await store.hear(row, "taken", answer);
  } else if (answer.answer === "refused" && answer.code !== "other_sender") {
    await store.hear(row, "refused", answer);
  }
}

async function sendPhotos(store, headers) {
  for (const row of (await store.queue()).filter((one) => one.post === store.post && one.state === "taken")) {
    let left = 0;
    let reason = null;
    for (const { number, picture } of await store.photosOf(row.id)) {
      const body = new FormData();
      body.append("photo", picture, `${number}.jpg`);
      const sent = await ask(`photos/${row.id}/${number}/`, { method: "POST", headers, body });
      if (sent.state !== "ok") return sent.state;
      if (TAKEN.has(sent.body.answer)) {
        await store.dropPhoto(row.id, number);
      } else {
        left += 1;
        if (sent.body.answer === "refused") reason = sent.body.reason;
      }
    }
    if (left === 0) await store.leave(row, row.answer);
    else if (reason) await store.hear(row, "photos_refused", { ...row.answer, reason });
  }
  return "ok";
}

async function sendAll() {
  const now = await session();
  if (now.state !== "ok") return now.state;
  const store = await ownStore();
  const headers = { "X-CSRFToken": now.body.csrf, "X-Hat": now.body.hat };
  const before = await store.db.count("queue");
  let state = await sendTexts(store, headers);
  if (state === "ok") state = await sendPhotos(store, headers);
  if (state === "ok" && before > 0) state = await fetchDay();
  return state;
}

// Returns ok, offline, signed_out, not_for_you or broken; only `ok` says that all that could go has gone.
export function flush() {
  return navigator.locks.request("huiyin-phone", sendAll);
}
