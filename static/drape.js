// drape.js paints what lies on a surface: its frame, a path, arrows, dots and wires. What is behind a hill is only hinted at.
const clamp = (v, lo, hi) => Math.min(hi, Math.max(lo, v))

export class Drape {
  constructor(pen, relief, colours, m, plane) { Object.assign(this, { pen, relief, colours, m, plane, scale: relief.scale }) }

  way(xs, ys) {                                     // a way over the surface, in steps that follow it; beyond its rim there is none
    const { m } = this, dx = (m.x[1] - m.x[0]) / m.shape[1], dy = (m.y[1] - m.y[0]) / m.shape[0], way = []
    const outside = (x, y) => x < m.x[0] || x > m.x[1] || y < m.y[0] || y > m.y[1]
    for (let i = 0; i < xs.length; i++) {
      const n = i ? clamp(Math.ceil(Math.hypot((xs[i] - xs[i - 1]) / dx, (ys[i] - ys[i - 1]) / dy)), 1, 400) : 1
      for (let k = i ? 1 : n; k <= n; k++) {
        const x = i ? xs[i - 1] + (xs[i] - xs[i - 1]) * k / n : xs[0], y = i ? ys[i - 1] + (ys[i] - ys[i - 1]) * k / n : ys[0]
        way.push(outside(x, y) ? null : this.relief.at(x, y))
      }
    }
    return way
  }

  stroke(way, colour, width, { casing = true, dash = [], hidden = .35 } = {}) {
    const { pen, scale } = this, seen = new Path2D(), behind = new Path2D()
    for (let i = 1; i < way.length; i++) {
      const a = way[i - 1], b = way[i]
      if (!a || !b) continue
      const path = a[2] && b[2] ? seen : behind
      if (path.last !== a) path.moveTo(a[0], a[1])
      path.lineTo(b[0], b[1])
      path.last = b
    }
    Object.assign(pen, { lineJoin: 'round', lineCap: 'round' })
    pen.setLineDash(dash.map(v => v * scale))
    if (hidden) { Object.assign(pen, { globalAlpha: hidden, strokeStyle: colour, lineWidth: width * scale * .7 }); pen.stroke(behind); pen.globalAlpha = 1 }
    if (casing) { Object.assign(pen, { strokeStyle: this.colours.paper, lineWidth: (width + 2.5) * scale }); pen.stroke(seen) }
    Object.assign(pen, { strokeStyle: colour, lineWidth: width * scale })
    pen.stroke(seen)
    pen.setLineDash([])
  }

  paint() {
    const { m, colours, plane } = this
    this.frame()
    m.wires?.forEach((from, i) => this.wire(from, m.wires[i + 1] ?? m.wx.length, m.tones[i]))
    for (let i = 0; i < (m.spots?.length ?? 0); i += 3) this.dot(m.spots[i], m.spots[i + 1], colours.data, 6, !m.spots[i + 2])
    if (m.px?.length) {
      this.stroke(this.way(m.px, m.py), colours.step, 2.75)
      for (let i = 1; i < m.px.length && m.px.length < 200; i++) this.dot(m.px[i], m.py[i], colours.step, 2.6, false)
    }
    for (let i = 0; i < (m.arrows?.length ?? 0) / 4; i++) this.arrow(m.arrows.slice(4 * i, 4 * i + 4), m.inks[i])
    for (const key of m.dots ?? []) {
      const handle = plane.mark(key)
      if (handle && !handle.hidden) this.dot(handle.x, handle.y, colours[handle.class] ?? colours.model, 5, true)
    }
    if (m.dot) this.dot(m.dot[0], m.dot[1], colours.step, 5.5)
  }

  wire(from, to, name) {                            // through points in space, each at its own height
    const { m, relief, colours } = this, [low, high] = m.z, part = name.endsWith('-part'), way = []
    const spot = (k, t) => ['wx', 'wy', 'wz'].map(axis => m[axis][k - 1] + (m[axis][k] - m[axis][k - 1]) * t)
    for (let k = from + 1; k < to; k++) {
      const n = Math.ceil(24 * Math.hypot(m.wx[k] - m.wx[k - 1], m.wy[k] - m.wy[k - 1]) / (m.x[1] - m.x[0])) || 1
      for (let i = k > from + 1 ? 1 : 0; i <= n; i++) { const [x, y, z] = spot(k, i / n); way.push(relief.at(x, y, (z - low) / (high - low))) }
    }
    this.stroke(way, colours[name.replace('-part', '')], part ? 1 : 3, { casing: !part, hidden: part ? .3 : .5 })
  }

