// Lines by date with bands of error: probabilities and other single numbers of a day.

function linesModel({ series, thresholds, from_zero: fromZero, zero }) {
  const bands = [];
  const lines = [];
  const keys = series.map(({ name, values, low, high }, index) => {
    const key = "series" + index;
    const cls = seriesClass(index);
    if (low && high) bands.push({ key, shape: "band", cls: "tint " + cls, low, high, row: name });
    lines.push({ key, shape: "line", cls, values, row: name, dot: true, ends: [{ name, values }], rank: 0 });
    return { id: key, name, cls, shape: "line" };
  });
  return { keys, layers: [...bands, ...lines], thresholds, fromZero, zero };
}

KINDS.lines = class extends TimeChart {
  constructor(shell) { super(shell, new LayeredPlot(shell, () => linesModel(shell.chart))); }
  keys() { return linesModel(this.shell.chart).keys; }
  table() {
    const columns = this.shell.chart.series.flatMap(({ name, values, low, high }) => [
      { head: name, values },
      ...(low && high ? [{ head: name + " low", values: low }, { head: name + " high", values: high }] : []),
    ]);
    return tableByDate(this.shell.page, columns, this.shell.chart.digits ?? 0);
  }
};
