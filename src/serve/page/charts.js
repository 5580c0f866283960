// The charts: drawn once for a span of days, then moved as pictures come in. What is pinned lies behind as a second fan.

class Charts {
  constructor(host) {
    Object.assign(this, { host, page: null, handles: new Map(), dates: "", seen: new Set() });
    this.watcher = new IntersectionObserver(entries => {
      for (const { target, isIntersecting } of entries) this.seen[isIntersecting ? "add" : "delete"](target.dataset.chart);
    });
  }

  /** Of a picture that others follow only the charts in view are drawn. */
  show(picture, pinned) {
    const last = picture.paths === picture.of;
    const dates = picture.dates.join();
    if (dates !== this.dates) this.begin(picture);
    else Tidegate.mark(this.page, picture.marks);
    this.dates = dates;
    // Two fans on other days cannot lie over one another.
    const behind = pinned && pinned.dates.join() === dates ? pinned : null;
    for (const chart of picture.charts) {
      if (!last && this.handles.has(chart.id) && !this.seen.has(chart.id)) continue;
      const drawn = behind ? together(chart, behind.charts.find(({ id }) => id === chart.id)) : chart;
      const handle = this.handles.get(chart.id);
      if (handle) handle.update(drawn);
      else this.handles.set(chart.id, this.draw(drawn));
    }
  }

  /** Another span of days: the charts are drawn anew. */
  begin({ dates, marks }) {
    for (const handle of this.handles.values()) handle.remove();
    this.handles.clear();
    this.page = { format: 1, dates, marks, charts: [] };
  }

  draw(chart) {
    let figure = this.host.querySelector(`[data-chart="${chart.id}"]`);
    if (!figure) {
      figure = element("figure", { className: "chart" }, element("figcaption", {}, element("b"), " ", element("span")),
        element("div", { className: "plot" }));
      figure.dataset.chart = chart.id;
      this.host.append(figure);
      this.watcher.observe(figure);
    }
    figure.querySelector("figcaption b").textContent = chart.title;
    figure.querySelector("figcaption span").textContent = chart.subtitle;
    return Tidegate.draw(figure, chart, this.page);
  }
}

/** A chart with what is pinned as its second series. */
function together(chart, pinned) {
  if (!pinned) return chart;
  return { ...chart, series: [{ ...chart.series[0], name: "Now" }, { ...pinned.series[0], name: "Pinned" }] };
}
