// An item that this phone does not know: its number is enough.
import { backTo, button, h, show } from "./dom.js";
import { listen, pad } from "./pad.js";
import { t } from "./words.js";

export function otherItem({ row, go }) {
  let number = 0;
  const out = h("output", { class: "number" }, "–");
  const set = (value) => ((number = Math.min(value, 999)), (out.textContent = number || "–"));
  const hear = { digit: (d) => set(number * 10 + d), back: () => set(Math.floor(number / 10)) };
  const keys = pad(hear);
  const open = () => number && go("s", row.id, "i", number);
  const bar = [backTo(() => go("s", row.id)), button(t("open"), open, { class: "main" })];
  show({ title: t("other_item"), body: h("p", {}, out), keys, bar });
  listen(keys, { ...hear, enter: open });
}
