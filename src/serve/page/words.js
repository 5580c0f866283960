// Numbers and days as words, and elements.

const MINUS = "\u2212";
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

function numberText(value, digits = 0) {
  const text = Math.abs(value).toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return (value < 0 && /[1-9]/.test(text) ? MINUS : "") + text;
}

const signedText = (value, digits) => (value > 0 && /[1-9]/.test(numberText(value, digits)) ? "+" : "") + numberText(value, digits);

/** A standard error, to one digit that counts. */
const errorText = value => "±" + (value >= 0.95 ? numberText(value) : value >= 0.095 ? numberText(value, 1) : value >= 0.0095 ? numberText(value, 2) : "0");

/** A probability, never rounded to certainty. */
function percentText(share) {
  if (share > 0 && share < 0.001) return "<0.1%";
  if (share < 1 && share > 0.999) return ">99.9%";
  return numberText(100 * share, 1) + "%";
}

function dayText(day) {
  const [year, month, date] = day.split("-").map(Number);
  return `${date} ${MONTHS[month - 1]} ${year}`;
}

/** Where a slider stands, in words. */
const positionText = (value, unit) =>
  typeof value === "string" ? dayText(value) : numberText(value, Math.min(4, (String(value).split(".")[1] ?? "").length)) + unit;

/** An element with properties and children; texts are texts. */
function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

const byId = id => document.getElementById(id);
