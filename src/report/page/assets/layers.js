// Bands and lines over time with an axis of values: what fans, lines and small multiples are made of.
//
// A layer is { key, shape, cls, values | low and high, row, dot, ends, rank }: its toggle, band | line | step | path, its look, its
// numbers, its row of the tip, its labels at the right end, and which of these stay where room is short (lowest rank first). A band
// that has values too tells those.

const LABEL_GAP = 15;

function layeredPlot(shell, model, { compact, bounds } = {}) {
  const { time } = shell;
  const write = value => number(value, shell.chart.digits);
  const visible = () => model().layers.filter(({ key }) => shell.shows(key));
  const inWindow = values => values.slice(time.first, time.end + 1);
  let rows;
  let y;
  let kept;

  function extent() {
    const { thresholds = [], zero, fromZero, whole = [] } = model();
    const seen = visible().flatMap(({ low, high, values }) => low ? [...inWindow(low), ...inWindow(high)] : inWindow(values))
      .concat(thresholds.map(({ level }) => level), zero || fromZero ? 0 : [], whole).filter(isNumber);
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
    const view = [time.first, time.end, shell.hiddenKeys()].join();
    if (kept?.view === view && low >= kept.low && high <= kept.high && high - low > 0.7 * (kept.high - kept.low)) ({ low, high } = kept);
    rows = roundScale(low, high, height, 0, compact ? 34 : 52);
    [low, high] = rows.scale.domain();
    kept = { view, low, high };
    const left = Math.max(compact ? 40 : startRoom(width), 16 + widest(rows.texts));
    return { left, right: compact ? 10 : endRoom(width), height };
  }

  function paint({ box, x, grid, unit, body, ends, width }) {
    y = rows.scale.range([box.bottom, box.top]);
    drawRows(grid, rows, box);
    set(unit, { x: 0, y: box.top - 10 }).text(compact ? "" : fit(shell.chart.unit, box.left - 8));
    const days = time.dates.map((_, i) => i).slice(Math.max(0, time.first - 1), time.end + 2);
    const draw = ({ shape, values, low, high }) => {
      if (shape === "band") return d3.area().defined(i => isNumber(low[i]) && isNumber(high[i])).x(x).y0(i => y(low[i])).y1(i => y(high[i]))(days);
      const line = d3.line().defined(i => isNumber(values[i])).x(x).y(i => y(values[i]));
      return (shape === "step" ? line.curve(d3.curveStepAfter) : line)(days);
    };
    const { thresholds = [] } = model();
    set(join(body, "path", visible()), { class: ({ shape, cls }) => shape + " " + cls, d: draw });
    join(ends, "path.threshold", thresholds).attr("d", ({ level }) => `M${box.left},${y(level)}H${box.right}`);
    if (!compact) paintEnds(ends, box, width, thresholds);
  }

  /** A narrow screen has the numbers of what the keys name, and the names of the rest. */
  function paintEnds(g, box, width, thresholds) {
    const narrow = width < NARROW;
    const height = box.bottom - box.top;
    const named = new Map(model().keys.map(({ id, name }) => [id, name]));
    const all = thresholds.map(({ label, level }) => ({ name: label, value: level, place: level, cls: "threshold", rank: 1 }));
    for (const { key, cls, rank, ends = [] } of visible()) {
      for (const { name, values, places = values } of ends) {
        const [value, place] = [values, places].map(each => inWindow(each).findLast(isNumber));
        all.push({ name, value, place, cls, rank, keyed: named.get(key) === name });
      }
    }
    const labels = all.filter(({ value }) => isNumber(value)).sort((a, b) => a.rank - b.rank).slice(0, Math.floor(height / LABEL_GAP))
      .sort((a, b) => b.place - a.place);
    const texts = labels.map(({ value, keyed }) => narrow && !keyed ? "" : write(value));
    const column = narrow ? 0 : widest(texts, true) + 6;
    const from = box.right + 3;
    const to = box.right + (narrow ? 13 : 18);
    const lines = !narrow && labels.length * (LABEL_GAP + 13) <= height ? 2 : 1;
    const names = labels.map(({ name, rank, keyed }) => narrow && keyed ? [] : wrap(name, width - to - column - 2, lines, rank === 0));
    const wanted = labels.map(({ place }) => y(place));
    const places = spread(wanted, names.map(({ length }) => LABEL_GAP + (length > 1 ? 13 : 0)), box.top - 4, box.bottom + 4);
    const label = join(g, "g.end", labels, ["path", "text.value", "text.name"])
      .attr("class", ({ cls, rank }) => "end " + cls + (rank === 0 ? " first" : ""));
    label.select("path").attr("d", (_, i) => `M${from},${wanted[i]}h3L${to - 6},${places[i]}h2`);
    set(label.select(".value"), { "text-anchor": narrow ? "start" : "end", x: narrow ? to : to + column - 6, y: (_, i) => places[i] + CAP })
      .text((_, i) => texts[i]);
    label.each(function (_, i) { writeLines(d3.select(this).select(".name"), names[i], to + column, places[i], 13); });
  }

  /** Lines and bands of one name share a row. */
  function at(index) {
    const { keys, foot } = model();
    const found = new Map();
    const dots = [];
    for (const { key, row: name, shape, cls, values, low, high, dot } of visible()) {
      if (dot && isNumber(values[index])) dots.push({ y: y(values[index]), cls });
      if (!name) continue;
      const told = values ? { value: quantity(values[index], shell.chart) } : { range: range(low[index], high[index], write) };
      found.set(name, { ...found.get(name), name, key, cls, shape, ...told });
    }
    const place = ({ key }) => keys.findIndex(({ id }) => id === key);
    const rows = [...found.values()].sort((a, b) => place(a) - place(b));
    return { dots, foot, rows: rows.map(row => row.value ? row : { ...row, value: row.range, range: "" }) };
  }

  return { compact, extent, prepare, paint, at, y: value => y(value) };
}

const layeredChart = (shell, model, columns) => frameDrawing(shell, layeredPlot(shell, model), () => model().keys, columns);
