// Bands and lines over time with an axis of values: what fans, lines and small multiples are made of.
//
// A model is { keys, layers, thresholds, zero, fromZero, foot }. A layer is { key, shape, cls, values | low and high, row, dot, ends,
// rank }: the toggle it hides behind, band | line | step | path, its look, its numbers, the row of the tip it speaks in (if any),
// its labels at the right end (if any), and which labels stay where room is short (lowest rank first).

const LABEL_GAP = 15;
const endLead = width => width < NARROW ? 13 : 18; // pixels from the plot to the labels at its right end

function layeredPlot(shell, model, { compact, bounds } = {}) {
  const { timeline } = shell;
  const write = value => number(value, shell.chart.digits);
  const visible = () => model().layers.filter(({ key }) => shell.shows(key));
  let rows;
  let y;
  let kept;

  /** Lowest and highest number that is seen. */
  function extent() {
    const { thresholds = [], zero, fromZero } = model();
    const seen = visible().flatMap(({ low, high, values }) => values ? [values] : [low, high])
      .flatMap(values => values.slice(timeline.first, timeline.end + 1))
      .concat(thresholds.map(({ level }) => level), zero || fromZero ? 0 : [])
      .filter(isNumber);
    return seen.length ? [Math.min(...seen), Math.max(...seen)] : [0, 1];
  }

  function prepare(width) {
    const height = compact ? 132 : width < NARROW ? 230 : width < 900 ? 224 : 320;
    let [low, high] = bounds?.() ?? extent();
    const room = (high - low || Math.abs(high) || 1) * 0.04;
    // No room beyond zero where all is on one side of it, nor above what a probability cannot exceed.
    const most = high <= 0 ? 0 : shell.chart.unit === "%" && model().fromZero && high <= 100 ? 100 : Infinity;
    [low, high] = [low >= 0 ? Math.max(0, low - room) : low - room, Math.min(most, high + room)];
    // While numbers stream in, an axis that still suits them stays.
    const view = [timeline.first, timeline.end, shell.hiddenKeys()].join();
    if (kept?.view === view && low >= kept.low && high <= kept.high && high - low > 0.7 * (kept.high - kept.low)) ({ low, high } = kept);
    rows = roundScale(low, high, height, 0, compact ? 34 : 52);
    [low, high] = rows.scale.domain();
    kept = { view, low, high };
    const left = Math.max(compact ? 40 : startRoom(width), 16 + Math.max(...rows.texts.map(text => textWidth(text))));
    return { left, right: compact ? 10 : endRoom(width), height };
  }

  function paint(frame) {
    const { box, x } = frame;
    y = rows.scale.range([box.bottom, box.top]);
    drawRows(frame.grid, rows, box);
    set(frame.unit, { x: 0, y: box.top - 10 }).text(compact ? "" : fit(shell.chart.unit, box.left - 8));
    const days = timeline.dates.map((_, i) => i).slice(Math.max(0, timeline.first - 1), timeline.end + 2);
    const draw = ({ shape, values, low, high }) => {
      if (shape === "band") return d3.area().defined(i => isNumber(low[i]) && isNumber(high[i])).x(x).y0(i => y(low[i])).y1(i => y(high[i]))(days);
      const line = d3.line().defined(i => isNumber(values[i])).x(x).y(i => y(values[i]));
      return (shape === "step" ? line.curve(d3.curveStepAfter) : line)(days);
    };
    const layers = visible();
    set(join(frame.body, "path", layers), { class: ({ shape, cls }) => shape + " " + cls, d: draw });
    const { thresholds = [] } = model();
    const level = threshold => y(threshold.level);
    set(join(frame.body, "line.threshold", thresholds), { x1: box.left, x2: box.right, y1: level, y2: level });
    if (!compact) paintEnds(frame, layers, thresholds);
  }

  /** Labels at the right end, moved apart, each with its value and a line to its own end. */
  function paintEnds({ ends, box, width }, layers, thresholds) {
    const named = new Map(model().keys.map(({ id, name }) => [id, name.toLowerCase()]));
    const labels = thresholds.map(({ label, level }) => ({ name: label, value: level, cls: "threshold", rank: 1 }));
    for (const { key, cls, rank, ends = [] } of layers) {
      for (const { name, values } of ends) {
        const value = values.slice(timeline.first, timeline.end + 1).findLast(isNumber);
        if (value !== undefined) labels.push({ name, value, cls, rank, keyed: named.get(key) === name.toLowerCase() });
      }
    }
    const height = box.bottom - box.top;
    const few = labels.sort((a, b) => a.rank - b.rank).slice(0, Math.floor(height / LABEL_GAP)).sort((a, b) => b.value - a.value);
    const { fitted, column } = fitEnds(few, width, width - box.right, height);
    const wanted = fitted.map(({ value }) => y(value));
    const places = spread(wanted, fitted.map(({ size }) => size), box.top - 4, box.bottom + 4);
    const from = box.right + 3;
    const to = box.right + endLead(width);
    const label = join(ends, "g.end", fitted, ["path", "text.value", "text.name"])
      .attr("class", ({ cls, rank }) => "end " + cls + (rank === 0 ? " first" : ""));
    label.select("path").attr("d", (_, i) => `M${from},${wanted[i]}h3L${to - 6},${places[i]}h2`);
    // Numbers end where names begin, or begin in their place.
    set(label.select(".value"), { "text-anchor": column ? "end" : "start", x: column ? to + column - 6 : to, y: (_, i) => places[i] + CAP })
      .text(({ text }) => text);
    label.each(function ({ lines }, i) { writeLines(d3.select(this).select(".name"), lines, to + column, places[i], 13); });
  }

  /**
   * Labels with their number, in a column as wide as the widest, and the lines of their name. A narrow screen has one of
   * them: the number of what the keys name, the name of the rest. Names have a second line where all together fit `height`.
   */
  function fitEnds(labels, width, room, height) {
    const narrow = width < NARROW;
    const numbered = labels.map(label => ({ ...label, bold: label.rank === 0, text: narrow && !label.keyed ? "" : write(label.value) }));
    const column = narrow ? 0 : Math.max(0, ...numbered.map(({ text, bold }) => textWidth(text, bold))) + 6;
    const named = most => numbered.map(label => {
      const lines = narrow && label.keyed ? [] : wrap(label.name, room - endLead(width) - column - 2, narrow ? 1 : most, label.bold);
      return { ...label, lines, size: LABEL_GAP + (lines.length > 1 ? 13 : 0) };
    });
    const roomy = named(2);
    return { fitted: roomy.reduce((sum, { size }) => sum + size, 0) <= height ? roomy : named(1), column };
  }

  /** Dots and rows of the cursor; lines and bands of one name share a row, and rows are in the order of the keys. */
  function at(index) {
    const { keys, foot } = model();
    const found = new Map();
    const dots = [];
    for (const { key, row: name, shape, cls, values, low, high, dot } of visible()) {
      if (dot && isNumber(values[index])) dots.push({ y: y(values[index]), cls });
      if (!name) continue;
      const row = found.get(name) ?? { name, key };
      if (shape === "band") Object.assign(row, { cls, shape, range: range(low[index], high[index], write) });
      else Object.assign(row, { cls, shape, value: quantity(values[index], shell.chart) });
      found.set(name, row);
    }
    const place = ({ key }) => keys.findIndex(({ id }) => id === key);
    const told = [...found.values()].sort((a, b) => place(a) - place(b));
    return { dots, foot, rows: told.map(row => row.value ? row : { ...row, value: row.range, range: "" }) };
  }

  return { compact, extent, prepare, paint, at };
}

/** A chart of one frame of layers. */
function layeredChart(shell, model, columns) {
  const frame = makeFrame(shell, shell.plot, layeredPlot(shell, model));
  return { ...timeDrawing(shell, [frame]), keys: () => model().keys, render: frame.render, table: () => tableByDate(shell, columns()) };
}
