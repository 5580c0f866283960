// Numbers by two inputs: a cell for each pair, the darker the higher. Where some are below zero, these have another hue, and a line
// runs between the two signs, which a grey print keeps.

const LEVELS = 10;

KINDS.grid = shell => {
  const svg = picture(shell.plot);
  const [names, body, border, numbers, axis, scale, here] =
    ["g.grid", "g.body", "g.border", "g.cells", "g.axis", "g.scale", "g.place"].map(part => add(svg, part));
  let cells;
  let columns;
  let ends;
  let both;
  let box;
  let size;
  let width;
  let place = null;

  const write = value => (both ? signed : number)(value, shell.chart.digits);
  /** Nothing that reads as zero is below it. */
  const below = value => value < 0 && write(value).startsWith("\u2212");
  const left = i => box.left + i * size.width;
  const top = j => box.top + j * size.height;

  function read() {
    const { across, values } = shell.chart;
    columns = across.values.length;
    cells = values.flatMap((row, j) => row.map((value, i) => ({ value, i, j })));
    const all = cells.map(({ value }) => value).filter(isNumber);
    ends = [Math.min(...all), Math.max(...all)];
    both = ends[0] < 0 && ends[1] > 0;
    // Both signs have one scale.
    if (both) ends = [-1, 1].map(sign => sign * Math.max(-ends[0], ends[1]));
  }

  function look(value) {
    if (!isNumber(value)) return "missing";
    const from = both ? 0 : ends[1] <= 0 ? ends[1] : ends[0];
    const part = Math.abs(value - from) / (both ? ends[1] : ends[1] - ends[0] || Infinity);
    return "h" + Math.round(LEVELS * part) + (below(value) ? " below" : "");
  }

  const { show, choose, key, ...chosen } = chooser(shell, svg, {
    places: () => cells.map((_, at) => at),
    mark(at) {
      place = at;
      set(join(here, "rect", at === null ? [] : [cells[at]]), { x: ({ i }) => left(i) - 1, y: ({ j }) => top(j) - 1, width: size.width + 1, height: size.height + 1 });
    },
    tell(at, tip) {
      const { value, i, j } = cells[at];
      const { across, down } = shell.chart;
      const head = (both ? signedQuantity : quantity)(value, shell.chart);
      const rows = [[across, i], [down, j]].map(([{ label, values }, at]) => ({ name: plain(label), value: plain(values[at]), shape: "box", cls: "missing" }));
      tip.fill(head, rows);
      tip.under(left(i), top(j), top(j + 1), box.bottom, width);
      return [head, ...rows.map(spoken)];
    },
  });
  svg.on("pointermove pointerdown", event => {
    const [x, y] = d3.pointer(event, svg.node());
    const found = cells.findIndex(({ i, j }) => x >= left(i) && x < left(i + 1) && y >= top(j) && y < top(j + 1));
    choose(found < 0 ? null : found);
  });

  /** From the first cell; to the side no further than the row. */
  function go(right, down) {
    const { i, j } = cells[place] ?? { i: -right, j: -down };
    const found = cells.findIndex(cell => cell.i === i + right && cell.j === j + down);
    if (found >= 0) choose(found);
  }
  const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  function render(wide) {
    width = wide;
    read();
    const { across, down, unit } = shell.chart;
    const labels = down.values.map(value => fit(value, width < NARROW ? 78 : 150));
    const head = wrap(down.label, width, 2);
    box = { left: Math.max(30, widest(labels) + 12), top: 16 + head.length * 14 };
    size = { width: clamp(2, (width - box.left) / columns, 110), height: labels.length > 16 ? 20 : 30 };
    Object.assign(box, { right: left(columns), bottom: top(labels.length) });
    const middle = { x: ({ i }) => left(i + 0.5) - 0.5, y: ({ j }) => top(j + 0.5) + CAP - 0.5 };
    writeLines(join(names, "text.unit", [0]), head, 0, 6 + (head.length - 1) * 7);
    set(join(names, "text.row", labels), { x: box.left - 8, y: (_, j) => middle.y({ j }) }).text(label => label);
    set(join(body, "rect", cells), { class: ({ value }) => look(value), x: ({ i }) => left(i), y: ({ j }) => top(j), width: size.width - 1, height: size.height - 1 });
    const room = widest(cells.map(({ value }) => write(value))) + 6 <= size.width;
    set(join(numbers, "text", room ? cells : []), { class: ({ value }) => "on " + look(value), ...middle }).text(({ value }) => write(value));
    join(border, "path.sign", both ? [0] : []).attr("d", signs);
    // What is below zero has a stroke where its number has no room.
    join(border, "path.hatch", room ? [] : cells.filter(({ value }) => below(value)))
      .attr("d", ({ i, j }) => `M${left(i) + 2},${top(j + 1) - 3}l${size.width - 5},${5 - size.height}`);
    const ticks = thinned(across.values, size.width).map(({ i, text }) => ({ x: left(i + 0.5), text }));
    const end = box.bottom + drawInput(axis, ticks, across.label, box, width) + 8;
    paintScale(end, unit);
    sized(svg, width, end + 32);
    show();
  }

  /** Between cells of one sign and those of the other. */
  function signs() {
    const { values } = shell.chart;
    const differ = (a, b) => isNumber(a) && isNumber(b) && below(a) !== below(b);
    return cells.map(({ value, i, j }) => {
      const [x, y] = [left(i + 1) - 0.5, top(j + 1) - 0.5];
      return (differ(value, values[j][i + 1]) ? `M${x},${y - size.height}V${y}` : "")
        + (differ(value, values[j + 1]?.[i]) ? `M${x - size.width},${y}H${x}` : "");
    }).join("");
  }

  function paintScale(y, unit) {
    const count = ends[0] < ends[1] ? both ? 2 * LEVELS + 1 : LEVELS + 1 : 0;
    const value = step => ends[0] + (ends[1] - ends[0]) * step / (count - 1);
    const [from, to] = ends.map(write);
    const step = both ? 9 : 14;
    const x = textWidth(from) + 6;
    set(join(scale, "rect", Array.from({ length: count }, (_, i) => i)), { class: i => look(value(i)), x: i => x + i * step, y, width: step, height: 12 });
    set(join(scale, "text", count ? [[0, from], [x + count * step + 6, to + " " + unit]] : []), { x: ([x]) => x, y: y + 10 })
      .text(([, text]) => fit(text, width / 2 - 20));
  }

  const table = () => {
    const { across, down, values } = shell.chart;
    return { head: [`${plain(down.label)} \\ ${plain(across.label)}`, ...across.values], rows: values.map((row, j) => [down.values[j], ...row.map(write)]) };
  };

  return { keys: () => [], table, render, ...chosen, key: event => event.key in arrows ? (go(...arrows[event.key]), true) : key(event) };
};
