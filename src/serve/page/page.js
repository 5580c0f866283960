// The page as a whole: what is shown of which setting, and what its buttons do.

const page = {
  scenario: "",
  described: null,
  pinned: null, // { setting, words, picture }
  picture: null,
};

const charts = new Charts(byId("charts"));
const knobs = new Knobs(byId("knobs"), () => { remember(); live.want(); });
const setting = () => ({ scenario: page.scenario, changes: { ...knobs.changes } });
const live = new LiveRun(
  () => ({ setting: setting(), against: page.pinned?.setting ?? null, paths: Number(byId("paths").value) }),
  { picture: showPicture, failed: showTrouble });
const dialog = new SaveDialog(byId("save"),
  () => ({ setting: setting(), title: page.described.title, words: knobs.words() }),
  async ({ scenario, run }) => {
    say(run ? `Saved as ${scenario} and run into ${run}.` : `Saved as ${scenario}.`, true);
    await Promise.all([listScenarios(), writeRuns(byId("runs"))]);
  });

function showTrouble(message) {
  const trouble = byId("trouble");
  trouble.textContent = message;
  trouble.hidden = !message;
  if (message) byId("progress").hidden = true;
}

/** Tells screen readers, and the line under the buttons if `aloud`. */
function say(text, aloud = false) {
  byId("status").textContent = text;
  if (aloud) byId("made").textContent = text;
}

function showPicture(picture, milliseconds) {
  page.picture = picture;
  showTrouble(picture.strangers ?? "");
  writeFigures(byId("figures"), picture.figures);
  charts.show(picture, page.pinned?.picture);
  writeWatches(byId("watches"), picture.watches);
  const progress = byId("progress");
  const done = picture.paths === picture.of;
  progress.max = picture.of;
  progress.value = picture.paths;
  progress.hidden = done;
  const took = `${numberText(milliseconds / 1000, 2)} s`;
  byId("made").textContent = done
    ? `${numberText(picture.paths)} paths in ${took}`
    : `${numberText(picture.paths)} of ${numberText(picture.of)} paths`;
  document.body.dataset.paths = picture.paths;
  if (!done) return;
  const [lowest] = picture.figures;
  say(`${numberText(picture.paths)} paths. ${lowest.name} ${numberText(lowest.median)}.`);
}

/** Puts the state into the address, without a step back for every move. */
function remember() {
  const address = addressOf(setting(), page.pinned?.setting);
  if (address !== location.hash) history.replaceState(null, "", address);
  const words = knobs.words();
  byId("drawer-note").textContent = words && ": " + words;
  byId("reset").disabled = !words;
}

async function listScenarios() {
  const listed = await ask("/scenarios");
  const select = byId("scenario");
  const group = (label, own) => {
    const options = listed.filter(scenario => scenario.own === own)
      .map(({ name, title }) => element("option", { value: name, title: name }, title || name));
    return options.length ? [element("optgroup", { label }, ...options)] : [];
  };
  select.replaceChildren(...group("In this folder", true), ...group("That ship with tidegate", false));
  select.value = page.scenario;
  return listed;
}

let opening = 0;

/** Opens a scenario with changes and runs it, unless another has been opened meanwhile. */
async function open({ scenario, changes }) {
  const turn = ++opening;
  const described = await ask("/scenarios/" + encodeURIComponent(scenario));
  if (turn !== opening) return;
  Object.assign(page, { scenario, described });
  byId("scenario").value = scenario;
  byId("title").textContent = described.title;
  byId("claim").textContent = described.claim;
  document.title = `${described.title} · tidegate`;
  knobs.show(described.groups);
  knobs.set(changes);
  remember();
  live.want();
}

/** Keeps the setting that is shown behind all others. */
function pin() {
  page.pinned = { setting: setting(), picture: page.picture, words: [page.described.title, knobs.words()].filter(Boolean).join(": ") };
  showPinned();
}

function showPinned() {
  byId("pinned").hidden = byId("unpin").hidden = !page.pinned;
  byId("pinned").textContent = page.pinned ? `Pinned: ${page.pinned.words}` : "";
  remember();
  live.want();
}

/** What an address holds is opened: first what is pinned, whose fans lie behind. */
async function openAddress() {
  const { setting: asked, pinned } = readAddress(location.hash);
  const listed = await listScenarios();
  page.pinned = page.picture = null;
  if (pinned) {
    await open(pinned);
    await whole();
    if (page.picture) pin();
  }
  await open(asked ?? { scenario: listed.find(({ name }) => name === "shutdown_cash_hoarding")?.name ?? listed[0].name, changes: {} });
}

/** Waits until all paths of what is asked for are there, or nothing is under way. */
async function whole() {
  while (live.under) await new Promise(resolve => setTimeout(resolve, 20));
}

const reported = work => work.catch(error => showTrouble(error.message));

byId("scenario").addEventListener("change", event => reported(open({ scenario: event.target.value, changes: {} })));
byId("paths").addEventListener("change", () => live.want());
byId("pin").addEventListener("click", pin);
byId("unpin").addEventListener("click", () => {
  page.pinned = null;
  showPinned();
  byId("pin").focus();
});
byId("reset").addEventListener("click", () => {
  knobs.set({});
  remember();
  live.want();
});
byId("link").addEventListener("click", async () => {
  remember();
  try {
    await navigator.clipboard.writeText(location.href);
    say("The link is copied.", true);
  } catch {
    say("The link is in the address bar.", true);
  }
});
byId("keep").addEventListener("click", () => dialog.open());
addEventListener("focus", () => reported(writeRuns(byId("runs"))));
addEventListener("hashchange", () => reported(openAddress()));

const wide = matchMedia("(min-width: 960px)");
const fitDrawer = () => { byId("drawer").open = wide.matches; };
wide.addEventListener("change", fitDrawer);
fitDrawer();
reported(Promise.all([openAddress(), writeRuns(byId("runs"))]));
