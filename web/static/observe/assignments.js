// The sittings that are mine, stored while there is a network, so that the hall needs none.
import * as api from "./api.js";
import * as store from "./store.js";
import { dayOf } from "./words.js";

const MADE = "made-";

/** Fetch my sittings with agenda, questions and deputies. What is not mine any more goes, unless notes wait for it. */
export async function refresh() {
  const { sittings } = await api.read("sittings");
  const rows = [];
  for (const { id } of sittings) rows.push({ id, ...(await api.read(`sittings/${encodeURIComponent(id)}`)) });
  const needed = new Set(
    [...rows, ...(await store.all("notes")).filter((note) => note.state !== "received")].map(
      (row) => row.sitting?.id ?? row.sitting,
    ),
  );
  const gone = (await store.all("sittings")).filter(
    (row) => !needed.has(row.id) && !(isMade(row) && row.sitting.day >= dayOf()),
  );
  await store.write({ put: { sittings: rows }, remove: { sittings: gone.map((row) => row.id) } });
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
