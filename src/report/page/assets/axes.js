// Axes: round numbers, and time in months, weeks or days.

/** A scale, opened to round numbers if `nice`, with its ticks and their texts. */
function roundScale(low, high, from, to, apart, nice = true) {
  if (!(high > low)) [low, high] = [low - 1, high + 1];
  const count = Math.max(2, Math.floor(Math.abs(to - from) / apart));
  const scale = d3.scaleLinear([low, high], [from, to]);
  if (nice) scale.nice(count);
  const ticks = scale.ticks(count);
  const digits = tickDigits(ticks);
  return { scale, ticks, texts: ticks.map(tick => number(tick, digits)) };
}

const gridTicks = (g, ticks) => join(g, "g.tick", ticks, ["path", "text"], tick => tick).classed("zero", tick => tick === 0);

function drawRows(g, { scale: y, ticks, texts }, { left, right }) {
  const row = gridTicks(g, ticks);
  row.select("path").attr("d", tick => `M${left},${y(tick)}H${right}`);
  set(row.select("text"), { x: left - 8, y: tick => y(tick) + CAP }).text((_, i) => texts[i]);
}

function drawColumns(g, { scale: x, ticks, texts }, { top, bottom }) {
  const column = gridTicks(g, ticks);
  column.select("path").attr("d", tick => `M${x(tick)},${top}V${bottom}`);
  set(column.select("text"), { x, y: bottom + 17 }).text((_, i) => texts[i]);
}

/** The year is told where it is news. */
function timeTicks({ dates, first, end, days }, pixels) {
  const at = i => civil(dates[i]);
  const all = dates.map((_, i) => i).slice(first, end + 1);
  const starts = differ => all.filter(i => i === 0 || differ(at(i - 1), at(i)));
  let ticks = all;
  let write = i => dayMonth(dates[i]);
  if (pixels < 46 && days <= 48) {
    ticks = starts((a, b) => b.weekday <= a.weekday);
  } else if (pixels < 46) {
    write = i => MONTHS[at(i).month];
    const months = starts((a, b) => a.month !== b.month);
    const every = [1, 2, 3, 6, 12].find(step => months.length / step * 34 <= days * pixels) ?? 12;
    ticks = months.filter(i => at(i).month % every === 0);
  }
  const kept = [];
  for (const index of ticks) {
    const before = kept.at(-1);
    const near = before && (index - before.index) * pixels < textWidth(write(index)) + 14;
    // A first day that is no first of a month gives way to the month that follows.
    if (near && kept.length === 1 && before.index === 0) kept.pop();
    else if (near) continue;
    kept.push({ index, text: write(index), year: at(index).year });
  }
  return kept.map((tick, i) => ({ ...tick, year: tick.year === kept[i - 1]?.year ? "" : tick.year }));
}

function drawTime(g, time, x, { left, right, bottom }) {
  join(g, "path.base", [0]).attr("d", `M${left},${bottom}H${right}`);
  const tick = join(g, "g.tick", timeTicks(time, (right - left) / time.days), ["path", "text.month", "text.year"], ({ index }) => index)
    .attr("transform", ({ index }) => `translate(${x(index)},${bottom})`);
  tick.select("path").attr("d", "M0,0V5");
  tick.select(".month").attr("y", 19).text(({ text }) => text);
  tick.select(".year").attr("y", 33).text(({ year }) => year);
}
