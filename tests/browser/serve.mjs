// Uses the page of `tidegate serve` as a reader would: load, slide, see bands move, compare, link, save. See README.md.

import { execFile, spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { chromium } from "playwright-core";
import { collisions, poorContrast } from "./checks.mjs";

const program = process.argv[2];
if (!program) {
  console.error("which program? try: node tests/browser/serve.mjs target/release/tidegate");
  process.exit(2);
}
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tidegate-serve-"));
const server = spawn(path.resolve(program), ["serve", "--port", "0"], { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
process.on("exit", () => server.kill());
const url = await new Promise(resolve => server.stdout.on("data", text => {
  const found = /http:\S+/.exec(text);
  if (found) resolve(found[0]);
}));

let failed = 0;
function check(what, holds, detail = "") {
  if (!holds) failed++;
  console.log((holds ? "ok    " : "FAILS ") + what + (holds || detail === "" ? "" : ": " + detail));
}
const same = (what, found, expected) => check(what, found === expected, `found ${JSON.stringify(found)}, expected ${JSON.stringify(expected)}`);
const none = (what, list) => check(what, list.length === 0, list.slice(0, 6).join("; "));
const median = list => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });

async function open(options = {}, hash = "") {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, permissions: ["clipboard-read", "clipboard-write"], ...options });
  context.setDefaultTimeout(20000);
  const page = await context.newPage();
  const trouble = [];
  page.on("console", message => { if (["error", "warning"].includes(message.type())) trouble.push(message.text()); });
  page.on("pageerror", error => trouble.push(error.message));
  page.on("request", request => {
    if (!request.url().startsWith(url) && !request.url().startsWith("data:")) trouble.push("request of " + request.url().slice(0, 80));
  });
  await page.goto(url + hash);
  await whole(page);
  return { page, trouble, context, close: () => context.close() };
}

/** Waits until all paths of what is asked for are drawn. */
async function whole(page) {
  await page.waitForFunction(() => /paths in/.test(document.getElementById("made").textContent));
  await page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))));
}
const median50 = (page, chart) => page.locator(`figure[data-chart=${chart}] .body path.median`).getAttribute("d");
const figure = (page, at) => page.locator("#figures b").nth(at).textContent();
const number = text => Number(text.replace(/,/g, "").replace("−", "-"));
/** Does something that begins a run and waits for all its paths. */
async function rerun(page, act) {
  await page.evaluate(() => { document.getElementById("made").textContent = ""; });
  await act();
  await whole(page);
}
/** Moves a slider to a place, as a pointer would. */
const slide = (page, label, place) => page.getByRole("slider", { name: label, exact: true }).first()
  .evaluate((range, place) => { range.value = place; range.dispatchEvent(new Event("input", { bubbles: true })); }, place);

const { page, trouble, context } = await open();

// Load.
same("the scenario has its title", await page.locator("h1").textContent(), "Shutdown cash hoarding, autumn 2025");
same("five charts are drawn", await page.locator("figure.chart svg .body path.median").count(), 5);
check("shipped scenarios are listed", await page.locator("#scenario option").count() >= 18);
same("every watch has a row", await page.locator("#watches tbody tr").count(), 9);
const sliders = await page.getByRole("slider").count();
check("there are about a dozen sliders", sliders >= 10 && sliders <= 18, sliders);
const unnamed = await page.getByRole("slider").evaluateAll(list => list.filter(each => !each.labels.length || !each.getAttribute("aria-valuetext")).length);
same("every slider has a name and says where it stands", unnamed, 0);

// The figures are those of `tidegate run`.
const { stdout } = await promisify(execFile)(path.resolve(program), ["run", "shutdown_cash_hoarding", "--json", "--out", "apart"], { cwd: folder, maxBuffer: 1 << 26 });
const record = JSON.parse(stdout);
const near = (found, expected, digits) => Math.abs(found - expected) <= 0.6 * 10 ** -digits + 0.01 * Math.abs(expected) ** 0.5;
for (const [at, key, digits] of [[0, "lowest_reserves", 0], [1, "closing_reserves", 0], [2, "highest_tga", 0], [3, "highest_sofr_iorb", 1], [4, "highest_srf", 0]]) {
  const [found, expected] = [number(await figure(page, at)), record.headlines[key].median];
  check(`${key} is that of a run`, near(found, expected, digits), `${found} against ${expected}`);
}
const watched = await page.locator("#watches tbody tr td:nth-child(2)").allTextContents();
none("watches are those of a run", record.watches.filter(({ probability }, at) => {
  const expected = probability > 0.999 && probability < 1 ? ">99.9%" : (100 * probability).toFixed(1) + "%";
  return watched[at] !== expected;
}).map(({ name }) => name));

