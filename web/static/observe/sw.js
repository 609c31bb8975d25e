// The form without a network. The server puts `SHELL = {version, files}` before these lines.
/* global SHELL */

const CACHE = `baikoo-observe-${SHELL.version}`;
const PAGE = "/observe";

self.addEventListener("install", (event) => event.waitUntil(fill()));
self.addEventListener("activate", (event) => event.waitUntil(takeOver()));
self.addEventListener("message", (event) => event.data === "activate" && self.skipWaiting());

async function fill() {
  const cache = await caches.open(CACHE);
  await cache.addAll([new Request(PAGE, { cache: "reload" }), ...SHELL.files]);
}

async function takeOver() {
  for (const name of await caches.keys()) {
    if (name.startsWith("baikoo-observe-") && name !== CACHE) await caches.delete(name);
  }
  await self.clients.claim();
}

// The page and its files only. What is asked of the server goes to the server.
self.addEventListener("fetch", (event) => {
  const { pathname } = new URL(event.request.url);
  const isPage = event.request.mode === "navigate" && pathname === PAGE;
  if (event.request.method !== "GET" || !(isPage || SHELL.files.includes(pathname))) return;
  event.respondWith(answer(isPage ? PAGE : pathname, event.request));
});

async function answer(path, request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(path)) ?? fetch(request);
}
