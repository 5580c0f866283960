// What led a level from its start to its end. Start and end are marked as levels: a bar for a level would have to begin at
// zero, beside which the changes would vanish. Only changes are bars, and their length is true.

KINDS.waterfall = shell => {
  const print = value => signed(value, shell.chart.digits);
  /** Nothing for a step that is the same on every path to the printed digit. */
  const reach = ({ low, high }) => print(low) === print(high) ? "" : range(low, high, print);

  function items() {
    const { start, steps, end, digits } = shell.chart;
    const mark = each => each ? [{
      label: each.label, bold: true, level: true, from: each.value, to: each.value, cells: [number(each.value, digits)],
      tip: [{ name: "Level", value: quantity(each.value, shell.chart), shape: "level", cls: "level" }],
    }] : [];
    let level = start?.value ?? 0;
    let hand;
    const changes = steps.flatMap(step => {
      const from = level;
      const cls = step.value < 0 ? "loss" : "gain";
      const tip = [{ name: "Change", value: signedQuantity(step.value, shell.chart), shape: "box", cls }];
      if (reach(step)) tip.push({ name: "90% of paths", value: reach(step), shape: "whisker", cls: "whisker" });
      level += step.value ?? 0;
      const heading = step.hand && step.hand !== hand ? [{ label: step.hand, heading: true, from, to: from }] : [];
      hand = step.hand;
      return [...heading, { ...step, from, to: level, cls, tip, foot: step.hand, cells: [print(step.value), reach(step)] }];
    });
    return [...mark(start), ...changes, ...mark(end)];
  }

  function extent(items) {
    const places = items.flatMap(({ from, to, low, high }) => [from, to, isNumber(low) ? from + low : from, isNumber(high) ? from + high : from]);
    if (!shell.chart.start) places.push(0);
    const [low, high] = [Math.min(...places), Math.max(...places)];
    const room = (high - low) * 0.02;
    return [low === 0 ? 0 : low - room, high === 0 ? 0 : high + room];
  }

  function paint(g, { middle, level, from, to, cls, value, low, high }, x) {
    join(g, "path.level", level ? [0] : []).attr("d", () => `M${x(from)},${middle - 10}V${middle + 10}`);
    bars(g, isNumber(value) ? [{ from, to, cls }] : [], middle - 7, 14, x);
    whisker(g, isNumber(low) ? from + low : null, isNumber(high) ? from + high : null, middle, x);
  }

  /** Thin lines that lead from where one bar ends to where the next begins. */
  function paintBack(g, items, x) {
    const ends = items.filter(({ heading }) => !heading);
    join(g, "path.lead", ends.slice(1)).attr("d", ({ from, middle }, i) => `M${x(from)},${ends[i].middle}V${middle}`);
  }

  function table() {
    const { start, steps, end, digits } = shell.chart;
    const level = each => each ? [[each.label, "", number(each.value, digits), "", ""]] : [];
    const changes = steps.map(({ label, hand, value, low, high }) => [label, hand, ...[value, low, high].map(print)]);
    return { head: ["Step", "Hand", "Value", "5%", "95%"], rows: [...level(start), ...changes, ...level(end)] };
  }

  return rowChart(shell, { columns: () => ["change", "90% of paths"], items, extent, paint, paintBack, table });
};
