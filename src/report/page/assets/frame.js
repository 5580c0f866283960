// A plot over time: its place, the marks, the axis of dates, the cursor, and what pointers do.
//
// What is drawn in it is its content: `prepare(frame, width)` is asked for the room it takes (left, right, height) and
// whether it is opaque, so that marks end above it; `paint(frame)` draws into `frame.body`, `at(index)` tells the dots and the rows of the cursor.

let clips = 0;
const DRAG = 6; // pixels from which a press is a drag

class TimeFrame {
  constructor(shell, host, content) {
    Object.assign(this, { shell, host, content, timeline: shell.timeline, compact: content.compact });
    this.svg = d3.select(host).append("svg").attr("aria-hidden", "true");
    const clip = "tidegate-clip-" + ++clips;
    this.clip = this.svg.append("clipPath").attr("id", clip).append("rect");
    const layer = name => this.svg.append("g").attr("class", name);
    this.grid = layer("grid");
    this.unit = this.svg.append("text").attr("class", "unit");
    this.marks = layer("marks");
    this.body = layer("body").attr("clip-path", `url(#${clip})`);
    this.axis = layer("axis");
    this.ends = layer("ends");
    this.cursor = layer("cursor").attr("visibility", "hidden");
    this.cursor.append("line");
    this.brush = this.svg.append("rect").attr("class", "brush").attr("visibility", "hidden");
    this.list = this.compact ? null : d3.select(host).append("ol").attr("class", "marks").node();
    this.tip = new Tip(host);
    this.listen();
  }

  /** The middle of a day. */
  x = index => this.box.left + (index - this.timeline.first + 0.5) * this.day;

  indexAt(px) {
    const index = Math.floor((px - this.box.left) / this.day) + this.timeline.first;
    return Math.max(this.timeline.first, Math.min(this.timeline.end, index));
  }

  render(width) {
    this.width = width;
    const { left, right, height, opaque } = this.content.prepare(this, width);
    this.box = { left, right: Math.max(left + 40, width - right), top: 0, bottom: 0 };
    this.day = (this.box.right - this.box.left) / this.timeline.days;
    const marks = layMarks(this.timeline, this.x, this.box, width);
    this.box.top = this.compact ? 8 : 14 + Math.max(1, marks.rows) * ROW;
    this.box.bottom = this.box.top + height;
    const total = this.box.bottom + 38;
    this.svg.attr("viewBox", `0 0 ${width} ${total}`).attr("width", width).attr("height", total);
    this.clip.attr("x", this.box.left).attr("y", this.box.top - 2)
      .attr("width", this.box.right - this.box.left).attr("height", height + 4);
    drawTime(this.axis, this.timeline, this.x, this.box);
    if (this.compact) marks.marks.forEach(mark => { mark.text = ""; mark.row = 0; });
    drawMarks(this.marks, this.compact ? { marks: marks.marks, badges: [] } : marks, this.box, opaque ? this.box.top - 1 : this.box.bottom);
    if (this.list) listMarks(this.list, marks);
    this.content.paint(this);
    this.follow();
  }

  /** Draws the cursor where the timeline has it. */
  follow() {
    const { cursor, first, end, dates } = this.timeline;
    const visible = cursor !== null && cursor >= first && cursor <= end && this.box;
    this.cursor.attr("visibility", visible ? null : "hidden");
    if (!visible) return this.tip.hide();
    const x = this.x(cursor);
    const { dots, rows, foot } = this.content.at(cursor);
    this.cursor.select("line").attr("x1", x).attr("x2", x).attr("y1", this.box.top).attr("y2", this.box.bottom);
    this.cursor.selectAll("circle").data(dots).join("circle")
      .attr("class", dot => dot.cls).attr("cx", x).attr("cy", dot => dot.y).attr("r", 3.5);
    if (this.timeline.active !== this) return this.tip.hide();
    const today = this.timeline.marks.filter(mark => mark.index === cursor).map(mark => plain(mark.label));
    const head = weekdayDate(dates[cursor]);
    this.tip.fill(head, rows, today, foot);
    this.tip.beside(x, this.box, this.width);
    this.shell.say([head, ...today, ...rows.map(row => [row.name, row.value, row.range].filter(Boolean).join(" "))]);
  }

  listen() {
    const node = this.svg.node();
    let from = null;
    const to = px => Math.max(this.box.left, Math.min(this.box.right, px));
    this.svg
      .on("pointerdown", event => {
        const [px, py] = d3.pointer(event, node);
        this.timeline.point(this.indexAt(px), this);
        // A finger on the plot moves the cursor and scrolls the page; on the axis it marks a span, like a mouse anywhere.
        if (event.button === 0 && (event.pointerType === "mouse" || py > this.box.bottom)) {
          from = to(px);
          if (event.pointerType !== "mouse") node.setPointerCapture(event.pointerId);
        }
      })
      .on("pointermove", event => {
        const [px] = d3.pointer(event, node);
        this.timeline.point(this.indexAt(px), this);
        if (from === null) return;
        if (Math.abs(px - from) > DRAG && !node.hasPointerCapture(event.pointerId)) node.setPointerCapture(event.pointerId);
        this.brush.attr("visibility", null).attr("y", this.box.top).attr("height", this.box.bottom - this.box.top)
          .attr("x", Math.min(from, to(px))).attr("width", Math.abs(to(px) - from));
      })
      .on("pointerup", event => {
        const px = to(d3.pointer(event, node)[0]);
        if (from !== null && Math.abs(px - from) > DRAG) {
          this.timeline.show(this.indexAt(Math.min(from, px)), this.indexAt(Math.max(from, px) - 1));
        }
        from = null;
        this.brush.attr("visibility", "hidden");
      })
      .on("pointercancel", () => {
        from = null;
        this.brush.attr("visibility", "hidden");
      })
      .on("pointerleave", event => {
        if (event.pointerType === "mouse" && from === null) this.timeline.clear();
      })
      .on("dblclick", () => this.timeline.reset());
  }

  remove() {
    if (this.timeline.active === this) this.timeline.clear();
    this.svg.remove();
    this.tip.remove();
    this.list?.remove();
  }
}
