// The numbers of a chart as a table, made when it is first opened.

const REFRESH = 500; // milliseconds between renewals of an open table while numbers stream in

class DataTable {
  constructor(shell) {
    this.shell = shell;
    this.details = d3.create("details").attr("class", "data").on("toggle", () => {
      if (this.details.node().open) this.build();
    });
    this.details.append("summary").text("Data");
    this.details.append("div").attr("class", "scroll").attr("tabindex", 0);
    shell.figure.append(this.details.node());
  }

  /** `table()` of a drawing is { head: [text], rows: [[text, …]] }; the first cell of a row names it. */
  build() {
    const { head, rows } = this.shell.drawing.table();
    const scroll = this.details.select(".scroll")
      .attr("aria-label", "Data of " + plain(this.shell.chart.title));
    const table = scroll.selectAll("table").data([0]).join(enter => {
      const table = enter.append("table");
      table.append("thead").append("tr");
      table.append("tbody");
      return table;
    });
    table.select("thead tr").selectAll("th").data(head).join("th").attr("scope", "col").text(plain);
    const row = table.select("tbody").selectAll("tr").data(rows).join("tr");
    row.selectAll("th").data(cells => [cells[0]]).join("th").attr("scope", "row").text(plain);
    row.selectAll("td").data(cells => cells.slice(1)).join("td").text(plain);
  }

  refresh() {
    if (!this.details.node().open) return;
    this.waiting ||= setTimeout(() => {
      this.waiting = 0;
      this.build();
    }, REFRESH);
  }

  remove() {
    clearTimeout(this.waiting);
    this.details.remove();
  }
}

/** The table of columns { head, values } by date, in the unit that the chart's subtitle states. */
function tableByDate(page, columns, digits) {
  return {
    head: ["Date", ...columns.map(column => column.head)],
    rows: page.dates.map((date, i) => [date, ...columns.map(column => number(column.values[i], digits))]),
  };
}
