// Charts whose items lie in rows: a label at the left, marks over an axis of values, numbers at the right.
//
// A kind gives `items()`: each { label, sub, bold, heading, cells, height }, and `extent()`, `columns` (heads of the cells),
// `paintRow(g, item, x)`, `tipOf(item)` → { head, rows, foot }.

const CELL_GAP = 14;

class RowChart {
  overTime = false;

  constructor(shell) {
    this.shell = shell;
    this.svg = d3.select(shell.plot).append("svg").attr("aria-hidden", "true");
    this.grid = this.svg.append("g").attr("class", "grid");
    this.heads = this.svg.append("g").attr("class", "heads");
    this.back = this.svg.append("g").attr("class", "back");
    this.body = this.svg.append("g").attr("class", "rows");
    this.tip = new Tip(shell.plot);
    this.chosen = null;
    this.svg.on("pointermove pointerdown", event => this.choose(this.rowAt(d3.pointer(event, this.svg.node())[1])))
      .on("pointerleave", event => { if (event.pointerType === "mouse") this.choose(null); });
  }

  keys() { return []; }

  render(width) {
    this.width = width;
    const narrow = width < 560;
    this.list = this.items();
    const columns = narrow ? this.columns.slice(0, 1) : this.columns;
    const room = columns.map((head, c) =>
      Math.max(textWidth(head), ...this.list.map(({ cells }) => cells?.[c] ? textWidth(cells[c], c === 0) : 0)));
    const right = width - room.reduce((sum, each) => sum + each + CELL_GAP, 0);
    const most = narrow ? width * 0.32 : Math.min(240, width * 0.28);
    const labelled = this.list.map(item => ({
      ...item,
      lines: wrap(item.label, item.heading ? width : most, item.heading ? 1 : 2, item.bold || item.heading),
      subs: item.sub ? wrap(item.sub, most, narrow && wrap(item.label, most, 2).length === 1 ? 2 : 1) : [],
    }));
    const label = Math.max(60, ...labelled.filter(item => !item.heading)
      .flatMap(({ lines, subs, bold }) => [...lines.map(line => textWidth(line, bold)), ...subs.map(sub => textWidth(sub))]));
    const box = { left: label + 18, right: Math.max(label + 60, right - 4), top: 24 };
    let y = box.top;
    for (const item of labelled) {
      item.top = y;
      item.height = item.heading ? 26 : Math.max(28, 8 + 15 * (item.lines.length + item.subs.length));
      item.middle = y + item.height / 2;
      y += item.height;
    }
    box.bottom = y + 2;
    this.box = box;
    this.drawn = labelled;
    const [low, high] = this.extent();
    const axis = roundScale(low, high, box.left, box.right, 74, false);
    const x = axis.scale;
    this.svg.attr("viewBox", `0 0 ${width} ${box.bottom + 26}`).attr("width", width).attr("height", box.bottom + 26);
    drawColumns(this.grid, axis, box);
    let edge = width;
    const edges = columns.map((_, c) => c).reverse().map(c => { const at = edge; edge -= room[c] + CELL_GAP; return [c, at]; });
    this.heads.selectAll("text").data([[this.shell.chart.unit ?? "", box.left, "start"], ...edges.map(([c, at]) => [columns[c], at, "end"])])
      .join("text").attr("class", "unit").attr("x", entry => entry[1]).attr("y", 12)
      .attr("text-anchor", entry => entry[2]).text(entry => fit(entry[0], 160));
    const row = this.body.selectAll("g.row").data(labelled).join(enter => {
      const row = enter.append("g");
      row.append("rect").attr("class", "hit");
      row.append("text").attr("class", "label");
      row.append("text").attr("class", "sub");
      row.append("g").attr("class", "drawn");
      row.append("g").attr("class", "cells");
      return row;
    }).attr("class", item => "row" + (item.bold ? " bold" : "") + (item.heading ? " heading" : ""));
    row.select(".hit").attr("x", 0).attr("width", width).attr("y", item => item.top).attr("height", item => item.height);
    row.each(function (item) {
      const lines = item.lines.length + item.subs.length;
      const first = item.middle + (item.heading ? 4 : 0) - (lines - 1) * 7.5;
      writeLines(d3.select(this).select(".label"), item.lines, 0, first + (item.lines.length - 1) * 7.5, 15);
      writeLines(d3.select(this).select(".sub"), item.subs, 0, first + (lines - 1) * 15 - (item.subs.length - 1) * 7.5, 15);
    });
    row.select(".cells").selectAll("text").data(item => edges.map(([c, at]) => [item.cells?.[c] ?? "", at, item.middle, c])).join("text")
      .attr("class", cell => cell[3] === 0 ? "value" : "range").attr("text-anchor", "end")
      .attr("x", cell => cell[1]).attr("y", cell => cell[2] + CAP).text(cell => cell[0]);
    const paint = this.paintRow.bind(this);
    row.select(".drawn").each(function (item) { paint(d3.select(this), item, x); });
    this.paintBack?.(this.back, labelled, x);
    this.show();
  }

  rowAt(y) {
    const index = this.drawn.findIndex(item => y >= item.top && y < item.top + item.height);
    return index < 0 || this.drawn[index].heading ? null : index;
  }

  choose(index) {
    if (index === this.chosen) return;
    this.chosen = index;
    this.show();
  }

  show() {
    const item = this.drawn[this.chosen];
    this.body.selectAll("g.row").classed("chosen", (_, index) => index === this.chosen);
    if (!item) return this.tip.hide();
    const { head, rows, foot } = this.tipOf(item);
    this.tip.fill(head, rows, [], foot);
    this.tip.under(this.box.left, item.top, item.top + item.height, this.box.bottom, this.width);
    this.shell.say([head, ...rows.map(row => [row.name, row.value, row.range].filter(Boolean).join(" ")), foot].filter(Boolean));
  }

  key(event) {
    const places = this.drawn.map((item, index) => item.heading ? -1 : index).filter(index => index >= 0);
    const now = places.indexOf(this.chosen);
    const go = place => this.choose(places[Math.max(0, Math.min(places.length - 1, place))]);
    switch (event.key) {
      case "ArrowDown": case "ArrowRight": go(now + 1); break;
      case "ArrowUp": case "ArrowLeft": go(now < 0 ? places.length : now - 1); break;
      case "Home": go(0); break;
      case "End": go(places.length); break;
      case "Escape": this.choose(null); break;
      default: return false;
    }
    return true;
  }

  leave() { this.choose(null); }

  remove() {
    this.svg.remove();
    this.tip.remove();
  }
}

/** A line from low to high with short ends. */
function whisker(g, low, high, y, x, cls = "whisker") {
  const some = isNumber(low) && isNumber(high) && Math.abs(x(high) - x(low)) >= 1;
  g.selectAll("path." + cls).data(some ? [0] : []).join("path").attr("class", cls)
    .attr("d", () => `M${x(low)},${y - 4}v8M${x(low)},${y}H${x(high)}M${x(high)},${y - 4}v8`);
}

function bar(g, from, to, y, x, cls, height = 14) {
  g.selectAll("rect").data([0]).join("rect").attr("class", cls)
    .attr("x", Math.min(x(from), x(to))).attr("width", Math.max(0.75, Math.abs(x(to) - x(from))))
    .attr("y", y - height / 2).attr("height", height);
}
