// The form once the door is open: which screen an address shows, and what the status line says.
import { refresh, valueOf } from "./assignments.js";
import { say } from "./dom.js";
import { entry, failedToKeep } from "./entry.js";
import * as journal from "./journal.js";
import { renewRecovery } from "./lock.js";
import { mine, shown } from "./mine.js";
import { otherItem } from "./other_item.js";
import { clearPhone, settings } from "./settings.js";
import { item, sitting } from "./sitting.js";
import { choose, makeOne } from "./sittings.js";
import * as store from "./store.js";
import { drawStatus, offerVersion } from "./status_line.js";
import { begin, onStatus, status } from "./sync.js";
import { offerVersions, register } from "./update.js";
import { page, t } from "./words.js";

const go = (...parts) => (location.hash = parts.map(encodeURIComponent).join("/"));

// One screen after the other: a slow one never covers the one that was asked for after it.
let turn = Promise.resolve();
const redraw = () => (turn = turn.then(() => Promise.all([route(), drawStatus()])).catch(failedToKeep));
const FRESH = 600_000;
// The screens that show what was fetched; nobody is typing there.
const LISTS = /^(#|#s\/[^/]+(\/i\/\d+)?)?$/;
let fetched = 0;

/** Open the form with the key of this phone's notes. */
export async function openForm({ key }) {
  journal.openJournal(key);
  addEventListener("hashchange", redraw);
  addEventListener("unhandledrejection", ({ reason }) => reason instanceof store.StoreFailure && failedToKeep(reason));
  onStatus(drawStatus);
  journal.onChange(drawStatus);
  offerVersions(offerVersion);
  onStatus(() => status.serverVersion > page.form_version && register().then((registration) => registration?.update()));
  onStatus(() => status.state === "idle" && fetchSittings(key));
  document.addEventListener("visibilitychange", () => !document.hidden && fetchSittings(key));
  await journal.forgetEarlierDays();
  await redraw();
  await begin();
}

// At sign-in, at each opening and now and then: what the hall needs is stored while there is a network.
async function fetchSittings(key) {
  if (!status.me || status.state !== "idle" || Date.now() - fetched < FRESH) return;
  fetched = Date.now();
  try {
    await renewRecovery(key, status.me);
    await refresh();
  } catch (error) {
    fetched = 0;
    if (error instanceof store.StoreFailure) return failedToKeep(error);
    return say(t("sittings_old"));
  }
  if (LISTS.test(location.hash)) await redraw();
}

async function route() {
  const [place, id, ...rest] = location.hash.slice(1).split("/").map(decodeURIComponent);
  const ways = { go, redraw };
  if (place === "settings") return settings(ways);
  if (place === "clear") return clearPhone(ways);
  if (place === "make") return makeOne(ways);
  const row = place === "s" ? await store.get("sittings", id) : null;
  return row ? ofSitting({ ...ways, row }, rest) : choose(ways);
}

async function ofSitting(ways, rest) {
  const { row } = ways;
  if (rest[0] === "mine") return mine(ways);
  if (rest[0] === "other") return otherItem(ways);
  const number = rest[0] === "i" ? Number(rest[1]) : null;
  const about = number === null ? null : (row.items.find((one) => one.number === number) ?? { number, title: "" });
  const [mark, kind, , uuid] = number === null ? rest : rest.slice(2);
  if (mark !== "k" || !(kind in page.kinds)) return about ? item({ ...ways, item: about }) : sitting(ways);
  const found = uuid ? (await journal.notes(row.id)).find((note) => note.uuid === uuid) : null;
  // Of a note that was received only a line is here; what it said is fetched where there is a network.
  const fix = found && { ...found, value: found.value ?? (await valueOf(found)), shown: shown(found) };
  const done = () => (fix ? go("s", row.id, "mine") : go("s", row.id, ...(about ? ["i", number] : [])));
  return entry({ row, item: about, kind, fix, done, place: location.hash });
}
