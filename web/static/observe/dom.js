// Elements out of plain calls. Text is always text: nothing that somebody typed is ever read as markup.
import { t } from "./words.js";

/** An element; attributes that begin with "on" are listeners, false and null leave an attribute out. */
export function h(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key === "value") element.value = value;
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(
    ...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false),
  );
  return element;
}

/** A big button. */
export function button(text, onclick, attributes = {}) {
  return h("button", { type: "button", onclick, ...attributes }, text);
}

/** The way back: always the first button at the bottom. */
export const backTo = (onclick) => button("←", onclick, { class: "back", "aria-label": t("back") });

/** Controls that belong together, under a label. */
export const group = (label, ...controls) => h("fieldset", {}, h("legend", {}, label), controls);

/** Big buttons under a label, one of which is chosen; `tall`: one below the other. */
export const choices = (label, buttons, tall = false) =>
  group(label, h("div", { class: tall ? "choices tall" : "choices" }, buttons));

/** Say something to the eye and to a screen reader; `act` is one button beside it, for so many milliseconds. */
export function say(text, { act = null, urgent = false, lasts = 10_000 } = {}) {
  const place = document.getElementById(urgent ? "alarm" : "said");
  clearTimeout(place.timer);
  place.replaceChildren(h("span", {}, text), ...(act ? [button(act.text, () => (hush(place), act.run()))] : []));
  place.hidden = false;
  if (lasts) place.timer = setTimeout(() => hush(place), lasts);
  else place.append(button("×", () => hush(place), { "aria-label": "OK" }));
}

function hush(place) {
  place.replaceChildren();
  place.hidden = true;
}

let lastPlace = null;
let tellShown;
const first = new Promise((resolve) => (tellShown = resolve));

/** Ends when the first screen is there. */
export const shown = () => first;

/** Show a screen: its heading, its content, and within reach of the thumb a pad of `keys` and a row of buttons. */
export function show({ title, body, keys = null, bar = [] }) {
  document.getElementById("title").textContent = title;
  document.title = `${title} · Байкоо`;
  document.getElementById("main").replaceChildren(...[body].flat(Infinity).filter(Boolean));
  document
    .getElementById("bar")
    .replaceChildren(...[keys, bar.length ? h("div", { class: "row" }, bar) : null].filter(Boolean));
  document.getElementById("bar").setAttribute("aria-label", t("buttons"));
  const place = `${location.hash} ${title}`;
  if (place !== lastPlace) {
    window.scrollTo(0, 0);
    document.getElementById("title").focus({ preventScroll: true });
  }
  lastPlace = place;
  setTimeout(tellShown);
}
