// What is around every plot. A kind of chart makes of its shell a drawing: `keys()`, `render(width)`, `key(event)`, `leave()`,
// `table()`, `remove()`, and `follow()` if over time.

const KINDS = {};
const shells = new Set();

function makeShell(figure, chart, page) {
  const kind = KINDS[chart.kind];
  if (!kind) throw new Error(`unknown kind of chart "${chart.kind}"; known are ${Object.keys(KINDS).join(", ")}`);
  const plot = figure.querySelector(".plot");
  const time = timelineOf(page);
  const hidden = new Set();
  const keys = d3.create("div").attr("class", "keys");
  const reset = set(d3.create("button"), { type: "button", class: "reset" }).text("All dates").on("click", time.reset).node();
  const voice = set(d3.create("p"), { class: "sr", "aria-live": "polite" });
  let saying = 0;
  let waiting = 0;
  let width = 0;

  const shell = {
    chart, page, plot, time,
    shows: id => !hidden.has(id),
    hiddenKeys: () => [...hidden].join(),
    /** Read out once the cursor rests. */
    say(parts) {
      clearTimeout(saying);
      saying = setTimeout(() => voice.text(parts.join(", ")), 250);
    },
    render,
    follow(moved) {
      if (!drawing.overTime || !width) return;
      if (moved) render(width);
      else drawing.follow();
    },
    /** Drawn once a picture of the screen. */
    update(next) {
      shell.chart = next;
      waiting ||= requestAnimationFrame(() => {
        waiting = 0;
        render(width);
        table.refresh();
      });
    },
    remove() {
      cancelAnimationFrame(waiting);
      clearTimeout(saying);
      observer.disconnect();
      time.charts.delete(shell);
      shells.delete(shell);
      d3.select(plot).on("keydown", null).on("blur", null);
      for (const part of [drawing, table, keys, voice]) part.remove();
      for (const name of ["tabindex", "role", "aria-label"]) plot.removeAttribute(name);
    },
  };

  /** `wide` is given for paper, whose width the page does not know. */
  function render(wide = plot.clientWidth) {
    width = wide;
    plot.setAttribute("aria-label", plain(shell.chart.alt || shell.chart.title));
    renderKeys();
    if (width > 0) drawing.render(width);
  }

  function renderKeys() {
    const button = join(keys, "button.key", drawing.keys(), ["span", "bdi"], ({ id }) => id).on("click", (_, { id }) => {
      if (!hidden.delete(id)) hidden.add(id);
      render();
    });
    set(button, { type: "button", "aria-pressed": ({ id }) => shell.shows(id), title: ({ name }) => plain(name) });
    drawSwatches(button.select("span"));
    button.select("bdi").text(({ name }) => plain(name));
    if (drawing.overTime && time.zoomed) keys.node().append(reset);
    else reset.remove();
  }

  const drawing = kind(shell);
  plot.before(keys.node());
  figure.append(voice.node());
  const table = makeTable(shell, figure, drawing);
  for (const { id, off } of drawing.keys()) if (off) hidden.add(id);
  set(d3.select(plot), { tabindex: 0, role: "img" }).on("blur", drawing.leave).on("keydown", event => {
    if (!event.ctrlKey && !event.metaKey && !event.altKey && drawing.key(event)) event.preventDefault();
  });
  const observer = new ResizeObserver(() => {
    if (Math.abs(plot.clientWidth - width) >= 1) render();
  });
  render();
  observer.observe(plot);
  time.charts.add(shell);
  shells.add(shell);
  return shell;
}