// Slide: bands move, figures follow, going back gives the same picture.
const before = { line: await median50(page, "reserves"), lowest: await figure(page, 0), watch: watched.join() };
await rerun(page, () => slide(page, "Hoarding", 0));
const after = await median50(page, "reserves");
check("sliding moves the bands", after !== before.line);
check("without hoarding reserves fall less", number(await figure(page, 0)) > number(before.lowest), await figure(page, 0));
check("watches move", (await page.locator("#watches tbody tr td:nth-child(2)").allTextContents()).join() !== before.watch);
check("the address holds the change", (await page.evaluate(() => location.hash)).includes("event.shutdown.hoarding=0"));
await rerun(page, () => page.getByRole("button", { name: "Reset Hoarding to 100bn" }).click());
same("the same draws give the same picture again", await median50(page, "reserves"), before.line);

// A date moves its mark without another chart.
const node = await page.locator("figure[data-chart=reserves] .plot > svg").elementHandle();
const lines = () => page.locator("figure[data-chart=reserves] g.mark path").evaluateAll(paths => paths.map(path => path.getAttribute("d")).join());
const marked = await lines();
await rerun(page, () => page.locator("fieldset", { hasText: "Runoff ends" }).getByRole("slider").evaluate(range => { range.value = 30; range.dispatchEvent(new Event("input")); }));
check("the mark of an event moves with its slider", (await lines()) !== marked);
check("the chart is the one before", await node.evaluate(svg => svg.isConnected));
await rerun(page, () => page.getByRole("button", { name: "Reset all" }).click());

// An event may be left out.
await rerun(page, () => page.getByRole("checkbox", { name: "Shutdown happens" }).click());
check("an event is left out", (await page.evaluate(() => location.hash)).includes("event.shutdown=off"));
check("and is not marked", !(await page.locator("figure[data-chart=reserves]").textContent()).includes("Shutdown"));
await rerun(page, () => page.getByRole("button", { name: "Reset all" }).click());

// Keyboard.
await page.getByRole("slider", { name: "Hoarding", exact: true }).focus();
await rerun(page, () => page.keyboard.press("ArrowRight"));
same("an arrow key moves a slider", await page.locator(".knob output").first().textContent(), "105bn");
await rerun(page, () => page.keyboard.press("Home"));
same("Home moves it to its end", await page.locator(".knob output").first().textContent(), "0bn");
const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
same("the focus is seen", outline, "solid");
await rerun(page, () => page.getByRole("button", { name: "Reset all" }).click());
const reached = new Set();
await page.evaluate(() => document.activeElement.blur());
for (let step = 0; step < 90; step++) {
  await page.keyboard.press("Tab");
  reached.add(await page.evaluate(() => document.activeElement.id || document.activeElement.className || document.activeElement.tagName));
}
none("Tab reaches it all", ["scenario", "knob-0", "pin", "link", "keep", "paths", "plot"].filter(id => !reached.has(id)));
await page.locator("figure[data-chart=reserves] .plot").focus();
await page.keyboard.press("ArrowRight");
check("the cursor of charts reads values", await page.locator("figure[data-chart=reserves] .tip").waitFor().then(() => true, () => false));
await page.keyboard.press("Escape");

// Compare.
await rerun(page, () => page.getByRole("button", { name: "Pin to compare" }).click());
await rerun(page, () => slide(page, "Hoarding", 0));
same("two fans lie over one another", await page.locator("figure[data-chart=reserves] .body path:is(.s1, .s2):not(.tint)").count(), 2);
const change = await page.locator("#figures .change").first().textContent();
check("a figure says how it differs", /^\+\d+ ±[\d.]+ on average against the pinned/.test(change), change);
same("watches say so too", await page.locator("#watches thead th").count(), 6);
none("no labels collide", await page.evaluate(collisions));

// A link to a state, in another tab.
await page.getByRole("button", { name: "Copy link" }).click();
const link = await page.evaluate(() => navigator.clipboard.readText());
const other = await open({}, link.slice(url.length));
await other.page.waitForFunction(() => !document.getElementById("pinned").hidden);
await other.page.waitForFunction(() => document.querySelector("#figures .change")?.textContent);
await whole(other.page);
same("a link restores the setting", await other.page.locator(".knob output").first().textContent(), "0bn");
same("and what it is compared with", await other.page.locator("#figures .change").first().textContent(), change);
none("a second tab without trouble", other.trouble);
await other.close();
await page.reload();
await page.waitForFunction(() => document.querySelector("#figures .change")?.textContent);
await whole(page);
same("so does loading it again", await page.locator(".knob output").first().textContent(), "0bn");

