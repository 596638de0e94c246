// pad.js lets a reader draw on an image (`pad` in app/scene.py) with mouse, finger, pen or keys. What is drawn is there at once;
// each time the whole drawing is proposed, so that of all that wait the newest is enough. It comes when it is needed.
const NS = 'http://www.w3.org/2000/svg'
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }
const RUBBER = 32                                   // among the buttons of a pointer: the other end of a pen
const clamp = (v, high) => Math.min(high, Math.max(0, v))

function written(bits) {                            // eight pixels to a byte, six bits to a sign; '' for an empty sheet
  const bytes = Array.from({ length: Math.ceil(bits.length / 8) }, (_, i) => bits.slice(8 * i, 8 * i + 8).reduce((sum, bit, k) => sum | bit << 7 - k, 0))
  return bytes.some(Boolean) ? btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '') : ''
}

export class Painter {
  stroke = null                                     // { id, x, y, ink }: the pointer that draws, where it was last, and whether it puts ink
  cursor = null; down = false                       // where the keys are, and whether they draw as they go

  constructor(plane, g, key, before) {              // before: who painted the picture that this one replaces, perhaps in the middle of a stroke
    const { box: [x, y, width, height] } = plane.scales[plane.mark(key).plane], over = this.over = new AbortController()
    Object.assign(this, { plane, g, key, box: { x, y, width, height }, ...before && { stroke: before.stroke, cursor: before.cursor, down: before.down } })
    const holder = document.createElementNS(NS, 'foreignObject'), ring = this.ring = document.createElementNS(NS, 'rect')
    for (const [name, value] of Object.entries(this.box)) holder.setAttribute(name, value)
    this.canvas = holder.appendChild(document.createElement('canvas'))
    this.canvas.style.cssText = 'display:block;width:100%;height:100%;touch-action:none'
    ring.setAttribute('class', 'cursor')
    g.replaceChildren(holder, ring)
    const on = (target, type, f, options) => target.addEventListener(type, f.bind(this), { signal: over.signal, ...options })
    on(plane.figure, 'pointerdown', this.press, { capture: true })
    on(plane.figure, 'pointermove', this.draw, { capture: true })
    for (const type of ['pointerup', 'pointercancel', 'lostpointercapture']) on(plane.figure, type, this.release, { capture: true })
    on(g, 'touchstart', e => e.preventDefault(), { passive: false })
    on(g, 'keydown', this.keys)
    on(g, 'focus', this.place)
    on(g, 'blur', () => { this.down = false; this.place() })
    if (!plane.layers.some(layer => layer.pads)) plane.layers.push({ pads: true, adopt() {}, drawn() {}, refused: () => false, get busy() { return plane.painted[key]?.stroke } })
  }

  end() { this.over.abort() }

  show(m) {
    const pen = this.canvas.getContext('2d', { willReadFrequently: true }), [rows, columns] = m.shape
    if (this.canvas.width !== columns || this.canvas.height !== rows) Object.assign(this.canvas, { width: columns, height: rows })
    const picture = pen.createImageData(columns, rows)
    m.pixels.forEach((v, i) => picture.data.set([...m.palette.slice(3 * v, 3 * v + 3), 255], 4 * i))
    pen.putImageData(picture, 0, 0)
    this.m = m
    this.place()
  }

  // ---- with a pointer

  at(e) {                                           // in pixels of the image
    const { left, top, width, height } = this.canvas.getBoundingClientRect(), [rows, columns] = this.m.shape
    return [(e.clientX - left) / width * columns, (e.clientY - top) / height * rows]
  }

  press(e) {
    if (!this.g.contains(e.target) || this.stroke || e.button && e.button !== 5) return
    e.preventDefault()
    e.stopPropagation()
    this.plane.motion.finish()
    const [x, y] = this.at(e)
    this.stroke = { id: e.pointerId, x, y, ink: this.m.pad.ink && !(e.buttons & RUBBER) }
    try { this.plane.figure.setPointerCapture(e.pointerId) } catch { /* the finger is gone already */ }
    this.g.focus({ preventScroll: true, focusVisible: false })
    this.line(x, y, x, y, this.stroke.ink)
  }

