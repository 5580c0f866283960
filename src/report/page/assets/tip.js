// The box that tells the numbers at the cursor. It stays within the plot and takes no pointer.

class Tip {
  constructor(host) {
    this.host = host;
    this.box = d3.select(host).append("div").attr("class", "tip").attr("aria-hidden", "true").attr("hidden", "");
    this.head = this.box.append("b");
    this.events = this.box.append("div");
    this.rows = this.box.append("table").append("tbody");
    this.foot = this.box.append("p");
  }

  /** `rows` of { cls, shape, name, value, range }; `events` are lines below the head. */
  fill(head, rows, events = [], foot = "") {
    this.box.attr("hidden", null);
    this.head.text(head);
    this.events.selectAll("p").data(events).join("p").text(event => event);
    const row = this.rows.selectAll("tr").data(rows).join(enter => {
      const row = enter.append("tr");
      row.append("td").append("svg").attr("class", "swatch");
      row.append("th").append("bdi");
      row.append("td").attr("class", "value");
      row.append("td").attr("class", "range");
      return row;
    });
    row.each(function ({ cls, shape }) { drawSwatch(this.querySelector("svg"), cls, shape); });
    row.select("bdi").text(({ name }) => plain(name));
    row.select(".value").text(({ value }) => value);
    row.select(".range").text(({ range }) => range ?? "");
    this.foot.text(foot).attr("hidden", foot ? null : "");
  }

  move(left, top, width) {
    const node = this.box.node();
    const within = Math.max(0, Math.min(width - node.offsetWidth, left));
    node.style.transform = `translate(${Math.round(within)}px,${Math.round(top)}px)`;
  }

  /** Beside the cursor at `x`, on the side that has more room; on a narrow screen above the plot, where no finger covers it. */
  beside(x, box, width) {
    const { offsetWidth, offsetHeight } = this.box.node();
    if (width < 560) this.move(x - offsetWidth / 2, box.top - 6 - offsetHeight, width);
    else this.move(x < (box.left + box.right) / 2 ? x + 14 : x - 14 - offsetWidth, box.top + 4, width);
  }

  /** Below a row from `top` to `bottom`, or above it where that would leave the plot, whose height is `end`. */
  under(left, top, bottom, end, width) {
    const { offsetHeight } = this.box.node();
    this.move(left, bottom + offsetHeight > end && top > offsetHeight ? top - offsetHeight - 4 : bottom + 4, width);
  }

  hide() { this.box.attr("hidden", ""); }
  remove() { this.box.remove(); }
}
