// Language, light, and the way to leave nothing on this phone.
import { backTo, button, choices, h, show } from "./dom.js";
import { failedToKeep } from "./entry.js";
import * as journal from "./journal.js";
import * as store from "./store.js";
import { status, sync } from "./sync.js";
import { applyTheme, themes } from "./theme.js";
import { currentLanguage, page, speak, t } from "./words.js";

export async function settings({ go, redraw }) {
  const vault = await store.get("meta", "vault");
  const choice = (value, words, current, choose) =>
    button(words, () => (choose(value), redraw()), { "aria-pressed": String(value === current) });
  const ready = Boolean(navigator.serviceWorker?.controller);
  show({
    title: t("settings"),
    body: [
      choices(
        t("language"),
        page.languages.map((one) => choice(one, t(`language.${one}`), currentLanguage(), speak)),
      ),
      choices(
        t("light"),
        themes.map((one) => choice(one, t(`theme.${one}`), document.documentElement.dataset.theme, applyTheme)),
      ),
      h("p", {}, vault.user.name),
      h("p", {}, t(ready ? "offline_ready" : "offline_not_ready")),
      h("p", { class: "faint" }, t("version", { v: page.version.slice(0, 8) })),
      button(t("clear_phone"), () => go("clear"), { class: "wide" }),
    ],
    bar: [
      backTo(() => go()),
      button(t("send_now"), () => sync({ evenHeld: true }), { class: "main", disabled: status.state === "sending" }),
    ],
  });
}

/** Asked once; then everything is gone. */
export async function clearPhone({ go }) {
  const { kept, refused } = await journal.counts();
  const clear = async () => {
    try {
      await store.clear();
    } catch (error) {
      return failedToKeep(error);
    }
    location.assign("/observe");
  };
  show({
    title: t("clear_phone"),
    body: [
      kept + refused
        ? h("p", { class: "warning" }, t("clear_loses", { n: kept + refused }))
        : h("p", {}, t("clear_safe")),
    ],
    bar: [backTo(() => go("settings")), button(t("clear_yes"), clear, { class: "danger" })],
  });
}
