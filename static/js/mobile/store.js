// What the phone keeps, one database for each person, its content sealed under his key.
//
// `huiyin-phone` knows whose databases lie here and, while somebody is signed in, the key of his. `huiyin-phone-<user>`
// keeps the day's package, drafts, the queue with its pictures, and for some days what was answered.

import { openDB } from "../../vendor/idb-8.0.4/index.js";
import { keyFrom, open, openPicture, seal, sealPicture } from "./seal.js";

const KEPT_DAYS = 7;
const DAY = 24 * 60 * 60 * 1000;

const owners = openDB("huiyin-phone", 1, {
  upgrade: (db) => db.createObjectStore("owners", { keyPath: "user" }),
});

function databaseOf(user) {
  return openDB(`huiyin-phone-${user}`, 1, {
    upgrade(db) {
      db.createObjectStore("kept", { keyPath: "name" });
      db.createObjectStore("queue", { keyPath: "seq", autoIncrement: true }).createIndex("id", "id", { unique: true });
      db.createObjectStore("photos", { keyPath: ["id", "number"] });
      db.createObjectStore("answered", { keyPath: "id" });
    },
  });
}

// Somebody was answered as signed in: his key stays as long as his session may idle, everybody else's goes.
export async function signedIn({ user, post, words, key, idle_minutes: minutes }) {
  const db = await owners;
  for (const one of await db.getAll("owners")) if (one.user !== user) await db.put("owners", { user: one.user });
  await db.put("owners", { user, post, words, key: await keyFrom(key), until: Date.now() + minutes * 60000, minutes });
}

export async function stillSignedIn(user, post) {
  const db = await owners;
  for (const one of await db.getAll("owners")) {
    if (one.user !== user) await db.put("owners", { user: one.user });
    else if (one.key && one.post === post) await db.put("owners", { ...one, until: Date.now() + one.minutes * 60000 });
    // another post of the same person: the package is another one
    else await db.put("owners", { user: one.user });
  }
}

// Nobody is signed in any more: what lies here can be counted and not read.
export async function signedOut() {
  const db = await owners;
  for (const one of await db.getAll("owners")) await db.put("owners", { user: one.user });
}

// How much waits here, whoever wrote it.
export async function waitingOfAll() {
  let waiting = 0;
  for (const { user } of await (await owners).getAll("owners")) waiting += await (await databaseOf(user)).count("queue");
  return waiting;
}

// The store of whoever is signed in, or null.
export async function ownStore() {
  const found = await (await owners).getAll("owners");
  const owner = found.find((one) => one.key && one.until > Date.now());
  return owner ? new Store(owner, await databaseOf(owner.user)) : null;
}

class Store {
  constructor(owner, db) {
    this.user = owner.user;
    this.post = owner.post;
    this.words = owner.words;
    this.key = owner.key;
    this.db = db;
  }

  place(...names) {
    return [this.user, ...names].join(":");
  }

  async keep(name, value) {
    await this.db.put("kept", { name, post: this.post, sealed: await seal(this.key, this.place("kept", name), value) });
  }

  async kept(name) {
    const row = await this.db.get("kept", name);
    return row && row.post === this.post ? open(this.key, this.place("kept", name), row.sealed) : null;
  }

  async forget(name) {
    await this.db.delete("kept", name);
  }

  async keepDay(day) {
    const { key, ...carried } = day;
    await this.keep("day", carried);
  }

  async addPhoto(id, number, picture) {
    await this.db.put("photos", { id, number, sealed: await sealPicture(this.key, this.place("photo", id, number), picture) });
  }

  async photosOf(id) {
    const rows = await this.db.getAll("photos", IDBKeyRange.bound([id, 0], [id, 99]));
    return Promise.all(rows.map(async ({ number, sealed }) => (
      {
        number,
        picture: await openPicture(this.key, this.place("photo", id, number), sealed),
      }
    )));
  }

  async dropPhoto(id, number) {
    await this.db.delete("photos", [id, number]);
  }

  async dropPhotos(id) {
    await this.db.delete("photos", IDBKeyRange.bound([id, 0], [id, 99]));
  }

  // One transaction: a draft is in the queue, or it is still a draft.
  async submit(submission, draft) {
    const sealed = await seal(this.key, this.place("queue", submission.id), submission);
    const both = this.db.transaction(["queue", "kept"], "readwrite");
    await both.objectStore("queue").add({ id: submission.id, post: this.post, state: "waiting", sealed });
    if (draft) await both.objectStore("kept").delete(draft);
    await both.done;
  }

  // Oldest first, opened; of another post of this person the heads alone.
  async queue() {
    const rows = await this.db.getAll("queue");
    return Promise.all(rows.map((row) => (row.post === this.post ? this.opened(row) : row)));
  }

  // The event with this key: of the day's package, or one that was reported here and waits.
  async event(id) {
    const found = (await this.kept("day"))?.events.find((one) => one.id === id);
    return found ?? (await this.reported()).find((one) => one.id === id);
  }

  // What was reported here and waits to be sent, as an event that its first steps can follow.
  async reported() {
    const rows = (await this.queue()).filter(({ submission, state }) => (
      submission?.kind === "report" && state === "waiting" && submission.typed.names_cadre !== "yes"
    ));
    return rows.map(({ id, submission: { typed } }) => ({
      id,
      follows: id,
      version: 1,
      title: typed.title,
      text: typed.text,
      spot: typed.spot,
      is_dangerous: typed.is_dangerous,
      steps: typed.keep && !typed.is_dangerous ? ["progress", "settle", "send_up"] : ["progress"],
    }));
  }

  async opened(row) {
    const submission = await open(this.key, this.place("queue", row.id), row.sealed);
    const answer = row.answer && await open(this.key, this.place("answer", row.id), row.answer);
    return { ...row, submission, answer };
  }

  // `taken` waits for its pictures, `refused` and `photos_refused` for whoever wrote it.
  async hear(row, state, answer) {
    const sealed = await seal(this.key, this.place("answer", row.id), answer);
    const kept = await this.db.get("queue", row.seq);
    if (kept) await this.db.put("queue", { ...kept, state, answer: sealed });
  }

  // It leaves the queue, and what was answered stays to be read for some days; of what names a cadre nothing stays.
  async leave(row, answer) {
    const keep = answer && row.submission.typed.names_cadre !== "yes";
    const sealed = keep && await seal(this.key, this.place("answered", row.id), { submission: row.submission, answer });
    const all = this.db.transaction(["queue", "photos", "answered"], "readwrite");
    await all.objectStore("queue").delete(row.seq);
    await all.objectStore("photos").delete(IDBKeyRange.bound([row.id, 0], [row.id, 99]));
    if (keep) await all.objectStore("answered").put({ id: row.id, at: Date.now(), post: this.post, sealed });
    await all.done;
  }

  async answered() {
    const rows = (await this.db.getAll("answered")).filter((row) => row.post === this.post);
    for (const old of rows.filter((row) => row.at < Date.now() - KEPT_DAYS * DAY)) await this.db.delete("answered", old.id);
    const young = rows.filter((row) => row.at >= Date.now() - KEPT_DAYS * DAY).sort((one, other) => other.at - one.at);
    return Promise.all(young.map(async (row) => (
      { at: row.at, ...await open(this.key, this.place("answered", row.id), row.sealed) }
    )));
  }
}
