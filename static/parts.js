// parts.js knows where the single parts of a mark are on the picture: an edge, a node, a cell, a pixel.
import { control } from './bend.js'

const CURVE = 16                                    // pieces in which a curved edge is measured

export const placeOf = (m, i) => m.places?.[m.crowd?.sorted]?.[i] ?? i      // where this pixel of an image stands

export function count(m) { return m.kind === 'image' ? m.shape[0] * m.shape[1] : m.x.length }

export function part(m, s, i) {                     // { line: [[x, y], …] }, { disc: [x, y, r] } or { box: [x, y, w, h] }
  if (m.kind === 'image') {
    const [rows, columns] = m.shape, [x, y, width, height] = s.box, at = placeOf(m, i)
    return { box: [x + at % columns * width / columns, y + Math.floor(at / columns) * height / rows, width / columns, height / rows] }
  }
  const x = s.x(m.x[i]), y = s.y(m.y[i])
  if (m.kind === 'edges') {
    const x1 = s.x(m.x1[i]), y1 = s.y(m.y1[i])
    if (!m.bend?.[i]) return { line: [[x, y], [x1, y1]] }
    const [cx, cy] = control(x, y, x1, y1, m.bend[i]), along = Array.from({ length: CURVE + 1 }, (_, k) => k / CURVE)
    return { line: along.map(t => [(1 - t) ** 2 * x + 2 * t * (1 - t) * cx + t * t * x1, (1 - t) ** 2 * y + 2 * t * (1 - t) * cy + t * t * y1]) }
  }
  if (!m.w) return { disc: [x, y, m.r || (m.kind === 'nodes' ? 14 : 4)] }
  const x1 = s.x(m.x[i] + m.w[i]), y1 = s.y(m.y[i] + m.h[i])
  return { box: [Math.min(x, x1), Math.min(y, y1), Math.abs(x1 - x), Math.abs(y1 - y)] }
}

export function far({ line, disc, box }, p) {       // from a place to the nearest of a part, 0 inside of it
  if (disc) return Math.max(0, Math.hypot(disc[0] - p.x, disc[1] - p.y) - disc[2])
  if (box) return Math.hypot(Math.max(box[0] - p.x, 0, p.x - box[0] - box[2]), Math.max(box[1] - p.y, 0, p.y - box[1] - box[3]))
  let least = Infinity
  for (let k = 1; k < line.length; k++) {
    const [x0, y0] = line[k - 1], dx = line[k][0] - x0, dy = line[k][1] - y0
    const t = dx || dy ? Math.min(1, Math.max(0, ((p.x - x0) * dx + (p.y - y0) * dy) / (dx * dx + dy * dy))) : 0
    least = Math.min(least, Math.hypot(x0 + t * dx - p.x, y0 + t * dy - p.y))
  }
  return least
}

export function middle({ line, disc, box }) {       // where its card points to, how far it reaches up and down from there, which way it falls
  if (disc) return { x: disc[0], y: disc[1], reach: disc[2] }
  if (box) return { x: box[0] + box[2] / 2, y: box[1] + box[3] / 2, reach: box[3] / 2 }
  const k = (line.length - 1) / 2, [a, b] = [line[Math.floor(k)], line[Math.ceil(k)]]
  const [dx, dy] = [line.at(-1)[0] - line[0][0], line.at(-1)[1] - line[0][1]], falls = Math.sign(dx * dy || 1) * Math.min(1, 4 * Math.abs(dy) / Math.hypot(dx, dy, 1e-9))
  return { x: (a[0] + b[0]) / 2, y: (a[1] + b[1]) / 2, reach: 4, falls }
}

export function outline({ line, disc, box }, more) { // what glows around it
  if (disc) return ['circle', { cx: disc[0], cy: disc[1], r: disc[2] + more }]
  if (box) return ['rect', { x: box[0] - 1, y: box[1] - 1, width: box[2] + 2, height: box[3] + 2, rx: 3 }]
  return ['polyline', { points: line.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' '), fill: 'none' }]
}

export function towards(places, i, dx, dy) {        // the nearest part in this direction; who is aside counts as further away
  let best = i, least = Infinity
  places.forEach(({ x, y }, k) => {
    const along = (x - places[i].x) * dx + (y - places[i].y) * dy, aside = Math.abs((x - places[i].x) * dy) + Math.abs((y - places[i].y) * dx)
    if (along > .5 && along + 3 * aside < least) { least = along + 3 * aside; best = k }
  })
  return best
}
