// Bands and lines over time with an axis of values: what fans, lines and small multiples are made of.
//
// A model is { keys, layers, thresholds, zero, fromZero, foot }. A layer is { key, shape, cls, values | low and high, row, end, rank }:
// the toggle it hides behind, band | line | step | path, its look, its numbers, the row of the tip it speaks in (if any),
// its labels at the right end (if any), and which labels stay where room is short (lowest rank first).

const LABEL_GAP = 15;
const endLead = width => width < 560 ? 13 : 18; // pixels from the plot to the labels at its right end

class LayeredPlot {
  constructor(shell, model, options = {}) {
    Object.assign(this, { shell, model, compact: options.compact, bounds: options.bounds, caption: options.caption });
  }

  visible() {
    return this.model().layers.filter(layer => this.shell.shows(layer.key));
  }

  /** Lowest and highest number that is seen. */
  extent() {
    const { thresholds = [], zero, fromZero } = this.model();
    const { first, end } = this.shell.timeline;
    let low = Infinity;
    let high = -Infinity;
    const take = value => {
      if (!isNumber(value)) return;
      if (value < low) low = value;
      if (value > high) high = value;
    };
    for (const layer of this.visible()) {
      for (const values of layer.shape === "band" ? [layer.low, layer.high] : [layer.values]) {
        for (let i = first; i <= end; i++) take(values[i]);
      }
    }
    thresholds.forEach(threshold => take(threshold.level));
    if (zero || fromZero) take(0);
    return low <= high ? [low, high] : [0, 1];
  }

  prepare(frame, width) {
    const height = this.compact ? 132 : width < 560 ? 230 : width < 900 ? 224 : 320;
    let [low, high] = (this.bounds ?? (() => this.extent()))();
    const room = (high - low || Math.abs(high) || 1) * 0.04;
    // No room beyond zero where all is on one side of it, nor above what a probability cannot exceed.
    low = low >= 0 ? Math.max(0, low - room) : low - room;
    const most = high <= 0 ? 0 : this.shell.chart.unit === "%" && this.model().fromZero && high <= 100 ? 100 : Infinity;
    high = Math.min(most, high + room);
    // While numbers stream in, an axis that still suits them stays.
    const kept = this.kept;
    const same = kept && kept.first === this.shell.timeline.first && kept.end === this.shell.timeline.end
      && kept.hidden === this.shell.hidden.size;
    if (same && low >= kept.low && high <= kept.high && high - low > 0.7 * (kept.high - kept.low)) ({ low, high } = kept);
    const scale = roundScale(low, high, height, 0, this.compact ? 34 : 52);
    const [a, b] = scale.scale.domain();
    this.kept = { first: this.shell.timeline.first, end: this.shell.timeline.end, hidden: this.shell.hidden.size, low: a, high: b };
    this.rows = scale;
    const left = Math.max(this.compact ? 40 : startRoom(width), 16 + Math.max(...scale.texts.map(text => textWidth(text))));
    return { left, right: this.compact ? 10 : endRoom(width), height };
  }

  paint(frame) {
    const { box, x } = frame;
    const y = this.rows.scale.range([box.bottom, box.top]);
    this.y = y;
    drawRows(frame.grid, this.rows, box);
    frame.unit.attr("x", 0).attr("y", box.top - 10).text(this.compact ? "" : fit(this.shell.chart.unit, box.left - 8));
    const defined = i => isNumber(i);
    const days = this.shell.timeline.dates.map((_, i) => i)
      .slice(Math.max(0, this.shell.timeline.first - 1), this.shell.timeline.end + 2);
    const draw = layer => {
      if (layer.shape === "band") {
        return d3.area().defined(i => defined(layer.low[i]) && defined(layer.high[i]))
          .x(x).y0(i => y(layer.low[i])).y1(i => y(layer.high[i]))(days);
      }
      const line = d3.line().defined(i => defined(layer.values[i])).x(x).y(i => y(layer.values[i]));
      return (layer.shape === "step" ? line.curve(d3.curveStepAfter) : line)(days);
    };
    const layers = this.visible();
    frame.body.selectAll("path").data(layers).join("path")
      .attr("class", layer => layer.shape + " " + layer.cls).attr("d", draw);
    const thresholds = this.model().thresholds ?? [];
    frame.body.selectAll("line").data(thresholds).join("line").attr("class", "threshold")
      .attr("x1", box.left).attr("x2", box.right).attr("y1", ({ level }) => y(level)).attr("y2", ({ level }) => y(level));
    if (!this.compact) this.paintEnds(frame, layers, thresholds);
  }

