// The notes on this phone. A note is on the disk, encrypted, before anybody is told that it is kept.
import * as store from "./store.js";
import { seal, unseal, unsealBytes } from "./vault.js";
import { lineOf } from "./lines.js";
import { dayOf, page } from "./words.js";

/** For so long a tap can be undone before the note goes out. */
export const UNDO = 10_000;

// Of a note that the server has, so many letters stay.
const LINE = 60;

let key = null;
let lastSeq = 0;
const changed = new EventTarget();

/** The key that passLock gave. */
export function openJournal(dataKey) {
  key = dataKey;
}

/** Call `heard` whenever a note was kept, sent or removed. */
export const onChange = (heard) => changed.addEventListener("change", heard);

const tell = () => changed.dispatchEvent(new Event("change"));

/** The moment as this device's clock says it, with its offset: "2026-11-27T10:05:00.000+06:00". */
export function deviceTime(now = new Date()) {
  const offset = -now.getTimezoneOffset();
  const two = (number) => String(Math.floor(Math.abs(number))).padStart(2, "0");
  const local = new Date(now.getTime() + offset * 60_000).toISOString().slice(0, -1);
  return `${local}${offset < 0 ? "-" : "+"}${two(offset / 60)}:${two(offset % 60)}`;
}

/** Keep a note (and its picture). Gives its uuid once it is on the disk; raises StoreFailure where it is not. */
export async function keep(said, hold = UNDO) {
  const { uuid = crypto.randomUUID(), sitting, kind, value, item = null, corrects = null, picture = null } = said;
  const now = Date.now();
  lastSeq = Math.max(now, lastSeq + 1);
  const note = { kind, value, item, corrects, at: deviceTime(), version: page.form_version };
  const pictures = [];
  if (picture) {
    note.value = { ...value, upload: crypto.randomUUID() };
    const bytes = await picture.arrayBuffer();
    pictures.push({ id: note.value.upload, note: uuid, sealed: await seal(key, bytes, note.value.upload) });
  }
  const row = {
    uuid,
    sitting,
    seq: lastSeq,
    day: dayOf(now),
    state: "kept",
    hold: now + hold,
    sealed: await seal(key, note, uuid),
  };
  await store.write({ put: { notes: [row], ...(pictures.length ? { pictures } : {}) } });
  tell();
  return uuid;
}

const isOut = (row) => row.state === "received" || Boolean(row.sending);

/** Take a note back: away where it never went out, else a withdrawal that goes out. */
export async function takeBack(uuid) {
  const [row] = await store.decide("notes", [uuid], (one) => (isOut(one) ? undefined : null));
  if (row && isOut(row)) {
    const note = await unseal(key, row.sealed, uuid);
    await keep({ sitting: row.sitting, kind: note.kind, value: {}, item: note.item, corrects: uuid }, 0);
  } else if (row) await dropPictures(uuid);
  tell();
}

/** A correction: a new note in place of one that never went out or was refused, else one that names the older one. */
export async function correct(old, { kind, value, item }) {
  const uuid = crypto.randomUUID();
  // From here on the older note stays back once the newer one is on the disk; never are both lost.
  const [row] = await store.decide("notes", [old], (one) => (isOut(one) ? undefined : { ...one, replacedBy: uuid }));
  const { corrects } = await unseal(key, row.sealed, old);
  await keep({ uuid, sitting: row.sitting, kind, value, item, corrects: isOut(row) ? old : corrects });
  if (!isOut(row)) await store.remove("notes", old);
  tell();
  return uuid;
}

async function dropPictures(uuid) {
  const own = (await store.all("pictures")).filter((picture) => picture.note === uuid);
  await store.write({ remove: { pictures: own.map(({ id }) => id) } });
}

/** The rows that wait to go out, the oldest first; those that can still be undone only where `evenHeld`. */
export async function waiting(evenHeld) {
  const rows = (await store.all("notes")).filter((row) => row.state === "kept");
  const there = new Set(rows.map((row) => row.uuid));
  rows.sort((one, other) => one.seq - other.seq);
  return rows.filter((row) => !there.has(row.replacedBy) && (evenHeld || row.hold <= Date.now()));
}

/**
 * The notes of a sitting, those of sittings that became this one too, or all of them, in order, opened:
 * {uuid, state, kind, value?, line, item, corrects …}.
 */
