// hand.js: a mouse or a finger finds the nearest part of a mark, takes it, drags it and lets it go. dials.js knows what that means.
import { count, far, part } from './parts.js'

const REACH = { touch: 22 }, NEAR = 12              // px around a finger, and around any other pointer
const SLOP = 4, DECIDED = 10, HELD = 300            // px: a press has become a drag; a finger has shown its way; ms: it means this very part

export const same = (a, b) => a?.key === b?.key && a?.i === b?.i

export class Hand {
  hover = null; grab = null; undecided = null       // { key, i }: below the mouse, in the hand, perhaps in it soon

  constructor(plane) {
    this.plane = plane
    const { figure } = plane, on = (type, f, options) => figure.addEventListener(type, f.bind(this), options)
    on('pointerdown', this.press)
    on('pointermove', this.move)
    on('pointerup', this.release)
    on('pointercancel', this.release)
    on('lostpointercapture', e => { if (e.target === figure) this.release(e) })
    on('pointerleave', e => { if (e.pointerType !== 'touch') this.over(null) })     // after a tap its card stays, until the next
    on('touchstart', this.touch, { passive: false })
    on('touchmove', this.touch, { passive: false })
  }

  get busy() { return this.grab !== null }

  where(e) {
    const matrix = this.plane.svg?.getScreenCTM(), p = matrix && new DOMPoint(e.clientX, e.clientY).matrixTransform(matrix.inverse())
    return p && { x: p.x, y: p.y, unit: matrix.a }
  }

  find(e, p) {                                      // the nearest part within reach
    const { plane } = this, { marks } = plane.scene, above = marks[plane.keyOf(e.target)], R = (REACH[e.pointerType] ?? NEAR) / p.unit
    let best = null, least = Infinity
    for (const key of this.keys) {
      const m = plane.mark(key), s = plane.scales[m.plane]
      if (above && above !== marks[key] && (above.kind === 'nodes' || above.kind === 'handle')) continue
      for (let i = count(m) - 1; i >= 0; i--) {
        const shape = part(m, s, i), away = far(shape, p), size = shape.disc ? shape.disc[2] : shape.box ? Math.min(shape.box[2], shape.box[3]) / 2 : 0
        if (away <= Math.max(0, R - size) && away <= least && this.can({ key, i })) { best = { key, i }; least = away }
      }
    }
    return best
  }

  ground(p) {                                       // the mark that gets a new point where there is none
    return this.keys.find(key => {
      const { dots, plane } = this.plane.mark(key), [x, y, width, height] = this.plane.scales[plane].box
      return dots?.adds && p.x >= x && p.x <= x + width && p.y >= y && p.y <= y + height
    })
  }

  press(e) {
    const { plane, card } = this
    this.letGo()
    if (e.button || plane.busy || !plane.svg?.contains(e.target)) return
    const p = this.where(e), at = p && this.find(e, p), open = this.pinned
    if (open && !same(at, open)) card.shut(true, false)
    if (!at) this.over(null)
    const key = at?.key ?? (p && !open && this.ground(p))
    if (!key) return
    plane.pointers.undecided = null
    const start = { ...at ?? { key, i: -1 }, p, id: e.pointerId, touch: e.pointerType === 'touch', x: e.clientX, y: e.clientY }
    if (at && !start.touch && this.fixed(at)) { e.preventDefault(); return this.choose(at, false) }    // a click may lead somewhere
    if (at && (!start.touch || same(at, open))) { e.preventDefault(); return this.take(start) }
    this.undecided = start                          // a finger may want to scroll, and a press on empty ground to do nothing
    if (at && !this.fixed(at)) this.holding = setTimeout(() => { if (this.undecided === start) { this.letGo(); this.take(start) } }, HELD)
    else if (!at && !start.touch) e.preventDefault()
  }

  letGo() { clearTimeout(this.holding); this.undecided = null }

  take(start) {
    const { plane } = this, over = new AbortController()
    plane.motion.finish()
    plane.onhold?.()
    this.grab = { ...start, from: this.manner(start.key).start?.(this, start), over }
    this.hover = null
    this.choose(start, false)
    try { plane.figure.setPointerCapture(start.id) } catch { /* the finger is gone already */ }
    addEventListener('blur', () => this.release(), { signal: over.signal })
    this.show()
  }

  touch(e) { if (this.busy && e.cancelable) e.preventDefault() }

  move(e) {
    const { undecided, grab, plane } = this
    if (e.pointerId === grab?.id) return this.pull(e)
    if (e.pointerId === undecided?.id) {
      const dx = Math.abs(e.clientX - undecided.x), dy = Math.abs(e.clientY - undecided.y)
      if (Math.max(dx, dy) < DECIDED) return
      this.letGo()
      if (dx > dy && undecided.i >= 0 && this.manner(undecided.key).drags && !this.fixed(undecided)) this.take({ ...undecided, moved: true })
      return
    }
    if (e.pointerType === 'touch' || e.buttons || plane.busy || !plane.svg?.contains(e.target)) return
    const p = this.where(e)
    this.over(p && this.find(e, p))
  }

  pull(e) {
    const { grab } = this, dx = e.clientX - grab.x, dy = e.clientY - grab.y
    if (!grab.moved && Math.hypot(dx, dy) < SLOP) return
    grab.moved = true
    if (this.plane.mark(grab.key)) this.manner(grab.key).pull?.(this, grab, dx, dy, grab.p.unit)
  }

  release(e) {
    const { plane, undecided } = this
    if (e && e.pointerId === undecided?.id) {
      this.letGo()
      if (e.type === 'pointerup') this.tap(undecided)
    }
    if (!this.busy || e && e.pointerId !== this.grab.id) return
    const { grab } = this, quiet = !plane.motion.unfinished
    this.drop()
    this.hover = { key: grab.key, i: grab.i }       // until it is known what is below the pointer now
    plane.motion.finish()
    if (e?.type === 'pointerup' && !grab.moved) this.tap(grab)
    plane.draw([grab.key])
    if (quiet) plane.onquiet()
  }

  drop() {
    const { id, over } = this.grab, { figure } = this.plane
    this.grab = null
    over.abort()
    if (figure.hasPointerCapture(id)) figure.releasePointerCapture(id)
  }

  tap(at) {                                         // pressed and let go in one place
    const manner = this.manner(at.key), { plane } = this.plane.mark(at.key)
    if (at.i < 0) return manner.put(this, at.key, ...this.plane.scales[plane].back(at.p.x, at.p.y))
    this.choose(at, false)
    manner.press(this, at, at.touch)
  }

  over(at) {
    if (same(at, this.hover)) return
    this.hover = at
    const { svg } = this.plane, lit = at && this.elements(at.key)[at.i]?.dataset.lit
    if (at) svg.dataset.over = this.manner(at.key).cursor(this.plane.mark(at.key), at.i)
    else delete svg.dataset.over
    if (lit) svg.dataset.aims = lit                 // beside a thin line what it shows glows as on it (lit.js)
    else delete svg.dataset.aims
    ;([...svg.querySelectorAll(':hover')].at(-1) ?? svg).dispatchEvent(new PointerEvent('pointerover', { bubbles: true, composed: true }))
    this.show()
  }
}
