// The numbers as a table, made when it is first opened.

const REFRESH = 500; // milliseconds between renewals while numbers stream in

function makeTable(shell, figure, drawing) {
  const details = d3.create("details").attr("class", "data").on("toggle", () => { if (details.node().open) build(); });
  add(details, "summary").text("Data");
  const scroll = set(add(details, "div.scroll"), { tabindex: 0, role: "region", "aria-label": "Data of " + plain(shell.chart.title) });
  figure.append(details.node());
  let waiting = 0;

  /** The first cell of a row names it. */
  function build() {
    const { head, rows } = drawing.table();
    const table = join(scroll, "table", [0], ["thead", "tbody"]);
    join(join(table.select("thead"), "tr", [0]), "th", head).attr("scope", "col").text(plain);
    const row = join(table.select("tbody"), "tr", rows);
    join(row, "th", cells => cells.slice(0, 1)).attr("scope", "row").text(plain);
    join(row, "td", cells => cells.slice(1)).text(plain);
  }

  return {
    refresh() {
      if (!details.node().open) return;
      waiting ||= setTimeout(() => {
        waiting = 0;
        build();
      }, REFRESH);
    },
    remove() {
      clearTimeout(waiting);
      details.remove();
    },
  };
}

const tableByDate = ({ page, chart }, columns) => ({
  head: ["Date", ...columns.map(({ head }) => head)],
  rows: page.dates.map((date, i) => [date, ...columns.map(({ values }) => number(values[i], chart.digits))]),
});
