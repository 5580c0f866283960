// What the page calls: one chart, or all of them.

const PAPER = 760; // pixels that fill the 182 mm between the margins of a sheet of A4, so that text is 8 pt

/** Draws `chart` into `figure`; its handle takes new numbers and lets go. */
function draw(figure, chart, page) {
  const shell = new Shell(figure, chart, page);
  return { update: next => shell.update(next), remove: () => shell.remove() };
}

/** Draws every `figure[data-chart]` of the document that `page` has a chart for; handles by id. */
function drawPage(page) {
  const handles = {};
  const charts = new Map(page.charts.map(chart => [chart.id, chart]));
  for (const figure of document.querySelectorAll("figure[data-chart]")) {
    const chart = charts.get(figure.dataset.chart);
    if (!chart) continue;
    try {
      handles[chart.id] = draw(figure, chart, page);
    } catch (error) {
      // One chart that cannot be drawn must not take the others with it.
      figure.querySelector(".plot").textContent = `This chart cannot be drawn: ${error.message}`;
      console.error(error);
    }
  }
  return handles;
}

// Paper has another width than the window, and no later chance to redraw.
addEventListener("beforeprint", () => shells.forEach(shell => shell.render(PAPER)));
addEventListener("afterprint", () => shells.forEach(shell => shell.render()));

globalThis.Tidegate = { draw, page: drawPage };
const block = document.getElementById("page");
if (block) drawPage(JSON.parse(block.textContent));
