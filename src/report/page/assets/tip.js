// The box that tells the numbers at the cursor, within the plot.

function makeTip(host) {
  const box = set(add(d3.select(host), "div.tip"), { "aria-hidden": "true", hidden: "" });
  const head = add(box, "b");
  const events = add(box, "div");
  const body = add(add(box, "table"), "tbody");
  const foot = add(box, "p");

  function move(left, top, width) {
    const within = clamp(0, left, width - box.node().offsetWidth);
    box.style("transform", `translate(${Math.round(within)}px,${Math.round(top)}px)`);
  }

  return {
    fill(title, rows, today = [], note = "") {
      box.attr("hidden", null);
      head.text(title);
      join(events, "p", today).text(event => event);
      const row = join(body, "tr", rows, ["td.sample", "th", "td.value", "td.range"]);
      drawSwatches(row.select(".sample"));
      row.select("th").text(({ name }) => plain(name));
      row.select(".value").text(({ value }) => value);
      row.select(".range").text(({ range }) => range ?? "");
      foot.text(note).attr("hidden", note ? null : "");
    },

    /** On the roomier side; on a narrow screen above the plot, where no finger is. */
    beside(x, { left, right, top }, width) {
      const { offsetWidth, offsetHeight } = box.node();
      if (width < NARROW) move(x - offsetWidth / 2, top - 6 - offsetHeight, width);
      else move(x < (left + right) / 2 ? x + 14 : x - 14 - offsetWidth, top + 4, width);
    },

    /** Below what lies from `top` to `bottom`, or above it at the end of the plot. */
    under(left, top, bottom, end, width) {
      const { offsetHeight } = box.node();
      move(left, bottom + offsetHeight > end && top > offsetHeight ? top - offsetHeight - 4 : bottom + 4, width);
    },

    hide: () => box.attr("hidden", ""),
    remove: () => box.remove(),
  };
}

const spoken = ({ name, value, range }) => [name, value, range].filter(Boolean).join(" ");
