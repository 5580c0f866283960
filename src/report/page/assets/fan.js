// Fans: where the paths of a run are, day by day. One series is nested bands and a median; several are medians, told apart by
// colour and dash, each over a tint of its widest band.

/** Pairs of quantiles, the widest first: what share of paths each holds, and its edges. */
function quantileBands(quantiles) {
  const levels = Object.keys(quantiles).map(Number).sort((a, b) => a - b);
  const bands = [];
  for (let low = 0, high = levels.length - 1; low < high; low++, high--) {
    bands.push({
      share: Math.round((levels[high] - levels[low]) * 10) / 10,
      low: quantiles[levels[low]], lowName: levels[low] + "%",
      high: quantiles[levels[high]], highName: levels[high] + "%",
    });
  }
  return bands;
}

const medianOf = series => series.quantiles["50"] ?? [];

function oneFan(series) {
  const keys = [];
  const layers = [];
  quantileBands(series.quantiles).forEach((band, index) => {
    const key = "band" + index;
    const cls = index ? "inner" : "outer";
    const name = band.share + "% of paths";
    keys.push({ id: key, name, cls, shape: "band" });
    layers.push({
      key, shape: "band", cls, low: band.low, high: band.high, row: name, rank: 3,
      ends: index ? [] : [{ name: band.lowName, values: band.low }, { name: band.highName, values: band.high }],
    });
  });
  const line = (key, name, cls, values, rank) => {
    keys.unshift({ id: key, name, cls, shape: "line" });
    layers.push({ key, shape: "line", cls, values, row: name, dot: true, ends: [{ name: name.toLowerCase(), values }], rank });
  };
  if (series.mean) line("mean", "Mean", "mean", series.mean, 2);
  line("median", "Median", "median", medianOf(series), 0);
  return { keys, layers };
}

function severalFans(list) {
  const keys = [];
  const tints = [];
  const medians = [];
  list.forEach((series, index) => {
    const key = "series" + index;
    const cls = seriesClass(index);
    const [widest] = quantileBands(series.quantiles);
    keys.push({ id: key, name: series.name, cls, shape: "line" });
    if (widest) tints.push({ key, shape: "band", cls: "tint edged " + cls, low: widest.low, high: widest.high, row: series.name });
    medians.push({
      key, shape: "line", cls, values: medianOf(series), row: series.name, dot: true,
      ends: [{ name: series.name, values: medianOf(series) }], rank: 0,
    });
  });
  const [widest] = quantileBands(list[0]?.quantiles ?? {});
  return { keys, layers: [...tints, ...medians], foot: widest && `Ranges hold ${widest.share}% of paths` };
}

/** The layers of a chart or panel, from the back to the front, and its keys. */
function fanModel({ series, paths = [], corridor = [], lines = [], thresholds, zero }) {
  const { keys, layers, foot } = series.length === 1 ? oneFan(series[0]) : severalFans(series);
  const front = layers.splice(layers.findIndex(layer => layer.shape !== "band"));
  corridor.forEach(({ name, values }) => {
    layers.push({ key: "corridor", shape: "step", cls: "corridor", values, row: name, ends: [{ name, values }], rank: 1 });
  });
  if (corridor.length) keys.push({ id: "corridor", name: "Policy rates", cls: "corridor", shape: "step" });
  lines.forEach(({ name, values }, index) => {
    const cls = "further f" + (index % 4 + 1);
    layers.push({ key: "line" + index, shape: "line", cls, values, row: name, dot: true, ends: [{ name, values }], rank: 2 });
    keys.push({ id: "line" + index, name, cls, shape: "line" });
  });
  paths.slice(0, 4).forEach(values => layers.push({ key: "paths", shape: "path", cls: "sample", values }));
  if (paths.length) keys.push({ id: "paths", name: "Sample paths", cls: "sample", shape: "path", off: true });
  return { keys, layers: [...layers, ...front], thresholds, zero, foot };
}

function fanColumns({ series, paths = [], corridor = [], lines = [] }, prefix = "") {
  const columns = [];
  for (const { name, quantiles, mean } of series) {
    const of = prefix + (series.length > 1 ? name + " " : "");
    for (const level of Object.keys(quantiles).map(Number).sort((a, b) => a - b)) {
      columns.push({ head: of + (level === 50 ? "median" : level + "%"), values: quantiles[level] });
    }
    if (mean) columns.push({ head: of + "mean", values: mean });
  }
  for (const { name, values } of [...corridor, ...lines]) columns.push({ head: prefix + name, values });
  paths.forEach((values, index) => columns.push({ head: prefix + "path " + (index + 1), values }));
  return columns;
}

KINDS.fan = class extends TimeChart {
  constructor(shell) { super(shell, new LayeredPlot(shell, () => fanModel(shell.chart))); }
  keys() { return fanModel(this.shell.chart).keys; }
  table() { return tableByDate(this.shell.page, fanColumns(this.shell.chart), this.shell.chart.digits ?? 0); }
};
