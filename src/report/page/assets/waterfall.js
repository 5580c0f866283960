// What led a level from its start to its end. Start and end are marked as levels: a bar for a level would have to begin at
// zero, beside which the changes would vanish. Only changes are bars, and their length is true.

/** A step that is the same on every path to the printed digit has no range. */
const certain = ({ low, high }, digits) => signed(low, digits) === signed(high, digits);

KINDS.waterfall = class extends RowChart {
  columns = ["change", "90% of paths"];

  items() {
    const { start, steps, end, digits = 0 } = this.shell.chart;
    const items = [];
    let level = start?.value ?? 0;
    const mark = ({ label, value }) => items.push({ label, bold: true, level: value, from: value, to: value, cells: [number(value, digits)] });
    if (start) mark(start);
    let hand;
    for (const step of steps) {
      if (step.hand && step.hand !== hand) items.push({ label: step.hand, heading: true, from: level, to: level });
      hand = step.hand;
      const to = level + (step.value ?? 0);
      items.push({
        ...step, from: level, to,
        cells: [signed(step.value, digits), certain(step, digits) ? "" : range(step.low, step.high, value => signed(value, digits))],
      });
      level = to;
    }
    if (end) mark(end);
    return items;
  }

  extent() {
    const places = this.list.flatMap(({ from, to, low, high }) =>
      [from, to, ...(isNumber(low) ? [from + low] : []), ...(isNumber(high) ? [from + high] : [])]);
    if (!this.shell.chart.start) places.push(0);
    const low = Math.min(...places);
    const high = Math.max(...places);
    const room = (high - low) * 0.02;
    return [low === 0 ? 0 : low - room, high === 0 ? 0 : high + room];
  }

  paintRow(g, item, x) {
    const { middle, level, from, to, value, low, high } = item;
    g.selectAll("path.level").data(isNumber(level) ? [0] : []).join("path").attr("class", "level")
      .attr("d", `M${x(from)},${middle - 10}V${middle + 10}`);
    if (isNumber(value)) {
      bar(g, from, to, middle, x, value < 0 ? "loss" : "gain");
      whisker(g, from + low, from + high, middle, x);
    } else {
      g.selectAll("rect,path.whisker").remove();
    }
  }

  /** Thin lines that lead from where one bar ends to where the next begins. */
  paintBack(g, items, x) {
    const bars = items.filter(item => !item.heading);
    g.selectAll("path").data(bars.slice(1)).join("path").attr("class", "lead")
      .attr("d", (item, i) => `M${x(item.from)},${bars[i].middle}V${item.middle}`);
  }

  tipOf({ label, level, value, low, high, hand }) {
    const { chart } = this.shell;
    if (isNumber(level)) return { head: plain(label), rows: [{ name: "Level", value: quantity(level, chart), shape: "level", cls: "level" }] };
    const rows = [{ name: "Change", value: signedQuantity(value, chart), shape: "box", cls: value < 0 ? "loss" : "gain" }];
    if (isNumber(low) && !certain({ low, high }, chart.digits)) rows.push({ name: "90% of paths", value: range(low, high, each => signed(each, chart.digits ?? 0)), shape: "whisker", cls: "whisker" });
    return { head: plain(label), rows, foot: hand ? plain(hand) : "" };
  }

  table() {
    const { start, steps, end, digits = 0 } = this.shell.chart;
    const level = each => [[each.label, "", number(each.value, digits), "", ""]];
    return {
      head: ["Step", "Hand", "Value", "5%", "95%"],
      rows: [
        ...(start ? level(start) : []),
        ...steps.map(({ label, hand, value, low, high }) =>
          [label, hand ?? "", signed(value, digits), ...[low, high].map(each => isNumber(each) ? signed(each, digits) : "")]),
        ...(end ? level(end) : []),
      ],
    };
  }
};
