// Charts of items: one is chosen by pointer or keys, marked, and told by the tip.

/** Of `places()` one is chosen, or null: `mark(index)` shows it, `tell(index, tip)` gives the words to read out. */
function chooser(shell, svg, { places, mark, tell }) {
  const tip = makeTip(shell.plot);
  let chosen = null;

  function show() {
    if (!places().includes(chosen)) chosen = null;
    mark(chosen);
    if (chosen === null) tip.hide();
    else shell.say(tell(chosen, tip).filter(Boolean));
  }

  function choose(index) {
    if (index === chosen) return;
    chosen = index;
    show();
  }

  svg.on("pointerleave", event => { if (event.pointerType === "mouse") choose(null); });
  return {
    show, choose,
    leave: () => choose(null),
    key({ key }) {
      const all = places();
      const now = all.indexOf(chosen);
      const go = place => choose(all[clamp(0, place, all.length - 1)] ?? null);
      const next = () => go(now + 1);
      const before = () => go(now < 0 ? all.length : now - 1);
      return act(key, {
        ArrowDown: next, ArrowRight: next, ArrowUp: before, ArrowLeft: before,
        Home: () => go(0), End: () => go(all.length), Escape: () => choose(null),
      });
    },
    remove() {
      svg.remove();
      tip.remove();
    },
  };
}
