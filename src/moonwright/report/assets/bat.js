// The bat chart: places as rows, time across, each flight a line from place to place.
function batOption(width) {
  const { rows, flights, waits } = data.bat;
  const narrow = width < 640;
  const left = narrow ? 8 : Math.min(210, width * 0.23);
  const halo = { textBorderColor: role("paper"), textBorderWidth: 4 };
  const names = narrow
    ? label({ inside: true, verticalAlign: "bottom", padding: [0, 0, 3, 0], color: role("ink"), ...halo })
    : label({ width: left - 16, overflow: "truncate", color: role("ink") });
  return {
    height: rows.length * (narrow ? 62 : 56) + 90,
    option: {
      grid: { left, right: 16, top: narrow ? 8 : 0, bottom: 62 },
      xAxis: timeAxis(width - left, { max: timeOf(1.008 * data.days) }), // room for the marks of what arrives at the end
      yAxis: {
        type: "category", data: rows, axisLine: { show: false }, axisTick: { show: false }, splitLine: { show: false },
        axisLabel: names, z: narrow ? 5 : 0,
      },
      tooltip: tooltip(batTip),
      dataZoom: zoom(),
      series: [
        { type: "custom", silent: true, tooltip: { show: false }, renderItem: drawRow, data: rows.map((_, row) => [timeOf(0), row]), clip: true },
        { type: "custom", name: "waits", renderItem: drawWait, data: waits.map(([row, from, until]) => [timeOf(from), row, timeOf(until)]), encode: { x: [0, 2], y: 1 }, clip: true },
        { type: "custom", name: "flights", renderItem: drawFlight, data: flights.map(({ path }) => [timeOf(path[0][0]), path[0][1], timeOf(path.at(-1)[0])]), encode: { x: [0, 2], y: 1 }, clip: true },
      ],
    },
  };
}
function drawRow(params, api) {
  const { x, width } = params.coordSys;
  const [, y] = api.coord([timeOf(0), api.value(1)]);
  return { type: "line", shape: { x1: x, y1: y, x2: x + width, y2: y }, style: { stroke: role("line"), lineWidth: 1 } };
}
function drawWait(params, api) {
  const colour = colourOf(data.bat.waits[params.dataIndex][4]);
  const [[x1, y], [x2]] = [api.coord([api.value(0), api.value(1)]), api.coord([api.value(2), api.value(1)])];
  return { type: "line", shape: { x1, y1: y, x2, y2: y }, style: { stroke: colour, lineWidth: 2.5, opacity: 0.45 } };
}
function drawFlight(params, api) {
  const flight = data.bat.flights[params.dataIndex];
  const colour = colourOf(flight.partner);
  const points = flight.path.map(([day, row]) => api.coord([timeOf(day), row]));
  // Marks stand at both ends, and wherever the flight stays a while.
  const stays = (place) => place + 1 < flight.path.length && flight.path[place][1] === flight.path[place + 1][1];
  const marks = points.filter((point, place) => place === 0 || place === points.length - 1 || stays(place));
  return {
    type: "group",
    children: [
      // A wide invisible line under the thin one, so that a finger finds it.
      { type: "polyline", shape: { points }, style: { stroke: "transparent", fill: "none", lineWidth: 12 } },
      { type: "polyline", shape: { points }, style: { stroke: colour, fill: "none", lineWidth: 1.4, opacity: 0.85 }, emphasis: { style: { lineWidth: 3.5, opacity: 1 } } },
      ...marks.map((point) => mark(point, partners.get(flight.partner)?.shape, colour, flight.crewed)),
    ],
  };
}
// A partner's mark; hollow where people are aboard.
function mark([x, y], shape, colour, crewed) {
  const r = crewed ? 4.2 : 3.2;
  const style = crewed ? { fill: role("paper"), stroke: colour, lineWidth: 2 } : { fill: colour };
  const outlines = {
    rect: [[x - r, y - r], [x + r, y - r], [x + r, y + r], [x - r, y + r]],
    triangle: [[x, y - r * 1.2], [x + r * 1.15, y + r * 0.9], [x - r * 1.15, y + r * 0.9]],
    down: [[x, y + r * 1.2], [x + r * 1.15, y - r * 0.9], [x - r * 1.15, y - r * 0.9]],
    plus: [[-1, -3], [1, -3], [1, -1], [3, -1], [3, 1], [1, 1], [1, 3], [-1, 3], [-1, 1], [-3, 1], [-3, -1], [-1, -1]].map(([dx, dy]) => [x + (dx * r) / 2.4, y + (dy * r) / 2.4]),
    diamond: [[x, y - r * 1.3], [x + r * 1.3, y], [x, y + r * 1.3], [x - r * 1.3, y]],
  };
  if (!outlines[shape]) return { type: "circle", shape: { cx: x, cy: y, r }, style };
  return { type: "polygon", shape: { points: outlines[shape] }, style };
}
function batTip({ seriesName, dataIndex }) {
  if (seriesName === "waits") {
    const [row, from, until, serial] = data.bat.waits[dataIndex];
    return tip(serial, [`waits at ${data.bat.rows[row]}`, `${dateText(timeOf(from))} to ${dateText(timeOf(until))}`]);
  }
  const flight = data.bat.flights[dataIndex];
  const [first, last] = [flight.path[0][0], flight.path.at(-1)[0]].map((day) => dateText(timeOf(day)));
  const lines = [`${flight.mission} · ${partners.get(flight.partner)?.name ?? flight.partner}`, flight.lifted, first === last ? first : `${first} to ${last}`];
  const shown = flight.manifest.slice(0, 12);
  if (flight.manifest.length > 12) shown.push([`and ${flight.manifest.length - 12} more`, ""]);
  return tip(flight.name, lines, shown);
}
