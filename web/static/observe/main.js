// The first file that runs: the door at once, the rest of the form while somebody types the PIN.
import "./theme.js";
import { h, show, shown } from "./dom.js";
import { passLock } from "./lock.js";
import { t } from "./words.js";

async function start() {
  if (!globalThis.crypto?.subtle || !globalThis.indexedDB) return stop(t("old_browser"));
  // Whatever is not the door waits until the door is on the screen.
  const rest = shown().then(() => Promise.all([import("./app.js"), storeForHall()]));
  const opened = await passLock();
  const [{ openForm }] = await rest;
  await openForm(opened);
}

async function storeForHall() {
  const { register } = await import("./update.js");
  await register().catch(console.error);
}

function stop(why) {
  show({
    title: t("trouble"),
    body: h("p", { role: "alert" }, why),
    bar: [h("a", { class: "button main", href: "/observe" }, t("try_again"))],
  });
}

start().catch((error) => {
  console.error(error);
  stop(`${t("trouble_why")} ${error}`);
});
