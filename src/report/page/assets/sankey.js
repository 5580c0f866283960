// Net flows between sectors over a run: who pays at the left, who is paid at the right, as wide as it is much.

KINDS.sankey = class {
  overTime = false;

  constructor(shell) {
    this.shell = shell;
    this.svg = d3.select(shell.plot).append("svg").attr("aria-hidden", "true");
    this.flows = this.svg.append("g").attr("class", "flows");
    this.nodes = this.svg.append("g").attr("class", "nodes");
    this.tip = new Tip(shell.plot);
    this.chosen = null;
    this.svg.on("pointerleave", event => { if (event.pointerType === "mouse") this.choose(null); });
  }

  keys() { return []; }

  /** Sectors by name, so that the two copies of one have one colour. */
  colours() {
    const names = [...new Set(this.shell.chart.nodes.map(({ name }) => name))];
    return name => seriesClass(names.indexOf(name));
  }

  render(width) {
    this.width = width;
    const { chart } = this.shell;
    const links = chart.links.filter(({ value }) => value > 0);
    const used = new Set(links.flatMap(({ source, target }) => [source, target]));
    const nodes = chart.nodes.filter(({ id }) => used.has(id));
    const narrow = width < 560;
    const room = narrow ? 92 : 170;
    const side = id => nodes.filter(node => links.some(link => link[id] === node.id)).length;
    const height = Math.max(200, Math.max(side("source"), side("target")) * (narrow ? 62 : 54));
    this.height = height;
    this.svg.attr("viewBox", `0 0 ${width} ${height + 8}`).attr("width", width).attr("height", height + 8);
    const layout = d3.sankey().nodeId(({ id }) => id).nodeWidth(10).nodePadding(narrow ? 30 : 22).nodeAlign(d3.sankeyJustify)
      .extent([[room, 4], [Math.max(room + 40, width - room), height]]);
    // The layout writes into what it is given, and cannot place nothing.
    const graph = { nodes: nodes.map(node => ({ ...node })), links: links.map(link => ({ ...link })) };
    if (links.length) layout(graph);
    this.links = graph.links;
    const colour = this.colours();
    const path = d3.linkHorizontal().source(link => [link.source.x1, link.y0]).target(link => [link.target.x0, link.y1]);
    this.flows.selectAll("path").data(graph.links).join(enter => enter.append("path")
      .on("pointermove", event => this.choose(this.links.indexOf(d3.select(event.currentTarget).datum()))))
      .attr("class", link => "flow " + colour(link.source.name)).attr("d", path).style("stroke-width", link => Math.max(1, link.width) + "px");
    const node = this.nodes.selectAll("g").data(graph.nodes).join(enter => {
      const node = enter.append("g");
      node.append("rect");
      node.append("text").attr("class", "name");
      node.append("text").attr("class", "value");
      node.append("title");
      return node;
    }).attr("class", node => colour(node.name));
    node.select("rect").attr("x", node => node.x0).attr("y", node => node.y0)
      .attr("width", 10).attr("height", node => Math.max(1, node.y1 - node.y0));
    node.select("title").text(({ name }) => plain(name).slice(0, 300));
    for (const left of [true, false]) {
      const these = node.filter(({ x0 }) => (x0 < width / 2) === left).nodes()
        .sort((a, b) => d3.select(a).datum().y0 - d3.select(b).datum().y0);
      this.label(these.map(each => d3.select(each)), left, room - 10);
    }
    this.show();
  }

  /** Names and values of the nodes of one side, moved apart where nodes are thin. */
  label(nodes, left, room) {
    const lines = nodes.map(node => wrap(node.datum().name, room, 2));
    const middles = spread(nodes.map(node => (node.datum().y0 + node.datum().y1) / 2), lines.map(({ length }) => 14 * length + 16), 0, this.height + 8);
    nodes.forEach((node, i) => {
      const { x0, x1, value } = node.datum();
      const write = (name, text, y) =>
        writeLines(node.select(name).attr("text-anchor", left ? "end" : "start"), text, left ? x0 - 8 : x1 + 8, y, 14);
      write(".name", lines[i], middles[i] - 7);
      write(".value", [quantity(value, this.shell.chart)], middles[i] + 7 * lines[i].length);
    });
  }

  choose(index) {
    if (index === this.chosen) return;
    this.chosen = index;
    this.show();
  }

  show() {
    const link = this.links[this.chosen];
    this.flows.selectAll("path").classed("chosen", (_, index) => index === this.chosen)
      .classed("faded", (_, index) => Boolean(link) && index !== this.chosen);
    if (!link) return this.tip.hide();
    const head = plain(link.source.name) + " \u2192 " + plain(link.target.name);
    const value = quantity(link.value, this.shell.chart);
    this.tip.fill(head, [{ name: plain(link.label || "Net flow"), value, cls: this.colours()(link.source.name), shape: "line" }]);
    this.tip.under((link.source.x1 + link.target.x0) / 2 - 80, (link.y0 + link.y1) / 2 - 12, (link.y0 + link.y1) / 2 + 12, this.height, this.width);
    this.shell.say([head, link.label, value].filter(Boolean));
  }

  key(event) {
    const last = this.links.length - 1;
    const go = place => this.choose(Math.max(0, Math.min(last, place)));
    switch (event.key) {
      case "ArrowDown": case "ArrowRight": go((this.chosen ?? -1) + 1); break;
      case "ArrowUp": case "ArrowLeft": go((this.chosen ?? last + 1) - 1); break;
      case "Home": go(0); break;
      case "End": go(last); break;
      case "Escape": this.choose(null); break;
      default: return false;
    }
    return true;
  }

  leave() { this.choose(null); }

  table() {
    const { nodes, links, digits = 0 } = this.shell.chart;
    const name = id => nodes.find(node => node.id === id)?.name ?? id;
    return {
      head: ["From", "To", "Flow", "Value"],
      rows: links.map(({ source, target, value, label }) => [name(source), name(target), label ?? "", number(value, digits)]),
    };
  }

  remove() {
    this.svg.remove();
    this.tip.remove();
  }
};