  draw(e) {
    if (e.pointerId !== this.stroke?.id) return
    e.stopPropagation()
    for (const part of e.getCoalescedEvents?.().length ? e.getCoalescedEvents() : [e]) {
      const [x, y] = this.at(part)
      this.line(this.stroke.x, this.stroke.y, x, y, this.stroke.ink)
      Object.assign(this.stroke, { x, y })
    }
  }

  release(e) {
    if (e.pointerId !== this.stroke?.id) return
    this.stroke = null
    if (this.plane.figure.hasPointerCapture(e.pointerId)) this.plane.figure.releasePointerCapture(e.pointerId)
    this.plane.motion.finish()
    this.plane.onquiet()
  }

  line(x0, y0, x1, y1, ink) {                       // every pixel that a round pen touches on its way
    const { shape: [rows, columns], pad } = this.m, bits = this.bits(), dx = x1 - x0, dy = y1 - y0, long = dx * dx + dy * dy
    for (let i = 0; i < bits.length; i++) {
      const x = i % columns + .5, y = Math.floor(i / columns) + .5
      const t = long ? Math.min(1, Math.max(0, ((x - x0) * dx + (y - y0) * dy) / long)) : 0
      if (Math.hypot(x - x0 - t * dx, y - y0 - t * dy) <= pad.pen) bits[i] = +ink
    }
    this.propose(bits)
  }

  bits() { return this.m.pad.fresh ? new Uint8Array(this.m.pixels.length) : Uint8Array.from(this.m.pixels, v => +(v > 0)) }

  propose(bits) {
    const pixels = bits.map(bit => bit * this.m.pad.full)
    this.show({ ...this.m, pixels, pad: { ...this.m.pad, fresh: false } })       // ahead of the frame: a pen leaves its ink at once
    this.plane.motion.propose(this.key, { pixels, pad: this.m.pad, sends: { value: written(bits) } })
  }

  // ---- with keys

  keys(e) {
    if (e.ctrlKey || e.metaKey || e.altKey) return
    const { shape: [rows, columns], pad } = this.m, [x, y] = this.spot(), step = STEPS[e.key]
    if (step) {
      const to = [clamp(x + step[0], columns - 1), clamp(y + step[1], rows - 1)]
      this.cursor = to
      if (this.down) this.line(x + .5, y + .5, to[0] + .5, to[1] + .5, pad.ink)
    } else if (e.key === ' ') this.line(x + .5, y + .5, x + .5, y + .5, pad.ink && !this.bits()[y * columns + x])
    else if (e.key === 'Enter') {
      this.down = !this.down
      if (this.down) this.line(x + .5, y + .5, x + .5, y + .5, pad.ink)
    } else if (e.key === 'Delete') this.propose(new Uint8Array(rows * columns))
    else if (e.key === 'Escape' && this.down) this.down = false
    else return
    e.preventDefault()
    e.stopPropagation()
    this.cursor ??= [x, y]
    this.place()
    if (this.plane.motion.unfinished) this.plane.motion.tire()
  }

  spot() { const { shape: [rows, columns] } = this.m; return this.cursor ?? [columns >> 1, rows >> 1] }

  place() {                                         // the frame around the pixel where the keys are, and what a screen reader says
    const { g, m, ring, box } = this
    if (!m) return
    const [x, y] = this.spot(), { shape: [rows, columns], pad } = m, w = box.width / columns, h = box.height / rows
    const place = { x: box.x + x * w - 1, y: box.y + y * h - 1, width: w + 2, height: h + 2 }
    for (const name in place) ring.setAttribute(name, place[name])
    const words = [pad.rows[y], pad.columns[x], pad.words[+(m.pixels[y * columns + x] > 0)], ...this.down ? [pad.words[2]] : []]
    g.setAttribute('aria-valuetext', this.cursor ? words.join(', ') : pad.says)
    g.setAttribute('aria-valuenow', y * columns + x + 1)
    g.classList.toggle('drawing', this.down)
  }
}
