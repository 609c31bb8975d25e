// The words of the form in Kyrgyz and Russian, as the server put them into the page.

export const page = JSON.parse(document.getElementById("page").textContent);

const KEPT = "baikoo-language";
let language = page.languages.includes(localStorage.getItem(KEPT)) ? localStorage.getItem(KEPT) : page.languages[0];

export const currentLanguage = () => language;

/** Choose the language; the next screens speak it. */
export function speak(chosen) {
  localStorage.setItem(KEPT, chosen);
  use(chosen);
}

function use(chosen) {
  language = chosen;
  document.documentElement.lang = chosen;
}

/** The language of the account, for who has not chosen one here. */
export function suggest(wanted) {
  if (!localStorage.getItem(KEPT) && page.languages.includes(wanted)) use(wanted);
}

/** The words under a name; {n} in them is filled in. A missing name shows itself. */
export function t(name, values = {}) {
  const said = page.words[name]?.[language] ?? name;
  return said.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
}

/** What the server says in both languages, in ours. */
export const inOurs = (both) => (typeof both === "string" ? both : (both?.[language] ?? both?.ru ?? ""));

/** «10:05» of a moment, as the clock on a wall in Bishkek shows it. */
export function clockTime(moment) {
  return new Date(moment).toLocaleTimeString("ru-RU", { timeZone: "Asia/Bishkek", hour: "2-digit", minute: "2-digit" });
}

/** "2026-11-27": the day in Bishkek. */
export function dayOf(moment = Date.now()) {
  return new Date(moment).toLocaleDateString("en-CA", { timeZone: "Asia/Bishkek" });
}

/** «27-ноябрь» or «27 ноября». */
export function dayInWords(day) {
  const [, month, date] = day.split("-").map(Number);
  return t("day", { date, month: t(`month_${month}`) });
}

use(language);
