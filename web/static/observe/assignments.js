// The sittings that are mine, stored while there is a network, so that the hall needs none.
import * as api from "./api.js";
import * as journal from "./journal.js";
import * as store from "./store.js";
import { dayOf, page } from "./words.js";

const MADE = "made-";

/**
 * Fetch my sittings with agenda, questions and deputies, and what I noted today on another phone. What is not mine any
 * more goes, unless notes wait for it; what became another sitting stays for its day, and tells which.
 */
export async function refresh() {
  const { sittings, moved } = await api.read("sittings");
  const before = await store.all("sittings");
  const targets = before.map(({ id }) => moved[id]).filter(Boolean);
  const rows = [];
  for (const id of new Set([...sittings.map((one) => one.id), ...targets])) rows.push(await fetched(id));
  const there = new Set(rows.map((row) => row.id));
  for (const row of before.filter(({ id }) => moved[id] && !there.has(id)))
    rows.push({ ...row, sitting: { ...row.sitting, moved_to: moved[row.id] } });
  await journal.keepMoves(moved);
  await store.write({ put: { sittings: rows } });
  await forget(rows.filter(({ sitting }) => !sitting.moved_to || sitting.day >= dayOf()));
  for (const { id, sitting } of rows) if (sitting.day === dayOf()) await adopt(id);
}

const fetched = async (id) => ({ id, ...(await api.read(`sittings/${encodeURIComponent(id)}`)) });

async function forget(rows) {
  const needed = new Set(
    [...rows, ...(await store.all("notes")).filter((note) => note.state !== "received")].map(
      (row) => row.sitting?.id ?? row.sitting,
    ),
  );
  const gone = (await store.all("sittings")).filter(
    (row) => !needed.has(row.id) && !(isMade(row) && row.sitting.day >= dayOf()),
  );
  await store.write({ remove: { sittings: gone.map((row) => row.id) } });
}

/** Take over what I noted on this sitting with another phone; gives how many notes were new. */
export const adopt = async (sitting) => journal.adopt((await sent(sitting)).notes);

const sent = (sitting, patience) => api.read(`notes?sitting=${encodeURIComponent(sitting)}`, patience);

/** What a note said that is only on the server by now; null where it cannot be had at once. */
export async function valueOf({ uuid, sitting, kind }) {
  try {
    const { value } = (await sent(sitting, 3_000)).notes.find((note) => note.uuid === uuid);
    return Object.fromEntries(Object.entries(value).filter(([name]) => name in page.kinds[kind]));
  } catch {
    return null;
  }
}

const isMade = (row) => row.id.startsWith(MADE);

/** The stored sittings: today's first, then the coming ones, then those that were. */
export async function stored() {
  const today = dayOf();
  const rank = ({ sitting: { day } }) => (day === today ? 0 : day > today ? 1 : 2);
  const rows = await store.all("sittings");
  return rows.sort((one, other) => rank(one) - rank(other) || order(one, other, rank(one) === 2 ? -1 : 1));
}

function order(one, other, direction) {
  const place = ({ sitting }) => `${sitting.day} ${sitting.starts_at ?? "~"} ${sitting.title}`;
  return place(one) < place(other) ? -direction : direction;
}

/** A sitting that no agenda names: notes for it are kept, and a coordinator puts them where they belong. */
export async function make({ title, body, day }) {
  const id = `${MADE}${body}-${day}-${crypto.randomUUID().slice(0, 8)}`;
  const known = await store.all("sittings");
  const people = known.sort((one, other) => (one.sitting.day < other.sitting.day ? 1 : -1))[0]?.people ?? [];
  const sitting = { id, title, body, day, starts_at: null, cancelled: false, assigned: true, observers: [] };
  await store.put("sittings", { id, sitting, items: [], questions: [], people });
  return id;
}
