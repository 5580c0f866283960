// Axes of inputs: numbers, or a word for each place, with what the input is below them.

/** Decimals in which numbers that somebody chose were given, at most four. */
const givenDigits = values => Math.max(0, ...values.filter(isNumber).map(value => (String(Number(value.toFixed(4))).split(".")[1] ?? "").length));

/** Of words at places `apart`, every so-many-th, so that none touch. */
function thinned(words, apart) {
  const every = Math.max(1, Math.ceil((Math.min(110, widest(words.map(plain))) + 10) / apart));
  return words.map((word, i) => ({ i, text: fit(word, every * apart - 10) })).filter(({ i }) => i % every === 0);
}

/** Below `bottom`, and how high; `ticks` are { x, text }. */
function drawInput(g, ticks, label, { left, right, bottom }, width) {
  join(g, "path.base", [0]).attr("d", `M${left},${bottom}H${right}`);
  const tick = join(g, "g.tick", ticks, ["path", "text"]).attr("transform", ({ x }) => `translate(${x},${bottom})`);
  tick.select("path").attr("d", "M0,0V5");
  // The first is cut at the edge of the picture; another that would leave it is left out.
  const within = ({ x, text }, i) => i === 0 || textWidth(text) <= 2 * (width - x) ? fit(text, 2 * Math.min(x, width - x)) : "";
  tick.select("text").attr("y", 19).text(within);
  const middle = (left + right) / 2;
  const lines = wrap(label, 2 * Math.min(middle, width - middle) - 8, 2);
  writeLines(join(g, "text.label", [0]), lines, middle, bottom + 39 + (lines.length - 1) * 7);
  return 36 + 14 * lines.length;
}
