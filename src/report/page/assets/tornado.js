// What each input moves: a bar from the output at the input's low value to that at its high value, around the output in between. The
// ends are told apart by tone and by the input's values beside them.

KINDS.tornado = shell => {
  const print = value => number(value, shell.chart.digits);
  const keys = () => [
    { id: "low", name: "at its low value", cls: "p3", shape: "box" },
    { id: "high", name: "at its high value", cls: "p1", shape: "box" },
  ];
  const columns = () => ["difference", "std. error"];
  /** To one digit below one. */
  const plusMinus = error => isNumber(error) ? "\u00b1" + number(error, error > 0 ? clamp(0, -Math.floor(Math.log10(error)), 2) : 0) : "";

  function items() {
    const { centre, items } = shell.chart;
    return items.map(({ label, low, high, at_low: atLow, at_high: atHigh, error }) => {
      // Where both ends are on one side of the centre, each has half of the row.
      const apart = (low - centre) * (high - centre) > 0;
      const bar = (key, to, text, shift, other) =>
        ({ key: key.id, cls: key.cls, from: centre, to, text, shift: apart ? shift : 0, side: to < centre || (to === centre && other > centre) ? -1 : 1 });
      const [left, right] = keys();
      const all = [bar(left, low, atLow, -8, high), bar(right, high, atHigh, 8, low)];
      if (low === centre && high === centre) all[0].side = -1;
      return {
        label, bars: all.filter(({ key }) => shell.shows(key)), tall: apart ? 38 : 0,
        cells: [signed(high - low, shell.chart.digits), plusMinus(error)],
        tip: [
          ...all.map(({ cls, to, text }) => ({ name: "at " + plain(text), value: quantity(to, shell.chart), cls, shape: "box" })),
          { name: "difference", value: signedQuantity(high - low, shell.chart), range: plusMinus(error), cls: "level", shape: "level" },
        ],
      };
    });
  }

  const table = () => ({
    head: ["Input", "Low value", "Output", "High value", "Output", "Difference", "Std. error"],
    rows: shell.chart.items.map(({ label, low, high, at_low: atLow, at_high: atHigh, error }) =>
      [label, atLow, print(low), atHigh, print(high), signed(high - low, shell.chart.digits), plusMinus(error)]),
  });

  return rowChart(shell, { columns, keys, items, table, centre: () => shell.chart.centre });
};
