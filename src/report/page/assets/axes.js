// Axes: thin grid lines with round numbers, and time in months, weeks or days.

/** A scale for [low, high], opened to round numbers if `nice`, with its ticks and their texts. */
function roundScale(low, high, from, to, apart = 52, nice = true) {
  if (!(high > low)) [low, high] = [low - 1, high + 1];
  const count = Math.max(2, Math.floor(Math.abs(to - from) / apart));
  const scale = d3.scaleLinear([low, high], [from, to]);
  if (nice) scale.nice(count);
  const ticks = scale.ticks(count);
  const digits = tickDigits(ticks);
  return { scale, ticks, texts: ticks.map(tick => number(tick, digits)) };
}

/** Horizontal grid lines with their numbers at the left. */
function drawRows(g, { scale, ticks, texts }, box) {
  const row = g.selectAll("g.tick").data(ticks, tick => tick).join(enter => {
    const tick = enter.append("g").attr("class", "tick");
    tick.append("line");
    tick.append("text").attr("text-anchor", "end");
    return tick;
  }).classed("zero", tick => tick === 0);
  row.select("line").attr("x1", box.left).attr("x2", box.right).attr("y1", scale).attr("y2", scale);
  row.select("text").attr("x", box.left - 8).attr("y", tick => scale(tick) + CAP).text((_, index) => texts[index]);
}

/** Vertical grid lines with their numbers below; those that would touch are left out. */
function drawColumns(g, { scale, ticks, texts }, box) {
  const column = g.selectAll("g.tick").data(ticks, tick => tick).join(enter => {
    const tick = enter.append("g").attr("class", "tick");
    tick.append("line");
    tick.append("text").attr("text-anchor", "middle");
    return tick;
  }).classed("zero", tick => tick === 0);
  column.select("line").attr("x1", scale).attr("x2", scale).attr("y1", box.top).attr("y2", box.bottom);
  column.select("text").attr("x", scale).attr("y", box.bottom + 17).text((_, index) => texts[index]);
}

/** Ticks of the window of `timeline` when a day is `pixels` wide: index, text, and a second line where the year is news. */
function timeTicks({ dates, first, end }, pixels) {
  const days = end - first + 1;
  const starts = same => {
    const found = [];
    for (let i = Math.max(first, 1); i <= end; i++) if (!same(civil(dates[i - 1]), civil(dates[i]))) found.push(i);
    if (first === 0) found.unshift(0);
    return found;
  };
  const months = starts((a, b) => a.month === b.month && a.year === b.year);
  let ticks;
  let write = i => dayMonth(dates[i]);
  if (days * pixels > 0 && pixels >= 46) ticks = Array.from({ length: days }, (_, i) => first + i);
  else if (days <= 48) ticks = starts((a, b) => b.weekday > a.weekday);
  else {
    write = i => MONTHS[civil(dates[i]).month];
    ticks = months;
    for (const every of [1, 2, 3, 6, 12]) {
      ticks = months.filter(i => civil(dates[i]).month % every === 0);
      if (ticks.length * 34 <= days * pixels) break;
    }
  }
  const kept = [];
  for (const index of ticks) {
    const width = textWidth(write(index)) + 14;
    const before = kept.at(-1);
    if (before && (index - before.index) * pixels < width) {
      // A first day that is no first of a month gives way to the month that follows.
      if (kept.length === 1 && before.index === 0) kept.pop();
      else continue;
    }
    kept.push({ index, text: write(index) });
  }
  let year;
  for (const tick of kept) {
    const its = civil(dates[tick.index]).year;
    tick.year = its === year ? "" : String(its);
    year = its;
  }
  return kept;
}

function drawTime(g, timeline, x, box) {
  g.selectAll("path").data([0]).join("path").attr("class", "base").attr("d", `M${box.left},${box.bottom}H${box.right}`);
  const ticks = timeline.dates.length ? timeTicks(timeline, (box.right - box.left) / timeline.days) : [];
  const tick = g.selectAll("g.tick").data(ticks, tick => tick.index).join(enter => {
    const tick = enter.append("g").attr("class", "tick");
    tick.append("line");
    tick.append("text").attr("class", "month").attr("text-anchor", "middle");
    tick.append("text").attr("class", "year").attr("text-anchor", "middle");
    return tick;
  }).attr("transform", tick => `translate(${x(tick.index)},${box.bottom})`);
  tick.select("line").attr("y2", 5);
  tick.select(".month").attr("y", 19).text(tick => tick.text);
  tick.select(".year").attr("y", 33).text(tick => tick.year);
}
