// Numbers along an input: lines with a dot at each place that was tried, and bands where these were estimated. Places are as far
// apart as their numbers, or evenly if they have words.

KINDS.curve = shell => {
  const svg = picture(shell.plot);
  const [grid, unit, flags, body, points, axis, ends, here] =
    ["g.grid", "text.unit", "g.marks", "g.body", "g.points", "g.axis", "g.ends", "g.place"].map(part => add(svg, part));
  const list = add(d3.select(shell.plot), "ol.marks");
  /** What a plot over time asks of its dates, of the places. */
  const places = { first: 0, get dates() { return shell.chart.x; }, get end() { return shell.chart.x.length - 1; } };
  const content = layeredPlot(Object.create(shell, { time: { value: places } }), model);
  let box;
  let width;
  let along;

  const ticks = () => shell.chart.ticks ?? [];
  const marks = () => [...shell.chart.marks ?? []].sort((a, b) => a.value - b.value);
  const place = i => ticks().length ? plain(ticks()[i]) : number(shell.chart.x[i], givenDigits(shell.chart.x));
  const x = i => along(shell.chart.x[i]);

  function model() {
    // The second look is that of thresholds.
    const { keys, layers, thresholds } = linesModel(shell.chart, i => seriesClass(i && i + 1));
    const bands = layers.filter(({ shape }) => shape === "band");
    const interval = { id: "interval", name: "95% interval", cls: "tint s1", shape: "band" };
    return {
      keys: bands.length ? [...keys, interval] : keys, thresholds,
      layers: layers.filter(({ shape }) => shape !== "band" || shell.shows("interval")),
      foot: bands.length ? "Ranges are 95% intervals" : "",
    };
  }

  const { show, choose, ...chosen } = chooser(shell, svg, {
    places: () => shell.chart.x.map((_, i) => i),
    mark(index) {
      const { dots } = index === null ? { dots: [] } : content.at(index);
      join(here, "path", index === null ? [] : [index]).attr("d", i => `M${x(i)},${box.top}V${box.bottom}`);
      set(join(here, "circle", dots), { class: ({ cls }) => cls, cx: x(index), cy: ({ y }) => y, r: 4.5 });
    },
    tell(index, tip) {
      const { rows, foot } = content.at(index);
      const head = `${plain(shell.chart.axis)}: ${place(index)}`;
      const told = marks().filter(({ value }) => Math.abs(along(value) - x(index)) < 0.5).map(({ label }) => plain(label));
      tip.fill(head, rows, told, foot);
      tip.beside(x(index), box, width);
      return [head, ...told, ...rows.map(spoken)];
    },
  });
  svg.on("pointermove pointerdown", event => {
    const [at] = d3.pointer(event, svg.node());
    const nearest = shell.chart.x.reduce((best, _, i) => Math.abs(x(i) - at) < Math.abs(x(best) - at) ? i : best, 0);
    choose(nearest);
  });

  /** From numbers to pixels, and the texts of the axis. */
  function scaled(left, right) {
    const words = ticks();
    const values = shell.chart.x;
    if (!words.length) {
      const all = [...values, ...marks().map(({ value }) => value)];
      const round = roundScale(Math.min(...all), Math.max(...all), left + 8, right - 8, 74, false);
      return { scale: round.scale, texts: round.ticks.map((tick, i) => ({ x: round.scale(tick), text: round.texts[i] })) };
    }
    const apart = (right - left) / words.length;
    const middle = i => left + (i + 0.5) * apart;
    return {
      scale: d3.scaleLinear(values, values.map((_, i) => middle(i))).clamp(true),
      texts: thinned(words, apart).map(({ i, text }) => ({ x: middle(i), text })),
    };
  }

  function render(wide) {
    width = wide;
    const { left, right: room, height } = content.prepare(width);
    const right = Math.max(left + 40, width - room);
    const { scale, texts } = scaled(left, right);
    along = scale;
    const told = value => ticks().length ? "" : number(value, givenDigits([value]));
    const flagged = marks().map(({ label, value }, index) => ({ label: plain(label), index, kind: "event", at: scale(value), where: told(value) }));
    const laid = layMarks({ marks: flagged, first: 0, end: flagged.length }, i => flagged[i].at, width);
    const top = 14 + laid.rows * ROW;
    box = { left, right, top, bottom: top + height };
    sized(svg, width, box.bottom + drawInput(axis, texts, shell.chart.axis, box, width));
    drawMarks(flags, laid, top, box.bottom);
    listMarks(list, laid);
    content.paint({ box, x, grid, unit, body, ends, width });
    const dots = model().layers.filter(({ key, dot }) => dot && shell.shows(key))
      .flatMap(({ values, cls }) => values.map((value, i) => ({ value, i, cls }))).filter(({ value }) => isNumber(value));
    set(join(points, "circle", dots), { class: ({ cls }) => cls, cx: ({ i }) => x(i), cy: ({ value }) => content.y(value), r: 3 });
    show();
  }

  function table() {
    const columns = lineColumns(shell.chart.series);
    return {
      head: [shell.chart.axis, ...columns.map(({ head }) => head)],
      rows: shell.chart.x.map((_, i) => [place(i), ...columns.map(({ values }) => number(values[i], shell.chart.digits))]),
    };
  }

  return { keys: () => model().keys, table, render, ...chosen, remove() { chosen.remove(); list.remove(); } };
};
