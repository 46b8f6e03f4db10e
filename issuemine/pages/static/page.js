// What makes pages livelier where scripts run: addresses stay short, and charts can be looked into.
"use strict";

for (const form of document.querySelectorAll("form[data-choosing]")) {
  form.addEventListener("change", (event) => {
    // Dates give way to a period that is chosen.
    if (event.target.name === "days") for (const date of form.querySelectorAll("[type=date]")) date.value = "";
  });
  form.addEventListener("submit", () => {
    // Addresses stay short: what is not chosen is not said.
    for (const field of form.elements) if (field.name && !field.value) field.disabled = true;
    document.documentElement.classList.add("loading");
  });
}
window.addEventListener("pageshow", () => {
  document.documentElement.classList.remove("loading");
  for (const field of document.querySelectorAll("form[data-choosing] :disabled")) field.disabled = false;
});

// Parts that take a while are fetched once the page is there; without script they are pages of their own.
for (const part of document.querySelectorAll("[data-load]")) {
  const [offer, waiting] = part.children;
  const address = new URL(part.dataset.load, location.href);
  address.searchParams.set("part", "1");
  [offer.hidden, waiting.hidden] = [true, false];
  fetch(address, { credentials: "same-origin" })
    .then((answer) => (answer.ok && !answer.redirected ? answer.text() : Promise.reject(new Error(answer.statusText))))
    .then((markup) => { part.innerHTML = markup; }) // rendered and escaped by the service
    .catch(() => { [offer.hidden, waiting.hidden] = [false, true]; });
}

const charts = [...document.querySelectorAll("figure[data-chart]")];
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function layout(figure) {
  const axis = { gridcolor: colour("--line"), zeroline: false, color: colour("--quiet"), fixedrange: false };
  return {
    height: figure.dataset.chart === "map" ? 560 : 260,
    margin: { l: 40, r: 12, t: 12, b: 36 },
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    font: { family: getComputedStyle(document.body).fontFamily, color: colour("--ink"), size: 13 },
    hoverlabel: { bgcolor: colour("--paper"), bordercolor: colour("--line"), align: "left", font: { color: colour("--ink") } },
    xaxis: { ...axis },
    yaxis: { ...axis, rangemode: "tozero" },
    showlegend: false,
    hovermode: "closest",
  };
}

// What Plotly shows is read as markup of its own: texts of records must not be.
const plain = (text) => String(text).replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

function trend(figure, data) {
  const look = layout(figure);
  look.hovermode = "x unified";
  Object.assign(look.xaxis, { tickformat: "%m-%d", hoverformat: "%Y-%m-%d" });
  look.shapes = data.marks.map((mark) => ({
    type: "line", x0: mark.day, x1: mark.day, yref: "paper", y0: 0, y1: 1,
    line: { color: colour("--accent"), width: 2, dash: mark.kind === "signal" ? "solid" : "dot" },
  }));
  const bars = { type: "bar", x: data.days, y: data.records, name: plain(data.name), marker: { color: colour("--bar") } };
  const marks = {
    type: "scatter", mode: "markers", x: data.marks.map((mark) => mark.day), y: data.marks.map(() => 0),
    text: data.marks.map((mark) => plain(mark.told)), hovertemplate: "%{text}<extra></extra>",
    marker: { color: colour("--accent"), size: 9 },
  };
  return [data.marks.length ? [bars, marks] : [bars], look];
}

function map(figure, data) {
  const look = layout(figure);
  for (const axis of [look.xaxis, look.yaxis]) Object.assign(axis, { visible: false, rangemode: "normal" });
  const colours = { up: colour("--accent"), down: colour("--down"), same: colour("--bar"), unknown: colour("--bar") };
  const named = window.innerWidth > 700;
  const circles = {
    type: "scatter", mode: named ? "markers+text" : "markers", textposition: "top center",
    x: data.map((row) => row.x), y: data.map((row) => row.y),
    text: data.map((row) => (row.named ? plain(row.short) : "")),
    customdata: data.map((row) => row.href),
    hovertext: data.map((row) => `<b>${plain(row.label)}</b><br>${row.told.map(plain).join("<br>")}`),
    hovertemplate: "%{hovertext}<extra></extra>",
    marker: { size: data.map((row) => 2 * row.r * (named ? 0.9 : 0.55)), color: data.map((row) => colours[row.way]), opacity: 0.8, line: { color: colour("--paper"), width: 1 } },
  };
  return [[circles], look];
}

function draw() {
  for (const figure of charts) {
    const data = JSON.parse(figure.querySelector("script[type='application/json']").textContent);
    const [traces, look] = (figure.dataset.chart === "map" ? map : trend)(figure, data);
    const place = document.createElement("div");
    place.className = "plot";
    place.setAttribute("aria-hidden", "true"); // the figures are in the table or list below
    figure.prepend(place);
    const options = { displaylogo: false, responsive: true, displayModeBar: false };
    Plotly.newPlot(place, traces, look, options).then(() => {
      figure.classList.add("drawn");
      place.on("plotly_click", (event) => {
        const address = event.points[0].customdata;
        if (typeof address === "string" && address.startsWith("/")) window.location.assign(address);
      });
    });
  }
}

if (charts.length) {
  const library = document.querySelector("main").dataset.plotly;
  const load = () => {
    // Plotly adds no styles of its own where elements of their ids are there: page.css has them.
    for (const id of document.querySelector("main").dataset.styles.split(" ")) {
      document.body.append(Object.assign(document.createElement("template"), { id, className: "no-inline-styles" }));
    }
    const script = document.createElement("script");
    script.src = library;
    script.addEventListener("load", draw);
    document.head.append(script);
  };
  // The page is whole without it: it comes when there is nothing else to do.
  const later = window.requestIdleCallback ? () => requestIdleCallback(load, { timeout: 2000 }) : load;
  if (library && !navigator.connection?.saveData) window.addEventListener("load", later);
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  scheme.addEventListener("change", () => { if (window.Plotly) { for (const old of document.querySelectorAll(".plot")) old.remove(); draw(); } });
}
