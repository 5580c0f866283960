// The sliders of a scenario: one group for each event, the Treasury's cash target, and the model. A slider moves over the
// places the server names; where the scenario has it is marked, and going back there takes the change away.

class Knobs {
  /** `changed(changes)` is told of every move. */
  constructor(host, changed) {
    Object.assign(this, { host, changed, changes: {}, rows: new Map(), switches: new Map() });
  }

  /** Puts up the sliders of `groups`. */
  show(groups) {
    this.rows.clear();
    this.switches.clear();
    this.host.replaceChildren(...groups.map(group => this.group(group)));
  }

  group({ title, switch: key, knobs }) {
    const field = element("fieldset");
    const name = element("bdi", {}, title);
    if (key) {
      const box = element("input", { type: "checkbox", checked: true });
      box.setAttribute("aria-label", title + " happens");
      box.addEventListener("change", () => this.put(key, box.checked, true));
      this.switches.set(key, { box, field });
      field.append(element("legend", {}, element("label", {}, box, name)));
    } else {
      field.append(element("legend", {}, name));
    }
    field.append(...knobs.map(knob => this.row(knob)));
    return field;
  }

  row(knob) {
    const id = "knob-" + this.rows.size;
    const range = element("input", { type: "range", id, min: 0, max: knob.positions.length - 1, step: 1, value: knob.at });
    const value = element("output");
    value.htmlFor = id;
    const own = positionText(knob.positions[knob.at], knob.unit);
    const reset = element("button", { type: "button", className: "back", textContent: "reset", title: `Back to ${own}` });
    reset.setAttribute("aria-label", `Reset ${knob.label} to ${own}`);
    const tick = element("i", { className: "own" });
    // The thumb is 16 pixels wide and stays within the slider.
    const share = knob.at / (knob.positions.length - 1);
    tick.style.left = `calc(8px + ${share} * (100% - 16px))`;
    const label = element("label", { htmlFor: id, textContent: knob.label, title: knob.meaning });
    const row = element("div", { className: "knob" }, label, reset, value, element("div", { className: "track" }, range, tick));
    range.addEventListener("input", () => this.put(knob.key, knob.positions[range.value], knob.positions[knob.at]));
    reset.addEventListener("click", () => {
      this.put(knob.key, knob.positions[knob.at], knob.positions[knob.at]);
      range.focus();
    });
    this.rows.set(knob.key, { knob, range, value, row });
    return row;
  }

  put(key, value, own) {
    if (value === own) delete this.changes[key];
    else this.changes[key] = value;
    this.write();
    this.changed();
  }

  /** Moves the sliders to `changes`; keys that the scenario has not are left out. */
  set(changes) {
    this.changes = {};
    for (const [key, value] of Object.entries(changes)) {
      if (this.rows.has(key) || this.switches.has(key)) this.changes[key] = value;
    }
    this.write();
  }

  write() {
    for (const [key, { box, field }] of this.switches) {
      box.checked = this.changes[key] !== false;
      field.classList.toggle("left-out", !box.checked);
    }
    for (const [key, { knob, range, value, row }] of this.rows) {
      const moved = key in this.changes;
      const now = moved ? this.changes[key] : knob.positions[knob.at];
      range.value = moved ? nearestPosition(knob.positions, now) : knob.at;
      const drawn = knob.drawn && !moved;
      value.textContent = (drawn ? "around " : "") + positionText(now, knob.unit);
      value.title = drawn ? "Each path draws its own: " + knob.drawn : "";
      range.setAttribute("aria-valuetext", value.textContent);
      row.classList.toggle("moved", moved);
    }
  }

  /** The changes in a few words. */
  words(changes = this.changes) {
    const parts = Object.entries(changes).map(([key, value]) => {
      const row = this.rows.get(key);
      if (row) return `${row.knob.label.toLowerCase()} ${positionText(value, row.knob.unit)}`;
      return `without ${key.replace(/^event\./, "")}`;
    });
    const some = parts.slice(0, 3).join(", ");
    return parts.length > 3 ? `${some} and ${parts.length - 3} more` : some;
  }
}

function nearestPosition(positions, value) {
  if (typeof value === "string") {
    const at = positions.findIndex(position => position >= value);
    return at < 0 ? positions.length - 1 : at;
  }
  let best = 0;
  positions.forEach((position, at) => {
    if (Math.abs(position - value) < Math.abs(positions[best] - value)) best = at;
  });
  return best;
}
