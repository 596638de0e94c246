// marks.js draws marks (app/scene.py says what those are) just as app/marks.py does for the server: each kind is one small
// function here and one of the same name there, equal to the digit, so the server's picture is taken over as it stands.
import { control } from './bend.js'

const NS = 'http://www.w3.org/2000/svg', FAR = 100000
export const clamp = (v, [lo, hi]) => Math.min(hi, Math.max(lo, v))
export const map = (v, f) => Array.from(v, f)
export const text = v => String(Math.floor(clamp(v, [-FAR, FAR]) * 10 + .5) / 10)
const path = (xs, ys) => Array.from(xs, (x, i) => text(x) + ',' + text(ys[i])).join(' ')

export class Scale {                                // from a plane's numbers to units of the picture, and back
  constructor({ box, x: [x0, x1], y: [y0, y1] }) {
    const [left, top, width, height] = this.box = box, page = [-FAR, FAR]
    this.x = v => clamp(left + (v - x0) / (x1 - x0) * width, page)
    this.y = v => clamp(top + height - (v - y0) / (y1 - y0) * height, page)
    this.back = (x, y) => [x0 + (x - left) / width * (x1 - x0), y0 + (top + height - y) / height * (y1 - y0)]
  }
}

export function heightAt({ x: xs, y: ys }, x) {     // of a polyline; beyond its ends the last piece goes on
  let i = 1
  while (i < xs.length - 1 && xs[i] < x) i++
  return ys[i - 1] + (ys[i] - ys[i - 1]) * (x - xs[i - 1]) / (xs[i] - xs[i - 1])
}

