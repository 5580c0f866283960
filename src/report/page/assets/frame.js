// A plot over time: its place, marks, axis of dates, cursor, and what pointers do. Its content says in `prepare(width)` what room it
// takes and whether marks end above it (opaque), draws in `paint(frame)`, and tells dots and rows of the cursor in `at(index)`.

const NARROW = 560; // pixels below which a chart is laid out for a telephone
const DRAG = 6; // pixels from which a press is a drag
let clips = 0;

/** Room beside a plot, the same in every chart of a page so that months stand above each other. */
const startRoom = width => width < NARROW ? 44 : 60;
const endRoom = width => width < NARROW ? 84 : Math.min(164, Math.max(126, width * 0.15));

function makeFrame(shell, host, content) {
  const { timeline } = shell;
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

  /** The middle of a day. */
  function x(index) { return frame.box.left + (index - timeline.first + 0.5) * frame.day; }

  const indexAt = px => Math.min(timeline.end, Math.floor((px - frame.box.left) / frame.day) + timeline.first);

  function render(width) {
    const { left, right: room, height, opaque } = content.prepare(width);
    const right = Math.max(left + 40, width - room);
    Object.assign(frame, { width, box: { left, right }, day: (right - left) / timeline.days });
    const laid = layMarks(timeline, x, width, compact);
    const top = (compact ? 8 : 14) + laid.rows * ROW;
    const bottom = top + height;
    Object.assign(frame.box, { top, bottom });
    sized(svg, width, bottom + 38);
    set(clip, { x: left, y: top - 2, width: right - left, height: height + 4 });
    drawTime(axis, timeline, x, frame.box);
    drawMarks(marks, laid, top, opaque ? top - 1 : bottom);
    listMarks(list, laid);
    content.paint(frame);
    follow();
  }

  function follow() {
    const { cursor: day, first, end, dates } = timeline;
    const visible = day !== null && day >= first && day <= end;
    cursor.attr("visibility", visible ? null : "hidden");
    if (!visible) return tip.hide();
    const { top, bottom } = frame.box;
    const { dots, rows, foot } = content.at(day);
    join(cursor, "path", [0]).attr("d", `M${x(day)},${top}V${bottom}`);
    set(join(cursor, "circle", dots), { class: ({ cls }) => cls, cx: x(day), cy: ({ y }) => y, r: 3.5 });
    if (timeline.active !== frame) return tip.hide();
    const today = timeline.marks.filter(({ index }) => index === day).map(({ label }) => label);
    const head = weekdayDate(dates[day]);
    tip.fill(head, rows, today, foot);
    tip.beside(x(day), frame.box, frame.width);
    shell.say([head, ...today, ...rows.map(spoken)]);
  }

  function release() {
    pressed = null;
    brush.attr("visibility", "hidden");
  }

  const within = event => Math.max(frame.box.left, Math.min(frame.box.right, d3.pointer(event, node)[0]));
  svg
    .on("pointerdown", event => {
      const mouse = event.pointerType === "mouse";
      timeline.point(indexAt(within(event)), frame);
      // A finger on the plot scrolls the page; on the axis it marks a span, as a mouse does anywhere.
      if (event.button !== 0 || !(mouse || d3.pointer(event, node)[1] > frame.box.bottom)) return;
      pressed = within(event);
      if (!mouse) node.setPointerCapture(event.pointerId);
    })
    .on("pointermove", event => {
      const px = within(event);
      timeline.point(indexAt(px), frame);
      if (pressed === null) return;
      const { top, bottom } = frame.box;
      if (Math.abs(px - pressed) > DRAG) node.setPointerCapture(event.pointerId);
      set(brush, { visibility: null, y: top, height: bottom - top, x: Math.min(pressed, px), width: Math.abs(px - pressed) });
    })
    .on("pointerup", event => {
      const [from, to] = [pressed, within(event)].sort((a, b) => a - b);
      if (pressed !== null && to - from > DRAG) timeline.show(indexAt(from), indexAt(to - 1));
      release();
    })
    .on("pointercancel", release)
    .on("pointerleave", event => {
      if (event.pointerType === "mouse" && pressed === null) timeline.clear();
    })
    .on("dblclick", timeline.reset);

  function remove() {
    if (timeline.active === frame) timeline.clear();
    for (const part of [svg, tip, list]) part.remove();
  }

  return frame;
}

const timeDrawing = (shell, frames) => ({
  overTime: true,
  follow: () => frames.forEach(frame => frame.follow()),
  key: event => shell.timeline.key(event, frames.find(frame => frame === shell.timeline.active) ?? frames[0]),
  leave: () => { if (frames.includes(shell.timeline.active)) shell.timeline.clear(); },
  remove: () => frames.forEach(frame => frame.remove()),
});

/** A chart of one frame, with `columns()` for its table. */
function frameDrawing(shell, content, keys, columns) {
  const frame = makeFrame(shell, shell.plot, content);
  return { ...timeDrawing(shell, [frame]), keys, render: frame.render, table: () => tableByDate(shell, columns()) };
}
