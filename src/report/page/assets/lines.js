// Lines by date with bands of error: probabilities and other single numbers of a day.

function linesModel({ series, thresholds, from_zero: fromZero, zero }) {
  const bands = series.flatMap(({ name, low, high }, i) =>
    low && high ? [{ key: "series" + i, shape: "band", cls: "tint " + seriesClass(i), low, high, row: name }] : []);
  return { ...seriesLines(series, ({ values }) => values, bands), thresholds, fromZero, zero };
}

KINDS.lines = shell => layeredChart(shell, () => linesModel(shell.chart), () => shell.chart.series.flatMap(({ name, values, low, high }) => [
  { head: name, values },
  ...(low && high ? [{ head: name + " low", values: low }, { head: name + " high", values: high }] : []),
]));
