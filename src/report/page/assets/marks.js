// Events and risk dates: lines with labels in a strip above the plot or, if dense, numbers that a list explains.

const ROW = 17;

function layMarks({ marks, first, end }, x, width, compact) {
  const shown = marks.filter(({ index }) => index >= first && index <= end).map(mark => ({ ...mark, x: x(mark.index), text: "", row: 0 }));
  if (compact) return { marks: shown, badges: [], rows: 0 };
  const labelled = shown.map(mark => {
    const text = fit(mark.label, Math.min(220, width - mark.x - 6));
    return { ...mark, text, width: textWidth(text) + 14 };
  });
  const rows = stagger(labelled, width < NARROW ? 2 : width < 900 ? 3 : 5);
  if (rows) return { marks: labelled.map((mark, i) => ({ ...mark, row: rows[i] })), badges: [], rows: 1 + Math.max(0, ...rows) };
  return { marks: shown, badges: badges(shown, text => Math.max(15, textWidth(text) + 8)), rows: 1 };
}

function drawMarks(g, { marks, badges }, top, bottom) {
  const mark = join(g, "g.mark", marks, ["path", "text"]).attr("class", ({ kind }) => "mark " + (kind === "risk" ? "risk" : "event"));
  mark.select("path").attr("d", ({ x, row, text }) => `M${Math.floor(x) + 0.5},${top - 4 - row * ROW - (text ? 12 : 0)}V${bottom}`);
  set(mark.select("text"), { x: ({ x }) => x + 5, y: ({ row }) => top - 6 - row * ROW }).text(({ text }) => text);
  const badge = join(g, "g.badge", badges, ["rect", "text"]).attr("transform", ({ x }) => `translate(${x},${top - 19})`);
  set(badge.select("rect"), { x: ({ width }) => -width / 2, width: ({ width }) => width, height: 15, rx: 7.5 });
  badge.select("text").attr("y", 11.5).text(({ text }) => text);
}

function listMarks(list, { marks, badges }) {
  const item = join(list.attr("hidden", badges.length ? null : ""), "li", badges.length ? marks : [], ["b", "bdi", "span"]);
  item.select("b").text((_, i) => i + 1);
  item.select("bdi").text(({ label }) => label);
  item.select("span").text(({ date, where }) => where ?? dayMonth(date));
}
