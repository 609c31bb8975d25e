"use strict";
// Offers the picture as a chart that answers to the pointer. Without this script the picture stands as it is.
(() => {
  const load = (address) =>
    new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = address;
      script.addEventListener("load", resolve);
      script.addEventListener("error", reject);
      document.head.append(script);
    });
  const show = async (figure) => {
    const dark = matchMedia("(prefers-color-scheme: dark)").matches;
    const [answer] = await Promise.all([
      fetch(figure.dataset.chart + (dark ? "&theme=dark" : "")),
      load(figure.dataset.script),
    ]);
    if (!answer.ok) throw new Error(answer.statusText);
    const chart = document.createElement("div");
    chart.className = "chart";
    figure.append(chart);
    // `ast`: expressions are interpreted, so that the page needs no unsafe-eval; no style is written into the page.
    await window.vegaEmbed(chart, await answer.json(), {
      mode: "vega-lite",
      ast: true,
      actions: false,
      defaultStyle: false,
      renderer: "canvas",
      tooltip: { disableDefaultStyle: true },
    });
    figure.querySelector("picture").hidden = true;
  };
  for (const figure of document.querySelectorAll("[data-chart]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "act";
    button.textContent = figure.dataset.offer;
    button.addEventListener("click", async () => {
      button.disabled = true;
      try {
        await show(figure);
        button.remove();
      } catch {
        figure.querySelector(".chart")?.remove();
        button.replaceWith(Object.assign(document.createElement("p"), { textContent: figure.dataset.failed }));
      }
    });
    figure.append(button);
  }
})();
