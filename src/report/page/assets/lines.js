// Lines by date with bands of error.

function linesModel({ series, thresholds, from_zero: fromZero, zero }) {
  const { keys, bands, lines } = severalSeries(series, ({ values }) => values, each => each, "tint");
  return { keys, layers: [...bands, ...lines], thresholds, fromZero, zero };
}

KINDS.lines = shell => layeredChart(shell, () => linesModel(shell.chart), () => shell.chart.series.flatMap(({ name, values, low, high }) => [
  { head: name, values },
  ...(low && high ? [{ head: name + " low", values: low }, { head: name + " high", values: high }] : []),
]));
