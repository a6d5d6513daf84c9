// A form that is written on the phone: kept while it is written, with its pictures, and put into the queue at the end.

import { asAddress, shrink } from "./photo.js";
import { say, sendSoon, words } from "./frame.js";

const MOST_PHOTOS = 6;
const PAUSE = 400;

export class Writing {
  // `submission` makes what is sent of what was typed; `name` is where the draft is kept. Fields of one name and
  // several boxes (data-several) are typed as a list.
  constructor(form, store, name, submission) {
    Object.assign(this, { form, store, name, submission });
    this.shots = form.querySelector("[data-shots]");
    this.pictures = [];
    this.next = 1;
    form.addEventListener("input", () => this.later());
    form.addEventListener("submit", (event) => { event.preventDefault(); this.finish(); });
    form.querySelector("[data-camera]")?.addEventListener("change", (event) => this.take(event.target));
    form.querySelector("[data-add-place]")?.addEventListener("click", (event) => this.addPlace(event.currentTarget));
    form.querySelector("[data-drop-place]")?.addEventListener("click", () => this.place("", "", ""));
    form.querySelector("[data-discard]")?.addEventListener("click", () => this.discard());
    document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") this.save(); });
  }

  async restore() {
    const draft = await this.store.kept(this.name);
    this.id = draft?.id ?? crypto.randomUUID();
    for (const [name, value] of Object.entries(draft?.typed ?? {})) this.put(name, value);
    for (const { number, picture } of await this.store.photosOf(this.id)) {
      this.next = Math.max(this.next, number + 1);
      await this.show(number, picture);
    }
    this.showPlace();
    this.form.dispatchEvent(new CustomEvent("writing:restored"));
  }

  put(name, value) {
    for (const field of this.form.querySelectorAll(`[name='${name}']`)) {
      if (field.type === "radio") field.checked = field.value === value;
      else if ("several" in field.dataset) field.checked = value.includes(field.value);
      else if (field.type === "checkbox") field.checked = value === true;
      else field.value = value;
    }
  }

  typed() {
    const typed = {};
    for (const field of this.form.elements) {
      if (!field.name || field.type === "file") continue;
      if ("several" in field.dataset) typed[field.name] = [...typed[field.name] ?? [], ...field.checked ? [field.value] : []];
      else if (field.type === "checkbox") typed[field.name] = field.checked;
      else if (field.type !== "radio" || field.checked) typed[field.name] = field.value;
    }
    return typed;
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), PAUSE);
  }

  async save() {
    clearTimeout(this.timer);
    if (!this.done) await this.store.keep(this.name, { id: this.id, typed: this.typed() });
  }

  async take(input) {
    for (const file of input.files) {
      if (this.pictures.length >= MOST_PHOTOS) break;
      const picture = await shrink(file);
      const number = this.next;
      this.next += 1;
      await this.store.addPhoto(this.id, number, picture);
      await this.show(number, picture);
    }
    input.value = "";
    await this.save();
  }

  async show(number, picture) {
    this.pictures.push(number);
    const shot = document.createElement("figure");
    const image = document.createElement("img");
    image.src = await asAddress(picture);
    image.alt = say(words.photo_number, { number });
    shot.append(image);
    this.shots.prepend(shot);
  }

  // Asked for once, by hand, and shown; it can be taken out again, and nothing is followed.
  addPlace(button) {
    button.disabled = true;
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      this.place(coords.latitude.toFixed(5), coords.longitude.toFixed(5), String(Math.round(coords.accuracy)));
      button.disabled = false;
    }, () => {
      button.disabled = false;
      button.textContent = words.no_place;
    }, { enableHighAccuracy: true, timeout: 15000 });
  }

  place(north, east, metres) {
    for (const [name, value] of Object.entries({ north, east, metres })) this.put(name, value);
    this.showPlace();
    this.later();
  }

  showPlace() {
    const { north, east, metres } = this.typed();
    const shown = this.form.querySelector("[data-place]");
    if (!shown) return;
    shown.hidden = !north;
    shown.querySelector("[data-said]").textContent = north ? say(words.place, { north, east, metres }) : "";
  }

  async finish() {
    if (this.done) return;
    this.done = true;
    clearTimeout(this.timer);
    const written = { ...this.submission(this.typed()), id: this.id, user: this.store.user, post: this.store.post };
    if (written.typed.names_cadre === "yes") await this.store.dropPhotos(this.id);
    await this.store.submit({ ...written, observed_at: new Date().toISOString() }, this.name);
    await Promise.race([sendSoon(), new Promise((done) => { setTimeout(done, 300); })]);
    location.assign(this.form.dataset.after);
  }

  async discard() {
    this.done = true;
    await this.store.dropPhotos(this.id);
    await this.store.forget(this.name);
    location.assign(this.form.dataset.after);
  }
}
