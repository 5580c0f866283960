// Lines by date with bands of error.

function linesModel({ series, thresholds, from_zero: fromZero, zero }, classOf) {
  const { keys, bands, lines } = severalSeries(series, ({ values }) => values, each => each, "tint", classOf);
  return { keys, layers: [...bands, ...lines], thresholds, fromZero, zero };
}

const lineColumns = series => series.flatMap(({ name, values, low, high }) => [
  { head: name, values },
  ...(low && high ? [{ head: name + " low", values: low }, { head: name + " high", values: high }] : []),
]);

KINDS.lines = shell => layeredChart(shell, () => linesModel(shell.chart), () => lineColumns(shell.chart.series));
