// Whom a note is about: chosen from the deputies on this phone by first letters, or typed where nobody fits.
import { button, group, h } from "./dom.js";
import { t } from "./words.js";

const MOST = 40;
const ALIKE = { ө: "о", ү: "у", ң: "н", ё: "е", й: "и" };
const fold = (text) => text.toLowerCase().replace(/[өүңёй]/g, (letter) => ALIKE[letter]);

/** A picker that calls `chosen(name)`; `people` are {name, faction}. */
export function picker({ label, people, value, chosen }) {
  const list = h("div", { class: "choices tall" });
  const field = h("input", {
    type: "search",
    autocomplete: "off",
    autocapitalize: "words",
    maxlength: 200,
    value,
    "aria-label": label,
  });
  const letters = [...new Set(people.map(({ name }) => name[0]?.toUpperCase()))].sort((a, b) =>
    a.localeCompare(b, "ky"),
  );
  const strip = letters.map((letter) =>
    button(letter, () => ((field.value = letter), draw()), { "aria-label": t("starts_with", { letter }) }),
  );
  const draw = () =>
    list.replaceChildren(
      ...found(people, field.value).map((person) => option(person, field, (name) => (chosen(name), draw()))),
    );
  field.addEventListener("input", () => (chosen(field.value.trim()), draw()));
  draw();
  return group(label, field, h("div", { class: "letters" }, strip), list);
}

/** Those of whom a name begins with what was typed; all words that were typed have to fit. */
export function found(people, typed) {
  const parts = fold(typed).split(/\s+/).filter(Boolean);
  if (!parts.length) return [];
  const fits = ({ name }) => {
    const names = fold(name).split(/\s+/);
    return parts.length === 1 && parts[0].length === 1
      ? names[0].startsWith(parts[0])
      : parts.every((part) => names.some((one) => one.startsWith(part)));
  };
  return people.filter(fits).slice(0, MOST);
}

function option({ name, faction }, field, chosen) {
  const isChosen = field.value === name;
  const choose = () => ((field.value = name), chosen(name));
  return h(
    "button",
    { type: "button", onclick: choose, "aria-pressed": String(isChosen) },
    name,
    faction ? h("small", {}, faction) : null,
  );
}