// Save.
await page.getByRole("button", { name: "Save…" }).click();
await page.getByLabel("Name", { exact: true }).fill("small_hoard");
await page.getByLabel("Title", { exact: true }).fill("A small hoard <b>&amp;");
await page.getByRole("button", { name: "Save", exact: true }).click();
await page.locator("#save").waitFor({ state: "hidden", timeout: 60000 });
same("it says what was saved", await page.locator("#made").textContent(), "Saved as small_hoard.toml and run into output/small_hoard.");
check("the scenario file is there", fs.readFileSync(path.join(folder, "small_hoard.toml"), "utf8").includes('hoarding = "0bn"'));
const manifest = JSON.parse(fs.readFileSync(path.join(folder, "output/small_hoard/manifest.json"), "utf8"));
same("so is its run", manifest.title, "A small hoard <b>&amp;");
same("the scenario is listed", await page.locator("#scenario optgroup[label='In this folder'] option").textContent(), "A small hoard <b>&amp;");
const [report] = await Promise.all([context.waitForEvent("page"), page.locator("#runs a").first().click()]);
await report.waitForSelector("figure.chart svg");
same("the page of the run opens", await report.locator("h1").textContent(), "A small hoard <b>&amp;");
const asks = await report.evaluate(url => fetch(url + "runs").then(() => "answered", () => "refused"), url);
same("and can ask nothing of the server", asks, "refused");
await report.close();
none("no errors, and nothing asked of others", trouble);

// A refusal is told beside the name, and nothing is replaced.
await page.getByRole("button", { name: "Save…" }).click();
await page.getByLabel("Name", { exact: true }).fill("small_hoard");
await page.getByRole("button", { name: "Save", exact: true }).click();
await page.locator("#save-trouble").waitFor();
check("a taken name is refused in words", (await page.locator("#save-trouble").textContent()).includes("take another name"));
await page.keyboard.press("Escape");
check("Escape closes the dialog", await page.locator("#save").isHidden());

// Another scenario, with other days.
await page.getByRole("button", { name: "Unpin" }).click();
await rerun(page, () => page.locator("#scenario").selectOption("rebuild_2023"));
check("another scenario is drawn", (await page.locator("h1").textContent()).includes("2023"));
await context.close();

// Dark, wide and narrow, and with less motion.
for (const [width, height, colorScheme] of [[1280, 900, "light"], [1280, 900, "dark"], [390, 844, "light"], [390, 844, "dark"]]) {
  const screen = await open({ viewport: { width, height }, colorScheme, reducedMotion: "reduce" });
  const paper = await screen.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  same(`${width} ${colorScheme}: the paper`, paper, colorScheme === "dark" ? "rgb(16, 22, 29)" : "rgb(255, 255, 255)");
  const [scroll, inner] = await screen.page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  check(`${width} ${colorScheme}: nothing sticks out`, scroll <= inner, scroll);
  if (width < 960) await screen.page.locator("#drawer summary").click();
  check(`${width} ${colorScheme}: sliders can be seen`, await screen.page.getByRole("slider").first().isVisible());
  const { seen, poor } = await screen.page.evaluate(poorContrast);
  check(`${width} ${colorScheme}: text can be read`, seen > 50 && poor.length === 0, poor.slice(0, 5).join("; "));
  none(`${width} ${colorScheme}: no labels collide`, await screen.page.evaluate(collisions));
  none(`${width} ${colorScheme}: no trouble`, screen.trouble);
  await screen.close();
}

// How long it takes from a move of a slider to the first picture on the screen, and to that of all paths: medians of ten.
const timed = await open();
const times = { first: [], all: [] };
for (let round = 0; round < 10; round++) {
  const took = await timed.page.evaluate(place => new Promise(resolve => {
    const range = document.getElementById("knob-0");
    const began = performance.now();
    const took = {};
    const watcher = new MutationObserver(() => requestAnimationFrame(() => setTimeout(() => {
      took.first ??= performance.now() - began;
      if (!/paths in/.test(document.getElementById("made").textContent)) return;
      took.all = performance.now() - began;
      watcher.disconnect();
      resolve(took);
    })));
    watcher.observe(document.getElementById("made"), { childList: true });
    range.value = place;
    range.dispatchEvent(new Event("input", { bubbles: true }));
  }), 5 + 4 * round);
  times.first.push(took.first);
  times.all.push(took.all);
  await timed.page.waitForTimeout(200);
}
console.log(`medians of ten: first picture ${median(times.first).toFixed(0)} ms, all 10,000 paths ${median(times.all).toFixed(0)} ms`);
none("measured without trouble", timed.trouble);
await timed.close();

await browser.close();
const ended = new Promise(resolve => server.on("exit", resolve));
server.kill("SIGINT");
same("Ctrl-C ends the server", await ended, 0);
fs.rmSync(folder, { recursive: true });
console.log(failed ? `${failed} checks fail` : "all holds");
process.exit(failed ? 1 : 0);
