// A sitting and its items: what the checks ask comes first, then everything else.
import { backTo, button, h, show } from "./dom.js";
import { DURING, OF_ITEM, OPENING } from "./kinds.js";
import * as journal from "./journal.js";
import * as store from "./store.js";
import { dayInWords, inOurs, t } from "./words.js";

/** Notes that still say something, by item (null: about the whole sitting). */
async function living(id) {
  const notes = await journal.notes(id);
  const replaced = new Set(notes.map((note) => note.corrects).filter(Boolean));
  return notes.filter((note) => !replaced.has(note.uuid) && !isWithdrawal(note));
}

export const isWithdrawal = (note) =>
  note.isWithdrawal || (note.corrects !== null && note.value && !Object.keys(note.value).length);

/** The screen of a sitting. */
export async function sitting({ row, go }) {
  const notes = await living(row.id);
  const kind = (name) =>
    kindButton(
      name,
      notes.filter((note) => note.item === null),
      () => go("s", row.id, "k", name),
    );
  const items = row.items.map((item) => itemButton(item, notes, () => go("s", row.id, "i", item.number)));
  const after = row.sitting.moved_to ? await store.get("sittings", row.sitting.moved_to) : null;
  const other = button(t("other_item"), () => go("s", row.id, "other"), { class: "wide" });
  show({
    title: row.sitting.title,
    body: [
      after
        ? movedTo(after.sitting, () => go("s", after.id))
        : row.sitting.cancelled && h("p", { class: "warning" }, t("cancelled_why")),
      asked(row.questions, notes, null, (name) => go("s", row.id, "k", name)),
      h("h2", {}, t("opening")),
      h("div", { class: "grid" }, OPENING.map(kind)),
      h("h2", {}, t("agenda")),
      items,
      other,
      h("h2", {}, t("during")),
      h("div", { class: "grid" }, DURING.map(kind)),
    ],
    bar: [
      backTo(() => go()),
      button(t("kind.head_count"), () => go("s", row.id, "k", "head_count"), { class: "main" }),
      button(t("my_notes"), () => go("s", row.id, "mine")),
    ],
  });
}

// Notes made here are kept and belong there as well; going on there is one tap.
function movedTo({ title, day }, open) {
  const words = `${t("go_on_there")}: ${title}, ${dayInWords(day)}`;
  return [h("p", { class: "warning" }, t("moved_why")), button(words, open, { class: "main wide" })];
}

/** The screen of an item of the agenda. */
export async function item({ row, item, go }) {
  const notes = await living(row.id);
  const open = (name) => go("s", row.id, "i", item.number, "k", name);
  const here = notes.filter((note) => note.item === item.number);
  const later = row.items[row.items.findIndex((one) => one.number === item.number) + 1];
  show({
    title: t("item", { n: item.number }),
    body: [
      item.title ? h("p", { class: "about" }, item.title) : null,
      asked(item.questions ?? [], notes, item.number, open),
      h("h2", {}, t("note_down")),
      h(
        "div",
        { class: "grid" },
        OF_ITEM.map((name) => kindButton(name, here, () => open(name))),
      ),
    ],
    bar: [
      backTo(() => go("s", row.id)),
      button(t("kind.vote"), () => open("vote"), { class: "main" }),
      later ? button(t("next_item"), () => go("s", row.id, "i", later.number)) : null,
    ],
  });
}

// Answered questions stay, marked, below those that are open.
function asked(questions, notes, number, open) {
  if (!questions.length) return [];
  const isAnswered = (question) => notes.some((note) => note.item === number && note.kind === question.kind);
  const rows = [...questions].sort((one, other) => isAnswered(one) - isAnswered(other));
  return [h("h2", {}, t("asked")), rows.map((question) => questionButton(question, isAnswered(question), open))];
}

function questionButton(question, answered, open) {
  const again = question.asked_again ? h("small", {}, t("asked_again"), ": ", question.asked_again) : null;
  const mark = answered ? h("small", { class: "done" }, "✓ ", t("answered")) : null;
  return h(
    "button",
    { type: "button", class: answered ? "wide" : "wide asked", onclick: () => open(question.kind) },
    h("span", {}, inOurs(question.text)),
    again,
    mark,
  );
}

function kindButton(name, notes, open) {
  const count = notes.filter((note) => note.kind === name).length;
  return h(
    "button",
    { type: "button", onclick: open },
    t(`kind.${name}`),
    count ? h("small", { class: "done" }, "✓ ", String(count)) : null,
  );
}

function itemButton(item, notes, open) {
  const here = notes.filter((note) => note.item === item.number);
  const left = (item.questions ?? []).filter((question) => !here.some((note) => note.kind === question.kind)).length;
  const state = [
    left ? t("questions_left", { n: left }) : null,
    here.length ? `✓ ${t("notes_here", { n: here.length })}` : null,
  ]
    .filter(Boolean)
    .join(" · ");
  return h(
    "button",
    { type: "button", class: "wide", onclick: open },
    h("span", { class: "clip" }, `${item.number}. ${item.title}`),
    h("small", { class: here.length && !left ? "done" : "" }, state),
  );
}
