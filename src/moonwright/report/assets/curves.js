// Curves over time: stocks, power, people. Each line: { name, points: [[day, value]], colour, dashed, filled }.
function curvesOption(width, lines, unit, decimals = 0) {
  const stretch = lines.filter(({ points }) => points.length);
  return {
    option: {
      grid: { left: 8, right: 16, top: 34, bottom: 4, containLabel: true },
      title: unitTitle(unit),
      legend: { top: 0, right: 0, itemWidth: 26, itemStyle: { opacity: 0 }, textStyle: { color: role("soft"), fontSize: 12 }, selectedMode: false },
      xAxis: timeAxis(width, { splitLine: { show: false } }),
      yAxis: valueAxis({ min: 0, minInterval: unit === "people" ? 1 : 0 }),
      tooltip: tooltip((items) => curvesTip(items, stretch, unit, decimals), "axis"),
      dataZoom: [zoom()[0]],
      series: stretch.map(({ name, points, colour, dashed, filled }) => ({
        type: "line", name, symbol: "none", data: points.map(([day, value]) => [timeOf(day), value]),
        itemStyle: { color: colour },
        lineStyle: { color: colour, width: dashed ? 1.5 : 1.8, type: dashed ? [5, 4] : "solid" },
        ...(filled && { areaStyle: { color: colour, opacity: 0.09 } }),
      })),
    },
  };
}
// Points are sparse, so the value under the pointer is read off the line between them.
function curvesTip(items, lines, unit, decimals) {
  const ms = items[0].axisValue;
  return tip(dateText(ms), [], lines.map(({ name, points }) => [name, `${thousands(valueAt(points, (ms - START_MS) / DAY_MS), decimals)} ${unit}`]));
}
function valueAt(points, day) {
  const after = points.findIndex(([at]) => at >= day);
  if (after <= 0) return points.at(after)[1];
  const [[d1, v1], [d2, v2]] = [points[after - 1], points[after]];
  return v1 + ((v2 - v1) * (day - d1)) / (d2 - d1);
}

function stocksOption({ resource, stock, reserve }, width) {
  return curvesOption(width, [
    { name: resource, points: stock, colour: role("accent"), filled: true },
    { name: "reserve", points: reserve, colour: role("warm"), dashed: true },
  ], "kg");
}
function powerOption({ supply, use, mean }, width) {
  return curvesOption(width, [
    { name: "supply", points: supply, colour: role("accent"), filled: true },
    { name: "supply, mean of the month's light", points: mean, colour: role("accent"), dashed: true },
    { name: "use", points: use, colour: role("warm"), dashed: true },
  ], "kW", 1);
}
function nightOption({ need, store }, width) {
  return curvesOption(width, [
    { name: "store", points: store, colour: role("accent"), filled: true },
    { name: "need", points: need, colour: role("warm"), dashed: true },
  ], "kWh");
}
function presenceOption({ present, seats }, width) {
  return curvesOption(width, [
    { name: "people", points: present, colour: role("accent"), filled: true },
    { name: "seats home", points: seats, colour: role("warm"), dashed: true },
  ], "people");
}

// Menus for the place, and for the resource there; both remember nothing and tell `then` what is chosen.
function choose(name, entries, keys, then) {
  const home = document.querySelector(`[data-chooses="${name}"]`);
  if (!home || !entries.length) return;
  const menus = keys.map(({ key, title }) => {
    const menu = element("select");
    const wrapped = element("label", title, menu);
    home.append(wrapped);
    return { key, menu, wrapped };
  });
  const fill = (depth) => {
    if (depth === menus.length) return then(entries.find((entry) => menus.every(({ key, menu }) => entry[key] === menu.value)));
    const { key, menu, wrapped } = menus[depth];
    const open = entries.filter((entry) => menus.slice(0, depth).every((above) => entry[above.key] === above.menu.value));
    const values = [...new Set(open.map((entry) => entry[key]))];
    const kept = values.includes(menu.value) ? menu.value : values[0];
    menu.replaceChildren(...values.map((value) => new Option(value, value, false, value === kept)));
    wrapped.hidden = values.length < 2 && menus.length > 1 && depth === 0;
    fill(depth + 1);
  };
  menus.forEach(({ menu }, depth) => menu.addEventListener("change", () => fill(depth + 1)));
  fill(0);
}
