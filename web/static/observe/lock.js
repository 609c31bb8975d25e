// The door: choose a PIN once, show it at each start, and the way in for who forgot it.
import { backTo, button, h, say, show } from "./dom.js";
import { SignedOut, Unreachable, signInAgain, whoAmI } from "./api.js";
import * as store from "./store.js";
import * as vault from "./vault.js";
import { listen, pad } from "./pad.js";
import { suggest, t } from "./words.js";

const LENGTH = 6;
const FORGOTTEN = "baikoo-pin-forgotten";

/** The key of this phone's notes, and who is signed in (null without network). Ends when the door is open. */
export async function passLock() {
  const kept = await store.get("meta", "vault");
  if (!kept) return choosePin(await knownMe());
  if (sessionStorage.getItem(FORGOTTEN)) return recover(kept);
  return { key: await askPin(kept), me: null };
}

async function knownMe() {
  for (;;) {
    try {
      const me = await whoAmI();
      suggest(me.language);
      if (me.recovery_keys.length) return me;
      await signIn(t("sign_in_fresh"));
    } catch (error) {
      if (error instanceof SignedOut) await signIn(t("sign_in_first"));
      else await again(error instanceof Unreachable ? t("need_network_once") : String(error.told?.detail ?? error));
    }
  }
}

const signIn = (why) =>
  new Promise(() => show({ title: t("sign_in"), body: h("p", {}, why), bar: [toSignIn(t("sign_in"))] }));

/** A button that leads to the sign-in. */
export const toSignIn = (words, before = () => {}) =>
  button(words, () => (before(), signInAgain().catch(() => say(t("need_network"), { urgent: true }))), {
    class: "main",
  });

const again = (why) =>
  new Promise((resolve) =>
    show({ title: t("no_network"), body: h("p", {}, why), bar: [button(t("try_again"), resolve, { class: "main" })] }),
  );

async function choosePin(me) {
  const key = await vault.newKey();
  await keepVault(key, me, await agreedPin());
  navigator.storage?.persist?.();
  return { key, me };
}

async function agreedPin() {
  let note = t("pin_why");
  for (;;) {
    const first = await typed(t("pin_choose"), note);
    if (isEasy(first)) {
      note = t("pin_easy");
      continue;
    }
    if ((await typed(t("pin_repeat"), t("pin_repeat_why"))) === first) return first;
    note = t("pin_differs");
  }
}

const isEasy = (pin) => /^(\d)\1+$/.test(pin) || "01234567890 09876543210".includes(pin);

async function keepVault(key, me, pin) {
  const recovery = await vault.underRecovery(key, me.recovery_keys[0]);
  await store.put("meta", { key: "vault", user: me.user, ...(await vault.underPin(key, pin)), ...recovery });
}

async function askPin(kept) {
  let note = "";
  for (;;) {
    const wait = kept.waitUntil - Date.now();
    if (wait > 0) await waiting(Math.min(wait, 300_000));
    const pin = await typed(
      t("pin_enter"),
      note,
      button(t("pin_forgotten"), () => forget(kept), { class: "small" }),
    );
    // Counted before it is tried: closing the app does not give a free try.
    kept = vault.counted(kept, Date.now());
    await store.put("meta", kept);
    const key = await vault.openByPin(kept, pin);
    if (key) {
      await store.put("meta", { ...kept, failures: 0, waitUntil: 0 });
      return key;
    }
    note = t("pin_wrong");
  }
}

const waiting = (milliseconds) =>
  new Promise((resolve) => {
    const seconds = Math.ceil(milliseconds / 1000);
    show({ title: t("pin_wrong"), body: h("p", { role: "status" }, t("pin_wait", { n: seconds })) });
    setTimeout(resolve, milliseconds);
  });

function forget(kept) {
  show({
    title: t("pin_forgotten"),
    body: [h("p", {}, t("pin_forgotten_how")), h("p", {}, kept.user.name)],
    bar: [backTo(() => location.reload()), toSignIn(t("sign_in_again"), () => sessionStorage.setItem(FORGOTTEN, "1"))],
  });
}

async function recover(kept) {
  const me = await knownMe();
  sessionStorage.removeItem(FORGOTTEN);
  const key = me.user.id === kept.user.id ? await vault.openByRecovery(kept, me.recovery_keys) : null;
  if (!key) {
    say(t(me.user.id === kept.user.id ? "recovery_failed" : "other_observer", { name: kept.user.name }), {
      urgent: true,
      lasts: 0,
    });
    return { key: await askPin(kept), me };
  }
  await keepVault(key, me, await agreedPin());
  return { key, me };
}

/** Put the newest recovery key round the data key while the server gives it. */
export async function renewRecovery(key, me) {
  const kept = await store.get("meta", "vault");
  if (kept && me.recovery_keys.length)
    await store.put("meta", { ...kept, ...(await vault.underRecovery(key, me.recovery_keys[0])) });
}

function typed(title, note, extra = null) {
  return new Promise((resolve) => {
    let pin = "";
    const told = h("p", { role: "status" }, note);
    const dots = h("p", { class: "dots", role: "status" });
    const draw = () => {
      dots.textContent = "●".repeat(pin.length) + "○".repeat(LENGTH - pin.length);
      dots.setAttribute("aria-label", t("pin_typed", { n: pin.length, of: LENGTH }));
    };
    const digit = (d) => {
      if (pin.length === LENGTH) return;
      pin += d;
      draw();
      if (pin.length < LENGTH) return;
      told.textContent = t("pin_checking");
      setTimeout(() => resolve(pin));
    };
    const back = () => ((pin = pin.slice(0, -1)), draw());
    const keys = pad({ digit, back, extra });
    draw();
    show({ title, body: [told, dots], keys });
    listen(keys, { digit, back });
  });
}
