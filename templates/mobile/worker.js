// Keeps the phone's pages and files as they were when this version of it was put up, and sends what waits.

import { flush } from "{{ flush }}";

const VERSION = "{{ version }}";
const KEPT = {{ kept|safe }};

self.addEventListener("install", (event) => {
  // All of it or nothing: on a weak signal the version before stays.
  event.waitUntil((async () => {
    const cache = await caches.open(VERSION);
    await cache.addAll(KEPT.map((address) => new Request(address, { cache: "reload" })));
    await self.skipWaiting();
  })());
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith("huiyin-phone-") && name !== VERSION) await caches.delete(name);
    }
    await self.clients.claim();
  })());
});

// What is kept is answered from here, with or without a signal; everything else is the network's business.
self.addEventListener("fetch", (event) => {
  const { pathname } = new URL(event.request.url);
  if (event.request.method !== "GET" || !KEPT.includes(pathname)) return;
  event.respondWith((async () => (
    await (await caches.open(VERSION)).match(pathname) ?? fetch(event.request)
  ))());
});

self.addEventListener("sync", (event) => {
  if (event.tag !== "send") return;
  event.waitUntil((async () => {
    // An error lets the browser try again later.
    if (await flush() !== "ok") throw new Error("something still waits");
  })());
});
