// Numbers, units and dates as text. Minus is U+2212, thousands have commas, a missing number is a dash.

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const DAYS = "Sun Mon Tue Wed Thu Fri Sat".split(" ");
const fixed = {};

const isNumber = value => typeof value === "number" && Number.isFinite(value);

/** What rounds to zero has no sign. */
function compose(value, digits = 0, plus = "", unit = "") {
  if (!isNumber(value)) return "\u2013";
  fixed[digits] ??= new Intl.NumberFormat("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const text = fixed[digits].format(Math.abs(value));
  const sign = !/[1-9]/.test(text) ? "" : value < 0 ? "\u2212" : plus;
  if (unit.startsWith("$")) return sign + "$" + text + unit.slice(1);
  return sign + text + (["", "%", "bp"].includes(unit) ? "" : "\u00a0") + unit;
}

const number = (value, digits) => compose(value, digits);
const signed = (value, digits) => compose(value, digits, "+");
const quantity = (value, { digits, unit }) => compose(value, digits, "", unit);
const signedQuantity = (value, { digits, unit }) => compose(value, digits, "+", unit);

/** "a to b", or nothing if either is missing. */
const range = (low, high, write) => isNumber(low) && isNumber(high) ? write(low) + " to " + write(high) : "";

function tickDigits([first, second = first + 1]) {
  return clamp(0, -Math.floor(Math.log10(second - first) + 1e-9), 6);
}

function civil(date) {
  const utc = new Date(date);
  return { year: utc.getUTCFullYear(), month: utc.getUTCMonth(), day: utc.getUTCDate(), weekday: utc.getUTCDay() };
}

const dayMonth = date => civil(date).day + " " + MONTHS[civil(date).month];
const longDate = date => dayMonth(date) + " " + civil(date).year;
const weekdayDate = date => DAYS[civil(date).weekday] + " " + longDate(date);
