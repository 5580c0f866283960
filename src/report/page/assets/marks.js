// Events and risk dates: a line through the plot, and a label in the strip above it. Where labels would not fit in a few
// rows, the strip has numbers, and a list below the chart says what they are.

const ROW = 17;

/** What the strip shows for the marks in the window: rows of labels, or badges with numbers. */
function layMarks({ marks, first, end }, x, width) {
  const shown = marks.filter(({ index }) => index >= first && index <= end).map(mark => ({ ...mark, x: x(mark.index), text: "", row: 0 }));
  const labelled = shown.map(mark => {
    const text = fit(mark.label, Math.min(220, width - mark.x - 6));
    return { ...mark, text, width: textWidth(text) + 14 };
  });
  const rows = stagger(labelled, width < NARROW ? 2 : width < 900 ? 3 : 5);
  if (rows && labelled.every(({ text, label }) => text.length > 3 || text === label)) {
    return { marks: labelled.map((mark, i) => ({ ...mark, row: rows[i] })), badges: [], rows: 1 + Math.max(0, ...rows) };
  }
  return { marks: shown, badges: badges(shown, text => Math.max(15, textWidth(text) + 8)), rows: 1 };
}

/** Lines end at `bottom`. */
function drawMarks(g, { marks, badges }, top, bottom) {
  const mark = join(g, "g.mark", marks, ["line", "text"]).attr("class", ({ kind }) => "mark " + (kind === "risk" ? "risk" : "event"));
  const across = ({ x }) => Math.floor(x) + 0.5;
  set(mark.select("line"), { x1: across, x2: across, y1: ({ row, text }) => top - 4 - row * ROW - (text ? 12 : 0), y2: bottom });
  set(mark.select("text"), { x: ({ x }) => x + 5, y: ({ row }) => top - 6 - row * ROW }).text(({ text }) => text);
  const badge = join(g, "g.badge", badges, ["rect", "text"]).attr("transform", ({ x }) => `translate(${x},${top - 19})`);
  set(badge.select("rect"), { x: ({ width }) => -width / 2, width: ({ width }) => width, height: 15, rx: 7.5 });
  set(badge.select("text"), { "text-anchor": "middle", y: 11.5 }).text(({ text }) => text);
}

/** The list that says what the numbers are; empty where the labels themselves are shown. */
function listMarks(list, { marks, badges }) {
  const item = join(list.attr("hidden", badges.length ? null : ""), "li", badges.length ? marks : [], ["b", "bdi", "span"]);
  item.select("b").text((_, i) => i + 1);
  item.select("bdi").text(({ label }) => label);
  item.select("span").text(({ date }) => dayMonth(date));
}
