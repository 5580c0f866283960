// Text measured before it is drawn, so that none overlaps, whatever it says.

const CAP = 4.2; // half the height of a capital at 12 px: centres a line of text on a y
const canvas = document.createElement("canvas").getContext("2d");
const widths = new Map();
let family = ""; // asked for once: asking makes the browser lay the page out

function textWidth(text, bold = false) {
  family ||= getComputedStyle(document.body).fontFamily;
  const font = (bold ? 600 : 400) + " 12px ";
  let width = widths.get(font + text);
  if (width === undefined) {
    canvas.font = font + family;
    width = canvas.measureText(text).width;
    if (widths.size > 4000) widths.clear();
    widths.set(font + text, width);
  }
  return width;
}

const widest = (texts, bold) => Math.max(0, ...texts.map(text => textWidth(text, bold)));
/** What would turn the reading direction of what follows is left out. */
const plain = text => String(text ?? "").replace(/[\u202a-\u202e\u2066-\u2069]/g, "").replace(/\s+/g, " ").trim();

/** `text` on a line of at most `width` pixels. */
function fit(text, width, bold) {
  text = plain(text);
  if (text.length <= 200 && textWidth(text, bold) <= width) return text;
  // By code points, so that no emoji is cut in half; no label has room for 120.
  const letters = Array.from(text).slice(0, 120);
  const cut = () => letters.join("").trimEnd() + "\u2026";
  while (letters.length && textWidth(cut(), bold) > width) letters.pop();
  return cut();
}

/** `text` in at most `most` such lines. */
function wrap(text, width, most, bold) {
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

/** Centred on `y`. */
function writeLines(selection, lines, x, y, leading = 14) {
  const top = y + CAP - (lines.length - 1) * leading / 2;
  set(join(selection, "tspan", lines), { x, y: (_, line) => top + line * leading }).text(line => line);
}
