// A plot over time: its place, the marks, the axis of dates, the cursor, and what pointers do.
//
// What is drawn in it is its content: `prepare(width)` is asked for the room it takes (left, right, height) and whether it is
// opaque, so that marks end above it; `paint(frame)` draws into `frame.body`, `at(index)` tells dots and rows of the cursor.

const NARROW = 560; // pixels below which a chart is laid out for a telephone
const DRAG = 6; // pixels from which a press is a drag
let clips = 0;

/** Room at the left and right of a plot over time, the same in every chart of a page so that months stand above each other. */
const startRoom = width => width < NARROW ? 44 : 60;
const endRoom = width => width < NARROW ? 84 : Math.min(164, Math.max(126, width * 0.15));

function makeFrame(shell, host, content) {
  const { timeline } = shell;
  const { compact } = content;
  const svg = add(d3.select(host), "svg").attr("aria-hidden", "true");
  const node = svg.node();
  const id = "tidegate-clip-" + ++clips;
  const clip = add(svg.append("clipPath").attr("id", id), "rect");
  const [grid, unit, marks, body, axis, ends, cursor] =
    ["g.grid", "text.unit", "g.marks", "g.body", "g.axis", "g.ends", "g.cursor"].map(part => add(svg, part));
  body.attr("clip-path", `url(#${id})`);
  const brush = add(svg, "rect.brush");
  for (const hidden of [cursor, brush]) hidden.attr("visibility", "hidden");
  const list = compact ? null : add(d3.select(host), "ol.marks");
  const tip = makeTip(host);
  const frame = { grid, unit, body, ends, x, render, follow, remove };
  let pressed = null;

  /** The middle of a day. */
  function x(index) { return frame.box.left + (index - timeline.first + 0.5) * frame.day; }

  function indexAt(px) {
    const index = Math.floor((px - frame.box.left) / frame.day) + timeline.first;
    return Math.max(timeline.first, Math.min(timeline.end, index));
  }

  function render(width) {
    const { left, right: room, height, opaque } = content.prepare(width);
    const right = Math.max(left + 40, width - room);
    Object.assign(frame, { width, box: { left, right }, day: (right - left) / timeline.days });
    const laid = layMarks(timeline, x, width);
    const top = compact ? 8 : 14 + laid.rows * ROW;
    const bottom = top + height;
    Object.assign(frame.box, { top, bottom });
    sized(svg, width, bottom + 38);
    set(clip, { x: left, y: top - 2, width: right - left, height: height + 4 });
    drawTime(axis, timeline, x, frame.box);
    const bare = { marks: laid.marks.map(mark => ({ ...mark, text: "", row: 0 })), badges: [] };
    drawMarks(marks, compact ? bare : laid, top, opaque ? top - 1 : bottom);
    if (list) listMarks(list, laid);
    content.paint(frame);
    follow();
  }

  /** Draws the cursor where the timeline has it. */
  function follow() {
    const { cursor: day, first, end, dates } = timeline;
    const visible = day !== null && day >= first && day <= end;
    cursor.attr("visibility", visible ? null : "hidden");
    if (!visible) return tip.hide();
    const { top, bottom } = frame.box;
    const { dots, rows, foot } = content.at(day);
    set(join(cursor, "line", [0]), { x1: x(day), x2: x(day), y1: top, y2: bottom });
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
      // A finger on the plot moves the cursor and scrolls the page; on the axis it marks a span, like a mouse anywhere.
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
      const px = within(event);
      if (pressed !== null && Math.abs(px - pressed) > DRAG) {
        timeline.show(indexAt(Math.min(pressed, px)), indexAt(Math.max(pressed, px) - 1));
      }
      release();
    })
    .on("pointercancel", release)
    .on("pointerleave", event => {
      if (event.pointerType === "mouse" && pressed === null) timeline.clear();
    })
    .on("dblclick", timeline.reset);

  function remove() {
    if (timeline.active === frame) timeline.clear();
    for (const part of [svg, tip, list]) part?.remove();
  }

  return frame;
}

/** What a drawing of frames over time does for its shell. */
const timeDrawing = (shell, frames) => ({
  overTime: true,
  follow: () => frames.forEach(frame => frame.follow()),
  key: event => shell.timeline.key(event, frames.find(frame => frame === shell.timeline.active) ?? frames[0]),
  leave: () => { if (frames.includes(shell.timeline.active)) shell.timeline.clear(); },
  remove: () => frames.forEach(frame => frame.remove()),
});
