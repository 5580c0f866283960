// Bars from zero with whiskers: probabilities, or differences that go both ways.

KINDS.bars = shell => {
  /** If some bar goes left, signs are written and colours tell the sides apart. */
  const both = () => shell.chart.items.some(({ value }) => value < 0);
  const print = value => (both() ? signed : number)(value, shell.chart.digits);
  const columns = () => [both() ? "change" : "value", "range"];

  const items = () => shell.chart.items.map(item => {
    const { value, low, high, note } = item;
    const cls = !both() ? "bar" : value < 0 ? "loss" : "gain";
    const cells = [print(value), range(low, high, print)];
    const tip = barTip(cls, columns(), (both() ? signedQuantity : quantity)(value, shell.chart), cells[1]);
    return { ...item, sub: note, foot: note, cells, tip, bars: [{ from: 0, to: value, cls }] };
  });

  const table = () => ({
    head: ["Item", "Value", "Low", "High", "Note"],
    rows: shell.chart.items.map(({ label, value, low, high, note }) => [label, ...[value, low, high].map(print), note]),
  });

  return rowChart(shell, { columns, items, table });
};
