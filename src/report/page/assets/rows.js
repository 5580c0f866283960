// Charts whose items lie in rows: a label at the left, marks over an axis of values, numbers at the right.
//
// A kind gives `columns()`, the heads of the numbers; `items()`, each { label, sub, bold, heading, cells, tip, foot } and what it
// draws of them; `extent(items)` of the axis; `paint(g, item, x)`; and for all rows together, if it wants, `paintBack(g, items, x)`.

const CELL_GAP = 14;
const LINE = 15;

function rowChart(shell, kind) {
  const svg = add(d3.select(shell.plot), "svg").attr("aria-hidden", "true");
  const [grid, heads, back, body] = ["g.grid", "g.heads", "g.back", "g.rows"].map(part => add(svg, part));
  let items = [];
  let box;
  let width;

  const { show, choose, ...chosen } = chooser(shell, svg, {
    count: () => items.length,
    skip: index => items[index].heading,
    mark: index => join(body, "g.row", items).classed("chosen", (_, i) => i === index),
    tell(index, tip) {
      const { title, label, top, height, tip: rows, foot } = items[index];
      tip.fill(title ?? plain(label), rows, [], plain(foot));
      tip.under(box.left, top, top + height, box.bottom, width);
      return [title ?? plain(label), ...rows.map(spoken), plain(foot)];
    },
  });
  svg.on("pointermove pointerdown", event => {
    const [, y] = d3.pointer(event, svg.node());
    const index = items.findIndex(({ top, height, heading }) => !heading && y >= top && y < top + height);
    choose(index < 0 ? null : index);
  });

  /** Items with the lines of their labels and their places; widths of columns; the box of the axis. */
  function layOut() {
    const narrow = width < NARROW;
    const most = narrow ? width * 0.32 : Math.min(240, width * 0.28);
    items = kind.items().map(item => {
      const lines = wrap(item.label, item.heading ? width : most, item.heading ? 1 : 2, item.bold || item.heading);
      return { ...item, lines, subs: item.sub ? wrap(item.sub, most, narrow && lines.length === 1 ? 2 : 1) : [] };
    });
    const columns = kind.columns().slice(0, narrow ? 1 : 2)
      .map((head, c) => ({ head, c, room: Math.max(textWidth(head), ...items.map(({ cells = [] }) => textWidth(cells[c] ?? "", c === 0))) }));
    let edge = width;
    for (const column of [...columns].reverse()) {
      column.x = edge;
      edge -= column.room + CELL_GAP;
    }
    const label = Math.max(60, ...items.filter(({ heading }) => !heading)
      .flatMap(({ lines, subs, bold }) => [...lines.map(line => textWidth(line, bold)), ...subs.map(sub => textWidth(sub))]));
    box = { left: label + 18, right: Math.max(label + 60, edge - 4), top: 24, bottom: 24 };
    for (const item of items) {
      item.top = box.bottom;
      item.height = item.heading ? 26 : Math.max(28, 8 + LINE * (item.lines.length + item.subs.length));
      item.middle = item.top + item.height / 2;
      box.bottom += item.height;
    }
    return columns;
  }

  function render(wide) {
    width = wide;
    const columns = layOut();
    const axis = roundScale(...kind.extent(items), box.left, box.right, 74, false);
    const x = axis.scale;
    sized(svg, width, box.bottom + 28);
    drawColumns(grid, axis, box);
    set(join(heads, "text", [{ head: shell.chart.unit, x: box.left }, ...columns]), {
      x: head => head.x, y: 12, "text-anchor": ({ c }) => c === undefined ? "start" : "end",
    }).text(({ head }) => fit(head, 160));
    const row = join(body, "g.row", items, ["rect.hit", "text.label", "text.sub", "g.drawn", "g.cells"])
      .classed("bold", ({ bold }) => bold).classed("heading", ({ heading }) => heading);
    set(row.select(".hit"), { x: 0, width, y: ({ top }) => top, height: ({ height }) => height });
    row.each(function ({ lines, subs, middle, heading }) {
      const g = d3.select(this);
      const half = LINE / 2;
      writeLines(g.select(".label"), lines, 0, middle + (heading ? 4 : 0) - subs.length * half, LINE);
      writeLines(g.select(".sub"), subs, 0, middle + lines.length * half, LINE);
    });
    const cell = join(row.select(".cells"), "text", ({ cells = [], middle }) => columns.map(({ c, x }) => ({ c, x, middle, text: cells[c] ?? "" })));
    set(cell, { class: ({ c }) => c === 0 ? "value" : "range", "text-anchor": "end", x: ({ x }) => x, y: ({ middle }) => middle + CAP })
      .text(({ text }) => text);
    row.select(".drawn").each(function (item) { kind.paint(d3.select(this), item, x); });
    kind.paintBack?.(back, items, x);
    show();
  }

  return { keys: kind.keys ?? (() => []), table: kind.table, render, ...chosen };
}

/** A line from low to high with short ends, if they are apart. */
function whisker(g, low, high, y, x) {
  const some = isNumber(low) && isNumber(high) && Math.abs(x(high) - x(low)) >= 1;
  join(g, "path.whisker", some ? [0] : []).attr("d", () => `M${x(low)},${y - 4}v8M${x(low)},${y}H${x(high)}M${x(high)},${y - 4}v8`);
}

/** Bars of { from, to, cls }. */
const bars = (g, list, top, height, x) => set(join(g, "rect", list), {
  class: ({ cls }) => cls, x: ({ from, to }) => Math.min(x(from), x(to)), y: top, height,
  width: ({ from, to }) => Math.max(0.75, Math.abs(x(to) - x(from))),
});
