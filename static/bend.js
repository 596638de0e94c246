// bend.js: where the control point of a curve is whose middle stands so far off the straight line.
export function control(x, y, x1, y1, bend) {
  const dx = x1 - x, dy = y1 - y, length = Math.max(Math.sqrt(dx * dx + dy * dy), 1e-9)
  return [(x + x1) / 2 + 2 * bend * dy / length, (y + y1) / 2 - 2 * bend * dx / length]
}