  /** Labels at the right end, moved apart, each with its value and a line to its own end. */
  paintEnds(frame, layers, thresholds) {
    const { box } = frame;
    const { first, end } = this.shell.timeline;
    const named = new Map(this.model().keys.map(({ id, name }) => [id, name]));
    const labels = thresholds.map(({ label, level }) => ({ name: label, value: level, cls: "threshold", rank: 1 }));
    const last = values => {
      for (let i = end; i >= first; i--) if (isNumber(values[i])) return values[i];
    };
    for (const layer of layers) {
      for (const { name, values } of layer.ends ?? []) {
        const value = last(values);
        if (value === undefined) continue;
        const keyed = named.get(layer.key)?.toLowerCase() === name.toLowerCase();
        labels.push({ name, value, cls: layer.cls, rank: layer.rank, keyed });
      }
    }
    const most = Math.floor((box.bottom - box.top) / LABEL_GAP);
    const few = labels.sort((a, b) => a.rank - b.rank).slice(0, most).sort((a, b) => b.value - a.value);
    const { kept, column } = this.fitEnds(few, frame.width, frame.width - box.right, box.bottom - box.top);
    const wanted = kept.map(({ value }) => this.y(value));
    const places = spread(wanted, kept.map(({ size }) => size), box.top - 4, box.bottom + 4);
    const from = box.right + 3;
    const to = box.right + endLead(frame.width);
    const label = frame.ends.selectAll("g").data(kept).join(enter => {
      const label = enter.append("g");
      label.append("path");
      label.append("text").attr("class", "value");
      label.append("text").attr("class", "name");
      label.append("title");
      return label;
    }).attr("class", ({ cls, rank }) => "end " + cls + (rank === 0 ? " first" : ""));
    label.select("path").attr("d", (_, i) => `M${from},${wanted[i]}h3L${to - 6},${places[i]}h2`);
    // Numbers end where names begin, or begin in their place.
    label.select(".value").attr("text-anchor", column ? "end" : "start").attr("x", column ? to + column - 6 : to)
      .attr("y", (_, i) => places[i] + CAP).text(({ text }) => text);
    label.each(function ({ lines }, i) {
      writeLines(d3.select(this).select(".name"), lines, to + column, places[i], 13);
    });
    label.select("title").text(({ name }) => plain(name).slice(0, 300));
  }

  /**
   * Labels with their number, in a column as wide as the widest, and the lines of their name. A narrow screen has one of
   * them: the number of what the keys name, the name of the rest. Names have a second line where all together fit `height`.
   */
  fitEnds(labels, width, room, height) {
    const narrow = width < 560;
    const numbered = labels.map(label => ({
      ...label, bold: label.rank === 0, text: narrow && !label.keyed ? "" : number(label.value, this.shell.chart.digits ?? 0),
    }));
    const column = narrow ? 0 : Math.max(0, ...numbered.map(({ text, bold }) => textWidth(text, bold))) + 6;
    const left = room - endLead(width) - column - 2;
    const write = most => numbered.map(label => {
      const lines = narrow && label.keyed ? [] : wrap(label.name, left, narrow ? 1 : most, label.bold);
      return { ...label, lines, size: LABEL_GAP + (lines.length > 1 ? 13 : 0) };
    });
    const roomy = write(2);
    return { kept: roomy.reduce((sum, { size }) => sum + size, 0) <= height ? roomy : write(1), column };
  }

  at(index) {
    const rows = new Map();
    const dots = [];
    for (const layer of this.visible()) {
      const value = layer.values?.[index];
      if (layer.dot && isNumber(value)) dots.push({ y: this.y(value), cls: layer.cls });
      if (!layer.row) continue;
      const row = rows.get(layer.row) ?? { name: layer.row, key: layer.key, cls: layer.cls, shape: layer.shape, value: "" };
      if (layer.shape === "band") row.range = range(layer.low[index], layer.high[index], value => number(value, this.shell.chart.digits ?? 0));
      else Object.assign(row, { value: quantity(value, this.shell.chart), cls: layer.cls, shape: layer.shape });
      rows.set(layer.row, row);
    }
    const order = new Map(this.model().keys.map(({ id }, place) => [id, place]));
    const listed = [...rows.values()].sort((a, b) => order.get(a.key) - order.get(b.key));
    for (const row of listed) if (!row.value) [row.value, row.range] = [row.range, ""];
    return { dots, rows: listed, foot: this.model().foot };
  }
}

const startRoom = width => width < 560 ? 44 : 60;
/** Room at the right of a plot over time, the same in every chart of a page so that months stand above each other. */
const endRoom = width => width < 560 ? 84 : Math.min(164, Math.max(126, width * 0.15));

/** A chart of one frame over time. */
class TimeChart {
  overTime = true;
  constructor(shell, content) {
    this.shell = shell;
    this.frame = new TimeFrame(shell, shell.plot, content);
  }
  render(width) { this.frame.render(width); }
  follow() { this.frame.follow(); }
  key(event) { return this.shell.timeline.key(event, this.frame); }
  leave() { if (this.shell.timeline.active === this.frame) this.shell.timeline.clear(); }
  remove() { this.frame.remove(); }
}
