// The worker that makes the form start without a network, and the change to a new version: only when somebody taps.

let registration = null;

/** The worker, stored by the browser with all files of the form; null where the browser knows no workers. */
export async function register() {
  const workers = navigator.serviceWorker;
  registration ??= workers?.register("/observe/sw.js", { scope: "/observe", updateViaCache: "none" }) ?? null;
  return registration;
}

/** `ready(change)` is called when a new version waits. */
export async function offerVersions(ready) {
  const known = await register();
  if (!known) return;
  const offer = () => known.waiting && navigator.serviceWorker.controller && ready(() => change(known));
  known.addEventListener("updatefound", () => known.installing?.addEventListener("statechange", offer));
  offer();
}

function change(known) {
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
  known.waiting?.postMessage("activate");
}