export async function notes(sitting = null) {
  const moved = (await store.get("meta", "moved"))?.moved ?? {};
  const isThere = (row) => row.sitting === sitting || moved[row.sitting] === sitting;
  const rows = (await store.all("notes")).filter((row) => !sitting || isThere(row));
  rows.sort((one, other) => one.seq - other.seq);
  return Promise.all(rows.map(async (row) => ({ ...row, ...(await unseal(key, row.sealed, row.uuid)) })));
}

/** Remember which sittings became which other ones; their notes keep the name under which they may be on their way. */
export const keepMoves = (moved) => store.put("meta", { key: "moved", moved });

/** Show the notes that I sent from another phone beside those of this one until their day is over. Gives how many. */
export async function adopt(sent) {
  const known = new Set((await store.all("notes")).map((row) => row.uuid));
  const fresh = sent.filter((note) => !known.has(note.uuid));
  const rows = await Promise.all(
    fresh.map(async ({ uuid, sitting, kind, value, item, corrects, withdrawn, device_at, observed_at }) => {
      const at = device_at ?? observed_at;
      const line = withdrawn ? "" : lineOf(kind, value).slice(0, LINE);
      const sealed = await seal(key, { kind, item, corrects, at, line, isWithdrawal: withdrawn }, uuid);
      const when = { seq: Date.parse(at), day: dayOf(at), hold: 0 };
      return { uuid, sitting, ...when, state: "received", isElsewhere: true, unplaced: null, sealed };
    }),
  );
  if (rows.length) await store.write({ put: { notes: rows } });
  tell();
  return rows.length;
}

/** How many notes wait here, and how many the server refused. */
export async function counts() {
  const rows = await store.all("notes");
  const of = (state) => rows.filter((row) => row.state === state).length;
  return { kept: of("kept"), refused: of("refused"), received: of("received") };
}

/** Remember that these are on their way: from now on taking one back is a withdrawal. Gives those still here. */
export async function markSending(uuids) {
  const rows = await store.decide("notes", uuids, (row) => ({ ...row, sending: true }));
  return new Set(rows.map((row) => row.uuid));
}

/** The server has it: of the note's text only a short line stays, for the day of the sitting. */
export async function markReceived(uuid, { unplaced = null } = {}) {
  const row = await store.get("notes", uuid);
  if (!row) return;
  const { kind, item, corrects, value, at } = await unseal(key, row.sealed, uuid);
  const isWithdrawal = corrects !== null && Object.keys(value).length === 0;
  const line = isWithdrawal ? "" : lineOf(kind, value).slice(0, LINE);
  const sealed = await seal(key, { kind, item, corrects, at, line, isWithdrawal }, uuid);
  await store.put("notes", { ...row, state: "received", sending: false, unplaced, sealed });
  tell();
}

/** The server refuses it; `why` is its message. It stays here with all it says, to be corrected. */
export async function markRefused(uuid, why) {
  const row = await store.get("notes", uuid);
  if (row) await store.put("notes", { ...row, state: "refused", sending: false, why });
  tell();
}

/** Send a refused note once more as a new one: its uuid was used for another note. */
export async function renew(uuid) {
  const row = await store.get("notes", uuid);
  const note = await unseal(key, row.sealed, uuid);
  const fresh = crypto.randomUUID();
  const again = { ...row, uuid: fresh, state: "kept", sending: false, sealed: await seal(key, note, fresh) };
  await store.write({ put: { notes: [again] }, remove: { notes: [uuid] } });
}

/** Pictures that wait here: [{id, blob()}]. */
export async function pictures() {
  const rows = await store.all("pictures");
  return rows.map((row) => ({
    id: row.id,
    note: row.note,
    blob: async () => new Blob([await unsealBytes(key, row.sealed, row.id)], { type: "image/jpeg" }),
  }));
}

/** Lines of earlier days are nobody's business any more. */
export async function forgetEarlierDays() {
  const today = dayOf();
  const old = (await store.all("notes")).filter((row) => row.state === "received" && row.day < today);
  if (old.length) await store.write({ remove: { notes: old.map((row) => row.uuid) } });
}

/** What stands half-written on a screen, so that a closed tab does not lose it. */
export async function keepDraft(name, value) {
  await store.put("drafts", { key: name, sealed: await seal(key, value, name) });
}

/** What stood there, or null. */
export async function draft(name) {
  const row = await store.get("drafts", name);
  return row ? unseal(key, row.sealed, name) : null;
}

export const dropDraft = (name) => store.remove("drafts", name);
