// The numbers beside the charts: key figures, and the probabilities of watches, with what they differ by from what is pinned.

function writeFigures(list, figures) {
  while (list.children.length > figures.length) list.lastChild.remove();
  figures.forEach(({ name, unit, digits, median, low, high, change }, at) => {
    const box = list.children[at] ?? list.appendChild(element("div", {}, element("dt"), element("dd", {},
      element("b"), " ", element("span", { className: "unit" }),
      element("span", { className: "band" }, "90% of paths ", element("span", { className: "whole" })),
      element("span", { className: "note change" }))));
    box.querySelector("dt").textContent = name;
    box.querySelector("b").textContent = numberText(median, digits);
    box.querySelector(".unit").textContent = unit;
    box.querySelector(".whole").textContent = `${numberText(low, digits)} to ${numberText(high, digits)}`;
    const note = box.querySelector(".change");
    note.hidden = !change;
    if (!change) return;
    const digit = Math.abs(change.mean) < 10 ? Math.max(1, digits) : digits;
    note.textContent = `${signedText(change.mean, digit)} ${errorText(change.error)} on average against the pinned`;
    note.title = change.error > 0 ? `Path by path; ${numberText(change.narrower, 1)} times narrower than two independent runs` : "";
  });
}

function writeWatches(table, watches) {
  const compared = watches.some(({ change }) => change);
  const heads = ["Watch", "Probability", "± s.e.", "First, if at all", ...compared ? ["Points against the pinned", "± s.e."] : []];
  if (table.tHead?.rows[0].cells.length !== heads.length) {
    const number = at => at > 0 && at !== 3 ? "number" : "";
    table.replaceChildren(
      element("thead", {}, element("tr", {}, ...heads.map((text, at) => element("th", { scope: "col", className: number(at) }, text)))),
      element("tbody"));
  }
  const body = table.tBodies[0];
  while (body.rows.length > watches.length) body.lastChild.remove();
  watches.forEach(({ name, when, probability, error, first, change }, at) => {
    const row = body.rows[at] ?? body.appendChild(element("tr", {}, element("th", { scope: "row" }, element("bdi")),
      ...heads.slice(1).map((_, index) => element("td", { className: index === 2 ? "whole" : "number" }))));
    row.querySelector("bdi").textContent = name;
    row.cells[0].title = when;
    const share = { mean: 100 * (change?.mean ?? 0), error: 100 * (change?.error ?? 0) };
    const texts = [
      percentText(probability), numberText(100 * error, 1) + "%", first ?? "\u2013",
      change ? signedText(share.mean, 1) : "\u2013", change ? numberText(share.error, 1) : "\u2013",
    ];
    [...row.cells].slice(1).forEach((cell, index) => { cell.textContent = texts[index]; });
  });
  if (!watches.length) body.replaceChildren(element("tr", {}, element("td", { colSpan: heads.length }, "This scenario watches nothing.")));
}
