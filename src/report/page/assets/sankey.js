// Net flows: who pays at the left, who is paid at the right, as wide as it is much.

KINDS.sankey = shell => {
  const svg = picture(shell.plot);
  const [flows, sectors] = ["g.flows", "g.nodes"].map(part => add(svg, part));
  let links = [];
  let height;
  let width;

  const { show, choose, ...chosen } = chooser(shell, svg, {
    places: () => links.map((_, i) => i),
    mark: index => flows.selectAll("path").classed("chosen", (_, i) => i === index).classed("faded", (_, i) => index !== null && i !== index),
    tell(index, tip) {
      const { source, target, value, label, y0, y1 } = links[index];
      const head = plain(source.name) + " \u2192 " + plain(target.name);
      const row = { name: label || "Net flow", value: quantity(value, shell.chart), cls: colours()(source), shape: "line" };
      const y = (y0 + y1) / 2;
      tip.fill(head, [row]);
      tip.under((source.x1 + target.x0) / 2 - 80, y - 12, y + 12, height, width);
      return [head, spoken(row)];
    },
  });

  /** An area: a thick line would bulge where columns are near. */
  function ribbon({ source: { x1: from }, target: { x0: to }, y0, y1, width }) {
    const half = Math.max(1, width) / 2;
    const middle = (from + to) / 2;
    const edge = (x, y, x2, y2) => `${x},${y}C${middle},${y} ${middle},${y2} ${x2},${y2}`;
    return `M${edge(from, y0 - half, to, y1 - half)}L${edge(to, y1 + half, from, y0 + half)}Z`;
  }

  /** By name, so that the two copies of a sector have one colour. */
  function colours() {
    const names = [...new Set(shell.chart.nodes.map(({ name }) => name))];
    return ({ name }) => seriesClass(names.indexOf(name));
  }

  function render(wide) {
    width = wide;
    const narrow = width < NARROW;
    const room = narrow ? 88 : 150;
    // The layout writes into its links and nodes, and cannot place none.
    links = shell.chart.links.filter(({ value }) => value > 0).map(link => ({ ...link }));
    const [sources, targets] = ["source", "target"].map(end => new Set(links.map(link => link[end])));
    const nodes = shell.chart.nodes.filter(({ id }) => sources.has(id) || targets.has(id)).map(node => ({ ...node }));
    const inner = nodes.filter(({ id }) => sources.has(id) && targets.has(id)).length;
    height = Math.max(200, Math.max(sources.size - inner, targets.size - inner, inner / 2 + 1) * (narrow ? 62 : 54));
    const layout = d3.sankey().nodeId(({ id }) => id).nodeWidth(10).nodePadding(narrow ? 30 : 22).nodeAlign(d3.sankeyJustify)
      .extent([[room, 4], [Math.max(room + 40, width - room), height]]);
    if (links.length) layout({ nodes, links });
    sized(svg, width, height + 8);
    const colour = colours();
    set(join(flows, "path", links), { class: ({ source }) => "flow " + colour(source), d: ribbon })
      .on("pointermove pointerdown", (_, link) => choose(links.indexOf(link)));
    const node = join(sectors, "g", nodes, ["rect", "text.name", "text.value"]).attr("class", colour);
    set(node.select("rect"), { x: ({ x0 }) => x0, y: ({ y0 }) => y0, width: 10, height: ({ y0, y1 }) => Math.max(1, y1 - y0) });
    // Columns between the outer ones write over the flows, if there is room.
    const last = Math.max(1, ...nodes.map(({ layer }) => layer));
    for (let layer = 0; layer <= last; layer++) {
      const between = layer > 0 && layer < last;
      const these = node.filter(each => each.layer === layer).classed("between", between);
      label(these, layer === 0, between ? (width - 2 * room) / last - 28 : room - 10);
    }
    show();
  }

  function label(nodes, left, room) {
    const named = room < 60 ? [] : nodes.data().sort((a, b) => a.y0 - b.y0);
    const lines = named.map(({ name }) => wrap(name, room, 2));
    const middles = spread(named.map(({ y0, y1 }) => (y0 + y1) / 2), lines.map(({ length }) => 14 * length + 16), 0, height + 8);
    nodes.each(function (each) {
      const { x0, x1, value } = each;
      const i = named.indexOf(each);
      const node = d3.select(this);
      const x = left ? x0 - 8 : x1 + 8;
      node.selectAll("text").attr("text-anchor", left ? "end" : "start");
      writeLines(node.select(".name"), lines[i] ?? [], x, middles[i] - 7);
      writeLines(node.select(".value"), lines[i] ? [quantity(value, shell.chart)] : [], x, middles[i] + 7 * lines[i]?.length);
    });
  }

  function table() {
    const { nodes, links, digits } = shell.chart;
    const name = id => nodes.find(node => node.id === id)?.name ?? id;
    const rows = links.map(({ source, target, value, label }) => [name(source), name(target), label, number(value, digits)]);
    return { head: ["From", "To", "Flow", "Value"], rows };
  }

  return { keys: () => [], render, table, ...chosen };
};
