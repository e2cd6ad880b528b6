// Data, colours and the list of charts: what every chart below is built from.
const data = JSON.parse(document.getElementById("data").textContent);
const START_MS = Date.parse(data.start + "T00:00:00Z");
const DAY_MS = 86400e3;
const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";
const SHAPES = ["circle", "rect", "triangle", "diamond", "down", "plus"];
const partners = new Map(data.partners.map((partner, place) => [partner.key, { ...partner, shape: SHAPES[place % SHAPES.length] }]));

const role = (name) => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
const timeOf = (day) => START_MS + day * DAY_MS;
const thousands = (number, decimals = 0) =>
  number.toLocaleString("en", { minimumFractionDigits: decimals, maximumFractionDigits: decimals }).replaceAll(",", "\u202f").replace("-", "\u2212");
const dateText = (ms) => new Date(ms).toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });

// Relative luminance and contrast as WCAG 2.2 defines them.
function luminance(hex) {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(one, other) {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}
function mixed(hex, into, share) {
  const part = (at) => Math.round(parseInt(hex.slice(at, at + 2), 16) * (1 - share) + parseInt(into.slice(at, at + 2), 16) * share);
  return "#" + [1, 3, 5].map((at) => part(at).toString(16).padStart(2, "0")).join("");
}
// A partner's colour, moved towards the ink until it stands out from the paper (3:1, WCAG 1.4.11).
function readable(hex) {
  const [paper, ink] = [role("paper"), role("ink")];
  for (let share = 0; share < 1; share += 0.1) {
    const shown = mixed(hex, ink, share);
    if (contrast(shown, paper) >= 3) return shown;
  }
  return ink;
}
const colourOf = (key) => readable(partners.get(key)?.colour ?? "#808080");

// Elements with text set as text: nothing that a scenario says is ever read as HTML.
function element(tag, text, ...children) {
  const made = document.createElement(tag);
  if (text) made.textContent = text;
  made.append(...children);
  return made;
}
function tip(title, lines, pairs = []) {
  const made = element("div", "", element("b", title), ...lines.filter(Boolean).map((line) => element("p", line)));
  made.className = "tip";
  if (pairs.length) made.append(element("table", "", ...pairs.map(([what, amount]) => element("tr", "", element("td", what), element("td", amount)))));
  return made;
}

// A chart is drawn by `build(width)`, again whenever its width class, the colours or the choice changes.
const charts = [];
function chart(id, build, onClick) {
  const home = document.getElementById("chart-" + id);
  if (!home) return null;
  const made = { home, build, drawn: null };
  made.draw = (width = home.clientWidth) => {
    const told = build(width);
    if (told.height) home.style.height = told.height + "px";
    if (!made.drawn) {
      made.drawn = echarts.init(home, null, { renderer: "svg", width });
      if (onClick) made.drawn.on("click", onClick);
    }
    made.drawn.resize({ width });
    made.drawn.setOption({ ...shared(), ...told.option }, true);
  };
  charts.push(made);
  return made;
}
function shared() {
  const stark = matchMedia("(prefers-contrast: more)").matches;
  return {
    animation: false,
    textStyle: { fontFamily: FONT, color: role("ink") },
    aria: { enabled: stark, label: { enabled: false }, decal: { show: stark } },
  };
}
function paintSwatches() {
  for (const swatch of document.querySelectorAll("[data-partner]")) swatch.style.setProperty("--shown", colourOf(swatch.dataset.partner));
}
