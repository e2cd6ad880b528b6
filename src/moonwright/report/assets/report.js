// Puts the page together: draws the charts, wires the menus and tables, follows width, colours and paper.
const chosen = {};
const chosenChart = (id, name, option) => chart(id, (width) => (chosen[name] ? option(chosen[name], width) : { option: {} }));

const PAPER_WIDTH = 660; // CSS pixels between the margins of an A4 page
const open = ({ home }) => home.clientWidth > 0; // what is hidden has no width to draw in
const redraw = (width) => { paintSwatches(); charts.filter(open).forEach((one) => one.draw(width)); };

function showFlight({ seriesName, dataIndex }) {
  if (seriesName !== "flights") return;
  const name = data.bat.flights[dataIndex].name;
  const row = [...document.querySelectorAll("#flights-table > tbody > tr")].find((one) => one.cells[0].dataset.value === name);
  document.querySelectorAll("tr.found").forEach((one) => one.classList.remove("found"));
  row.hidden = false;
  row.classList.add("found");
  row.querySelector("details").open = true;
  row.scrollIntoView({ block: "center" });
  row.focus({ preventScroll: true });
}

if (data.bat.flights.length) chart("bat", batOption, showFlight);
if (data.builds.length) chart("builds", buildsOption);
if (data.stays.length) chart("stays", staysOption);
chosenChart("presence", "presence", presenceOption);
chosenChart("stocks", "stocks", stocksOption);
chosenChart("power", "power", powerOption);
chosenChart("night", "power", nightOption);
chart("cost", () => stackedOption(data.cost, "MUSD"));
chart("mass", () => stackedOption(data.mass, "t"));
if (data.tornado.length) chart("tornado", tornadoOption);

const place = { key: "node", title: "Place" };
const remember = (name, ids) => (entry) => {
  chosen[name] = entry;
  if (name === "power") hideNight(!entry.need.length);
  charts.filter((one) => ids.includes(one.home.id) && open(one)).forEach((one) => one.draw());
};
// Where nothing draws on storage, a sentence says so in place of an empty chart.
function hideNight(absent) {
  document.getElementById("chart-night").hidden = absent;
  document.querySelector('[data-empty="night"]').hidden = !absent;
}
// A figure with nothing to show goes away: the words above it have said so.
const contents = { bat: data.bat.flights, builds: data.builds, stocks: data.stocks, presence: data.presence, power: data.power, night: data.power, tornado: data.tornado };
for (const [id, entries] of Object.entries(contents)) {
  const figure = document.getElementById("chart-" + id)?.closest("figure");
  if (figure && !entries.length) figure.hidden = true;
}
choose("presence", data.presence, [place], remember("presence", ["chart-presence"]));
choose("stocks", data.stocks, [place, { key: "resource", title: "Resource" }], remember("stocks", ["chart-stocks"]));
choose("power", data.power, [place], remember("power", ["chart-power", "chart-night"]));

redraw();
document.querySelectorAll("table.sortable").forEach(sortable);
document.querySelectorAll("[data-searches]").forEach(searchable);

let waiting = 0;
addEventListener("resize", () => { clearTimeout(waiting); waiting = setTimeout(() => redraw(), 120); });
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => redraw());
addEventListener("beforeprint", () => {
  document.documentElement.dataset.paper = "";
  redraw(PAPER_WIDTH);
});
addEventListener("afterprint", () => {
  delete document.documentElement.dataset.paper;
  redraw();
});

// Marks in the contents which section is being read.
const links = new Map([...document.querySelectorAll("nav a")].map((link) => [link.hash.slice(1), link]));
const seen = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    if (isIntersecting) {
      links.forEach((link) => link.removeAttribute("aria-current"));
      links.get(target.id)?.setAttribute("aria-current", "true");
    }
  }
}, { rootMargin: "-10% 0px -80% 0px" });
document.querySelectorAll("section[id]").forEach((section) => seen.observe(section));
