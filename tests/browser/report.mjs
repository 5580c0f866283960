// Uses an HTML page of tidegate as a reader would. See README.md.

import path from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { collisions, poorContrast, stream } from "./checks.mjs";

const file = process.argv[2];
if (!file) {
  console.error("which page? try: node tests/browser/report.mjs path/to/report.html");
  process.exit(2);
}
const url = pathToFileURL(path.resolve(file)).href;

let failed = 0;
function check(what, holds, detail = "") {
  if (!holds) failed++;
  console.log((holds ? "ok    " : "FAILS ") + what + (holds || detail === "" ? "" : ": " + detail));
}
const same = (what, found, expected) => check(what, found === expected, `found ${JSON.stringify(found)}, expected ${JSON.stringify(expected)}`);
const none = (what, list) => check(what, list.length === 0, list.slice(0, 6).join("; "));

// Numbers and dates written here anew, not with the code under test.
const write = (value, digits) => typeof value !== "number" ? "–"
  : (value.toFixed(digits).match(/[1-9]/) && value < 0 ? "−" : "")
    + Math.abs(value).toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
const inUnit = (value, { unit, digits = 0 }) => {
  const text = write(value, digits);
  if (text === "–") return text;
  if (unit.startsWith("$")) return text.replace(/^(−?)/, "$1$") + unit.slice(1);
  return text + (unit === "%" || unit === "bp" ? "" : "\u00a0") + unit;
};
const spoken = date => {
  const day = new Date(date + "T00:00:00Z");
  const part = options => day.toLocaleDateString("en-US", { timeZone: "UTC", ...options });
  return `${part({ weekday: "short" })} ${day.getUTCDate()} ${part({ month: "short" })} ${day.getUTCFullYear()}`;
};

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });

async function open(options) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  context.setDefaultTimeout(4000);
  const page = await context.newPage();
  const trouble = [];
  page.on("console", message => { if (["error", "warning"].includes(message.type())) trouble.push(message.text()); });
  page.on("pageerror", error => trouble.push(error.message));
  page.on("dialog", dialog => { trouble.push("dialog: " + dialog.message()); dialog.dismiss(); });
  page.on("request", request => { if (request.url().split("#")[0] !== url) trouble.push("request of " + request.url().slice(0, 80)); });
  await page.goto(url);
  await page.waitForTimeout(150);
  return { page, trouble, close: () => context.close() };
}
const settle = page => page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))));

const { page, trouble, close } = await open({ colorScheme: "light" });
const json = JSON.parse(await page.locator("#page").textContent());
const figure = chart => page.locator(`figure[data-chart="${chart.id}"]`);
const drawn = [];
for (const chart of json.charts) if (await figure(chart).count() === 1) drawn.push(chart);
const overTime = drawn.filter(({ kind }) => ["fan", "lines", "heat", "stack"].includes(kind));
const stacked = ({ layers, rest }) => rest ? [...layers, rest] : layers;
const tip = chart => figure(chart).locator(".tip:not([hidden])");
const tipRows = chart => tip(chart).locator("tr").evaluateAll(rows =>
  rows.map(row => [...row.querySelectorAll("th, .value, .range")].map(cell => cell.textContent)));

// Loading
none("loads without errors, warnings and requests", trouble);
check("has a content security policy without inline styles or remote sources", await page.evaluate(() => {
  const policy = document.querySelector("meta[http-equiv=Content-Security-Policy]")?.content ?? "";
  return policy.includes("default-src 'none'") && !policy.includes("unsafe") && !policy.includes("http");
}));
same("every figure has its chart", drawn.length, await page.locator("figure[data-chart]").count());
for (const chart of drawn) {
  const plot = figure(chart).locator(".plot");
  check(`${chart.id}: is drawn`, await plot.locator("svg:not(.swatch)").count() > 0, await plot.textContent());
  same(`${chart.id}: says what it shows`, await plot.getAttribute("aria-label"), (chart.alt || chart.title).replace(/[\u202a-\u202e\u2066-\u2069]/g, "").replace(/\s+/g, " ").trim());
  check(`${chart.id}: is reached by Tab and is an image`, await plot.evaluate(node => node.tabIndex === 0 && node.getAttribute("role") === "img"));
}

if (failed) {
  console.log(`${failed} checks fail; without its charts there is nothing else to try`);
  process.exit(1);
}

