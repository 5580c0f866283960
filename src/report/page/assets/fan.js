// Fans: where the paths of a run are, day by day. One series is nested bands and a median; several are medians, told apart by
// colour and dash, each over a tint of its widest band.

const levelsOf = quantiles => Object.keys(quantiles).map(Number).sort((a, b) => a - b);

/** Pairs of quantiles, the widest first: what share of paths each holds, and its edges. */
function quantileBands(quantiles) {
  const levels = levelsOf(quantiles);
  return levels.slice(0, levels.length >> 1).map((low, i) => {
    const high = levels.at(-1 - i);
    return {
      name: Math.round((high - low) * 10) / 10 + "% of paths", low: quantiles[low], high: quantiles[high],
      ends: [low, high].map(level => ({ name: level + "%", values: quantiles[level] })),
    };
  });
}

const medianOf = ({ quantiles }) => quantiles["50"] ?? [];

function oneFan(series) {
  const keys = [];
  const layers = quantileBands(series.quantiles).map(({ name, low, high, ends }, i) => {
    const cls = i ? "inner" : "outer";
    keys.push({ id: "band" + i, name, cls, shape: "band" });
    return { key: "band" + i, shape: "band", cls, low, high, row: name, rank: 3, ends: i ? [] : ends };
  });
  const line = (name, cls, values, rank) => {
    keys.unshift({ id: cls, name, cls, shape: "line" });
    layers.push({ key: cls, shape: "line", cls, values, row: name, dot: true, ends: [{ name: cls, values }], rank });
  };
  if (series.mean) line("Mean", "mean", series.mean, 2);
  line("Median", "median", medianOf(series), 0);
  return { keys, layers };
}

function severalFans(list) {
  const [widest] = quantileBands(list[0]?.quantiles ?? {});
  const tints = list.flatMap(({ name, quantiles }, i) => quantileBands(quantiles).slice(0, 1)
    .map(({ low, high }) => ({ key: "series" + i, shape: "band", cls: "tint edged " + seriesClass(i), low, high, row: name })));
  return { ...seriesLines(list, medianOf, tints), foot: widest && "Ranges hold " + widest.name };
}

/** Lines told apart by colour and dash before `bands`, with their keys. */
function seriesLines(list, valuesOf, bands) {
  const lines = list.map((series, i) => {
    const values = valuesOf(series);
    return {
      key: "series" + i, shape: "line", cls: seriesClass(i), values, row: series.name, dot: true, ends: [{ name: series.name, values }], rank: 0,
    };
  });
  return { keys: lines.map(({ key, row, cls, shape }) => ({ id: key, name: row, cls, shape })), layers: [...bands, ...lines] };
}

/** The layers of a chart or panel, from the back to the front, and its keys. */
function fanModel({ series, paths = [], corridor = [], lines = [], thresholds, zero }) {
  const { keys, layers, foot } = series.length === 1 ? oneFan(series[0]) : severalFans(series);
  const isBand = ({ shape }) => shape === "band";
  const between = corridor.map(({ name, values }) =>
    ({ key: "corridor", shape: "step", cls: "corridor", values, row: name, ends: [{ name, values }], rank: 1 }));
  if (corridor.length) keys.push({ id: "corridor", name: "Policy rates", cls: "corridor", shape: "step" });
  lines.forEach(({ name, values }, i) => {
    const cls = "further f" + (i % 4 + 1);
    between.push({ key: "line" + i, shape: "line", cls, values, row: name, dot: true, ends: [{ name, values }], rank: 2 });
    keys.push({ id: "line" + i, name, cls, shape: "line" });
  });
  paths.slice(0, 4).forEach(values => between.push({ key: "paths", shape: "path", cls: "sample", values }));
  if (paths.length) keys.push({ id: "paths", name: "Sample paths", cls: "sample", shape: "path", off: true });
  return { keys, layers: [...layers.filter(isBand), ...between, ...layers.filter(layer => !isBand(layer))], thresholds, zero, foot };
}

function fanColumns({ series, paths = [], corridor = [], lines = [] }, prefix = "") {
  const ofSeries = series.flatMap(({ name, quantiles, mean }) => {
    const of = prefix + (series.length > 1 ? name + " " : "");
    return [
      ...levelsOf(quantiles).map(level => ({ head: of + (level === 50 ? "median" : level + "%"), values: quantiles[level] })),
      ...(mean ? [{ head: of + "mean", values: mean }] : []),
    ];
  });
  return [
    ...ofSeries,
    ...[...corridor, ...lines].map(({ name, values }) => ({ head: prefix + name, values })),
    ...paths.map((values, i) => ({ head: prefix + "path " + (i + 1), values })),
  ];
}

KINDS.fan = shell => layeredChart(shell, () => fanModel(shell.chart), () => fanColumns(shell.chart));
