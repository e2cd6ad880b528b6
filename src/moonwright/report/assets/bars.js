// Stacked bars by partner and year, and the tornado of assumptions.
function stackedOption(by, unit) {
  const used = [...partners.values()].filter(({ key }) => by[key]?.some(Boolean));
  return {
    option: {
      grid: { left: 8, right: 8, top: 12, bottom: 4, containLabel: true },
      xAxis: { type: "category", data: data.years, axisTick: { show: false }, axisLine: { lineStyle: { color: role("line") } }, axisLabel: label({ hideOverlap: true }) },
      yAxis: valueAxis(),
      tooltip: { ...tooltip((items) => stackedTip(items, used, by, unit), "axis"), axisPointer: { type: "shadow", shadowStyle: { color: role("ink"), opacity: 0.05 } } },
      series: used.map(({ key, name }) => ({
        type: "bar", name, stack: "all", barCategoryGap: "28%", barMaxWidth: 56, data: by[key].map((amount) => amount || null), itemStyle: { color: colourOf(key), borderColor: role("paper"), borderWidth: 0.75 },
      })),
    },
  };
}
function stackedTip(items, used, by, unit) {
  const place = items[0].dataIndex;
  const pairs = used.map(({ key, name }) => [name, by[key][place]]).filter(([, amount]) => amount > 0);
  const all = pairs.reduce((sum, [, amount]) => sum + amount, 0);
  const told = pairs.length > 1 ? [...pairs, ["All", all]] : pairs;
  return tip(String(data.years[place]), pairs.length ? [] : ["nothing"], told.map(([name, amount]) => [name, `${thousands(amount)} ${unit}`]));
}

function tornadoOption(width) {
  const narrow = width < 640;
  const bars = data.tornado;
  const ends = bars.flatMap(({ low, high }) => [low, high]);
  const room = 0.3 * (Math.max(...ends) - Math.min(...ends));
  const signed = (amount) => (amount > 0 ? "+" : "") + thousands(amount, Math.abs(amount) < 10 ? 1 : 0);
  const side = (key, name, colour) => ({
    type: "bar", name, stack: "both", barWidth: 14, data: bars.map((bar) => bar[key]), itemStyle: { color: colour },
    label: { show: true, position: key === "low" ? "left" : "right", color: role("soft"), fontSize: 12, formatter: ({ value }) => (value ? signed(value) : "") },
  });
  return {
    height: bars.length * (narrow ? 48 : 30) + 48,
    option: {
      grid: { left: narrow ? 8 : 300, right: 16, top: 30, bottom: 8 },
      legend: { top: 0, left: narrow ? 0 : 300, itemWidth: 10, itemHeight: 10, icon: "rect", textStyle: { color: role("soft"), fontSize: 12 }, selectedMode: false },
      xAxis: { type: "value", min: Math.min(...ends) - room, max: Math.max(...ends) + room, axisLabel: { show: false }, splitLine: { show: false } },
      yAxis: {
        type: "category", inverse: true, data: bars.map(({ name }) => name), axisTick: { show: false }, axisLine: { onZero: true, lineStyle: { color: role("soft") } }, z: narrow ? 5 : 0,
        axisLabel: { show: false },
      },
      tooltip: tooltip((items) => tip(bars[items[0].dataIndex].name, [], [["at its low", `${signed(bars[items[0].dataIndex].low)} MUSD`], ["at its high", `${signed(bars[items[0].dataIndex].high)} MUSD`]]), "axis"),
      series: [side("low", "at its low", role("cool")), side("high", "at its high", role("warm")), pathNames(bars, narrow)],
    },
  };
}
// Names stand at the left edge, not at the zero line: the axis cannot do that, so they are drawn.
function pathNames(bars, narrow) {
  return {
    type: "custom", silent: true, data: bars.map((_, place) => [0, place]), tooltip: { show: false },
    renderItem: (params, api) => {
      const [, y] = api.coord([0, api.value(1)]);
      return { type: "text", style: { text: bars[api.value(1)].name, x: narrow ? 8 : 0, y: narrow ? y - 17 : y, fill: role("ink"), fontSize: 12, fontFamily: FONT, width: narrow ? 340 : 286, overflow: "truncate", verticalAlign: "middle" } };
    },
  };
}
