// A plot over time: marks, axis of dates, cursor, and what pointers do. Its content says in `prepare(width)` what room it takes, draws
// in `paint(frame)`, and tells dots and rows of the cursor in `at(index)`.

const NARROW = 560; // pixels below which charts are for telephones
const DRAG = 6; // pixels from which a press is a drag
let clips = 0;

/** Room beside a plot, the same in all charts, so that months stand above each other. */
const startRoom = width => width < NARROW ? 44 : 60;
const endRoom = width => width < NARROW ? 84 : clamp(126, width * 0.15, 164);

function makeFrame(shell, host, content) {
  const { time } = shell;
  const { compact } = content;
  const svg = picture(host);
  const node = svg.node();
  const id = "tidegate-clip-" + ++clips;
  const clip = add(svg.append("clipPath").attr("id", id), "rect");
  const [grid, unit, marks, body, axis, ends, cursor] =
    ["g.grid", "text.unit", "g.marks", "g.body", "g.axis", "g.ends", "g.cursor"].map(part => add(svg, part));
  body.attr("clip-path", `url(#${id})`);
  const brush = add(svg, "rect.brush");
  for (const hidden of [cursor, brush]) hidden.attr("visibility", "hidden");
  const list = add(d3.select(host), "ol.marks");
  const tip = makeTip(host);
  const frame = { grid, unit, body, ends, x, render, follow, remove };
  let pressed = null;

  function x(index) { return frame.box.left + (index - time.first + 0.5) * frame.day; }

  const indexAt = px => Math.min(time.end, Math.floor((px - frame.box.left) / frame.day) + time.first);

  function render(width) {
    const { left, right: room, height, opaque } = content.prepare(width);
    const right = Math.max(left + 40, width - room);
    Object.assign(frame, { width, box: { left, right }, day: (right - left) / time.days });
    const laid = layMarks(time, x, width, compact);
    const top = (compact ? 8 : 14) + laid.rows * ROW;
    const bottom = top + height;
    Object.assign(frame.box, { top, bottom });
    sized(svg, width, bottom + 38);
    set(clip, { x: left, y: top - 2, width: right - left, height: height + 4 });
    drawTime(axis, time, x, frame.box);
    drawMarks(marks, laid, top, opaque ? top - 1 : bottom);
    listMarks(list, laid);
    content.paint(frame);
    follow();
  }

  function follow() {
    const { cursor: day, first, end, dates } = time;
    const visible = day !== null && day >= first && day <= end;
    cursor.attr("visibility", visible ? null : "hidden");
    if (!visible) return tip.hide();
    const { top, bottom } = frame.box;
    const { dots, rows, foot } = content.at(day);
    join(cursor, "path", [0]).attr("d", `M${x(day)},${top}V${bottom}`);
    set(join(cursor, "circle", dots), { class: ({ cls }) => cls, cx: x(day), cy: ({ y }) => y, r: 3.5 });
    if (time.active !== frame) return tip.hide();
    const today = time.marks.filter(({ index }) => index === day).map(({ label }) => label);
    const head = weekdayDate(dates[day]);
    tip.fill(head, rows, today, foot);
    tip.beside(x(day), frame.box, frame.width);
    shell.say([head, ...today, ...rows.map(spoken)]);
  }

  function release() {
    pressed = null;
    brush.attr("visibility", "hidden");
  }

  const within = event => clamp(frame.box.left, d3.pointer(event, node)[0], frame.box.right);
  svg
    .on("pointerdown", event => {
      const mouse = event.pointerType === "mouse";
      time.point(indexAt(within(event)), frame);
      // A finger on the plot scrolls the page; on the axis it marks a span, as a mouse does anywhere.
      if (event.button !== 0 || !(mouse || d3.pointer(event, node)[1] > frame.box.bottom)) return;
      pressed = within(event);
      if (!mouse) node.setPointerCapture(event.pointerId);
    })
    .on("pointermove", event => {
      const px = within(event);
      time.point(indexAt(px), frame);
      // A button let go outside is only seen now.
      if (pressed === null || !event.buttons) return release();
      const { top, bottom } = frame.box;
      if (Math.abs(px - pressed) > DRAG) node.setPointerCapture(event.pointerId);
      set(brush, { visibility: null, y: top, height: bottom - top, x: Math.min(pressed, px), width: Math.abs(px - pressed) });
    })
    .on("pointerup", event => {
      const [from, to] = [pressed, within(event)].sort((a, b) => a - b);
      if (pressed !== null && to - from > DRAG) time.show(indexAt(from), indexAt(to - 1));
      release();
    })
    .on("pointercancel", release)
    .on("pointerleave", event => {
      if (event.pointerType === "mouse" && pressed === null) time.clear();
    })
    .on("dblclick", time.reset);

  function remove() {
    if (time.active === frame) time.clear();
    for (const part of [svg, tip, list]) part.remove();
  }

  return frame;
}

const timeDrawing = (shell, frames) => ({
  overTime: true,
  follow: () => frames.forEach(frame => frame.follow()),
  key: event => shell.time.key(event, frames.find(frame => frame === shell.time.active) ?? frames[0]),
  leave: () => { if (frames.includes(shell.time.active)) shell.time.clear(); },
  remove: () => frames.forEach(frame => frame.remove()),
});

function frameDrawing(shell, content, keys, columns) {
  const frame = makeFrame(shell, shell.plot, content);
  return { ...timeDrawing(shell, [frame]), keys, render: frame.render, table: () => tableByDate(shell, columns()) };
}
