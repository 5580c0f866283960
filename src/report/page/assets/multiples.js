// Small multiples: fans of several subjects, each on its own values unless `same_y`.

const PANEL_GAP = 24;

KINDS.multiples = shell => {
  const grid = add(d3.select(shell.plot), "div.panels");
  const model = i => fanModel(shell.chart.panels[i]);
  const panels = shell.chart.panels.map((_, i) => {
    const host = add(grid, "div.panel");
    const title = add(add(host, "h4"), "bdi");
    const content = layeredPlot(shell, () => model(i), { compact: true, bounds: () => shell.chart.same_y ? together() : undefined });
    return { title, content, frame: makeFrame(shell, host.node(), content) };
  });
  const drawing = timeDrawing(shell, panels.map(({ frame }) => frame));

  function together() {
    const extents = panels.flatMap(({ content }) => content.extent());
    return [Math.min(...extents), Math.max(...extents)];
  }

  return {
    ...drawing,
    /** A toggle acts on all panels. */
    keys: () => [...new Map(panels.flatMap((_, i) => model(i).keys).map(key => [key.id, key])).values()],
    render(width) {
      const columns = clamp(1, Math.floor((width + PANEL_GAP) / 300), Math.min(3, panels.length));
      grid.style("grid-template-columns", `repeat(${columns}, minmax(0, 1fr))`);
      panels.forEach(({ title, frame }, i) => {
        title.text(plain(shell.chart.panels[i].title));
        frame.render(Math.floor((width - PANEL_GAP * (columns - 1)) / columns));
      });
    },
    table: () => tableByDate(shell, shell.chart.panels.flatMap(panel => fanColumns(panel, panel.title + " "))),
    remove() {
      drawing.remove();
      grid.remove();
    },
  };
};
