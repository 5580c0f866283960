// The runs in the folder of results.

async function writeRuns(list) {
  const runs = await ask("/runs");
  const line = ({ name, title, start, end, paths, report }) => {
    const heading = report
      ? element("a", { href: `/runs/${encodeURIComponent(name)}/report.html`, target: "_blank", rel: "noopener" }, title)
      : element("span", {}, title);
    heading.dir = "auto";
    const made = `${name}: ${dayText(start)} to ${dayText(end)}, ${numberText(paths)} paths`;
    return element("li", {}, heading, element("span", { className: "note" }, report ? made : made + "; no page"));
  };
  list.replaceChildren(...runs.map(line));
  if (!runs.length) list.append(element("li", { className: "note" }, "None yet: save a setting and run it, or type `tidegate run` in this folder."));
}
