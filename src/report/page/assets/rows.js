// Charts whose items lie in rows: a label at the left, marks over an axis of values, numbers at the right.
// A kind gives `columns()`, heads of the numbers, and `items()`: { label, sub, bold, heading, bars, low, high, dot, level, tall, cells,
// tip, foot }. A bar may have a `text` on a `side` of its end, and a `shift` from the middle of its row. If there is a `centre()`, bars
// begin there.

const CELL_GAP = 14;
const LINE = 15;

function rowChart(shell, kind) {
  const svg = picture(shell.plot);
  const [grid, heads, back, body] = ["g.grid columns", "g.heads", "g.back", "g.rows"].map(part => add(svg, part));
  let items = [];
  let box;
  let width;

  const { show, choose, ...chosen } = chooser(shell, svg, {
    places: () => items.map((_, i) => i).filter(i => !items[i].heading),
    mark: index => join(body, "g.row", items).classed("chosen", (_, i) => i === index),
    tell(index, tip) {
      const { label, title = plain(label), top, height, tip: rows, foot } = items[index];
      tip.fill(title, rows, [], plain(foot));
      tip.under(box.left, top, top + height, box.bottom, width);
      return [title, ...rows.map(spoken), plain(foot)];
    },
  });
  svg.on("pointermove pointerdown", event => {
    const [, y] = d3.pointer(event, svg.node());
    const index = items.findIndex(({ top, height, heading }) => !heading && y >= top && y < top + height);
    choose(index < 0 ? null : index);
  });

  function layOut() {
    const narrow = width < NARROW;
    const most = narrow ? width * 0.32 : Math.min(240, width * 0.28);
    items = kind.items().map(item => {
      const lines = wrap(item.label, item.heading ? width : most, item.heading ? 1 : 2, item.bold || item.heading);
      return { ...item, lines, subs: item.sub ? wrap(item.sub, most, narrow && lines.length === 1 ? 2 : 1) : [] };
    });
    let edge = width;
    const columns = kind.columns().slice(0, !narrow ? 2 : kind.centre ? 0 : 1).map((head, c) => ({ head, c })).reverse();
    for (const column of columns) {
      column.x = edge;
      edge -= widest([column.head, ...items.map(({ cells }) => cells?.[column.c] ?? "")], column.c === 0) + CELL_GAP;
    }
    const label = Math.max(60, ...items.filter(({ heading }) => !heading).map(({ lines, subs, bold }) => Math.max(widest(lines, bold), widest(subs))));
    for (const bar of items.flatMap(({ bars = [] }) => bars)) bar.told = fit(bar.text, narrow ? 56 : 120);
    const [before, after] = [-1, 1].map(beside => widest(items.flatMap(({ bars = [] }) => bars.filter(({ side }) => side === beside)).map(({ told }) => told)))
      .map(room => room && room + 7);
    const left = label + 18 + before;
    box = { left, right: Math.max(left + 42, edge - 4 - after), top: 24, bottom: 24 };
    for (const item of items) {
      item.top = box.bottom;
      item.height = item.heading ? 26 : Math.max(28, item.tall ?? 0, 8 + LINE * (item.lines.length + item.subs.length));
      item.middle = item.top + item.height / 2;
      box.bottom += item.height;
    }
    return columns;
  }

  /** No room beyond zero, nor above what a probability cannot exceed. */
  function extent() {
    const places = items.flatMap(({ bars = [], low, high, dot, level }) => [low, high, dot, level, ...bars.flatMap(({ from, to }) => [from, to])])
      .filter(isNumber);
    const [low, high] = [Math.min(...places), Math.max(...places)];
    const room = (high - low) * 0.02;
    const most = shell.chart.unit === "%" && high <= 100 ? 100 : Infinity;
    return places.length ? [low && low - room, Math.min(most, high && high + room)] : [0, 1];
  }

  function render(wide) {
    width = wide;
    const columns = layOut();
    const axis = roundScale(...extent(), box.left, box.right, 74, false);
    const x = axis.scale;
    const centre = kind.centre?.();
    sized(svg, width, box.bottom + (isNumber(centre) ? 44 : 28));
    drawColumns(grid, axis, box);
    const { unit, digits } = shell.chart;
    const told = isNumber(centre)
      ? [{ head: number(centre, digits), cls: "centre", x: x(centre), y: 12 }, { head: unit, cls: "centre unit", x: (box.left + box.right) / 2, y: box.bottom + 34 }]
      : [{ head: unit, cls: "unit", x: box.left, y: 12 }];
    set(join(heads, "text", [...told, ...columns]), { class: ({ cls = "head" }) => cls, x: head => head.x, y: ({ y = 12 }) => y })
      .text(({ head }) => fit(head, 160));
    join(back, "path.centre", isNumber(centre) ? [0] : []).attr("d", `M${x(centre)},${box.top - 6}V${box.bottom}`);
    const row = join(body, "g.row", items, ["rect.hit", "text.label", "text.sub", "g.drawn", "g.cells"])
      .classed("bold", ({ bold }) => bold).classed("heading", ({ heading }) => heading);
    set(row.select(".hit"), { x: 0, width, y: ({ top }) => top, height: ({ height }) => height });
    row.each(function ({ lines, subs, middle, heading }) {
      const [label, sub] = [".label", ".sub"].map(part => d3.select(this).select(part));
      writeLines(label, lines, 0, middle + (heading ? 4 : 0) - subs.length * LINE / 2, LINE);
      writeLines(sub, subs, 0, middle + lines.length * LINE / 2, LINE);
    });
    const cell = join(row.select(".cells"), "text", ({ cells = [], middle }) => columns.map(({ c, x }) => ({ c, x, middle, text: cells[c] ?? "" })));
    set(cell, { class: ({ c }) => c === 0 ? "value" : "range", x: ({ x }) => x, y: ({ middle }) => middle + CAP })
      .text(({ text }) => text);
    row.select(".drawn").each(function (item) { paintRow(d3.select(this), item, x); });
    kind.paintBack?.(back, items, x);
    show();
  }

  return { keys: kind.keys ?? (() => []), table: kind.table, render, ...chosen };
}