/** Rows of the tip of `chart` on day `i`, as the JSON has them. */
function expected(chart, i) {
  if (chart.kind === "heat") return chart.rows.map(({ values }) => inUnit(values[i], chart));
  if (chart.kind === "stack") return stacked(chart).map(({ values }) => inUnit(values[i], chart));
  if (chart.kind === "lines") return chart.series.map(({ values }) => inUnit(values[i], chart));
  return chart.series.map(({ quantiles }) => inUnit(quantiles["50"][i], chart));
}
async function agrees(what, chart, i) {
  same(`${chart.id}: ${what} shows the date`, await tip(chart).locator("> b").textContent(), spoken(json.dates[i]));
  const rows = await tipRows(chart);
  const values = rows.map(row => row[1]);
  none(`${chart.id}: ${what} shows the numbers of the JSON`, expected(chart, i).filter(value => !values.includes(value)));
  if (chart.kind !== "fan" || !chart.series.length) return;
  const levels = Object.keys(chart.series[0].quantiles).map(Number).sort((a, b) => a - b);
  const { quantiles } = chart.series[0];
  const band = [quantiles[levels[0]][i], quantiles[levels.at(-1)][i]].map(value => write(value, chart.digits ?? 0)).join(" to ");
  check(`${chart.id}: ${what} shows the widest band`, rows.some(row => row.includes(band)), `${band} not in ${JSON.stringify(rows)}`);
}

// Cursor
for (const chart of overTime) {
  const plot = figure(chart).locator(".plot");
  await plot.focus();
  await page.keyboard.press("Home");
  for (let i = 0; i < 7; i++) await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.press("ArrowLeft");
  await settle(page);
  const at = Math.min(11, json.dates.length - 1);
  await agrees("the tip at the keys", chart, at);
  same(`${chart.id}: the cursor is in every chart over time`,
    await page.locator(".plot .cursor:not([visibility])").count(),
    await page.locator(".plot .cursor").count());
  await page.waitForTimeout(300);
  check(`${chart.id}: the live region reads the day`, (await figure(chart).locator("[aria-live=polite]").textContent()).startsWith(spoken(json.dates[at])));
  await page.keyboard.press("Escape");
  await settle(page);
  same(`${chart.id}: Escape takes the cursor away`, await page.locator(".plot .cursor:not([visibility])").count(), 0);
  await plot.evaluate(node => node.blur());

  // The axis of the picture, whose ends are half a day before the first and after the last.
  await plot.scrollIntoViewIfNeeded();
  const svg = await plot.locator("svg:not(.swatch)").first().boundingBox();
  const [, from, , to] = (await plot.locator(".axis path.base").first().getAttribute("d")).match(/M([\d.]+),([\d.]+)H([\d.]+)/);
  const day = (to - from) / json.dates.length;
  for (const place of [0, 0.37, 0.62, 1]) {
    const i = Math.round(place * (json.dates.length - 1));
    await page.mouse.move(svg.x + Number(from) + (i + 0.5) * day, svg.y + svg.height / 2);
    await settle(page);
    await agrees(`the tip at the pointer on day ${i}`, chart, i);
    const [box, host] = [await tip(chart).boundingBox(), await plot.boundingBox()];
    check(`${chart.id}: the tip stays within the plot's width`, box.x >= host.x - 1 && box.x + box.width <= host.x + host.width + 1);
  }
  await page.mouse.move(2, 2);
}

