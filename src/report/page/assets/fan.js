// Fans: where the paths of a run are. One series is nested bands and a median; several are medians, each over its widest band.

const levelsOf = quantiles => Object.keys(quantiles).map(Number).sort((a, b) => a - b);
const medianOf = ({ quantiles }) => quantiles["50"] ?? [];

function quantileBands(quantiles) {
  const levels = levelsOf(quantiles);
  return levels.slice(0, levels.length >> 1).map((low, i) => {
    const high = levels.at(-1 - i);
    return {
      row: Math.round((high - low) * 10) / 10 + "% of paths", shape: "band", low: quantiles[low], high: quantiles[high],
      ends: [low, high].map(level => ({ name: level + "%", values: quantiles[level] })),
    };
  });
}

const lineLayer = (key, name, cls, values, rank, shape = "line") =>
  ({ key, row: name, cls, values, rank, shape, dot: shape === "line", ends: [{ name, values }] });
const keyOf = ({ key, row, cls, shape }) => ({ id: key, name: row, cls, shape });

function oneFan({ quantiles, mean }) {
  const bands = quantileBands(quantiles)
    .map((band, i) => ({ ...band, key: "band" + i, cls: i ? "inner" : "outer", rank: 3, ends: i ? [] : band.ends }));
  const lines = [lineLayer("median", "Median", "median", medianOf({ quantiles }), 0)];
  if (mean) lines.unshift(lineLayer("mean", "Mean", "mean", mean, 2));
  return { keys: [...lines].reverse().concat(bands).map(keyOf), bands, lines };
}

function severalSeries(list, valuesOf, bandOf, look, classOf = seriesClass) {
  const lines = list.map((series, i) => lineLayer("series" + i, series.name, classOf(i), valuesOf(series), 0));
  const bands = list.flatMap((series, i) => {
    const { low, high } = bandOf(series) ?? {};
    return low && high ? [{ key: "series" + i, row: series.name, cls: look + " " + classOf(i), shape: "band", low, high }] : [];
  });
  return { keys: lines.map(keyOf), bands, lines };
}

function fanModel({ series, paths = [], corridor = [], lines: further = [], thresholds, zero }) {
  const widest = ({ quantiles }) => quantileBands(quantiles)[0];
  const { keys, bands, lines } = series.length === 1 ? oneFan(series[0]) : severalSeries(series, medianOf, widest, "tint edged");
  const rates = corridor.map(({ name, values }) => lineLayer("corridor", name, "corridor", values, 1, "step"));
  const thin = further.map(({ name, values }, i) => lineLayer("line" + i, name, "further f" + (i % 4 + 1), values, 2));
  const samples = paths.slice(0, 4).map(values => ({ key: "paths", cls: "sample", shape: "path", values }));
  return {
    keys: [
      ...keys,
      ...rates.slice(0, 1).map(layer => ({ ...keyOf(layer), name: "Policy rates" })),
      ...thin.map(keyOf),
      ...samples.slice(0, 1).map(layer => ({ ...keyOf(layer), name: "Sample paths", off: true })),
    ],
    layers: [...bands, ...rates, ...thin, ...samples, ...lines],
    thresholds, zero, foot: series.length > 1 && widest(series[0]) ? "Ranges hold " + widest(series[0]).row : "",
  };
}

function fanColumns({ series, paths = [], corridor = [], lines = [] }, prefix = "") {
  const ofSeries = series.flatMap(({ name, quantiles, mean }) => {
    const of = series.length > 1 ? name + " " : "";
    const columns = levelsOf(quantiles).map(level => ({ name: of + (level === 50 ? "median" : level + "%"), values: quantiles[level] }));
    return mean ? [...columns, { name: of + "mean", values: mean }] : columns;
  });
  const samples = paths.map((values, i) => ({ name: "path " + (i + 1), values }));
  return [...ofSeries, ...corridor, ...lines, ...samples].map(({ name, values }) => ({ head: prefix + name, values }));
}

KINDS.fan = shell => layeredChart(shell, () => fanModel(shell.chart), () => fanColumns(shell.chart));
