// Small multiples: fans of several subjects over one axis of time, each with its own values unless `same_y`.

KINDS.multiples = class {
  overTime = true;

  constructor(shell) {
    this.shell = shell;
    this.frames = [];
    this.grid = d3.select(shell.plot).append("div").attr("class", "panels");
  }

  model(index) { return fanModel(this.shell.chart.panels[index]); }

  /** The keys of the panels together: a toggle acts on all. */
  keys() {
    const keys = this.shell.chart.panels.flatMap((_, index) => this.model(index).keys);
    return [...new Map(keys.map(key => [key.id, key])).values()];
  }

  /** One frame a panel, made or taken away as panels come and go. */
  fit() {
    const { panels } = this.shell.chart;
    while (this.frames.length > panels.length) {
      const { frame, panel } = this.frames.pop();
      frame.remove();
      panel.remove();
    }
    while (this.frames.length < panels.length) {
      const index = this.frames.length;
      const panel = this.grid.append("div").attr("class", "panel");
      panel.append("h4").append("bdi");
      const content = new LayeredPlot(this.shell, () => this.model(index), {
        compact: true,
        bounds: () => this.shell.chart.same_y ? this.together() : content.extent(),
      });
      this.frames.push({ frame: new TimeFrame(this.shell, panel.node(), content), panel, content });
    }
  }

  together() {
    const extents = this.frames.map(({ content }) => content.extent());
    return [Math.min(...extents.map(([low]) => low)), Math.max(...extents.map(([, high]) => high))];
  }

  render(width) {
    this.fit();
    const columns = Math.max(1, Math.min(this.frames.length, Math.floor((width + 24) / 300), 3));
    const gap = 24;
    this.grid.style("grid-template-columns", `repeat(${columns}, minmax(0, 1fr))`);
    const each = Math.floor((width - gap * (columns - 1)) / columns);
    this.frames.forEach(({ frame, panel }, index) => {
      panel.select("h4 bdi").text(plain(this.shell.chart.panels[index].title));
      frame.render(each);
    });
  }

  follow() { this.frames.forEach(({ frame }) => frame.follow()); }
  key(event) {
    const active = this.frames.find(({ frame }) => frame === this.shell.timeline.active) ?? this.frames[0];
    return Boolean(active) && this.shell.timeline.key(event, active.frame);
  }
  leave() { if (this.frames.some(({ frame }) => frame === this.shell.timeline.active)) this.shell.timeline.clear(); }
  table() {
    const { panels, digits = 0 } = this.shell.chart;
    return tableByDate(this.shell.page, panels.flatMap(panel => fanColumns(panel, panel.title + " ")), digits);
  }
  remove() {
    this.frames.forEach(({ frame }) => frame.remove());
    this.grid.remove();
  }
};
