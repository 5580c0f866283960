// Events and risk dates: a line through the plot, and a label in the strip above it. Where labels would not fit in a few
// rows, the strip has numbers, and a list below the chart says what they are.

const ROW = 17;

/** What the strip shows for the marks in the window: rows of labels, or badges with numbers. */
function layMarks(timeline, x, box, width) {
  const shown = timeline.marks
    .filter(mark => mark.index >= timeline.first && mark.index <= timeline.end)
    .map(mark => ({ ...mark, x: x(mark.index) }));
  const labelled = shown.map(mark => {
    const text = fit(mark.label, Math.min(220, width - mark.x - 6));
    return { ...mark, text, width: textWidth(text) + 14 };
  });
  const rows = stagger(labelled, width < 560 ? 2 : width < 900 ? 3 : 5);
  if (rows && labelled.every(mark => mark.text.length > 3 || mark.text === plain(mark.label))) {
    return { marks: labelled.map((mark, i) => ({ ...mark, row: rows[i] })), badges: [], rows: 1 + Math.max(-1, ...rows) };
  }
  return { marks: shown.map(mark => ({ ...mark, text: "", row: 0 })), badges: badges(shown, text => Math.max(15, textWidth(text) + 8)), rows: 1 };
}

/** `bottom` is where the lines end. */
function drawMarks(g, { marks, badges }, box, bottom) {
  const mark = g.selectAll("g.mark").data(marks).join(enter => {
    const mark = enter.append("g");
    mark.append("line");
    mark.append("text").append("title");
    mark.select("text").append("tspan");
    return mark;
  }).attr("class", mark => "mark " + (mark.kind === "risk" ? "risk" : "event"));
  mark.select("line")
    .attr("x1", ({ x }) => Math.floor(x) + 0.5).attr("x2", ({ x }) => Math.floor(x) + 0.5)
    .attr("y1", mark => box.top - 4 - mark.row * ROW - (mark.text ? 12 : 0)).attr("y2", bottom);
  mark.select("text").attr("x", mark => mark.x + 5).attr("y", mark => box.top - 6 - mark.row * ROW);
  mark.select("tspan").text(mark => mark.text);
  mark.select("title").text(mark => plain(mark.label).slice(0, 300));
  const badge = g.selectAll("g.badge").data(badges).join(enter => {
    const badge = enter.append("g").attr("class", "badge");
    badge.append("rect").attr("height", 15).attr("rx", 7.5);
    badge.append("text").attr("text-anchor", "middle");
    return badge;
  }).attr("transform", badge => `translate(${badge.x},${box.top - 19})`);
  badge.select("rect")
    .attr("x", badge => -badge.width / 2).attr("width", badge => badge.width);
  badge.select("text").attr("y", 11.5).text(badge => badge.text);
}

/** The list that says what the numbers are; empty where the labels themselves are shown. */
function listMarks(list, { marks, badges }) {
  const item = d3.select(list).attr("hidden", badges.length ? null : "")
    .selectAll("li").data(badges.length ? marks : []).join(enter => {
      const item = enter.append("li");
      item.append("b");
      item.append("bdi");
      item.append("span");
      return item;
    });
  item.select("b").text((_, index) => index + 1);
  item.select("bdi").text(mark => plain(mark.label));
  item.select("span").text(mark => dayMonth(mark.date));
}
