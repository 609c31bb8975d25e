"use strict";
// Keys of the review desk. Without this script the pages work as plain forms and links.
(() => {
  const typing = () => document.activeElement?.closest("input, textarea, select") !== null && document.activeElement !== document.body;
  const decide = (form) => {
    const reason = form.querySelector("textarea");
    let chosen = null;
    const choose = (button) => {
      chosen = button;
      for (const one of form.querySelectorAll("[data-key]")) one.toggleAttribute("data-chosen", one === button);
      reason.focus();
    };
    reason.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && chosen && reason.value.trim()) form.requestSubmit(chosen);
      if (event.key === "Escape") reason.blur();
    });
    const keyed = (key) => form.querySelector(`[data-key="${CSS.escape(key)}"]`);
    const wanted = keyed(window.location.hash.slice(1));
    if (wanted) choose(wanted);
    return (key) => {
      const button = keyed(key);
      if (button) choose(button);
      return button !== null;
    };
  };
  const list = (table) => {
    const rows = [...table.tBodies[0].rows];
    const letters = table.dataset.letters ?? "cda";
    let place = -1;
    const go = (to) => {
      if (to < 0 || to >= rows.length) return;
      rows[place]?.classList.remove("current");
      place = to;
      rows[place].classList.add("current");
      rows[place].querySelector("a.open").focus();
    };
    return (key) => {
      if (key === "j") go(place + 1);
      else if (key === "k") go(place - 1);
      else if (letters.includes(key) && place >= 0) window.location.assign(`${rows[place].querySelector("a.open").href}#${key}`);
      else return false;
      return true;
    };
  };
  const next = document.querySelector("a.next");
  const form = document.querySelector("form[data-keys=decide]");
  const table = document.querySelector("table[data-keys=list]");
  const act = form ? decide(form) : table ? list(table) : () => false;
  document.addEventListener("keydown", (event) => {
    if (typing() || event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1) return;
    if (event.key === "j" && next) next.click();
    else if (!act(event.key)) return;
    event.preventDefault();
  });
})();
