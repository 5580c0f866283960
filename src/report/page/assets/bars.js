// Bars from zero with whiskers: probabilities, or differences that go both ways.

KINDS.bars = class extends RowChart {
  get columns() { return [this.both() ? "change" : "value", "range"]; }

  /** Whether some bar goes left: then signs are written and colours tell the sides apart. */
  both() { return this.shell.chart.items.some(({ value }) => value < 0); }

  write(value) { return (this.both() ? signed : number)(value, this.shell.chart.digits ?? 0); }

  items() {
    return this.shell.chart.items.map(item => ({
      ...item, sub: item.note,
      cells: [this.write(item.value), range(item.low, item.high, value => this.write(value))],
    }));
  }

  extent() {
    const places = this.list.flatMap(({ value, low, high }) => [value, low, high]).filter(isNumber);
    const low = Math.min(0, ...places);
    const high = Math.max(0, ...places);
    return [low * 1.02, this.shell.chart.unit === "%" && high <= 100 ? Math.min(100, high * 1.02) : high * 1.02];
  }

  paintRow(g, { value, low, high, middle }, x) {
    if (isNumber(value)) bar(g, 0, value, middle, x, this.both() ? value < 0 ? "loss" : "gain" : "bar");
    else g.selectAll("rect").remove();
    whisker(g, low, high, middle, x);
  }

  tipOf({ label, note, value, low, high }) {
    const { chart } = this.shell;
    const cls = this.both() ? value < 0 ? "loss" : "gain" : "bar";
    const rows = [{ name: this.both() ? "Change" : "Value", value: (this.both() ? signedQuantity : quantity)(value, chart), cls, shape: "box" }];
    if (isNumber(low)) rows.push({ name: "Range", value: range(low, high, each => this.write(each)), cls: "whisker", shape: "whisker" });
    return { head: plain(label), rows, foot: plain(note) };
  }

  table() {
    return {
      head: ["Item", "Value", "Low", "High", "Note"],
      rows: this.shell.chart.items.map(({ label, value, low, high, note }) =>
        [label, ...[value, low, high].map(each => this.write(each)), note ?? ""]),
    };
  }
};
