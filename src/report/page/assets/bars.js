// Bars from zero with whiskers: probabilities, or differences that go both ways.

KINDS.bars = shell => {
  /** Whether some bar goes left: then signs are written and colours tell the sides apart. */
  const both = () => shell.chart.items.some(({ value }) => value < 0);
  const print = value => (both() ? signed : number)(value, shell.chart.digits);
  const columns = () => [both() ? "change" : "value", "range"];

  const items = () => shell.chart.items.map(item => {
    const { value, low, high, note } = item;
    const cls = !both() ? "bar" : value < 0 ? "loss" : "gain";
    const cells = [print(value), range(low, high, print)];
    const tip = [{ name: columns()[0], value: (both() ? signedQuantity : quantity)(value, shell.chart), cls, shape: "box" }];
    if (cells[1]) tip.push({ name: "range", value: cells[1], cls: "whisker", shape: "whisker" });
    return { ...item, sub: note, foot: note, cls, cells, tip };
  });

  function extent(items) {
    const places = items.flatMap(({ value, low, high }) => [value, low, high]).filter(isNumber);
    const high = Math.max(0, ...places);
    return [Math.min(0, ...places) * 1.02, shell.chart.unit === "%" && high <= 100 ? Math.min(100, high * 1.02) : high * 1.02];
  }

  function paint(g, { value, low, high, cls, middle }, x) {
    bars(g, isNumber(value) ? [{ from: 0, to: value, cls }] : [], middle - 7, 14, x);
    whisker(g, low, high, middle, x);
  }

  const table = () => ({
    head: ["Item", "Value", "Low", "High", "Note"],
    rows: shell.chart.items.map(({ label, value, low, high, note }) => [label, ...[value, low, high].map(print), note]),
  });

  return rowChart(shell, { columns, items, extent, paint, table });
};