function paintRow(g, { middle, bars, low, high, dot }, x) {
  const below = isNumber(dot) ? 8 : 0;
  const drawn = (bars ?? []).filter(({ from, to }) => isNumber(to) && from !== to);
  set(join(g, "rect", drawn), {
    class: ({ cls }) => cls, x: ({ from, to }) => Math.min(x(from), x(to)), width: ({ from, to }) => Math.max(0.75, Math.abs(x(to) - x(from))),
    y: ({ shift }) => shift ? middle + shift - 5 : middle - (below ? 11 : 7), height: ({ shift }) => shift ? 10 : below ? 12 : 14,
  });
  set(join(g, "text.told", (bars ?? []).filter(({ told }) => told)), {
    x: ({ to, side }) => x(to) + 5 * side, y: ({ shift }) => middle + shift + CAP, "text-anchor": ({ side }) => side < 0 ? "end" : "start",
  }).text(({ told }) => told);
  const y = middle + below;
  join(g, "path.whisker", isNumber(low) && isNumber(high) && x(high) - x(low) >= 1 ? [0] : [])
    .attr("d", () => `M${x(low)},${y - 4}v8M${x(low)},${y}H${x(high)}M${x(high)},${y - 4}v8`);
  set(join(g, "circle.total", below ? [dot] : []), { r: 3.5, cx: x, cy: y });
}

const barTip = (cls, [name, rangeName], value, range) => [
  { name, value, cls, shape: "box" },
  ...(range ? [{ name: rangeName, value: range, cls: "whisker", shape: "whisker" }] : []),
];
