// One short line that says what a note says, and the words of its values.
import { dayInWords, page, t } from "./words.js";

/** The words of a value by its type: a choice, yes or no, readings, a day. */
export function valueInWords(type, value) {
  if (type === "yes_no") return t(value ? "yes" : "no");
  if (type === "readings") return value.map((number) => t("reading", { n: number })).join(", ");
  if (type === "day") return dayInWords(value);
  return page.words[`${type}.${value}`] ? t(`${type}.${value}`) : String(value);
}

/** «За 94 · против 6 · руками»: the values of a note in the order of its fields. */
export function lineOf(kind, value) {
  return Object.entries(page.kinds[kind] ?? {})
    .filter(([name, type]) => type !== "upload" && value[name] !== undefined)
    .map(([name, type]) => part(kind, name, type, value[name]))
    .join(" · ");
}

function part(kind, name, type, value) {
  const words = valueInWords(type, value);
  const alone = Object.keys(page.kinds[kind]).length === 1;
  return alone || ["text", "person", "link"].includes(type) ? words : `${t(`field.${name}`)}: ${words}`;
}
