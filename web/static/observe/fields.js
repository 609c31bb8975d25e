// A control for each field of a note. The kinds and their fields come from the server's vocabulary.
import { button, choices, group, h, say } from "./dom.js";
import { picker } from "./people.js";
import { shrink } from "./photo.js";
import { clockTime, page, t } from "./words.js";

/** Types that are typed on the pad, each a tile. */
export const ON_PAD = ["number", "minutes"];
const FEW = 10;
const YES_NO = [
  [true, "yes"],
  [false, "no"],
];
// Longer words get a line of their own instead of being broken.
const SHORT = 24;

/** The control of a field: `form` has values, people, change() and picture. Null for one that the pad fills. */
export function control(name, type, form) {
  const label = t(`field.${name}`);
  if (ON_PAD.includes(type)) return null;
  if (type === "yes_no") return oneOf(name, label, YES_NO.map(([value, word]) => [value, t(word)]), form);
  if (type === "readings") return readings(name, label, form);
  if (type === "person") return person(name, label, form);
  if (type === "upload") return photo(form);
  if (page.choices[type]) return chosen(name, type, label, form);
  return typed(name, type, label, form);
}

function chosen(name, type, label, form) {
  const options = page.choices[type].map((value) => [value, t(`${type}.${value}`)]);
  return options.length <= FEW ? oneOf(name, label, options, form) : select(name, label, options, form);
}

function oneOf(name, label, options, form) {
  const draw = () =>
    buttons.forEach((one, at) => one.setAttribute("aria-pressed", String(form.values[name] === options[at][0])));
  const choose = (value) => {
    form.change(name, form.values[name] === value ? undefined : value);
    draw();
  };
  const buttons = options.map(([value, words]) => button(words, () => choose(value)));
  draw();
  return choices(label, buttons, options.some(([, words]) => words.length > SHORT));
}

function select(name, label, options, form) {
  const first = h("option", { value: "" }, "—");
  const rows = options.map(([value, words]) => h("option", { value, selected: form.values[name] === value }, words));
  const field = h("select", { onchange: (event) => form.change(name, event.target.value || undefined) }, first, rows);
  return h("label", {}, label, field);
}

function readings(name, label, form) {
  const has = (number) => (form.values[name] ?? []).includes(number);
  const draw = () => buttons.forEach((one, at) => one.setAttribute("aria-pressed", String(has(at + 1))));
  const toggle = (number) => {
    const kept = [1, 2, 3].filter((one) => (one === number ? !has(one) : has(one)));
    form.change(name, kept.length ? kept : undefined);
    draw();
  };
  const buttons = [1, 2, 3].map((number) =>
    button(String(number), () => toggle(number), { "aria-label": t("reading", { n: number }) }),
  );
  draw();
  return group(label, h("div", { class: "row" }, buttons));
}

function person(name, label, form) {
  return picker({
    label,
    people: form.people,
    value: form.values[name] ?? "",
    chosen: (who) => form.change(name, who || undefined),
  });
}

function typed(name, type, label, form) {
  const change = (event) => form.change(name, event.target.value.trim() || undefined);
  if (name === "name") return named(label, change, form);
  if (type === "text") {
    const field = h("textarea", { rows: 4, maxlength: 2000, oninput: change });
    field.value = form.values[name] ?? "";
    return h("label", {}, label, field);
  }
  if (type === "time") form.values[name] ??= clockTime(Date.now());
  if (type === "link") return link(name, label, form);
  const kinds = { time: "time", day: "date" };
  return h("label", {}, label, h("input", { type: kinds[type], value: form.values[name] ?? "", oninput: change }));
}

// Whose opinion it is, in one line; the factions can be chosen.
function named(label, change, form) {
  const factions = [...new Set(form.people.map(({ faction }) => faction).filter(Boolean))];
  const known = h("datalist", { id: "factions" }, factions.map((value) => h("option", { value })));
  const value = form.values.name ?? "";
  const field = h("input", { type: "text", list: "factions", maxlength: 200, value, oninput: change });
  return h("label", {}, label, field, known);
}

// Nobody types an address in a dark hall: what was copied goes in by one tap.
function link(name, label, form) {
  const change = () => form.change(name, withScheme(field.value.trim()) || undefined);
  const field = h("input", { type: "url", inputmode: "url", placeholder: "https://", oninput: change });
  field.value = form.values[name] ?? "";
  const paste = async () => {
    const copied = (await navigator.clipboard?.readText().catch(() => ""))?.trim();
    if (!copied) return say(t("paste_nothing"));
    field.value = withScheme(copied);
    change();
  };
  return [h("label", {}, label, field), button(t("paste"), paste, { class: "wide" })];
}

/** «youtu.be/x» is meant as an address too. */
const withScheme = (text) => (/^[\w-]+(\.[\w-]+)+(\/|$)/.test(text) ? `https://${text}` : text);

/** Which item of the agenda a note is about, or none; `items` are those of the sitting. */
export function itemPicker(items, form) {
  const option = (value, words) => h("option", { value, selected: String(form.item ?? "") === value }, words);
  const rows = items.map(({ number, title }) => option(String(number), `${number}. ${title}`.slice(0, 90)));
  const change = (event) => form.about(event.target.value ? Number(event.target.value) : null);
  return h("label", {}, t("about_item"), h("select", { onchange: change }, option("", t("about_none")), rows));
}

function photo(form) {
  const shown = h("div", { class: "picture" });
  const take = async (event) => {
    const [file] = event.target.files;
    if (!file) return;
    shown.textContent = t("photo_shrinking");
    try {
      form.picture = await shrink(file);
    } catch {
      shown.textContent = t("photo_bad");
      return;
    }
    const address = URL.createObjectURL(form.picture);
    const image = h("img", { src: address, alt: t("photo_taken"), onload: () => URL.revokeObjectURL(address) });
    shown.replaceChildren(image);
  };
  const field = h("input", { type: "file", accept: "image/*", capture: "environment", onchange: take });
  return h("div", {}, h("label", { class: "button" }, t("photo_take"), field), shown);
}

// A break or a closed sitting is told by its kind alone.
const BARE = ["break", "closed"];

/** The field that still has to be filled before the note says something; null where it says enough. */
export function lacking(kind, form) {
  const names = Object.keys(page.kinds[kind]);
  const needed =
    page.needed[kind] ??
    (BARE.includes(kind) ? null : (names.find((name) => form.values[name] !== undefined) ?? names[0]));
  const isFilled = needed === "upload" ? form.picture !== null : form.values[needed] !== undefined;
  return needed === null || isFilled ? null : needed;
}
