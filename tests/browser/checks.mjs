// What the browser test measures inside a page: functions that run there.

/** Text that is less than AA against what is painted behind it, as "ratio text". */
export function poorContrast() {
  const probe = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = colour => {
    probe.clearRect(0, 0, 1, 1);
    probe.fillStyle = colour;
    probe.fillRect(0, 0, 1, 1);
    return [...probe.getImageData(0, 0, 1, 1).data];
  };
  const luminance = ([r, g, b]) => [r, g, b]
    .map(channel => channel / 255)
    .map(c => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  /** What boxes of the same picture, drawn before a text and beneath its middle, make of the paper. */
  const over = (paper, svg, text) => {
    const { left, right, top, bottom } = text.getBoundingClientRect();
    const [x, y] = [(left + right) / 2, (top + bottom) / 2];
    for (const rect of svg.querySelectorAll("rect")) {
      const box = rect.getBoundingClientRect();
      if (x < box.left || x > box.right || y < box.top || y > box.bottom || !rect.checkVisibility({ visibilityProperty: true })) continue;
      if (!(rect.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING)) continue;
      const style = getComputedStyle(rect);
      const colour = style.fill === "none" ? [0, 0, 0, 0] : rgba(style.fill);
      const opacity = colour[3] / 255 * style.fillOpacity * style.opacity;
      paper = paper.map((channel, i) => i < 3 ? channel + opacity * (colour[i] - channel) : channel);
    }
    return paper;
  };
  const behind = element => {
    for (let at = element; at; at = at.parentElement) {
      const colour = rgba(getComputedStyle(at).backgroundColor);
      if (colour[3] === 255) return colour;
    }
    return [255, 255, 255, 255];
  };
  const poor = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let seen = 0;
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !element.checkVisibility() || element.closest("script, title")) continue;
    const style = getComputedStyle(element);
    const svg = element.closest("svg");
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const paper = luminance(svg ? over(behind(svg), svg, element) : behind(element));
    const text = luminance(rgba(svg ? style.fill : style.color));
    const ratio = (Math.max(text, paper) + 0.05) / (Math.min(text, paper) + 0.05);
    seen++;
    if (ratio < (large ? 3 : 4.5)) poor.add(ratio.toFixed(2) + " " + element.textContent.slice(0, 40));
  }
  return { seen, poor: [...poor] };
}

/** Labels of charts that overlap one another or leave their picture. */
export function collisions() {
  const found = [];
  for (const svg of document.querySelectorAll(".plot svg:not(.swatch)")) {
    const frame = svg.getBoundingClientRect();
    const boxes = [...svg.querySelectorAll("text")]
      .filter(text => text.textContent.trim() && text.checkVisibility())
      .flatMap(text => {
        const spans = [...text.querySelectorAll("tspan")];
        return (spans.length ? spans : [text]).map(each => ({ text: each.textContent, box: each.getBoundingClientRect() }));
      })
      .filter(({ box }) => box.width > 0);
    const name = svg.closest("figure").dataset.chart;
    for (const [i, a] of boxes.entries()) {
      if (a.box.left < frame.left - 1 || a.box.right > frame.right + 1 || a.box.bottom > frame.bottom + 1 || a.box.top < frame.top - 1) {
        found.push(`${name}: "${a.text}" leaves the picture`);
      }
      for (const b of boxes.slice(i + 1)) {
        const across = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
        const down = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
        // A line of text is taller than its letters by about a quarter on either side.
        if (across > 1 && down > 0.45 * Math.min(a.box.height, b.box.height)) found.push(`${name}: "${a.text}" over "${b.text}"`);
      }
    }
  }
  return found;
}

/** Draws a fan anew, streams numbers into it 20 times a second, and lets go of it. */
export async function stream() {
  const page = JSON.parse(document.getElementById("page").textContent);
  const chart = page.charts.find(({ kind, series }) => kind === "fan" && series.length === 1);
  if (!chart) return undefined;
  const figure = document.createElement("figure");
  figure.className = "chart";
  const plot = document.createElement("div");
  plot.className = "plot";
  figure.append(plot);
  document.querySelector("main").append(figure);
  const before = figure.outerHTML;
  const handle = Tidegate.draw(figure, chart, page);
  const nodes = () => figure.querySelectorAll("*").length;
  const axis = figure.querySelector(".axis .tick");
  const band = figure.querySelector(".body path");
  const first = band.getAttribute("d");
  const noisy = step => ({
    ...chart,
    series: chart.series.map(series => ({
      ...series,
      quantiles: Object.fromEntries(Object.entries(series.quantiles)
        .map(([level, values]) => [level, values.map(value => value + (Math.abs(value) * 1e-3 + 1e-3) * Math.sin(step))])),
    })),
  });
  await new Promise(requestAnimationFrame);
  const count = nodes();
  const pauses = [];
  let last = performance.now();
  for (let step = 1; step <= 60; step++) {
    handle.update(noisy(step));
    await new Promise(resolve => setTimeout(resolve, 50));
    pauses.push(performance.now() - last);
    last = performance.now();
  }
  const result = {
    // The median, since a busy machine holds up some.
    pause: pauses.sort((a, b) => a - b)[30], nodes: nodes() - count,
    moved: figure.querySelector(".body path").getAttribute("d") !== first,
    kept: figure.querySelector(".axis .tick") === axis && figure.querySelector(".body path") === band,
  };
  handle.remove();
  result.left = figure.outerHTML === before;
  figure.remove();
  return result;
}
