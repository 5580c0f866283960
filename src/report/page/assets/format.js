// Numbers, units and dates as text. Minus is U+2212, thousands have commas, a missing number is a dash.

const MINUS = "\u2212";
const MISSING = "\u2013";
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const fixed = new Map();

const isNumber = value => typeof value === "number" && Number.isFinite(value);

function magnitude(value, digits) {
  if (!fixed.has(digits)) {
    fixed.set(digits, new Intl.NumberFormat("en", { minimumFractionDigits: digits, maximumFractionDigits: digits }));
  }
  return fixed.get(digits).format(Math.abs(value));
}

/** Sign, unit and digits together; what rounds to zero has no sign. */
function compose(value, digits, plus, unit) {
  if (!isNumber(value)) return MISSING;
  const text = magnitude(value, digits);
  const sign = !/[1-9]/.test(text) ? "" : value < 0 ? MINUS : plus;
  if (!unit) return sign + text;
  if (unit.startsWith("$")) return sign + "$" + text + unit.slice(1);
  return sign + text + (unit === "%" || unit === "bp" ? "" : "\u00a0") + unit;
}

const number = (value, digits = 0) => compose(value, digits, "", "");
const signed = (value, digits = 0) => compose(value, digits, "+", "");
/** A number of `chart`, in its unit. */
const quantity = (value, chart) => compose(value, chart.digits ?? 0, "", chart.unit);
const signedQuantity = (value, chart) => compose(value, chart.digits ?? 0, "+", chart.unit);

/** "a to b", or nothing if either is missing. */
const range = (low, high, write) => isNumber(low) && isNumber(high) ? write(low) + " to " + write(high) : "";

/** Decimals that the ticks of an axis need, and no more. */
function tickDigits(ticks) {
  const step = ticks.length > 1 ? Math.abs(ticks[1] - ticks[0]) : 1;
  return Math.min(6, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)));
}

const parsed = new Map();
/** Year, month (from 0), day and weekday of an ISO date. */
function civil(date) {
  if (!parsed.has(date)) {
    const [year, month, day] = date.split("-").map(Number);
    parsed.set(date, { year, month: month - 1, day, weekday: new Date(Date.UTC(year, month - 1, day)).getUTCDay() });
  }
  return parsed.get(date);
}

function dayMonth(date) {
  const { day, month } = civil(date);
  return day + " " + MONTHS[month];
}
const longDate = date => dayMonth(date) + " " + civil(date).year;
const weekdayDate = date => DAYS[civil(date).weekday] + " " + longDate(date);
