// The line that is always there: what waits on this phone, what arrived, and what stands in the way.
import { button } from "./dom.js";
import * as journal from "./journal.js";
import { toSignIn } from "./lock.js";
import { status, sync } from "./sync.js";
import { t } from "./words.js";

const NEEDS_SIGN_IN = ["signed-out", "other"];
const TOLD = ["offline", "trouble", ...NEEDS_SIGN_IN];

/** Write it anew. */
export async function drawStatus() {
  const { kept, refused, received } = await journal.counts();
  const words = [
    said(kept, refused, received),
    refused ? t("count_refused", { n: refused }) : "",
    TOLD.includes(status.state) ? t(`sync.${status.state}`) : "",
    status.clockOff ? t("clock_off", { n: Math.round(Math.abs(status.clockOff) / 60) }) : "",
  ]
    .filter(Boolean)
    .join(" · ");
  const place = document.getElementById("status");
  if (place.textContent !== words) place.textContent = words;
  place.className =
    refused || ["trouble", ...NEEDS_SIGN_IN].includes(status.state) ? "refused" : kept ? "kept" : "received";
  const door = document.getElementById("door");
  door.hidden = !NEEDS_SIGN_IN.includes(status.state);
  door.replaceChildren(toSignIn(t("sign_in_again")));
}

function said(kept, refused, received) {
  if (kept) return t("count_kept", { n: kept });
  if (!received) return t("nothing_waits");
  return t(refused ? "count_accepted" : "count_received", { n: received });
}

// Notes go out first, whatever the version: then one tap changes the form.
export function offerVersion(change) {
  const place = document.getElementById("version");
  const update = async () => {
    await sync({ evenHeld: true });
    change();
  };
  place.replaceChildren(button(t("new_version"), update, { class: "main" }));
  place.hidden = false;
}
