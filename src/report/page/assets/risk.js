// Risk dates: whose flows drain (left of zero), whose add (right), and the total.

KINDS.risk = shell => {
  const print = value => signed(value, shell.chart.digits);
  const partClass = i => "p" + (i % 6 + 1);
  /** In the order of first appearance, which gives colours. */
  const names = () => [...new Set(shell.chart.items.flatMap(({ parts }) => parts.map(({ name }) => name)))];

  const keys = () => [
    ...names().map((name, i) => ({ id: "part" + i, name, cls: partClass(i), shape: "box" })),
    { id: "total", name: "Total and 90% of paths", cls: "total", shape: "whisker" },
  ];

  function stack(parts) {
    const ends = { left: 0, right: 0 };
    const order = names();
    return parts.filter(({ name, value }) => isNumber(value) && shell.shows("part" + order.indexOf(name))).map(({ name, value }) => {
      const side = value < 0 ? "left" : "right";
      const from = ends[side];
      ends[side] += value;
      return { name, from, to: ends[side], cls: partClass(order.indexOf(name)), shape: "box", value: signedQuantity(value, shell.chart) };
    });
  }

  const items = () => shell.chart.items.map(({ date, label, total, low, high, parts }) => {
    const bars = stack(parts);
    const reach = range(low, high, print);
    return {
      label: longDate(date), title: weekdayDate(date), sub: label, foot: label, bars, cells: [print(total), reach],
      ...(shell.shows("total") ? { dot: total, low, high } : {}),
      tip: [...bars, { name: "Total", value: signedQuantity(total, shell.chart), range: reach, cls: "total", shape: "whisker" }],
    };
  });

  const table = () => ({
    head: ["Date", "What", ...names(), "Total", "5%", "95%"],
    rows: shell.chart.items.map(({ date, label, parts, total, low, high }) => {
      const values = names().map(name => parts.find(part => part.name === name)?.value);
      return [date, label, ...[...values, total, low, high].map(print)];
    }),
  });

  return rowChart(shell, { columns: () => ["total", "90% of paths"], keys, items, table });
};
