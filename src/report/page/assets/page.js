// What pages call.

const PAPER = 760; // pixels that fill the 182 mm between the margins of a sheet of A4, so that text is 8 pt

function draw(figure, chart, page) {
  const { update, remove } = makeShell(figure, chart, page);
  return { update, remove };
}

/** Draws every `figure[data-chart]` that `page` has a chart for; gives handles by id. */
function drawPage(page) {
  const handles = {};
  for (const figure of document.querySelectorAll("figure[data-chart]")) {
    const chart = page.charts.find(({ id }) => id === figure.dataset.chart);
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

globalThis.Tidegate = { draw, page: drawPage, mark: (page, marks) => timelineOf(page).mark(marks) };
const block = document.getElementById("page");
if (block) drawPage(JSON.parse(block.textContent));
