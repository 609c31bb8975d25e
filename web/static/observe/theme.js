// Dark unless somebody chose light.

const KEPT = "baikoo-theme";
const COLOURS = { dark: "#000000", light: "#ffffff" };

export const themes = Object.keys(COLOURS);

export function applyTheme(theme) {
  localStorage.setItem(KEPT, theme);
  document.documentElement.dataset.theme = theme;
  document.querySelector("meta[name=theme-color]").content = COLOURS[theme];
}

applyTheme(themes.includes(localStorage.getItem(KEPT)) ? localStorage.getItem(KEPT) : "dark");
