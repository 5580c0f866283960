// What every chart has around its plot: keys that toggle, the data as a table, a voice for screen readers, redrawing.

const KINDS = {};

/** `figure`, drawn: the chart's kind makes the plot, the shell the rest. */
class Shell {
  constructor(figure, chart, page) {
    const kind = KINDS[chart.kind];
    if (!kind) throw new Error(`unknown kind of chart "${chart.kind}"; known are ${Object.keys(KINDS).join(", ")}`);
    this.figure = figure;
    this.page = page;
    this.chart = chart;
    this.timeline = Timeline.of(page);
    this.hidden = new Set();
    this.plot = figure.querySelector(".plot");
    this.keys = d3.create("div").attr("class", "keys").node();
    this.plot.before(this.keys);
    this.reset = d3.create("button").attr("type", "button").attr("class", "reset").text("All dates")
      .on("click", () => this.timeline.reset()).node();
    this.voice = d3.create("p").attr("class", "sr").attr("aria-live", "polite").node();
    figure.append(this.voice);
    this.table = new DataTable(this);
    d3.select(this.plot).attr("tabindex", 0).attr("role", "img");
    this.drawing = new kind(this);
    for (const key of this.drawing.keys()) if (key.off) this.hidden.add(key.id);
    this.onKey = event => {
      if (event.ctrlKey || event.metaKey || event.altKey || !this.drawing.key(event)) return;
      event.preventDefault();
    };
    this.plot.addEventListener("keydown", this.onKey);
    this.onBlur = () => this.drawing.leave();
    this.plot.addEventListener("blur", this.onBlur);
    this.observer = new ResizeObserver(() => {
      if (Math.abs(this.plot.clientWidth - this.width) >= 1) this.render();
    });
    this.render();
    this.observer.observe(this.plot);
    this.timeline.charts.add(this);
    shells.add(this);
  }

  shows(id) { return !this.hidden.has(id); }

  /** `width` is given for paper, whose width the page does not know. */
  render(width = this.plot.clientWidth) {
    this.width = width;
    this.plot.setAttribute("aria-label", plain(this.chart.alt || this.chart.title));
    this.renderKeys();
    if (width > 0) this.drawing.render(width);
  }

  renderKeys() {
    const keys = this.drawing.keys();
    const button = d3.select(this.keys).selectAll("button.key").data(keys, key => key.id).join(enter => {
      const button = enter.append("button").attr("type", "button").attr("class", "key");
      button.append("svg");
      button.append("bdi");
      return button.on("click", (_, { id }) => {
        if (!this.hidden.delete(id)) this.hidden.add(id);
        this.render();
      });
    });
    button.attr("aria-pressed", ({ id }) => this.shows(id)).attr("title", ({ name }) => plain(name).length > 40 ? plain(name) : null);
    button.each(function ({ cls, shape }) { drawSwatch(this.querySelector("svg"), cls, shape); });
    button.select("bdi").text(({ name }) => plain(name));
    if (this.drawing.overTime && this.timeline.zoomed) this.keys.append(this.reset);
    else this.reset.remove();
  }

  /** Cursor or window of the page have moved. */
  follow(moved) {
    if (!this.drawing.overTime || !(this.width > 0)) return;
    if (moved) this.render(this.width);
    else this.drawing.follow();
  }

  /** Reads `parts` out once the cursor rests. */
  say(parts) {
    clearTimeout(this.saying);
    this.saying = setTimeout(() => { this.voice.textContent = parts.join(", "); }, 250);
  }

  /** New numbers of the same chart; drawn with the next picture of the screen. */
  update(chart) {
    this.chart = chart;
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.render(this.width);
      this.table.refresh();
    });
  }

  remove() {
    cancelAnimationFrame(this.frame);
    clearTimeout(this.saying);
    this.observer.disconnect();
    this.timeline.charts.delete(this);
    shells.delete(this);
    this.plot.removeEventListener("keydown", this.onKey);
    this.plot.removeEventListener("blur", this.onBlur);
    this.drawing.remove();
    this.table.remove();
    this.keys.remove();
    this.voice.remove();
    for (const name of ["tabindex", "role", "aria-label"]) this.plot.removeAttribute(name);
  }
}

const shells = new Set();
