// One note: its fields, a pad within reach of the thumb, and one tap to keep it.
import { backTo, button, h, say, show } from "./dom.js";
import { ON_PAD, control, itemPicker, lacking } from "./fields.js";
import * as journal from "./journal.js";
import { listen, pad } from "./pad.js";
import { t, page } from "./words.js";

const LARGEST = 1000;
const PAUSE = 400;

/** Show the form for a note of a kind; `fix` is the note that it corrects, `done` leads back. */
export async function entry({ row, item, kind, fix, done, place }) {
  const form = await opened(row, item, kind, fix, place);
  const save = button(t("save"), () => keep(form, { row, kind, fix, done, place }), { class: "main" });
  const numbers = Object.entries(page.kinds[kind])
    .filter(([, type]) => ON_PAD.includes(type))
    .map(([name]) => name);
  const tiles = numbers.length ? numberTiles(form, numbers, kind) : null;
  const controls = Object.entries(page.kinds[kind]).map(([name, type]) => control(name, type, form));
  if (kind === "interview" && row.items.length) controls.splice(1, 0, itemPicker(row.items, form));
  show({
    title: t(`kind.${kind}`),
    body: [about(item, fix), tiles?.element, controls].flat().filter(Boolean),
    keys: tiles?.keys,
    bar: [backTo(done), save],
  });
  if (tiles) listen(tiles.keys, { ...tiles, enter: () => save.click() });
}

async function opened(row, item, kind, fix, place) {
  const begun = await journal.draft(place);
  const values = begun?.values ?? { ...(fix?.value ?? defaults(item, kind)) };
  const about = begun ? begun.item : (fix ?? { item: item?.number ?? null }).item;
  const form = { values, item: about, people: row.people ?? [], picture: null, isBegun: Boolean(begun) };
  let timer = null;
  const keepSoon = () => {
    clearTimeout(timer);
    const begin = () => journal.keepDraft(place, { values, item: form.item }).catch(failedToKeep);
    timer = setTimeout(() => form.isDone || begin(), PAUSE);
  };
  form.change = (name, value) => {
    if (value === undefined) delete values[name];
    else values[name] = value;
    keepSoon();
  };
  form.about = (number) => ((form.item = number), keepSoon());
  form.stop = () => ((form.isDone = true), clearTimeout(timer));
  return form;
}

// What the agenda says already: the readings of the item.
function defaults(item, kind) {
  return item?.readings?.length && "readings" in page.kinds[kind] ? { readings: item.readings } : {};
}

function about(item, fix) {
  const lines = [];
  if (item)
    lines.push(
      h("p", { class: "about" }, item.title ? `${item.number}. ${item.title}` : t("item", { n: item.number })),
    );
  if (fix) lines.push(h("p", { class: "about" }, t("was", { line: fix.shown })));
  return lines;
}

function numberTiles(form, names, kind) {
  let current = names[0];
  // The first digit replaces what stood there, unless it stood half-typed.
  let fresh = !form.isBegun;
  const draw = () => tiles.forEach((tile, at) => fill(tile, names[at], form.values[names[at]], names[at] === current));
  const set = (value) => {
    form.change(current, value === null ? undefined : Math.max(0, Math.min(LARGEST, value)));
    draw();
  };
  const choose = (name) => ((current = name), (fresh = true), draw());
  const tiles = names.map((name) => button("", () => choose(name), { class: "tile" }));
  const digit = (d) => {
    set((fresh ? 0 : (form.values[current] ?? 0)) * 10 + d);
    fresh = false;
  };
  const back = () => set(form.values[current] >= 10 ? Math.floor(form.values[current] / 10) : null);
  const add = (n) => (set((form.values[current] ?? 0) + n), (fresh = true));
  const next =
    names.length > 1
      ? button("→", () => choose(names[(names.indexOf(current) + 1) % names.length]), {
          "aria-label": t("next_number"),
        })
      : null;
  const steps =
    kind === "head_count"
      ? h(
          "div",
          { class: "row steps" },
          [-1, 1, 5, 10].map((n) => button(n < 0 ? "−1" : `+${n}`, () => add(n))),
        )
      : null;
  // Where more is asked than numbers, the pad leaves room for it.
  const low = names.length < Object.keys(page.kinds[kind]).length;
  draw();
  return {
    element: h("div", { class: "tiles" }, tiles),
    keys: h("div", {}, steps, pad({ digit, back, extra: next, low })),
    digit,
    back,
  };
}

function fill(tile, name, value, isCurrent) {
  tile.setAttribute("aria-pressed", String(isCurrent));
  tile.replaceChildren(h("small", {}, t(`field.${name}`)), h("output", {}, value ?? "–"));
}

async function keep(form, { row, kind, fix, done, place }) {
  const field = lacking(kind, form);
  if (field) return say(t("fill_first", { field: t(`field.${field}`) }), { urgent: true });
  const note = { sitting: row.id, kind, value: { ...form.values }, item: form.item, picture: form.picture };
  form.stop();
  try {
    const uuid = fix ? await journal.correct(fix.uuid, note) : await journal.keep(note);
    await journal.dropDraft(place);
    say(t("kept"), { act: { text: t("undo"), run: () => undo(uuid) }, lasts: journal.UNDO });
  } catch (error) {
    form.isDone = false;
    return failedToKeep(error);
  }
  done();
}

async function undo(uuid) {
  try {
    await journal.takeBack(uuid);
    say(t("undone"));
  } catch (error) {
    failedToKeep(error);
  }
}

/** Loud, and it stays until it was read: the phone did not keep it. */
export function failedToKeep(error) {
  console.error(error);
  navigator.vibrate?.([200, 100, 200]);
  say(t("not_kept"), { urgent: true, lasts: 0 });
}
