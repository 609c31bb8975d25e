"use strict";
// Keys of one post's page. Without this script the page works as plain forms and links.
(() => {
  const all = [...document.querySelectorAll("article.delivery")];
  let place = -1;
  const typing = () => document.activeElement?.closest("input, textarea, select") != null;
  const go = (to) => {
    if (to < 0 || to >= all.length) return;
    all[place]?.classList.remove("current");
    place = to;
    all[place].classList.add("current");
    all[place].focus();
  };
  const button = (act) => all[place]?.querySelector(`.acts button[value="${act}"]`) ?? null;
  const open = (act) => {
    const found = button(act);
    if (!found) return;
    const folded = found.closest("details");
    if (folded) folded.open = true;
    (folded?.querySelector("textarea, input:not([type=hidden])") ?? found).focus();
  };
  const keys = {
    j: () => go(place + 1),
    k: () => go(place - 1),
    a: () => button("approve")?.focus(),
    e: () => open("edit"),
    r: () => open("reject"),
    A: () => document.querySelector('[data-key="A"]')?.focus(),
  };
  const wanted = document.getElementById(window.location.hash.slice(1));
  if (wanted && all.includes(wanted)) go(all.indexOf(wanted));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const form = document.activeElement?.closest(".acts form");
      const last = form && [...form.querySelectorAll("button[name=act]")].pop();
      if (last) form.requestSubmit(last);
    } else if (event.key === "Escape") document.activeElement?.blur();
    else if (!typing() && !event.ctrlKey && !event.metaKey && !event.altKey && keys[event.key]) {
      keys[event.key]();
      event.preventDefault();
    }
  });
})();
