// Text measured before it is drawn, so that none overlaps or leaves the picture, whatever it says.

const FONT_SIZE = 12;
const CAP = 4.2; // half the height of a capital at that size: centres a line of text on a y
const canvas = document.createElement("canvas").getContext("2d");
const widths = new Map();

function textWidth(text, bold = false) {
  const key = (bold ? "b" : "r") + text;
  let width = widths.get(key);
  if (width === undefined) {
    canvas.font = (bold ? "600 " : "400 ") + FONT_SIZE + "px " + getComputedStyle(document.body).fontFamily;
    width = canvas.measureText(text).width;
    if (widths.size > 4000) widths.clear();
    widths.set(key, width);
  }
  return width;
}

const plain = text => String(text ?? "").replace(/\s+/g, " ").trim();

/** `text` on one line of at most `width` pixels, cut with an ellipsis if need be. */
function fit(text, width, bold = false) {
  text = plain(text);
  if (text.length <= 200 && textWidth(text, bold) <= width) return text;
  // By code points, so that no emoji is cut in half.
  const letters = Array.from(text).slice(0, 200);
  let low = 0;
  let high = letters.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (textWidth(letters.slice(0, middle).join("") + "\u2026", bold) <= width) low = middle;
    else high = middle - 1;
  }
  return letters.slice(0, low).join("").trimEnd() + "\u2026";
}

/** `text` in at most `most` lines of `width` pixels; the last one is cut if need be. */
function wrap(text, width, most = 2, bold = false) {
  const words = plain(text).split(" ");
  const lines = [];
  while (words.length && lines.length < most - 1) {
    let line = words.shift();
    while (words.length && textWidth(line + " " + words[0], bold) <= width) line += " " + words.shift();
    lines.push(fit(line, width, bold));
  }
  if (words.length) lines.push(fit(words.join(" "), width, bold));
  return lines;
}

/** Fills `selection` of SVG text with lines centred on the y of `at`, and with the whole text for a hovering pointer. */
function writeLines(selection, lines, x, y, leading = 14) {
  const top = y + CAP - (lines.length - 1) * leading / 2;
  selection.selectAll("tspan").data(lines).join("tspan")
    .attr("x", x).attr("y", (_, line) => top + line * leading).text(line => line);
}
