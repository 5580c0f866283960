// A calendar of probabilities: a row a level, a column a business day, the darker the likelier.

const STEPS = [0.5, 1, 2, 5, 10, 20, 40, 60, 80, 95]; // %; finer for rare events

/** h0 hardly happens, h10 almost surely does. */
const heatClass = value => isNumber(value) ? "h" + STEPS.filter(step => value >= step).length : "missing";

function heatPlot(shell) {
  const { time } = shell;
  let height;
  let labels;

  function prepare(width) {
    const { rows } = shell.chart;
    const narrow = width < NARROW;
    labels = rows.map(({ label }) => fit(label, narrow ? 78 : 120));
    height = narrow ? 22 : 26;
    const left = Math.max(startRoom(width), 14 + widest(labels));
    return { left, right: endRoom(width), height: rows.length * height, opaque: true };
  }

  function paint({ box, day, x, body, grid, ends }) {
    const { first, end } = time;
    const row = join(body, "g", shell.chart.rows).attr("transform", (_, i) => `translate(0,${box.top + i * height})`);
    set(join(row, "rect", ({ values }) => values.slice(first, end + 1)), {
      class: heatClass, x: (_, i) => x(first + i) - day / 2, width: day > 5 ? day - 1 : day, height: height - 1,
    });
    set(join(grid, "text", labels), { x: box.left - 8, y: (_, i) => box.top + (i + 0.5) * height + CAP })
      .text(label => label);
    paintScale(ends, box);
  }

  function paintScale(ends, { top, bottom, right }) {
    const steps = [0, ...STEPS];
    const size = clamp(9, (bottom - top) / steps.length, 15);
    const entry = join(ends, "g", steps, ["rect", "text"])
      .attr("transform", (_, i) => `translate(${right + 16},${top + (steps.length - 1 - i) * size})`);
    set(entry.select("rect"), { class: heatClass, width: 14, height: size - 1 });
    set(entry.select("text"), { x: 20, y: size + CAP }).text((step, i) => i === 0 || (size < 13 && i % 3 !== 1) ? "" : step + "%");
  }

  const at = index => ({
    dots: [],
    rows: shell.chart.rows.map(({ label, values }) =>
      ({ name: label, value: quantity(values[index], shell.chart), shape: "box", cls: heatClass(values[index]) })),
  });

  return { prepare, paint, at };
}

KINDS.heat = shell => frameDrawing(shell, heatPlot(shell), () => [],
  () => shell.chart.rows.map(({ label, values }) => ({ head: label, values })));
