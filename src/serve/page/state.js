// A state of the page and its address: `#scenario=NAME&KEY=VALUE…`, and with `pin` before each key what it is compared with.

const PIN = "pin:";
const DAY = /^\d{4}-\d\d-\d\d$/;

/** A value as the address has it. */
const valueText = value => typeof value === "boolean" ? value ? "on" : "off" : String(value);

/** A value that the address has; undefined where it is none. */
function readValue(text) {
  if (text === "on" || text === "off") return text === "on";
  if (DAY.test(text)) return text;
  const number = Number(text);
  return text.trim() !== "" && Number.isFinite(number) ? number : undefined;
}

const copyOf = ({ scenario, changes }) => ({ scenario, changes: { ...changes } });

function addressOf(setting, pinned) {
  const parts = [];
  const add = (prefix, { scenario, changes }) => {
    parts.push([prefix + "scenario", scenario]);
    for (const key of Object.keys(changes).sort()) parts.push([prefix + key, valueText(changes[key])]);
  };
  add("", setting);
  if (pinned) add(PIN, pinned);
  return "#" + new URLSearchParams(parts);
}

/** What an address holds: a setting, and one it is compared with; either may be absent. */
function readAddress(hash) {
  const settings = { "": undefined, [PIN]: undefined };
  const changes = { "": {}, [PIN]: {} };
  for (const [key, text] of new URLSearchParams(hash.replace(/^#/, ""))) {
    const prefix = key.startsWith(PIN) ? PIN : "";
    const name = key.slice(prefix.length);
    if (name === "scenario") settings[prefix] = { scenario: text, changes: changes[prefix] };
    else if (readValue(text) !== undefined) changes[prefix][name] = readValue(text);
  }
  return { setting: settings[""], pinned: settings[PIN] };
}
