// Runs before everything else: who is signed in is asked while the rest of the form is still on its way.
globalThis.earlyAnswer = fetch("/observe/api/me", { credentials: "same-origin", cache: "no-store", redirect: "error" });
// Without a network it fails; who takes the answer hears of it.
globalThis.earlyAnswer.catch(() => {});
