// Gantt charts: builds, one row a copy; rotations, packed into lanes at each place.
function buildsOption(width) {
  const narrow = width < 640;
  const bars = data.builds;
  const left = narrow ? 8 : Math.min(270, width * 0.27);
  const names = narrow
    ? label({ inside: true, verticalAlign: "bottom", padding: [0, 0, 7, 0], color: role("ink"), textBorderColor: role("paper"), textBorderWidth: 3 })
    : label({ width: left - 16, overflow: "truncate", color: role("ink") });
  return {
    height: bars.length * (narrow ? 36 : 24) + 60,
    option: {
      grid: { left, right: 16, top: narrow ? 14 : 6, bottom: 28 },
      xAxis: timeAxis(width - left),
      // Names may repeat, so rows are numbered and named on the axis.
      yAxis: { type: "category", inverse: true, data: bars.map((_, place) => place), axisLine: { show: false }, axisTick: { show: false }, z: narrow ? 5 : 0, axisLabel: { ...names, interval: 0, formatter: (place) => bars[place].name } },
      tooltip: tooltip(({ dataIndex }) => buildTip(bars[dataIndex])),
      series: [{ type: "custom", clip: true, renderItem: (params, api) => drawBuild(bars[params.dataIndex], api, narrow), data: bars.map((bar, place) => [timeOf(bar.delivered ?? 0), place, timeOf(data.days)]), encode: { x: [0, 2], y: 1 } }],
    },
  };
}
function drawBuild(bar, api, narrow) {
  const colour = colourOf(bar.partner);
  const [, middle] = api.coord([timeOf(0), api.value(1)]);
  const y = middle + (narrow ? 7 : 0);
  const x = (day) => api.coord([timeOf(Math.max(0, Math.min(day, data.days))), 0])[0];
  const rect = (from, until, height, style) => ({ type: "rect", shape: { x: x(from), y: y - height / 2, width: Math.max(x(until) - x(from), 1.5), height, r: 1.5 }, style });
  const delivered = bar.delivered ?? 0;
  const begun = bar.begun === null ? data.days : Math.max(bar.begun, delivered);
  const parts = [rect(delivered, begun, 2, { fill: colour, opacity: 0.6 })];
  if (bar.commissioned !== null) {
    const hatch = { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [2, 3], rotation: -Math.PI / 4, color: colour };
    if (bar.commissioned > begun) parts.push(rect(begun, bar.commissioned, 11, { fill: role("paper"), stroke: colour, lineWidth: 1, decal: hatch }));
    parts.push(rect(bar.commissioned, bar.ends ?? data.days, 11, { fill: colour }));
  }
  return { type: "group", children: parts };
}
function buildTip(bar) {
  const on = (day) => (day === null ? "" : dateText(timeOf(day)));
  const pairs = [["Delivered", on(bar.delivered) || "before the start"], ["Work begins", on(bar.begun)], ["At work", on(bar.commissioned) || "never"], ["Life ends", on(bar.ends)]];
  return tip(bar.name, [`${partners.get(bar.partner)?.name ?? bar.partner} · ${bar.node}`], pairs.filter(([, when]) => when));
}

function staysOption(width) {
  const narrow = width < 640;
  const bars = data.stays;
  const places = [...new Set(bars.map(({ node }) => node))];
  const lanes = places.map((node) => 1 + Math.max(...bars.filter((bar) => bar.node === node).map(({ lane }) => lane)));
  const before = places.map((_, place) => lanes.slice(0, place).reduce((sum, count) => sum + count, 0));
  const rowOf = (bar) => before[places.indexOf(bar.node)] + bar.lane;
  const rows = lanes.reduce((sum, count) => sum + count, 0);
  const left = narrow ? 8 : Math.min(210, width * 0.23);
  const named = new Map(places.map((node, place) => [before[place], node]));
  return {
    height: rows * 24 + (narrow ? 26 : 0) + 52,
    option: {
      grid: { left, right: 16, top: narrow ? 26 : 6, bottom: 28 },
      xAxis: timeAxis(width - left),
      yAxis: { type: "category", inverse: true, data: Array.from({ length: rows }, (_, row) => row), axisLine: { show: false }, axisTick: { show: false }, z: narrow ? 5 : 0, axisLabel: label({ interval: 0, width: narrow ? 300 : left - 16, overflow: "truncate", color: role("ink"), inside: narrow, ...(narrow && { verticalAlign: "bottom", padding: [0, 0, 12, 0] }), formatter: (row) => named.get(Number(row)) ?? "" }) },
      tooltip: tooltip(({ dataIndex }) => stayTip(bars[dataIndex])),
      series: [{ type: "custom", clip: true, renderItem: (params, api) => drawStay(bars[params.dataIndex], api), data: bars.map((bar) => [timeOf(bar.from), rowOf(bar), timeOf(bar.until)]), encode: { x: [0, 2], y: 1 } }],
    },
  };
}
function drawStay(bar, api) {
  const [[x, y], [end]] = [api.coord([api.value(0), api.value(1)]), api.coord([api.value(2), api.value(1)])];
  const colour = colourOf(bar.partner);
  const width = Math.max(end - x - 1.5, 1.5);
  const ink = contrast(colour, "#ffffff") >= 4 ? "#ffffff" : "#14181c";
  const told = width > 90 ? `${bar.count} × ${bar.kind}` : width > 14 ? String(bar.count) : "";
  return {
    type: "rect", shape: { x, y: y - 9, width, height: 18, r: 2 }, style: { fill: colour },
    textContent: { style: { text: told, fill: ink, fontSize: 11, fontFamily: FONT, width: width - 6, overflow: "truncate" } }, textConfig: { position: "inside" },
  };
}
function stayTip(bar) {
  const ends = bar.down === null && bar.until >= data.days ? "still there at the end" : dateText(timeOf(bar.until));
  const pairs = [["Up on", bar.up ?? "there at the start"], ["Down on", bar.down ?? "none"]];
  return tip(`${bar.count} × ${bar.kind}`, [`${partners.get(bar.partner)?.name ?? bar.partner} · ${bar.node}`, `${dateText(timeOf(bar.from))} to ${ends}`], pairs);
}
