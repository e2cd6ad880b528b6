// Axes, tooltips and the slider, in one look.
const label = (more = {}) => ({ color: role("soft"), fontSize: 12, ...more });

function timeAxis(width, more = {}) {
  return {
    type: "time",
    splitNumber: Math.max(3, Math.round(width / 85)),
    min: timeOf(0),
    max: timeOf(data.days),
    axisLine: { lineStyle: { color: role("line") } },
    axisTick: { show: false },
    splitLine: { show: true, lineStyle: { color: role("faint") } },
    axisLabel: label({ hideOverlap: true, formatter: { year: "{yyyy}", month: "{MMM} {yyyy}", day: "{d} {MMM} {yyyy}" } }),
    axisPointer: { lineStyle: { color: role("soft"), type: "solid" }, label: { show: false } },
    ...more,
  };
}
function valueAxis(more = {}) {
  return {
    type: "value",
    splitLine: { lineStyle: { color: role("faint") } },
    axisLabel: label({ formatter: (number) => thousands(number, Number.isInteger(number) ? 0 : 1) }),
    ...more,
  };
}
// The unit stands above the axis, at the chart's edge.
const unitTitle = (text) => ({ text, left: 8, top: 6, textStyle: { color: role("soft"), fontSize: 12, fontWeight: 400 } });

function tooltip(formatter, trigger = "item") {
  return {
    trigger,
    confine: true,
    backgroundColor: role("raised"),
    borderColor: role("line"),
    padding: [8, 11],
    textStyle: { color: role("ink"), fontSize: 13 },
    extraCssText: "box-shadow: 0 4px 18px rgb(0 0 0 / .14)",
    formatter,
  };
}
function zoom() {
  return [
    { type: "inside", filterMode: "none", zoomOnMouseWheel: "ctrl", moveOnMouseMove: true },
    {
      type: "slider", filterMode: "none", height: 18, bottom: 8, borderColor: "transparent", backgroundColor: role("faint"),
      fillerColor: role("line"), showDataShadow: false, showDetail: false, brushSelect: false,
      handleSize: "120%", handleStyle: { color: role("raised"), borderColor: role("soft") }, moveHandleSize: 0,
    },
  ];
}