// Charts of items
for (const chart of drawn.filter(({ kind }) => ["waterfall", "risk", "bars", "sankey", "curve", "grid", "tornado"].includes(kind))) {
  const plot = figure(chart).locator(".plot");
  await plot.focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Home");
  await settle(page);
  const text = await tip(chart).textContent();
  const value = { waterfall: () => (chart.start ?? chart.steps[0]).value, risk: () => chart.items[0].total, bars: () => chart.items[0].value,
    sankey: () => chart.links.find(link => link.value > 0).value, curve: () => chart.series[0].values[0], grid: () => chart.values[0][0],
    tornado: () => chart.items[0].low }[chart.kind]();
  check(`${chart.id}: the tip of the first item has its value`, text.includes(inUnit(value, chart)), `${inUnit(value, chart)} not in ${text}`);
  if (chart.kind === "grid" && chart.values.length > 1 && chart.values[1].length > 1) {
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowDown");
    const [head, wanted] = [await tip(chart).locator("> b").textContent(), inUnit(chart.values[1][1], chart)];
    check(`${chart.id}: keys go from cell to cell, across and down`, head.includes(wanted), `${wanted} not in ${head}`);
  }
  await page.keyboard.press("Escape");
  same(`${chart.id}: Escape hides the tip`, await tip(chart).count(), 0);
  if (chart.kind === "curve" && chart.series[0].values.every(value => typeof value === "number")) {
    const last = chart.x.length - 1;
    await plot.scrollIntoViewIfNeeded();
    const dot = await plot.locator(".points circle").nth(last).boundingBox();
    await page.mouse.move(dot.x + dot.width / 2, dot.y + 20);
    const [text, wanted] = [await tip(chart).textContent(), inUnit(chart.series[0].values[last], chart)];
    check(`${chart.id}: the pointer reads the nearest place`, text.includes(wanted), `${wanted} not in ${text}`);
    await page.mouse.move(2, 2);
  }
}

// Toggles
for (const chart of drawn) {
  const key = figure(chart).locator(".key[aria-pressed=true]").first();
  if (await key.count() === 0) continue;
  const picture = () => figure(chart).locator(".plot").evaluate(node => [...node.querySelectorAll(".body path, .rows rect, .rows circle")].length);
  const before = await picture();
  const name = await key.textContent();
  const mine = figure(chart).locator(".key").filter({ hasText: name }).first();
  await mine.click();
  check(`${chart.id}: "${name.slice(0, 30)}" hides`, await picture() < before && await mine.getAttribute("aria-pressed") === "false");
  await mine.click();
  same(`${chart.id}: "${name.slice(0, 30)}" shows again`, await picture(), before);
}

// Zoom
if (overTime.length && json.dates.length > 20) {
  const [chart] = overTime;
  const plot = figure(chart).locator(".plot");
  const ticks = () => page.locator(".plot .axis .month").allTextContents();
  const whole = await ticks();
  await plot.focus();
  await page.keyboard.press("+");
  await page.keyboard.press("+");
  await settle(page);
  const near = await ticks();
  check("+ zooms every chart over time", near.join() !== whole.join());
  same("every chart over time can be reset", await page.locator(".keys .reset").count(),
    drawn.filter(({ kind }) => ["fan", "lines", "heat", "stack", "multiples"].includes(kind)).length);
  await page.keyboard.press("0");
  await settle(page);
  same("0 resets", (await ticks()).join(), whole.join());
  const svg = await plot.locator("svg:not(.swatch)").first().boundingBox();
  const [, from, base, to] = (await plot.locator(".axis path.base").first().getAttribute("d")).match(/M([\d.]+),([\d.]+)H([\d.]+)/).map(Number);
  const day = (to - from) / json.dates.length;
  await plot.scrollIntoViewIfNeeded();
  const shown = await plot.locator("svg:not(.swatch)").first().boundingBox();
  await page.mouse.move(shown.x + from + 5.5 * day, shown.y + base + 10);
  await page.mouse.down();
  await page.mouse.move(shown.x + from + 10.5 * day, shown.y + base + 10, { steps: 4 });
  await page.mouse.move(shown.x + from + 15.5 * day, shown.y + base + 10, { steps: 4 });
  await page.mouse.up();
  await settle(page);
  await page.keyboard.press("Home");
  await settle(page);
  same("a drag across the axis shows its days", await tip(chart).locator("> b").textContent(), spoken(json.dates[5]));
  check("picture keeps its size when zoomed", Math.abs((await plot.locator("svg:not(.swatch)").first().boundingBox()).width - svg.width) < 1);
  await figure(chart).locator(".reset").click();
  await settle(page);
  same("the button resets", (await ticks()).join(), whole.join());
  await page.mouse.dblclick(shown.x + from + 50, shown.y + base - 40);
  await settle(page);
  same("a double click leaves all dates", (await ticks()).join(), whole.join());
}

