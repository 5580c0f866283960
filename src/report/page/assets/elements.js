// Elements, in fewer words than D3.

function set(selection, attributes) {
  for (const name in attributes) selection.attr(name, attributes[name]);
  return selection;
}

function add(parent, what) {
  const [tag, cls = null] = what.split(".");
  return parent.append(tag).attr("class", cls);
}

/** One `what` for each datum; a new one is made with `parts` inside. */
const join = (parent, what, data, parts = [], key) => parent.selectAll(what).data(data, key).join(enter => {
  const made = add(enter, what);
  parts.forEach(part => add(made, part));
  return made;
});

const picture = host => add(d3.select(host), "svg").attr("aria-hidden", "true");
const sized = (svg, width, height) => set(svg, { viewBox: `0 0 ${width} ${height}`, width, height });

/** Colours and dashes come from the class. */
const SWATCHES = {
  line: "M1,6H23",
  path: "M1,8L6,4L11,7L17,3L23,6",
  step: "M1,9H12V3H23",
  band: "M1,1H23V11H1Z",
  box: "M6,1H18V11H6Z",
  whisker: "M2,2V10M2,6H22M22,2V10",
  level: "M12,0V12",
};

function drawSwatches(hosts) {
  hosts.each(function (key) {
    const svg = sized(join(d3.select(this), "svg.swatch", [key]), 24, 12).attr("aria-hidden", "true");
    set(join(svg, "path", [key]), { class: key.cls, d: SWATCHES[key.shape] });
  });
}

const seriesClass = index => "s" + (index % 6 + 1);
