// Puts the page together: draws the charts, wires the menus and tables, follows width, colours and paper.
const chosen = {};
const chosenChart = (id, name, option) => chart(id, (width) => (chosen[name] ? option(chosen[name], width) : { option: {} }));

const PAPER_WIDTH = 660; // CSS pixels between the margins of an A4 page
const redraw = (width) => { paintSwatches(); charts.forEach((one) => one.draw(width)); };

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
  charts.filter(({ home, drawn }) => drawn && ids.includes(home.id)).forEach((one) => one.draw());
};
choose("presence", data.presence, [place], remember("presence", ["chart-presence"]));
choose("stocks", data.stocks, [place, { key: "resource", title: "Resource" }], remember("stocks", ["chart-stocks"]));
choose("power", data.power, [place], remember("power", ["chart-power", "chart-night"]));

redraw();
document.querySelectorAll("table.sortable").forEach(sortable);
document.querySelectorAll("[data-searches]").forEach(searchable);

let waiting = 0;
addEventListener("resize", () => { clearTimeout(waiting); waiting = setTimeout(() => redraw(), 120); });
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => redraw());
addEventListener("beforeprint", () => redraw(PAPER_WIDTH));
addEventListener("afterprint", () => redraw());

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
