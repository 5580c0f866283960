// A calendar of probabilities: a row for each level, a column for each business day, the darker the likelier.

const STEPS = [0.5, 1, 2, 5, 10, 20, 40, 60, 80, 95]; // %; finer where rare events are told apart

/** The step of a probability in %, 0 for what hardly happens. */
const heatStep = value => STEPS.filter(step => value >= step).length;

class HeatPlot {
  constructor(shell) { this.shell = shell; }

  prepare(frame, width) {
    const { rows } = this.shell.chart;
    const most = width < 560 ? 78 : 120;
    const labels = rows.map(({ label }) => fit(label, most));
    this.labels = labels;
    this.height = width < 560 ? 22 : 26;
    const left = Math.max(startRoom(width), 14 + Math.max(0, ...labels.map(label => textWidth(label))));
    return { left, right: endRoom(width), height: rows.length * this.height, opaque: true };
  }

  paint(frame) {
    const { rows } = this.shell.chart;
    const { first, end } = this.shell.timeline;
    const { box, day } = frame;
    const top = index => box.top + index * this.height;
    const gap = day > 5 ? 1 : 0;
    const row = frame.body.selectAll("g").data(rows).join("g").attr("transform", (_, index) => `translate(0,${top(index)})`);
    row.selectAll("rect").data(({ values }) => values.slice(first, end + 1)).join("rect")
      .attr("class", value => isNumber(value) ? "h" + heatStep(value) : "missing")
      .attr("x", (_, i) => frame.x(first + i) - day / 2).attr("width", day - gap).attr("height", this.height - 1);
    frame.grid.selectAll("text").data(this.labels).join(enter => {
      const text = enter.append("text").attr("text-anchor", "end");
      text.append("title");
      text.append("tspan");
      return text;
    }).attr("x", box.left - 8).attr("y", (_, index) => top(index) + this.height / 2 + CAP);
    frame.grid.selectAll("title").data(rows).text(({ label }) => plain(label).slice(0, 300));
    frame.grid.selectAll("tspan").data(this.labels).text(label => label);
    this.paintScale(frame);
    this.y = index => top(index) + this.height / 2;
  }

  /** The colours and what they mean, at the right, with the likeliest on top. */
  paintScale(frame) {
    const steps = ["h0", ...STEPS.map((_, index) => "h" + (index + 1))];
    const size = Math.max(9, Math.min(15, (frame.box.bottom - frame.box.top) / steps.length));
    const bottom = frame.box.top + steps.length * size;
    const entry = frame.ends.selectAll("g").data(steps).join(enter => {
      const entry = enter.append("g");
      entry.append("rect").attr("width", 14);
      entry.append("text").attr("x", 20);
      return entry;
    }).attr("transform", (_, index) => `translate(${frame.box.right + 16},${bottom - (index + 1) * size})`);
    entry.select("rect").attr("class", step => step).attr("height", size - 1);
    entry.select("text").attr("y", size + CAP)
      .text((_, index) => index === 0 || (size < 13 && index % 3 !== 1) ? "" : STEPS[index - 1] + "%");
  }

  at(index) {
    const rows = this.shell.chart.rows.map(({ label, values }) => ({
      name: label, value: quantity(values[index], this.shell.chart),
      shape: "box", cls: isNumber(values[index]) ? "h" + heatStep(values[index]) : "missing",
    }));
    return { dots: [], rows };
  }
}

KINDS.heat = class extends TimeChart {
  constructor(shell) { super(shell, new HeatPlot(shell)); }
  keys() { return []; }
  table() {
    const columns = this.shell.chart.rows.map(({ label, values }) => ({ head: label, values }));
    return tableByDate(this.shell.page, columns, this.shell.chart.digits ?? 0);
  }
};
