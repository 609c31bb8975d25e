// Ten big keys, used for numbers and for the PIN.
import { button, h } from "./dom.js";
import { t } from "./words.js";

/** A pad that calls `digit(d)` and `back()`, with `extra` beside the zero; `low` leaves room for other questions. */
export function pad({ digit, back, extra = null, low = false }) {
  const keys = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((d) => button(String(d), () => digit(d)));
  const last = [extra ?? h("span"), button("0", () => digit(0)), button("⌫", back, { "aria-label": t("erase") })];
  return h("div", { class: low ? "pad low" : "pad", role: "group", "aria-label": t("keys") }, keys, last);
}

/** Let a keyboard press the pad's keys while `element` is on the screen. */
export function listen(element, { digit, back, enter = () => {} }) {
  const hear = (event) => {
    if (!element.isConnected) return document.removeEventListener("keydown", hear);
    if (event.target.matches("input, textarea, select") || event.ctrlKey || event.altKey || event.metaKey) return;
    if (/^\d$/.test(event.key)) digit(Number(event.key));
    else if (event.key === "Backspace") back();
    else if (event.key === "Enter" && !event.target.matches("button, a")) enter();
    else return;
    event.preventDefault();
  };
  document.addEventListener("keydown", hear);
}
