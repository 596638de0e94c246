// pointers.js turns mouse, pen and fingers on a picture into places that handles and sketches want to reach.
import { clamp, distance, map } from './marks.js'

const FRESH = 500                                   // ms for which a picture counts as standing where it was measured
const NEAR = 28                                     // px: a finger that lands so close to a sketched curve has hold of it
const DECIDED = 10                                  // px: by then a finger elsewhere has shown whether it draws or scrolls

export class Pointers {
  grab = null                                       // what is held, by which pointer, and where
  undecided = null                                  // a finger that may want to scroll
  seen = null; matrix = null

  constructor(plane) {                              // listens on the figure: pictures come and go inside it
    this.plane = plane
    const { figure } = plane, on = (type, f, options) => figure.addEventListener(type, f.bind(this), options)
    on('pointerdown', this.press)
    on('pointermove', this.drag)
    on('pointermove', this.pass)
    on('pointerup', this.release)
    on('pointercancel', this.release)
    on('lostpointercapture', e => { if (e.target === figure) this.release(e) })
    on('touchstart', this.touch, { passive: false })
    on('touchmove', this.touch, { passive: false })
  }

  get busy() { return this.grab !== null }

  where(e) {                                        // in units of the picture; null while that is hidden
    const { svg } = this.plane
    if (!svg.checkVisibility()) return null
    if (!this.matrix || !this.busy || e.timeStamp - this.measured > FRESH) {    // to measure is to lay out the page anew
      this.matrix = svg.getScreenCTM()?.inverse()
      this.measured = e.timeStamp
    }
    return this.matrix && new DOMPoint(e.clientX, e.clientY).matrixTransform(this.matrix)
  }

  pick(e, p, jumps) {                               // the nearest knob within reach, else what lies under the pointer
    const { plane } = this, aside = key => jumps && e.pointerType !== 'touch' && plane.still(key)?.hover   // under every mouse: it gives way
    let best = plane.keyOf(e.target), least = plane.hit
    if (aside(best)) best = null
    for (const key in plane.scene.marks) {
      if (plane.scene.marks[key].kind !== 'handle' || !plane.movable(key) || aside(key)) continue
      const { x, y } = plane.spot(plane.mark(key)), far = Math.hypot(x - p.x, y - p.y)
      if (far <= least) { least = far; best = key }
    }
    return plane.movable(best) ? best : null
  }

  owner(p, ability) {                               // the handle that jumps to this place, or hovers over it
    const { scene, scales } = this.plane, inside = ([left, top, width, height]) =>
      p.x >= left && p.x <= left + width && p.y >= top && p.y <= top + height
    return Object.keys(scene.marks).find(key =>
      this.plane.still(key)[ability] && this.plane.movable(key) && inside(scales[scene.marks[key].plane].box))
  }

  press(e) {
    const { plane } = this
    this.undecided = null
    if (e.button || this.busy || !plane.svg?.contains(e.target)) return
    const p = this.where(e), jumps = p && this.owner(p, 'jump'), picked = p && this.pick(e, p, jumps), key = picked ?? jumps
    if (!key) return
    if (e.pointerType === 'touch' && (!picked || plane.scene.marks[key].kind === 'sketch' && this.away(key, p) > NEAR)) {
      this.undecided = { key, id: e.pointerId, p, x: e.clientX, y: e.clientY, jump: !picked }
      return
    }
    e.preventDefault()
    this.take(key, e.pointerId, p, !picked)
  }

  away(key, p) {                                    // from a curve, in pixels of the page
    const m = this.plane.mark(key), s = this.plane.scales[m.plane]
    return distance(map(m.x, s.x), map(m.y, s.y), p) * this.plane.svg.getScreenCTM().a
  }

  decide(e) {                                       // off a sketch's curve, or where a handle jumps: sideways is for it, else the page scrolls
    const { key, id, p, x, y, jump } = this.undecided, dx = Math.abs(e.clientX - x), dy = Math.abs(e.clientY - y)
    if (Math.max(dx, dy) < DECIDED) return
    this.undecided = null
    if (dx > dy && this.plane.movable(key)) this.take(key, id, p, jump)
  }