// Tables
for (const chart of drawn) {
  const details = figure(chart).locator("details.data");
  same(`${chart.id}: has no table before it is opened`, await details.locator("table").count(), 0);
  await details.locator("summary").click();
  await details.locator("tbody tr").first().waitFor();
  const table = await details.locator("table").evaluate(node => [...node.rows].map(row => [...row.cells].map(cell => cell.textContent)));
  const digits = chart.digits ?? 0;
  if (["fan", "lines", "heat", "stack", "multiples"].includes(chart.kind)) {
    same(`${chart.id}: table has a row a day`, table.length - 1, json.dates.length);
    const i = Math.floor(json.dates.length / 3);
    const values = chart.kind === "multiples" ? chart.panels.flatMap(({ series }) => series.map(({ quantiles }) => quantiles["50"][i]))
      : chart.kind === "stack" ? stacked(chart).map(({ values }) => values[i])
      : chart.kind === "heat" ? chart.rows.map(row => row.values[i])
      : chart.kind === "lines" ? chart.series.map(series => series.values[i])
      : chart.series.flatMap(({ quantiles }) => Object.values(quantiles).map(each => each[i]));
    same(`${chart.id}: table names the day`, table[i + 1][0], json.dates[i]);
    none(`${chart.id}: table has the numbers`, values.map(value => write(value, digits)).filter(text => !table[i + 1].includes(text)));
  } else {
    const values = { waterfall: () => chart.steps.map(({ value }) => value), risk: () => chart.items.map(({ total }) => total),
      bars: () => chart.items.map(({ value }) => value), sankey: () => chart.links.map(({ value }) => value),
      curve: () => chart.series.flatMap(({ values }) => values), grid: () => chart.values.flat(),
      tornado: () => chart.items.flatMap(({ low, high }) => [low, high]) }[chart.kind]();
    const cells = table.flat().map(cell => cell.replace(/^\+/, ""));
    none(`${chart.id}: table has the numbers`, values.map(value => write(value, digits)).filter(text => !cells.includes(text)));
  }
  await details.locator("summary").click();
}

// Streaming
const streamed = await page.evaluate(stream);
if (streamed) {
  check("numbers stream in 20 times a second", streamed.pause < 80 && streamed.moved, JSON.stringify(streamed));
  check("streaming keeps axis and bands and grows nothing", streamed.kept && streamed.nodes === 0, JSON.stringify(streamed));
  check("a removed chart leaves nothing behind", streamed.left);
}

// Paper
const colours = () => page.evaluate(() => [getComputedStyle(document.body).backgroundColor, getComputedStyle(document.querySelector(".plot svg text")).fill].join());
const light = await colours();
await page.emulateMedia({ colorScheme: "dark" });
check("dark changes colours", await colours() !== light);
await page.emulateMedia({ media: "print", colorScheme: "dark" });
same("paper is light", await colours(), light);
same("paper has no data tables and no navigation", await page.locator("details.data:visible, nav:visible").count(), 0);
check("charts stay whole on paper", await page.evaluate(() => [...document.querySelectorAll("figure")].every(each => getComputedStyle(each).breakInside === "avoid")));
await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
none("no labels collide on paper", await page.evaluate(collisions));
await page.evaluate(() => dispatchEvent(new Event("afterprint")));
await page.emulateMedia({ media: "screen", colorScheme: "light" });
none("stays without errors, warnings and requests", trouble);
await close();

// Screens
for (const width of [390, 768, 1280]) {
  for (const colorScheme of ["light", "dark"]) {
    const screen = await open({ viewport: { width, height: 844 }, colorScheme });
    const [wide, inner] = await screen.page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    check(`${width} ${colorScheme}: the page does not scroll sideways`, wide <= inner, `${wide} wide`);
    none(`${width} ${colorScheme}: no labels collide`, await screen.page.evaluate(collisions));
    const { seen, poor } = await screen.page.evaluate(poorContrast);
    check(`${width} ${colorScheme}: ${seen} texts reach AA`, seen > 0 && poor.length === 0, poor.slice(0, 6).join("; "));
    none(`${width} ${colorScheme}: no errors`, screen.trouble);
    await screen.close();
  }
}
const narrow = await open({ viewport: { width: 1280, height: 900 } });
await narrow.page.setViewportSize({ width: 390, height: 844 });
await narrow.page.waitForTimeout(200);
check("a window that is made narrow has its charts redrawn", await narrow.page.evaluate(() =>
  [...document.querySelectorAll(".plot > svg")].every(svg => Number(svg.getAttribute("width")) <= innerWidth) && document.documentElement.scrollWidth <= innerWidth));
await narrow.close();
await browser.close();
console.log(failed ? `${failed} checks fail` : "all checks hold");
process.exit(failed ? 1 : 0);
