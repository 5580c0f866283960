// Risk dates with what is expected to move on each: whose flows drain (left of zero) and whose add (right), and the total.

KINDS.risk = shell => {
  const print = value => signed(value, shell.chart.digits);
  const partClass = index => "p" + (index % 6 + 1);
  /** Names of parts in the order in which they first appear, which gives each its colour on every row. */
  const names = () => [...new Set(shell.chart.items.flatMap(({ parts }) => parts.map(({ name }) => name)))];

  const keys = () => [
    ...names().map((name, i) => ({ id: "part" + i, name, cls: partClass(i), shape: "box" })),
    { id: "total", name: "Total and 90% of paths", cls: "total", shape: "whisker" },
  ];

  /** Parts one after the other, to the left and to the right of zero. */
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
    const stacked = stack(parts);
    const reach = range(low, high, print);
    return {
      label: longDate(date), title: weekdayDate(date), sub: label, foot: label, stacked, cells: [print(total), reach],
      ...(shell.shows("total") ? { total, low, high } : {}),
      tip: [...stacked, { name: "Total", value: signedQuantity(total, shell.chart), range: reach, cls: "total", shape: "whisker" }],
    };
  });

  function extent(items) {
    const places = items.flatMap(({ stacked, low, high, total }) => [...stacked.map(({ to }) => to), low, high, total]).filter(isNumber);
    return [Math.min(0, ...places), Math.max(0, ...places)];
  }

  function paint(g, { stacked, low, high, total, middle }, x) {
    bars(g, stacked, middle - 11, 12, x);
    whisker(g, low, high, middle + 8, x);
    set(join(g, "circle.total", isNumber(total) ? [total] : []), { r: 3.5, cx: x, cy: middle + 8 });
  }

  const table = () => ({
    head: ["Date", "What", ...names(), "Total", "5%", "95%"],
    rows: shell.chart.items.map(({ date, label, parts, total, low, high }) => {
      const values = names().map(name => parts.find(part => part.name === name)?.value);
      return [date, label, ...[...values, total, low, high].map(print)];
    }),
  });

  return rowChart(shell, { columns: () => ["total", "90% of paths"], keys, items, extent, paint, table });
};
