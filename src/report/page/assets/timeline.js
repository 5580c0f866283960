// The window of time and the cursor that all charts of a page share. Places in time are indices into `page.dates`:
// a business day is as wide as any other, and the charts of a page can be read one below the other.

const timelines = new WeakMap();
const LEAST_DAYS = 4;

class Timeline {
  static of(page) {
    if (!timelines.has(page)) timelines.set(page, new Timeline(page));
    return timelines.get(page);
  }

  constructor(page) {
    this.dates = page.dates ?? [];
    this.last = Math.max(0, this.dates.length - 1);
    this.marks = (page.marks ?? [])
      .filter(mark => this.dates.length && mark.date >= this.dates[0] && mark.date <= this.dates[this.last])
      .map(mark => ({ ...mark, index: this.indexOf(mark.date) }))
      .sort((a, b) => a.index - b.index);
    this.first = 0;
    this.end = this.last;
    this.cursor = null;
    this.active = null;
    this.charts = new Set();
    this.frame = 0;
    this.moved = false;
  }

  /** The first published day on or after `date`. */
  indexOf(date) {
    const index = this.dates.findIndex(day => day >= date);
    return index < 0 ? this.last : index;
  }

  get zoomed() { return this.first > 0 || this.end < this.last; }
  get days() { return this.end - this.first + 1; }

  /** Puts the cursor on a day, of which `chart` tells the values; the window follows. */
  point(index, chart) {
    this.active = chart;
    this.cursor = Math.max(0, Math.min(this.last, index));
    const over = this.cursor < this.first ? this.cursor - this.first : Math.max(0, this.cursor - this.end);
    if (over) this.show(this.first + over, this.end + over);
    this.changed();
  }

  clear() {
    this.cursor = this.active = null;
    this.changed();
  }

  show(first, end) {
    const days = Math.min(this.last, Math.max(LEAST_DAYS, end - first));
    this.first = Math.round(Math.max(0, Math.min(first, this.last - days)));
    this.end = this.first + Math.round(days);
    this.moved = true;
    this.changed();
  }

  /** Makes the window `factor` times as long about the cursor, or about its middle. */
  zoom(factor) {
    const length = this.end - this.first;
    const about = this.cursor ?? (this.first + this.end) / 2;
    const longer = Math.max(LEAST_DAYS, length * factor);
    const first = about - (about - this.first) * longer / Math.max(1, length);
    this.show(first, first + longer);
  }

  reset() { this.show(0, this.last); }

  /** Tells every chart, once a picture of the screen however often it is asked. */
  changed() {
    this.frame ||= requestAnimationFrame(() => {
      const moved = this.moved;
      this.frame = 0;
      this.moved = false;
      for (const chart of this.charts) chart.follow(moved);
    });
  }

  /** What a key does to cursor or window of `chart`; false if it means nothing here. */
  key(event, chart) {
    const step = event.shiftKey ? 5 : 1;
    const from = this.cursor ?? (event.key === "ArrowLeft" ? this.end + step : this.first - step);
    switch (event.key) {
      case "ArrowLeft": this.point(from - step, chart); break;
      case "ArrowRight": this.point(from + step, chart); break;
      case "Home": this.point(this.first, chart); break;
      case "End": this.point(this.end, chart); break;
      case "Escape": this.clear(); break;
      case "+": case "=": this.zoom(0.5); break;
      case "-": case "_": this.zoom(2); break;
      case "0": this.reset(); break;
      default: return false;
    }
    return true;
  }
}
