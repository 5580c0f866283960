// Small multiples: fans of several subjects over one axis of time, each with its own values unless `same_y`.

const PANEL_GAP = 24;

KINDS.multiples = shell => {
  const grid = add(d3.select(shell.plot), "div.panels");
  const panels = [];
  const frames = [];
  const model = i => fanModel(shell.chart.panels[i]);

  /** Lowest and highest number of all panels. */
  function together() {
    const extents = panels.map(({ content }) => content.extent());
    return [Math.min(...extents.map(([low]) => low)), Math.max(...extents.map(([, high]) => high))];
  }

  /** A panel a subject, made and taken away as they come and go. */
  function fitPanels() {
    while (panels.length > shell.chart.panels.length) {
      frames.pop().remove();
      panels.pop().host.remove();
    }
    while (panels.length < shell.chart.panels.length) {
      const i = panels.length;
      const host = add(grid, "div.panel");
      const title = add(add(host, "h4"), "bdi");
      const content = layeredPlot(shell, () => model(i), { compact: true, bounds: () => shell.chart.same_y ? together() : undefined });
      panels.push({ host, title, content });
      frames.push(makeFrame(shell, host.node(), content));
    }
  }

  return {
    ...timeDrawing(shell, frames),
    /** The keys of the panels together: a toggle acts on all. */
    keys: () => [...new Map(shell.chart.panels.flatMap((_, i) => model(i).keys).map(key => [key.id, key])).values()],
    render(width) {
      fitPanels();
      const columns = Math.max(1, Math.min(panels.length, Math.floor((width + PANEL_GAP) / 300), 3));
      grid.style("grid-template-columns", `repeat(${columns}, minmax(0, 1fr))`);
      panels.forEach(({ title }, i) => {
        title.text(plain(shell.chart.panels[i].title));
        frames[i].render(Math.floor((width - PANEL_GAP * (columns - 1)) / columns));
      });
    },
    table: () => tableByDate(shell, shell.chart.panels.flatMap(panel => fanColumns(panel, panel.title + " "))),
    remove() {
      frames.forEach(frame => frame.remove());
      grid.remove();
    },
  };
};
