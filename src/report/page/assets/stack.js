// Shares by date, one on another, to at most all; what is left over stands on top.

const WHOLE = 100;

function stackModel(shell) {
  const { layers, rest } = shell.chart;
  const all = [
    ...layers.map((layer, i) => ({ ...layer, id: "layer" + i, cls: "p" + (i % 6 + 1) })),
    ...rest ? [{ ...rest, id: "rest", cls: "rest" }] : [],
  ];
  let floor = shell.page.dates.map(() => 0);
  const bands = all.filter(({ id }) => shell.shows(id)).map(({ name, values, id, cls }) => {
    const low = floor;
    const high = values.map((value, i) => isNumber(value) && isNumber(low[i]) ? Math.min(WHOLE, low[i] + Math.max(0, value)) : null);
    floor = high;
    const middle = low.map((value, i) => isNumber(high[i]) ? (value + high[i]) / 2 : null);
    return { key: id, row: name, shape: "band", cls, low, high, values, rank: 1, ends: [{ name, values, places: middle }] };
  });
  // The highest first, as they lie.
  return { keys: all.map(({ id, name, cls }) => ({ id, name, cls, shape: "box" })).reverse(), layers: bands, fromZero: true, whole: WHOLE };
}

KINDS.stack = shell => layeredChart(shell, () => stackModel(shell),
  () => [...shell.chart.layers, ...shell.chart.rest ? [shell.chart.rest] : []].map(({ name, values }) => ({ head: name, values })));
