// Questions to the server. Three things can go wrong, and each has its own way out.

/** No answer: no network, a server that restarts, a proxy's error page. Try again later. */
export class Unreachable extends Error {}

/** The session is over: sign in again. What the phone keeps stays. */
export class SignedOut extends Error {}

/** The server understood and refuses; `told` is its answer. */
export class Refused extends Error {
  constructor(status, told) {
    super(`refused with ${status}`);
    this.status = status;
    this.told = told;
  }
}

const PATIENCE = 20_000;
let token = "";

async function ask(path, { patience = PATIENCE, ...options }, early = null) {
  let answer;
  try {
    answer = await (early ??
      fetch(`/observe/api/${path}`, {
        credentials: "same-origin",
        cache: "no-store",
        redirect: "error",
        signal: AbortSignal.timeout?.(patience),
        ...options,
      }));
  } catch (error) {
    throw new Unreachable(String(error));
  }
  if (answer.status === 401) throw new SignedOut();
  if (answer.status >= 500 || answer.status === 408 || answer.status === 429) throw new Unreachable(`${answer.status}`);
  let told;
  try {
    told = await answer.json();
  } catch (error) {
    throw new Unreachable(String(error));
  }
  if (!answer.ok) throw new Refused(answer.status, told);
  return told;
}

/** Read, and wait for so many milliseconds. */
export const read = (path, patience) => ask(path, { method: "GET", patience });

/** Post JSON, or put a Blob as it is. */
export function send(path, body) {
  const raw = body instanceof Blob;
  const headers = { "X-CSRF-Token": token, "Content-Type": raw ? body.type : "application/json" };
  return ask(path, { method: raw ? "PUT" : "POST", headers, body: raw ? body : JSON.stringify(body) });
}

/** Who is signed in; also fetches what a write has to show. */
export async function whoAmI() {
  // The answer that early.js asked for counts once, and not at all where there was no network yet.
  const early = (await globalThis.earlyAnswer?.catch(() => null)) ?? null;
  globalThis.earlyAnswer = null;
  const me = await ask("me", { method: "GET" }, early);
  token = me.csrf;
  return me;
}

const SIGN_IN = "/sign-in?next=%2Fobserve";

/** Go and sign in with the password, whoever is signed in now. Raises Unreachable without a network. */
export async function signInAgain() {
  try {
    await whoAmI();
    await fetch("/sign-out", { method: "POST", headers: { "X-CSRF-Token": token }, redirect: "manual" });
  } catch (error) {
    if (!(error instanceof SignedOut || error instanceof Refused)) throw new Unreachable(String(error));
  }
  location.assign(SIGN_IN);
}
