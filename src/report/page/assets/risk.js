// Risk dates with what is expected to move on each: whose flows drain (left of zero) and whose add (right), and the total.

KINDS.risk = class extends RowChart {
  columns = ["total", "90% of paths"];

  /** Names of parts in the order in which they first appear, which gives each its colour on every row. */
  names() { return [...new Set(this.shell.chart.items.flatMap(({ parts }) => parts.map(({ name }) => name)))]; }

  keys() {
    return [
      ...this.names().map((name, index) => ({ id: "part" + index, name, cls: "p" + (index % 6 + 1), shape: "box" })),
      { id: "total", name: "Total and 90% of paths", cls: "total", shape: "whisker" },
    ];
  }

  items() {
    const names = this.names();
    const { digits = 0 } = this.shell.chart;
    return this.shell.chart.items.map(item => {
      let negative = 0;
      let positive = 0;
      const stack = [];
      for (const { name, value } of item.parts) {
        const index = names.indexOf(name);
        if (!isNumber(value) || !this.shell.shows("part" + index)) continue;
        const from = value < 0 ? negative : positive;
        const to = from + value;
        if (value < 0) negative = to;
        else positive = to;
        stack.push({ name, value, from, to, cls: "p" + (index % 6 + 1) });
      }
      const drawn = this.shell.shows("total") ? { low: item.low, high: item.high, total: item.total } : {};
      return {
        item, stack, ...drawn, label: longDate(item.date), sub: item.label,
        cells: [signed(item.total, digits), range(item.low, item.high, value => signed(value, digits))],
      };
    });
  }

  extent() {
    const places = this.list.flatMap(({ stack, low, high, total }) => [...stack.map(({ to }) => to), low, high, total]).filter(isNumber);
    return [Math.min(0, ...places), Math.max(0, ...places)];
  }

  paintRow(g, { stack, low, high, total, middle }, x) {
    g.selectAll("rect").data(stack).join("rect")
      .attr("class", ({ cls }) => cls)
      .attr("x", ({ from, to }) => Math.min(x(from), x(to))).attr("width", ({ from, to }) => Math.abs(x(to) - x(from)))
      .attr("y", middle - 11).attr("height", 12);
    whisker(g, low, high, middle + 8, x);
    g.selectAll("circle").data(isNumber(total) ? [total] : []).join("circle")
      .attr("class", "total").attr("r", 3.5).attr("cx", x).attr("cy", middle + 8);
  }

  tipOf({ item, stack }) {
    const { chart } = this.shell;
    const rows = stack.map(({ name, value, cls }) => ({ name, value: signedQuantity(value, chart), cls, shape: "box" }));
    rows.push({
      name: "Total", value: signedQuantity(item.total, chart), cls: "total", shape: "whisker",
      range: range(item.low, item.high, value => signed(value, chart.digits ?? 0)),
    });
    return { head: weekdayDate(item.date), rows, foot: plain(item.label) };
  }

  table() {
    const { items, digits = 0 } = this.shell.chart;
    const names = this.names();
    return {
      head: ["Date", "What", ...names, "Total", "5%", "95%"],
      rows: items.map(({ date, label, parts, total, low, high }) => [
        date, label,
        ...names.map(name => signed(parts.find(part => part.name === name)?.value, digits)),
        ...[total, low, high].map(value => signed(value, digits)),
      ]),
    };
  }
};
