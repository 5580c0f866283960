// Where labels go so that they do not overlap.

const clamp = (low, value, high) => Math.max(low, Math.min(high, value));

/** Isotonic regression: middles nearest to `wanted` (ascending) of labels as high as `sizes`, apart and within `low` to `high`. */
function spread(wanted, sizes, low, high) {
  const offsets = [];
  sizes.forEach((size, index) => offsets.push(index ? offsets[index - 1] + (sizes[index - 1] + size) / 2 : size / 2));
  const blocks = [];
  wanted.forEach((place, index) => {
    let block = { sum: place - offsets[index], count: 1 };
    while (blocks.length && blocks.at(-1).sum / blocks.at(-1).count > block.sum / block.count) {
      const before = blocks.pop();
      block = { sum: before.sum + block.sum, count: before.count + block.count };
    }
    blocks.push(block);
  });
  const top = Math.max(low, high - sizes.reduce((sum, size) => sum + size, 0));
  return blocks
    .flatMap(({ sum, count }) => Array(count).fill(clamp(low, sum / count, top)))
    .map((place, index) => place + offsets[index]);
}

/** Rows, 0 next to the plot, of labels right of the lines at `x` (ascending), above every line that would cross them; at most `most`. */
function stagger(items, most) {
  const rows = [];
  for (let i = items.length - 1; i >= 0; i--) {
    rows[i] = 0;
    for (let j = i + 1; j < items.length && items[j].x < items[i].x + items[i].width; j++) {
      rows[i] = Math.max(rows[i], rows[j] + 1);
    }
    if (rows[i] >= most) return undefined;
  }
  return rows;
}

/** Numbers from 1 in badges as wide as `width(text)`; those that would touch become one. */
function badges(items, width) {
  const badge = (first, last, left, right) => {
    const text = first === last ? String(first) : first + "\u2013" + last;
    return { first, last, left, right, text, x: (left + right) / 2, width: width(text) };
  };
  const found = [];
  items.forEach(({ x }, index) => {
    let next = badge(index + 1, index + 1, x, x);
    while (found.length && found.at(-1).x + found.at(-1).width / 2 + 2 > next.x - next.width / 2) {
      const before = found.pop();
      next = badge(before.first, next.last, before.left, next.right);
    }
    found.push(next);
  });
  return found;
}
