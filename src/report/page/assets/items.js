// What charts of items share that are not over time: one item is chosen by pointer or keys, marked, and told by the tip.

/** `count()` of items, `mark(index)` one of them (or null), `tell(index, tip)` of it and give the words to read out. */
function chooser(shell, svg, { count, mark, tell, skip = () => false }) {
  const tip = makeTip(shell.plot);
  let chosen = null;

  function show() {
    if (chosen !== null && chosen >= count()) chosen = null;
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
      const places = Array.from({ length: count() }, (_, i) => i).filter(i => !skip(i));
      const now = places.indexOf(chosen);
      const go = place => choose(places[Math.max(0, Math.min(places.length - 1, place))] ?? null);
      const next = () => go(now + 1);
      const before = () => go(now < 0 ? places.length : now - 1);
      const actions = {
        ArrowDown: next, ArrowRight: next, ArrowUp: before, ArrowLeft: before,
        Home: () => go(0), End: () => go(places.length), Escape: () => choose(null),
      };
      actions[key]?.();
      return key in actions;
    },
    remove() {
      svg.remove();
      tip.remove();
    },
  };
}