export function distance(xs, ys, { x, y }) {        // from a polyline
  return Math.min(...xs.map((x1, i) => {
    const x0 = xs[i - 1] ?? x1, y0 = ys[i - 1] ?? ys[i], dx = x1 - x0, dy = ys[i] - y0
    const t = dx || dy ? clamp(((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy), [0, 1]) : 0
    return Math.hypot(x0 + t * dx - x, y0 + t * dy - y)
  }))
}

// How far a handle must have moved for a line that follows it to rise so: least squares, backwards through line.follows.
export function undone([cx, cy], rise, move) {
  const dot = (a, b) => a.reduce((sum, v, i) => sum + v * b[i], 0), over = (a, b) => b ? a / b : 0
  const a = dot(cx, rise), b = dot(cy, rise), xx = dot(cx, cx), yy = dot(cy, cy), xy = dot(cx, cy)
  if (move !== 'both') return move === 'x' ? [over(a, xx), 0] : [0, over(b, yy)]
  const det = xx * yy - xy * xy, sound = det > 1e-9 * xx * yy
  return sound ? [(a * yy - b * xy) / det, (b * xx - a * xy) / det] : [0, 0]
}

const GRIPS = { x: 'm-3 -3l-3 3l3 3m6 -6l3 3l-3 3', y: 'm-3 -3l3 -3l3 3m-6 6l3 3l3 -3',
  both: 'm-4 -2l-2 2l2 2m8 -4l2 2l-2 2m-6 -6l2 -2l2 2m-4 8l2 2l2 -2' }

function trail(tenths) {                            // where it begins, and from each point to the next, which takes few digits
  const [first, ...steps] = tenths.map(([x, y], i) => text((x - (i ? tenths[i - 1][0] : 0)) / 10) + ' ' + text((y - (i ? tenths[i - 1][1] : 0)) / 10))
  return first ? `M${first}` + (steps.length ? `l${steps.join(' ')}` : '') : ''
}

const look = (m, i) => ({ class: m.inks?.[i], 'data-lit': m.lits?.[i] })
const middle = (x, y, paper) => ({ x, y: y + paper.text * .35, 'text-anchor': 'middle' })

// The elements inside a mark's group, as [tag, attributes, words]. A number is rounded; '', null and undefined mean: none.
// m: the mark; s: its plane's Scale; paper: the Plane, for the rest of the scene
const KINDS = {
  points: (m, s) => map(m.x, (x, i) => ['circle', { cx: s.x(x), cy: s.y(m.y[i]), r: m.r || 4, ...look(m, i) }]),
  line: (m, s) => [['polyline', { points: path(map(m.x, s.x), map(m.y, s.y)), fill: 'none' }]],
  lines(m, s, paper) {                              // all pieces as one path, and the names that stand on them
    const tenths = map(m.x, (x, i) => [Math.floor(s.x(x) * 10 + .5), Math.floor(s.y(m.y[i]) * 10 + .5)])
    const pieces = map(m.starts, (a, i) => trail(tenths.slice(a, m.starts[i + 1] ?? tenths.length)))
    const names = map(m.names ?? [], (words, k) => ['text', middle(s.x(m.x[m.at[k]]), s.y(m.y[m.at[k]]), paper), words])
    return [['path', { d: pieces.join(''), fill: 'none' }], ...names]
  },
  area(m, s) {
    const x = map(m.x, s.x), base = s.y(m.base), ends = x.length ? [x.at(-1), x[0]] : []
    return [['polygon', { points: path([...x, ...ends], [...map(m.y, s.y), base, base]) }]]
  },
  tiles: (m, s) => map(m.x, (v, i) => {
    const a = s.x(v), b = s.x(v + m.w[i]), c = s.y(m.y[i]), d = s.y(m.y[i] + m.h[i])
    return ['rect', { x: Math.min(a, b), y: Math.min(c, d), width: Math.abs(b - a), height: Math.abs(d - c) }]
  }),
  squares: (m, s) => map(m.x, (v, i) => {           // either of a given size, or as wide as they are high
    const a = s.y(m.side ? m.y[i] : m.y0[i]), b = m.side ? a - m.side[i] : s.y(m.y1[i])
    const side = m.side ? m.side[i] : Math.abs(a - b), x = s.x(v)
    return ['rect', { x: m.left?.[i] ? x - side : x, y: Math.min(a, b), width: side, height: side }]
  }),
  arrow(m, s) {
    const x = s.x(m.x), y = s.y(m.y), x1 = s.x(m.x1), y1 = s.y(m.y1), dx = x1 - x, dy = y1 - y
    const length = Math.sqrt(dx * dx + dy * dy), head = Math.min(12, length), half = head * .4
    const ux = length ? dx / length : 0, uy = length ? dy / length : 0, bx = x1 - ux * head, by = y1 - uy * head
    return [['line', { x1: x, y1: y, x2: bx, y2: by }],
      ['polygon', { points: path([x1, bx - uy * half, bx + uy * half], [y1, by + ux * half, by - ux * half]) }]]
  },
  edges: (m, s) => map(m.value, (v, i) => {
    const x = s.x(m.x[i]), y = s.y(m.y[i]), x1 = s.x(m.x1[i]), y1 = s.y(m.y1[i])
    const looks = { 'stroke-width': Math.min(9, Math.abs(v) * 1.2 + .4), class: v >= 0 ? 'plus' : 'minus', 'data-lit': m.lits?.[i] }
    if (!m.bend) return ['line', { x1: x, y1: y, x2: x1, y2: y1, ...looks }]
    const [cx, cy] = control(x, y, x1, y1, m.bend[i])
    return ['path', { d: `M${text(x)} ${text(y)}Q${text(cx)} ${text(cy)} ${text(x1)} ${text(y1)}`, fill: 'none', ...looks }]
  }),
  nodes: (m, s, paper) => map(m.x, (v, i) => [s.x(v), s.y(m.y[i]), m.text[i], look(m, i)]).flatMap(([x, y, words, look]) => [
    ['circle', { cx: x, cy: y, r: m.r || 14, ...look }],
    ['text', { ...middle(x, y, paper), ...look }, m.bare ? '' : words]]),
  labels: (m, s, paper) => map(m.x, (v, i) => ['text', {
    x: s.x(v), y: s.y(m.y[i]) + paper.text * .35, 'text-anchor': m.anchor || 'middle', ...look(m, i) }, m.text[m.of ? m.of[i] : i]]),
  cells: (m, s, paper) => map(m.x, (v, i) => {      // rectangles by their lower left corners, each with a text in its middle
    const a = s.x(v), b = s.x(v + m.w[i]), c = s.y(m.y[i]), d = s.y(m.y[i] + m.h[i])
    return [['rect', { x: Math.min(a, b), y: Math.min(c, d), width: Math.abs(b - a), height: Math.abs(d - c), ...look(m, i) }],
      ['text', { ...middle((a + b) / 2, (c + d) / 2, paper), ...look(m, i) }, m.text[i]]]
  }).flat(),
  text: (m, s) => [['text', { x: s.x(m.x) + (m.dx || 0), y: s.y(m.y) + (m.dy || 0), 'text-anchor': m.anchor }, m.text]],
  cell(m, s, paper) {
    const a = s.x(m.x), b = s.x(m.x + m.w), c = s.y(m.y), d = s.y(m.y + m.h)
    return [['rect', { x: Math.min(a, b), y: Math.min(c, d), width: Math.abs(a - b), height: Math.abs(c - d) }],
      ['text', middle((a + b) / 2, (c + d) / 2, paper), m.text]]
  },
  handle(m, s, paper) {
    if (m.hidden) return []
    const { x, y } = paper.spot(m), parts = []
    if (m.seat) {                                   // the line that it sits on can be grabbed anywhere
      const line = paper.mark(m.seat.line), ground = paper.scales[line.plane]
      parts.push(['polyline', { class: 'hit', points: path(map(line.x, ground.x), map(line.y, ground.y)), fill: 'none',
        'stroke-width': paper.hit * 1.5, 'pointer-events': 'stroke' }])
    }
    return [...parts, ['circle', { class: 'hit', cx: x, cy: y, r: paper.hit, fill: 'none', 'pointer-events': 'all' }],
      ['circle', { class: 'knob', cx: x, cy: y, r: paper.knob }],
      ['path', { class: 'grip', d: `M${text(x)} ${text(y)}${GRIPS[m.move]}`, fill: 'none' }]]
  },
  sketch(m, s, paper, key) {
    const [x, y, width, height] = s.box, xs = map(m.x, s.x), ys = map(m.y, s.y)
    const anchor = i => i === paper.chosen[key] ? 'anchor chosen' : 'anchor'
    return [['rect', { class: 'hit', x, y, width, height, fill: 'none', 'pointer-events': 'all' }],
      ['polyline', { points: path(xs, ys), fill: 'none' }],
      ...xs.map((cx, i) => ['circle', { class: anchor(i), cx, cy: ys[i], r: 4 }])]
  },
}

const DECORATION = new Set(['points', 'line', 'lines', 'area', 'squares', 'tiles', 'arrow', 'edges', 'labels', 'image'])
export const held = m => Boolean(m?.dials || m?.picks || m?.kind === 'points' && m.dots)     // a reader can take hold of each of its parts

// What a mark's group is to CSS and to a screen reader; its name and clip path never change.
function outside(key, m, paper) {
  const { kind } = m, live = (kind === 'handle' || kind === 'sketch') && !m.hidden, parts = held(m), mute = DECORATION.has(kind) && !parts
  const chosen = v => Array.isArray(v) ? v[paper.chosen[key] ?? 0] : v, locked = kind === 'sketch' && m.locked
  const words = [kind, key, m.class, kind === 'line' && m.dash && 'dash', kind === 'text' && m.size, locked && 'locked', m.crowd && 'crowd',
    kind === 'handle' && 'move-' + m.move, kind === 'handle' && m.jump && 'jumps',
    kind === 'handle' && m.cue && !paper.used.has(key) && 'fresh',
    paper.grip === key && 'held']
  return {
    class: words.filter(Boolean).join(' '), 'data-lit': m.lit, 'aria-readonly': locked && 'true',
    tabindex: (live || parts && !paper.layers?.length) && '0', role: live ? 'slider' : parts ? 'group' : mute && m.label && 'img',
    'aria-label': (live || mute || parts) && m.label,
    'aria-valuetext': live && chosen(m.says), 'aria-valuenow': live && chosen(m.now),
    'aria-valuemin': live && m.min, 'aria-valuemax': live && m.max,
    'aria-orientation': live && (m.move === 'x' || m.move === 'both' ? 'horizontal' : 'vertical'),
    'aria-hidden': mute && !m.label && 'true',
  }
}

function write(element, attributes) {               // only what differs
  for (const name in attributes) {
    const value = attributes[name], words = typeof value === 'number' ? text(value) : value || null
    if (element.getAttribute(name) === words) continue
    if (words === null) element.removeAttribute(name)
    else element.setAttribute(name, words)
  }
}

function fill(g, parts) {                           // one child for each part; what stands there is kept
  while (g.childElementCount > parts.length) g.lastElementChild.remove()
  parts.forEach(([tag, attributes, words], i) => {
    let element = g.children[i]
    if (element?.localName !== tag) {
      const made = document.createElementNS(NS, tag)
      if (element) element.replaceWith(made)
      else g.append(made)
      element = made
    }
    write(element, attributes)
    if (words !== undefined && element.textContent !== words) element.textContent = words
  })
}

function paint(g, m, { box: [x, y, width, height] }) {      // pixels that change: a canvas takes the server's picture's place
  const [rows, columns] = m.shape
  let canvas = g.querySelector('canvas')
  if (!canvas) {
    fill(g, [['foreignObject', { x, y, width, height }]])
    canvas = g.firstElementChild.appendChild(document.createElement('canvas'))
    canvas.style.cssText = 'display:block;width:100%;height:100%'
  }
  if (canvas.width !== columns || canvas.height !== rows) Object.assign(canvas, { width: columns, height: rows })
  const ink = canvas.getContext('2d', { willReadFrequently: true }), bits = ink.createImageData(columns, rows)
  const out = new Uint32Array(bits.data.buffer), p = m.palette
  const colours = Uint32Array.from({ length: 256 }, (_, i) => 255 << 24 | p[3 * i + 2] << 16 | p[3 * i + 1] << 8 | p[3 * i])
  for (let i = 0; i < out.length; i++) out[i] = colours[m.pixels[i]]
  ink.putImageData(bits, 0, 0)
}

export const painter = m => m.kind === 'mesh' ? 'mesh' : m.crowd ? 'crowd' : m.pad ? 'pad' : null      // the module that paints it, if it is one of its own

export function draw(g, key, m, paper) {
  const scale = paper.scales[m.plane]
  if (m.kind !== 'mesh' && !m.pad) write(g, outside(key, m, paper))
  if (painter(m)) paper.paint(g, key, m)            // the server's picture of it stays until what paints it is here
  else if (m.kind === 'image') paint(g, m, scale)
  else fill(g, KINDS[m.kind](m, scale, paper, key))
}
