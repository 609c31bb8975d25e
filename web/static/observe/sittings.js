// Choose the sitting, or make one that the list lacks.
import { backTo, button, choices, h, say, show } from "./dom.js";
import { make, stored } from "./assignments.js";
import { failedToKeep } from "./entry.js";
import * as journal from "./journal.js";
import { dayInWords, dayOf, t } from "./words.js";

const BODIES = ["plenary", "committee", "commission", "other"];

export async function choose({ go }) {
  const rows = await stored();
  const today = rows.filter(({ sitting }) => sitting.day === dayOf());
  const others = rows.filter(({ sitting }) => sitting.day !== dayOf());
  const part = (heading, some, empty) => [
    h("h2", {}, heading),
    some.length ? some.map((row) => sittingButton(row, go)) : h("p", {}, empty),
  ];
  show({
    title: t("sittings"),
    body: [part(t("today"), today, t("none_today")), others.length ? part(t("other_days"), others, "") : null],
    bar: [button(t("settings"), () => go("settings")), button(t("make_sitting"), () => go("make"), { class: "main" })],
  });
}

function sittingButton({ id, sitting }, go) {
  const when = [dayInWords(sitting.day), sitting.starts_at].filter(Boolean).join(", ");
  const off = sitting.moved_to ? "moved" : sitting.cancelled ? "cancelled" : null;
  const mark = off ? h("strong", {}, t(off)) : null;
  return h(
    "button",
    { type: "button", class: "wide", onclick: () => go("s", id) },
    h("span", {}, sitting.title),
    h("small", {}, when, " ", mark),
  );
}

export function makeOne({ go }) {
  const values = { body: "plenary", title: "", day: dayOf() };
  const bodies = BODIES.map((body) => button(t(`body.${body}`), () => pick(body)));
  const pick = (body) => {
    values.body = body;
    bodies.forEach((one, at) => one.setAttribute("aria-pressed", String(BODIES[at] === body)));
  };
  pick(values.body);
  const title = h("input", {
    type: "text",
    maxlength: 200,
    oninput: (event) => (values.title = event.target.value.trim()),
  });
  const day = h("input", { type: "date", value: values.day, oninput: (event) => (values.day = event.target.value) });
  const save = async () => {
    if (!values.day) return say(t("fill_first", { field: t("day_label") }), { urgent: true });
    try {
      const named = { ...values, title: values.title || t(`body.${values.body}`) };
      const id = await make(named);
      await journal.keep({
        sitting: id,
        kind: "note",
        value: { text: `${t("made_by_hand")}: ${named.title}, ${t(`body.${named.body}`)}, ${named.day}` },
      });
      go("s", id);
    } catch (error) {
      failedToKeep(error);
    }
  };
  show({
    title: t("make_sitting"),
    body: [choices(t("body"), bodies), h("label", {}, t("sitting_title"), title), h("label", {}, t("day_label"), day)],
    bar: [backTo(() => history.back()), button(t("save"), save, { class: "main" })],
  });
}