  take(key, id, p, jump) {
    const { plane } = this, { figure, motion } = plane
    motion.finish()
    const m = plane.mark(key), over = new AbortController()
    plane.used.add(key)
    this.grab = { key, id, over, last: p }
    this.hold(p)
    plane.keys.focus(key, false)
    try { figure.setPointerCapture(id) } catch { /* the finger is gone already */ }
    addEventListener('blur', () => this.release(), { signal: over.signal })
    for (const kind of ['scroll', 'resize']) addEventListener(kind, () => { this.matrix = null }, { signal: over.signal, capture: true })
    figure.dataset.held = m.move ?? 'both'          // for the cursor
    plane.draw([key])
    if (m.kind === 'sketch') this.sweep(key, p)
    if (!jump) return
    Object.assign(this.grab, { dx: 0, dy: 0 })
    motion.reach(key, ...plane.scales[m.plane].back(p.x, p.y))
  }

  hold(p) {                                         // a handle is grabbed beside its middle: it must not jump
    const m = this.plane.motion.now(this.grab.key), s = this.plane.scales[m.plane]
    Object.assign(this.grab, { at: p, dx: s.x(m.x) - p.x, dy: s.y(m.y) - p.y })
  }

  touch(e) { if (this.busy && e.cancelable) e.preventDefault() }        // what is not held scrolls the page

  drag(e) {
    if (e.pointerId === this.undecided?.id) this.decide(e)
    const p = e.pointerId === this.grab?.id && this.where(e)
    if (!p) return
    const { key, dx, dy } = this.grab, m = this.plane.mark(key)
    this.grab.at = p
    if (m.kind === 'sketch') this.sweep(key, p)
    else this.plane.motion.reach(key, ...this.plane.scales[m.plane].back(p.x + dx, p.y + dy))
  }

  pass(e) {                                         // a mouse goes by; a page that scrolls below it does not count
    const { plane } = this, { x, y } = this.seen ?? {}
    this.seen = { x: e.clientX, y: e.clientY }
    if (this.busy || e.buttons || e.pointerType === 'touch' || x === e.clientX && y === e.clientY || !plane.svg) return
    if (!Object.values(plane.scene.marks).some(m => m.hover)) return
    const p = this.where(e), key = p && this.owner(p, 'hover')
    if (key) plane.motion.reach(key, ...plane.scales[plane.scene.marks[key].plane].back(p.x, p.y), true)
  }

  sweep(key, p) {                                   // sets the nearest anchor, and those skipped since the last event
    const { plane } = this, m = plane.motion.now(key), s = plane.scales[m.plane], x = map(m.x, s.x), y = Array.from(m.y), { last } = this.grab
    const level = height => clamp(s.back(0, height)[1], m.bounds)
    x.forEach((v, i) => {
      if ((v - last.x) * (v - p.x) < 0) y[i] = level(last.y + (p.y - last.y) * (v - last.x) / (p.x - last.x))
    })
    const near = x.reduce((best, v, i) => Math.abs(v - p.x) < Math.abs(x[best] - p.x) ? i : best, 0)
    y[near] = level(p.y)
    plane.chosen[key] = near
    this.grab.last = p
    plane.motion.propose(key, { y })
  }

  release(e) {                                      // up, cancelled, capture lost, or (without an event) the window left
    const { plane } = this
    if (e && e.pointerId === this.undecided?.id) {
      const { key, id, p, jump } = this.undecided
      this.undecided = null
      if (jump && e.type === 'pointerup' && plane.movable(key)) this.take(key, id, p, jump)    // a tap
    }
    if (!this.busy || (e && e.pointerId !== this.grab.id)) return
    const { key } = this.grab, quiet = !plane.motion.unfinished
    this.drop()
    plane.motion.finish()
    plane.draw([key])
    if (quiet) plane.onquiet()
  }

  drop() {
    const { id, over } = this.grab, { figure } = this.plane
    this.grab = null
    over.abort()
    delete figure.dataset.held
    if (figure.hasPointerCapture(id)) figure.releasePointerCapture(id)
  }
}
