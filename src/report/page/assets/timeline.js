// The window of time and the cursor that all charts of a page share. Places in time are indices into the dates: a business day is
// as wide as any other.

const timelines = new WeakMap();
const LEAST_DAYS = 4;

function timelineOf(page) {
  if (!timelines.has(page)) timelines.set(page, makeTimeline(page.dates ?? [], page.marks ?? []));
  return timelines.get(page);
}

function act(key, actions) {
  actions[key]?.();
  return key in actions;
}

function makeTimeline(dates, marks) {
  const last = Math.max(0, dates.length - 1);
  let waiting = 0;
  let moved = false;

  /** Tells every chart, once a picture of the screen. */
  function changed() {
    waiting ||= requestAnimationFrame(() => {
      const far = moved;
      waiting = 0;
      moved = false;
      time.charts.forEach(chart => chart.follow(far));
    });
  }

  const time = {
    dates, first: 0, end: last, cursor: null, active: null, charts: new Set(),
    /** Takes `marks` in the place of those before, each at the first published day on or after its date. */
    mark(marks) {
      time.marks = marks.filter(({ date }) => date >= dates[0] && date <= dates[last])
        .map(mark => ({ ...mark, label: plain(mark.label), index: dates.findIndex(day => day >= mark.date) }))
        .sort((a, b) => a.index - b.index);
    },
    get zoomed() { return time.days <= last; },
    get days() { return time.end - time.first + 1; },

    /** Puts the cursor on a day, which `frame` tells; the window follows. */
    point(index, frame) {
      time.active = frame;
      time.cursor = clamp(0, index, last);
      const over = Math.min(0, time.cursor - time.first) || Math.max(0, time.cursor - time.end);
      if (over) time.show(time.first + over, time.end + over);
      changed();
    },

    clear() {
      time.cursor = time.active = null;
      changed();
    },

    show(first, end) {
      const days = Math.round(Math.min(last, Math.max(LEAST_DAYS, end - first)));
      time.first = Math.round(clamp(0, first, last - days));
      time.end = time.first + days;
      moved = true;
      changed();
    },

    /** Makes the window `factor` times as long, about the cursor or its middle. */
    zoom(factor) {
      const about = time.cursor ?? (time.first + time.end) / 2;
      const longer = Math.max(LEAST_DAYS, (time.end - time.first) * factor);
      const first = about - (about - time.first) * longer / (time.days - 1 || 1);
      time.show(first, first + longer);
    },

    reset() { time.show(0, last); },

    key({ key, shiftKey }, frame) {
      const step = shiftKey ? 5 : 1;
      const from = time.cursor ?? (key === "ArrowLeft" ? time.end + step : time.first - step);
      return act(key === "=" ? "+" : key, {
        ArrowLeft: () => time.point(from - step, frame),
        ArrowRight: () => time.point(from + step, frame),
        Home: () => time.point(time.first, frame),
        End: () => time.point(time.end, frame),
        Escape: time.clear,
        "+": () => time.zoom(0.5),
        "-": () => time.zoom(2),
        0: time.reset,
      });
    },
  };
  time.mark(marks);
  return time;
}