  arrow([x, y, x1, y1], name) {                     // its head lies in the picture, along the last of its way
    const { pen, colours, scale } = this, part = name.endsWith('-part'), colour = colours[name.replace('-part', '')]
    const way = this.way([x, x1], [y, y1]).filter(Boolean), tip = way.at(-1), size = (part ? 8 : 12) * scale
    if (way.length < 2) return
    let i = way.length - 2
    while (i > 0 && Math.hypot(tip[0] - way[i][0], tip[1] - way[i][1]) < size) i--
    const [bx, by] = way[i], length = Math.hypot(tip[0] - bx, tip[1] - by), ux = (tip[0] - bx) / (length || 1), uy = (tip[1] - by) / (length || 1)
    const head = Math.min(size, length), neck = [tip[0] - ux * head, tip[1] - uy * head], half = head * .45
    this.stroke([...way.slice(0, i + 1), [...neck, tip[2]]], colour, part ? 2 : 3.25, { dash: part ? [1, 5] : [], hidden: .5 })
    pen.beginPath()
    for (const [px, py] of [tip, [neck[0] - uy * half, neck[1] + ux * half], [neck[0] + uy * half, neck[1] - ux * half]]) pen.lineTo(px, py)
    pen.closePath()
    pen.fillStyle = colour
    pen.globalAlpha = tip[2] ? 1 : .5
    pen.fill()
    pen.globalAlpha = 1
  }

  dot(x, y, colour, radius, ring) {
    const { pen, scale } = this, [way] = this.way([x], [y])
    if (!way) return
    const [px, py, seen] = way
    pen.globalAlpha = seen ? 1 : .45
    pen.beginPath()
    pen.arc(px, py, radius * scale, 0, 7)
    pen.fillStyle = ring ? this.colours.paper : colour
    pen.fill()
    if (ring !== false) { Object.assign(pen, { strokeStyle: ring ? colour : this.colours.paper, lineWidth: (ring ? 3 : 1.5) * scale }); pen.stroke() }
    pen.globalAlpha = 1
  }

  frame() {                                         // the floor, the height at one corner, and what the sides are called
    const { m, colours, scale, relief: { cos, sin } } = this, [x0, x1] = m.x, [y0, y1] = m.y
    const line = (a, b) => Array.from({ length: 33 }, (_, i) => this.relief.at(...a.map((v, k) => v + (b[k] - v) * i / 32)))
    const corners = [[x0, y0], [x1, y0], [x1, y1], [x0, y1]]
    corners.forEach((corner, i) => this.stroke(line([...corner, 0], [...corners[(i + 1) % 4], 0]), colours.edge, 1, { casing: false, hidden: 0 }))
    const leftmost = corners.reduce((best, corner) => this.relief.at(...corner, 0)[0] < this.relief.at(...best, 0)[0] ? corner : best)
    this.stroke(line([...leftmost, 0], [...leftmost, 1]), colours.edge, 1, { casing: false, hidden: .5 })
    const [xname, yname, zname] = m.names ?? []
    const near = .09, side = (v, lo, hi) => v > 0 ? lo - near * (hi - lo) : hi + near * (hi - lo)     // the side that is nearer to the reader
    this.word(xname, this.relief.at((x0 + x1) / 2, side(cos, y0, y1), 0))
    this.word(yname, this.relief.at(side(sin, x0, x1), (y0 + y1) / 2, 0))
    const [px, py] = this.relief.at(...leftmost, 1)
    this.word(zname, [px, py - 10 * scale], 'left')
  }

  word(words = '', [px, py], align = 'center') {
    const { pen, colours, plane, scale, relief: { wide } } = this
    Object.assign(pen, { font: `${plane.text * scale}px ${colours.fontFamily}`, textAlign: align, textBaseline: 'middle', lineWidth: 3.5 * scale, strokeStyle: colours.paper, fillStyle: colours.text })
    const { width } = pen.measureText(words), half = align === 'center' ? width / 2 : 0
    const x = clamp(px, half, wide - width + half)  // never beyond the rim
    pen.strokeText(words, x, py)
    pen.fillText(words, x, py)
  }
}
