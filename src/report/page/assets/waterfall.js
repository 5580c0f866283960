// What led a level from its start to its end. Start and end are marked as levels: a bar for a level would have to begin at
// zero, beside which the changes would vanish. Only changes are bars, and their length is true.

KINDS.waterfall = shell => {
  const columns = () => ["change", "90% of paths"];
  const print = value => signed(value, shell.chart.digits);
  /** Nothing for a step that is the same on every path to the printed digit. */
  const reach = ({ low, high }) => print(low) === print(high) ? "" : range(low, high, print);

  function items() {
    const { start, steps, end, digits } = shell.chart;
    const mark = each => each ? [{
      label: each.label, bold: true, from: each.value, level: each.value, cells: [number(each.value, digits)],
      tip: [{ name: "level", value: quantity(each.value, shell.chart), shape: "level", cls: "level" }],
    }] : [];
    let to = start?.value ?? 0;
    let hand;
    const changes = steps.flatMap(step => {
      const from = to;
      const cls = step.value < 0 ? "loss" : "gain";
      const heading = step.hand && step.hand !== hand ? [{ label: step.hand, heading: true }] : [];
      hand = step.hand;
      to += step.value ?? 0;
      return [...heading, {
        label: step.label, foot: hand, from, low: from + step.low, high: from + step.high, bars: [{ from, to, cls }],
        cells: [print(step.value), reach(step)], tip: barTip(cls, columns(), signedQuantity(step.value, shell.chart), reach(step)),
      }];
    });
    return [...mark(start), ...changes, ...mark(end)];
  }

  function paintBack(g, items, x) {
    const ends = items.filter(({ heading }) => !heading);
    join(g, "path.lead", ends.slice(1)).attr("d", ({ from, middle }, i) => `M${x(from)},${ends[i].middle}V${middle}`);
    join(g, "path.level", items.filter(({ level }) => isNumber(level))).attr("d", ({ level, middle }) => `M${x(level)},${middle - 10}v20`);
  }

  function table() {
    const { start, steps, end, digits } = shell.chart;
    const level = each => each ? [[each.label, "", number(each.value, digits), "", ""]] : [];
    const changes = steps.map(({ label, hand, value, low, high }) => [label, hand, ...[value, low, high].map(print)]);
    return { head: ["Step", "Hand", "Value", "5%", "95%"], rows: [...level(start), ...changes, ...level(end)] };
  }

  return rowChart(shell, { columns, items, paintBack, table });
};
