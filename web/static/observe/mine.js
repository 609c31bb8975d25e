// My notes of a sitting in order: what was kept, received or refused, with correction and withdrawal.
import { backTo, button, h, say, show } from "./dom.js";
import { adopt } from "./assignments.js";
import { failedToKeep } from "./entry.js";
import * as journal from "./journal.js";
import { lineOf } from "./lines.js";
import { isWithdrawal } from "./sitting.js";
import { status } from "./sync.js";
import { clockTime, inOurs, page, t } from "./words.js";

/** The list; the newest note is the nearest to the thumb. */
export async function mine({ row, go, redraw }) {
  const notes = await journal.notes(row.id);
  const byReplaced = new Map(notes.filter((note) => note.corrects).map((note) => [note.corrects, note]));
  const lines = notes
    .filter((note) => !isWithdrawal(note))
    .map((note) => line(note, byReplaced.get(note.uuid), { row, go, redraw }));
  show({
    title: t("my_notes"),
    body: lines.length ? h("ol", { class: "notes" }, lines) : h("p", {}, t("no_notes")),
    bar: [backTo(() => go("s", row.id))],
  });
  if (status.state === "idle") adopt(row.id).then((fresh) => fresh && redraw(), console.warn);
}

/** What a note says in one line. */
export const shown = (note) => note.line ?? lineOf(note.kind, note.value);

function line(note, replaced, ways) {
  const head = `${clockTime(note.at)} ${note.item === null ? "" : `№ ${note.item} `}${t(`kind.${note.kind}`)}`;
  const words = note.isElsewhere ? "state.elsewhere" : `state.${note.state}`;
  const state = t(replaced ? (isWithdrawal(replaced) ? "withdrawn" : "corrected") : words);
  const why = note.state === "refused" ? h("p", { class: "warning" }, inOurs(note.why)) : null;
  const unplaced = note.unplaced ? h("p", { class: "warning" }, t(`unplaced.${note.unplaced}`)) : null;
  const said = h("p", {}, h("strong", {}, head), h("br"), h("span", { class: replaced ? "struck" : "" }, shown(note)));
  return h(
    "li",
    {},
    said,
    h("p", { class: `state ${replaced ? "" : note.state}` }, state),
    why,
    unplaced,
    replaced ? null : acts(note, ways),
  );
}

function acts(note, { row, go, redraw }) {
  const back = async () => {
    try {
      await journal.takeBack(note.uuid);
    } catch (error) {
      return failedToKeep(error);
    }
    say(t("undone"));
    redraw();
  };
  const fixable = !("upload" in page.kinds[note.kind]);
  const fix = () => go("s", row.id, ...(note.item === null ? [] : ["i", note.item]), "k", note.kind, "fix", note.uuid);
  return h("div", { class: "row" }, fixable ? button(t("correct"), fix) : null, button(t("withdraw"), back));
}
