// Notes go out: at once where there is a network, else again and again, with longer and longer pauses.
import * as api from "./api.js";
import * as journal from "./journal.js";
import * as store from "./store.js";

const BATCH = 100;
const PAUSES = [2_000, 5_000, 15_000, 60_000, 300_000];
const CLOCK_OFF = 120;

/** What the status line shows. `state`: idle, sending, offline, signed-out, other, trouble. */
export const status = { state: "idle", clockOff: 0, serverVersion: 0 };

const changed = new EventTarget();
let failures = 0;
let timer = null;
let running = null;
let again = null;

export const onStatus = (heard) => changed.addEventListener("change", heard);

function become(state) {
  status.state = state;
  changed.dispatchEvent(new Event("change"));
}

/** Begin to watch for chances to send. */
export function begin() {
  addEventListener("online", () => sync());
  document.addEventListener("visibilitychange", () => (document.hidden ? leave() : sync()));
  addEventListener("pagehide", leave);
  journal.onChange(() => schedule(journal.UNDO));
  return sync();
}

// Screen off or tab closed: what waits to be undone goes out at once, then silence until the screen is on again.
function leave() {
  sync({ evenHeld: true });
  clearTimeout(timer);
}

function schedule(pause) {
  clearTimeout(timer);
  if (!document.hidden) timer = setTimeout(sync, pause);
}

/** Send what waits. One at a time over all tabs; a call meanwhile makes it look once more. */
export async function sync({ evenHeld = false } = {}) {
  if (running) {
    again = { evenHeld: evenHeld || Boolean(again?.evenHeld) };
    return running;
  }
  running = alone(() => attempt(evenHeld)).finally(() => (running = null));
  await running;
  if (!again) return;
  const next = again;
  again = null;
  await sync(next);
}

// Old browsers know no locks; there two open tabs may send a note twice, and the server keeps one.
const alone = (work) => (navigator.locks ? navigator.locks.request("baikoo-sync", work) : work());

async function attempt(evenHeld) {
  try {
    if (!(await journal.waiting(true)).length && status.state === "idle" && status.known) return;
    become("sending");
    if (!(await isOurs())) return become("other");
    await sendPictures(evenHeld);
    while (await sendBatch(evenHeld));
    failures = 0;
    become("idle");
    const held = (await journal.waiting(true)).length;
    if (held) schedule(journal.UNDO / 2);
  } catch (error) {
    await failed(error);
  }
}

async function failed(error) {
  if (error instanceof api.SignedOut) return become("signed-out");
  become(error instanceof api.Unreachable ? "offline" : "trouble");
  status.trouble = error;
  if (!(error instanceof api.Unreachable)) console.error(error);
  schedule(PAUSES[Math.min(failures, PAUSES.length - 1)] * (0.8 + 0.4 * Math.random()));
  failures += 1;
}

// Notes of one observer never go out under the name of another who signed in on this phone.
async function isOurs() {
  const me = await api.whoAmI();
  const vault = await store.get("meta", "vault");
  status.known = true;
  status.serverVersion = me.form_version;
  status.me = me;
  return me.user.id === vault.user.id;
}

async function sendPictures(evenHeld) {
  const ready = new Set((await journal.waiting(evenHeld)).map((row) => row.uuid));
  for (const picture of await journal.pictures()) {
    if (!ready.has(picture.note)) continue;
    try {
      await api.send(`uploads/${picture.id}`, await picture.blob());
    } catch (error) {
      if (!(error instanceof api.Refused) || error.status === 403) throw error;
      await journal.markRefused(picture.note, error.told.message ?? error.told.reason);
      continue;
    }
    await store.remove("pictures", picture.id);
  }
}

/** Send up to a hundred; true while there are more. */
async function sendBatch(evenHeld) {
  const rows = await journal.waiting(evenHeld);
  const some = rows.slice(0, BATCH);
  const present = await journal.markSending(some.map((row) => row.uuid));
  const opened = (await journal.notes()).filter((note) => present.has(note.uuid));
  if (!opened.length) return false;
  const told = await api.send("notes", {
    device: await deviceName(),
    device_now: journal.deviceTime(),
    notes: opened.map((note) => ({
      uuid: note.uuid,
      sitting: note.sitting,
      item: note.item,
      kind: note.kind,
      value: note.value,
      device_at: note.at,
      corrects: note.corrects,
      form_version: note.version,
    })),
  });
  status.serverVersion = told.form_version;
  status.clockOff = Math.abs(told.offset) > CLOCK_OFF ? told.offset : 0;
  const postponed = await settle(told.notes);
  return rows.length > BATCH && !postponed;
}

async function settle(answers) {
  let postponed = false;
  for (const answer of answers) {
    if (answer.status !== "refused") await journal.markReceived(answer.uuid, answer);
    else if (answer.reason === "conflict") await journal.renew(answer.uuid);
    else if (["newer_form", "corrects_unknown"].includes(answer.reason)) postponed = true;
    else await journal.markRefused(answer.uuid, answer.message ?? answer.reason);
  }
  return postponed;
}

async function deviceName() {
  const kept = await store.get("meta", "device");
  if (kept) return kept.name;
  const name = crypto.randomUUID();
  await store.put("meta", { key: "device", name });
  return name;
}
