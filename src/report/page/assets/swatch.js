// A sample of how something is drawn, for keys and tips. Colours and dashes come from the class, as in the chart.

const SWATCHES = {
  line: "M1,6H23",
  path: "M1,8L6,4L11,7L17,3L23,6",
  step: "M1,9H12V3H23",
  band: "M1,1H23V11H1Z",
  box: "M6,1H18V11H6Z",
  whisker: "M2,2V10M2,6H22M22,2V10",
  level: "M12,0V12",
};

function drawSwatch(svg, cls, shape) {
  d3.select(svg).attr("width", 24).attr("height", 12).attr("viewBox", "0 0 24 12").attr("aria-hidden", "true")
    .selectAll("path").data(shape ? [shape] : []).join("path").attr("class", cls).attr("d", SWATCHES[shape]);
}

/** Classes of series, which give colour and dash. */
const seriesClass = index => "s" + (index % 6 + 1);
