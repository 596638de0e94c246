// plane.js turns pointers and keys on a scene (app/scene.py says what those are) into proposals for the engine, and draws
// what comes back. It knows pixels, never a formula: what may move before the answer is declared by the scene.

import { Scale, clamp, distance, draw, heightAt, map, undone } from './marks.js'

const REST = 300                                    // ms after the last key: the gesture is over
const FRESH = 500                                   // ms for which a picture counts as standing where it was measured
const NEAR = 28                                     // px: a finger that lands so close to a sketched curve has hold of it
const DECIDED = 10                                  // px: by then a finger elsewhere has shown whether it draws or scrolls
const STEPS = { ArrowRight: 1, ArrowLeft: -1, ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10 }
const probe = (name, detail) => globalThis.__probe?.(name, detail)

export class Plane {
  svg = null; scene = { marks: {} }; groups = {}; scales = {}
  held = {}                                         // proposals of the handle that is `active`: {key: {x, y}}
  shown = {}                                        // fields that a run shows over the scene: {mark: {field: value}}
  base = {}                                         // marks that earlier, unanswered gestures have moved
  local = {}                                        // all marks that are not drawn as the scene has them
  active = null; unfinished = false; frame = 0; rest = 0; grab = null; undecided = null
  used = new Set(); chosen = {}; focused = null     // for cues, for sketches, and for a picture that is replaced
  onquiet = () => {}                                // a gesture has ended and sent nothing: nobody will call settle() for it

  constructor(figure, send) {                       // listens on the figure: pictures come and go inside it
    Object.assign(this, { figure, send, id: figure.dataset.widget })
    const on = (type, f, options) => figure.addEventListener(type, f.bind(this), options)
    on('pointerdown', this.press)
    on('pointermove', this.drag)
    on('pointermove', this.pass)
    on('pointerup', this.release)
    on('pointercancel', this.release)
    on('lostpointercapture', e => { if (e.target === figure) this.release(e) })
    on('touchstart', this.touch, { passive: false })
    on('touchmove', this.touch, { passive: false })
    on('keydown', this.key)
    on('keyup', () => { if (this.rest) this.tire() })
    on('focusin', this.enter)
    on('focusout', e => queueMicrotask(() => this.leave(e.target)))
  }

  adopt(svg, scene) {                               // writes nothing, unless the reader has done something already
    const wide = scene.size[0] >= 600
    Object.assign(this, { svg, scene, base: {}, local: {}, groups: {}, matrix: null })
    Object.assign(this, wide ? { text: 16, hit: 27, knob: 11 } : { text: 14, hit: 24, knob: 10 })
    this.scales = Object.fromEntries(Object.entries(scene.planes).map(([name, plane]) => [name, new Scale(plane)]))
    for (const g of svg.querySelectorAll('[data-mark]')) this.groups[g.dataset.mark] = g
    if (this.grab && !this.movable(this.grab.key)) this.drop()
    if (this.active && !this.movable(this.active)) this.forget()
    this.draw([...this.used, ...Object.keys(this.chosen), ...Object.keys(this.shown), ...this.move()])
    if (this.focused && !this.figure.matches(':focus-within')) this.focus(this.focused, this.ring)
  }

  update(marks) {
    const known = Object.keys(marks).filter(key => key in this.scene.marks)
    for (const key of known) { Object.assign(this.scene.marks[key], marks[key]); delete this.base[key] }
    if (this.active && !this.movable(this.active)) { if (this.grab) this.drop(); this.forget() }
    this.draw([...known, ...this.move()])
  }

  show(marks) {                                     // over the scene and under what is held, until the next; null: no more
    const before = Object.keys(this.shown)
    this.shown = marks ?? {}
    this.draw([...before, ...Object.keys(this.shown), ...this.move()])
  }

  rescale(planes, marks = {}) {                     // {plane: {plane, svg}}: other ranges and axes in the same boxes
    const { scene, grab } = this, paper = document.createElement('template')
    for (const [name, { plane, svg }] of Object.entries(planes)) {
      if (!(name in scene.planes)) continue
      scene.planes[name] = plane
      this.scales[name] = new Scale(plane)
      paper.innerHTML = `<svg>${svg}</svg>`
      const axis = this.svg.querySelector(`.axis[data-plane="${name}"]`)
      axis.replaceChildren(...paper.content.querySelector('.axis').childNodes)
    }
    this.update(marks)
    this.draw(Object.keys(scene.marks).filter(key => scene.marks[key].plane in planes))
    if (grab && this.grab) this.hold(grab.at)       // what is held keeps its value, and goes on from there
  }

  settle() {
    if (this.busy || this.frame || this.rest) return
    const moved = Object.keys(this.local)
    this.forget()
    this.draw(moved)
  }

  get busy() { return this.grab !== null }
  still(key) { const m = this.scene.marks[key]; return m && key in this.shown ? { ...m, ...this.shown[key] } : m }
  mark(key) { return this.local[key] ?? this.still(key) }
  movable(key) { const m = this.still(key); return m?.kind === 'handle' && !m.hidden || m?.kind === 'sketch' && !m.locked }
  keyOf(target) { return this.svg?.contains(target) ? target.closest('[data-mark]')?.dataset.mark : undefined }

  spot(m) {                                         // where a handle is drawn, in units of the picture
    const line = m.seat && this.mark(m.seat.line), s = this.scales[(line ?? m).plane]
    return line ? { x: s.x(m.seat.x), y: s.y(heightAt(line, m.seat.x)) } : { x: s.x(m.x), y: s.y(m.y) }
  }

  draw(keys) {
    const dirty = new Set(keys), { marks } = this.scene
    for (const key in marks) if (dirty.has(marks[key].seat?.line)) dirty.add(key)
    for (const key of dirty) if (this.groups[key]) draw(this.groups[key], key, this.mark(key), this)
  }

  // ---- what moves before the answer, as the scene declares it ----

  move() {                                          // returns the keys of all that it touched
    const { marks } = this.scene, before = Object.keys(this.local), was = key => this.base[key] ?? this.still(key)
    const local = this.local = { ...this.base }
    const climb = (key, m) => { local[key] = { ...m, y: heightAt(this.mark(m.along), m.x) } }
    for (const key in this.held) {
      local[key] = { ...was(key), ...this.held[key] }
      if (local[key].along && local[key].move === 'x') climb(key, local[key])
    }
    for (const key in marks) {
      const { x, y, through, follows } = was(key), [a, b] = (through ?? []).map(handle => this.mark(handle))
      if (a && a.x !== b.x && through.some(handle => handle in this.held)) {
        local[key] = { ...was(key), y: map(x, v => a.y + (b.y - a.y) * (v - a.x) / (b.x - a.x)) }
      }
      for (const handle in follows) if (handle in this.held) {
        const dx = local[handle].x - was(handle).x, dy = local[handle].y - was(handle).y, [cx, cy] = follows[handle]
        local[key] = { ...was(key), y: map(y, (v, i) => v + cx[i] * dx + cy[i] * dy) }
      }
    }
    for (const key in local) {                      // a seat goes with its line; its own place is where it would have led it
      for (const handle in marks[key].follows) if (marks[handle].seat && !(handle in this.held)) {
        const m = was(handle), old = was(key).y, rise = map(local[key].y, (v, i) => v - old[i])
        const [dx, dy] = undone(marks[key].follows[handle], rise, m.move)
        local[handle] = { ...m, x: m.x + dx, y: m.y + dy }
      }
    }
    for (const key in marks) {
      const m = was(key)
      if (m.onto in local) local[key] = { ...m, y1: map(m.x, x => heightAt(local[m.onto], x)) }
      if (m.along in local && !(key in this.held)) climb(key, m)
    }
    return [...before, ...Object.keys(local)]
  }

  propose(key, proposal, passing = false) {         // drawn in the next frame, then sent; who only passes by finishes nothing
    probe('event', key)
    if (this.active !== key) { this.finish(); Object.assign(this, { active: key, base: this.local, held: {} }) }
    this.held[key] = proposal
    this.used.add(key)
    this.unfinished ||= !passing
    this.frame ||= requestAnimationFrame(() => this.flush())
  }

  flush(done) {
    cancelAnimationFrame(this.frame)
    this.frame = 0
    this.draw([this.active, ...this.move()])
    probe('drawn', this.active)
    const m = this.mark(this.active), more = { widget: this.id, ...done && { done } }
    if (m.kind === 'sketch') this.send({ do: 'edit', mark: this.active, value: map(m.x, (x, i) => [x, m.y[i]]), ...more })
    else this.send({ do: 'move', handle: this.active, value: [m.x, m.y], ...more })
    probe('sent', this.active)
  }

  finish() {                                        // the gesture is over: its last value is sent once more, as done
    clearTimeout(this.rest)
    this.rest = 0
    if (this.unfinished) { this.unfinished = false; this.flush(true) }
  }

  forget() {
    clearTimeout(this.rest)
    cancelAnimationFrame(this.frame)
    Object.assign(this, { held: {}, base: {}, local: {}, active: null, unfinished: false, frame: 0, rest: 0 })
  }

  now(key) { return { ...this.mark(key), ...this.held[key] } }          // also what has not been drawn yet

  reach(key, x, y, passing) {                       // a handle wants to be there
    const m = this.now(key), [xs, ys] = m.move === 'both' ? m.bounds : [m.bounds, m.bounds]
    const to = { x: m.move === 'y' ? m.x : clamp(x, xs), y: m.move === 'x' ? m.y : clamp(y, ys) }
    if (to.x !== m.x || to.y !== m.y) this.propose(key, to, passing)
  }

  // ---- pointers ----

  where(e) {                                        // in units of the picture; null while that is hidden
    if (!this.svg.checkVisibility()) return null
    if (!this.matrix || !this.busy || e.timeStamp - this.measured > FRESH) {    // to measure is to lay out the page anew
      this.matrix = this.svg.getScreenCTM()?.inverse()
      this.measured = e.timeStamp
    }
    return this.matrix && new DOMPoint(e.clientX, e.clientY).matrixTransform(this.matrix)
  }

  pick(e, p, jumps) {                               // the nearest knob within reach, else what lies under the pointer
    let best = this.keyOf(e.target), least = this.hit
    const aside = key => jumps && e.pointerType !== 'touch' && this.still(key)?.hover      // it is under every mouse, and gives way
    if (aside(best)) best = null
    for (const key in this.scene.marks) {
      if (this.scene.marks[key].kind !== 'handle' || !this.movable(key) || aside(key)) continue
      const { x, y } = this.spot(this.mark(key)), far = Math.hypot(x - p.x, y - p.y)
      if (far <= least) { least = far; best = key }
    }
    return this.movable(best) ? best : null
  }

  press(e) {
    this.undecided = null
    if (e.button || this.busy || !this.svg?.contains(e.target)) return
    const p = this.where(e), jumps = p && this.owner(p, 'jump'), picked = p && this.pick(e, p, jumps), key = picked ?? jumps
    if (!key) return
    if (e.pointerType === 'touch' && (!picked || this.scene.marks[key].kind === 'sketch' && this.away(key, p) > NEAR)) {
      this.undecided = { key, id: e.pointerId, p, x: e.clientX, y: e.clientY, jump: !picked }
      return
    }
    e.preventDefault()
    this.take(key, e.pointerId, p, !picked)
  }

  owner(p, ability) {                               // the handle that jumps to this place, or hovers over it
    const inside = ([left, top, width, height]) => p.x >= left && p.x <= left + width && p.y >= top && p.y <= top + height
    return Object.keys(this.scene.marks).find(key =>
      this.still(key)[ability] && this.movable(key) && inside(this.scales[this.scene.marks[key].plane].box))
  }

  pass(e) {                                         // a mouse goes by; a page that scrolls below it does not count
    const { x, y } = this.seen ?? {}
    this.seen = { x: e.clientX, y: e.clientY }
    if (this.busy || e.buttons || e.pointerType === 'touch' || x === e.clientX && y === e.clientY || !this.svg) return
    if (!Object.values(this.scene.marks).some(m => m.hover)) return
    const p = this.where(e), key = p && this.owner(p, 'hover')
    if (key) this.reach(key, ...this.scales[this.scene.marks[key].plane].back(p.x, p.y), true)
  }

  away(key, p) {                                    // from a curve, in pixels of the page
    const m = this.mark(key), s = this.scales[m.plane]
    return distance(map(m.x, s.x), map(m.y, s.y), p) * this.svg.getScreenCTM().a
  }

  decide(e) {                                       // a finger on a sketch, off its curve, or where a handle jumps: sideways it has hold of it, else the page scrolls
    const { key, id, p, x, y, jump } = this.undecided, dx = Math.abs(e.clientX - x), dy = Math.abs(e.clientY - y)
    if (Math.max(dx, dy) < DECIDED) return
    this.undecided = null
    if (dx > dy && this.movable(key)) this.take(key, id, p, jump)
  }

  take(key, id, p, jump) {
    this.finish()
    const m = this.mark(key), over = new AbortController()
    this.used.add(key)
    this.grab = { key, id, over, last: p }
    this.hold(p)
    this.focus(key, false)
    try { this.figure.setPointerCapture(id) } catch { /* the finger is gone already */ }
    addEventListener('blur', () => this.release(), { signal: over.signal })
    for (const kind of ['scroll', 'resize']) addEventListener(kind, () => { this.matrix = null }, { signal: over.signal, capture: true })
    this.figure.dataset.held = m.move ?? 'both'     // for the cursor
    this.draw([key])
    if (m.kind === 'sketch') this.sweep(key, p)
    if (!jump) return
    Object.assign(this.grab, { dx: 0, dy: 0 })
    this.reach(key, ...this.scales[m.plane].back(p.x, p.y))
  }

  hold(p) {                                         // a handle is grabbed beside its middle: it must not jump
    const m = this.now(this.grab.key), s = this.scales[m.plane]
    Object.assign(this.grab, { at: p, dx: s.x(m.x) - p.x, dy: s.y(m.y) - p.y })
  }

  touch(e) { if (this.busy && e.cancelable) e.preventDefault() }        // what is not held scrolls the page

  drag(e) {
    if (e.pointerId === this.undecided?.id) this.decide(e)
    const p = e.pointerId === this.grab?.id && this.where(e)
    if (!p) return
    const { key, dx, dy } = this.grab, m = this.mark(key)
    this.grab.at = p
    if (m.kind === 'sketch') this.sweep(key, p)
    else this.reach(key, ...this.scales[m.plane].back(p.x + dx, p.y + dy))
  }

  sweep(key, p) {                                   // sets the nearest anchor, and those skipped since the last event
    const m = this.now(key), s = this.scales[m.plane], x = map(m.x, s.x), y = Array.from(m.y), { last } = this.grab
    const level = height => clamp(s.back(0, height)[1], m.bounds)
    x.forEach((v, i) => {
      if ((v - last.x) * (v - p.x) < 0) y[i] = level(last.y + (p.y - last.y) * (v - last.x) / (p.x - last.x))
    })
    const near = x.reduce((best, v, i) => Math.abs(v - p.x) < Math.abs(x[best] - p.x) ? i : best, 0)
    y[near] = level(p.y)
    this.chosen[key] = near
    this.grab.last = p
    this.propose(key, { y })
  }

  release(e) {                                      // up, cancelled, capture lost, or (without an event) the window left
    if (e && e.pointerId === this.undecided?.id) {
      const { key, id, p, jump } = this.undecided
      this.undecided = null
      if (jump && e.type === 'pointerup' && this.movable(key)) this.take(key, id, p, jump)    // a tap
    }
    if (!this.busy || (e && e.pointerId !== this.grab.id)) return
    const { key } = this.grab, quiet = !this.unfinished
    this.drop()
    this.finish()
    this.draw([key])
    if (quiet) this.onquiet()
  }

  drop() {
    const { id, over } = this.grab
    this.grab = null
    over.abort()
    delete this.figure.dataset.held
    if (this.figure.hasPointerCapture(id)) this.figure.releasePointerCapture(id)
  }

  // ---- keys ----

  key(e) {
    const key = this.keyOf(e.target), end = { Home: 0, End: 1 }[e.key]
    if (!this.movable(key) || e.ctrlKey || e.metaKey || e.altKey || !(e.key in STEPS || end >= 0)) return
    e.preventDefault()
    if (!this.ring) { e.target.blur(); this.focus(key, true) }          // from here on the reader uses keys
    const m = this.now(key), sideways = /Left|Right/.test(e.key), by = STEPS[e.key] * (e.shiftKey ? .1 : 1)
    const to = (v, step, bounds) => end === undefined ? v + by * step : bounds[end]
    if (m.kind === 'sketch') this.bend(key, sideways ? STEPS[e.key] : 0, v => to(v, m.step, m.bounds))
    else if (m.move !== 'both') this.reach(key, to(m.x, m.step, m.bounds), to(m.y, m.step, m.bounds))
    else if (sideways || end >= 0) this.reach(key, to(m.x, m.step[0], m.bounds[0]), m.y)
    else this.reach(key, m.x, to(m.y, m.step[1], m.bounds[1]))
    if (this.unfinished && !this.busy) this.tire()
  }

  bend(key, along, to) {                            // left and right choose an anchor, the other keys move it
    const m = this.now(key), y = Array.from(m.y), i = clamp((this.chosen[key] ?? 0) + along, [0, y.length - 1])
    this.chosen[key] = i
    if (along) return this.draw([key])
    y[i] = clamp(to(y[i]), m.bounds)
    if (y[i] !== m.y[i]) this.propose(key, { y })
  }

  tire() { clearTimeout(this.rest); this.rest = setTimeout(() => this.finish(), REST) }

  focus(key, ring) { this.groups[key]?.focus({ preventScroll: true, focusVisible: ring }) }

  enter(e) {
    const key = this.focused = this.keyOf(e.target)
    this.ring = e.target.matches(':focus-visible')
    if (this.scene.marks[key]?.kind === 'sketch') { this.chosen[key] ??= 0; this.draw([key]) }
  }

  leave(target) {                                   // a focus that went with its picture is kept for the next one
    if (!this.svg?.contains(target) || target.matches(':focus')) return
    if (this.focused === this.keyOf(target)) this.focused = null
    if (!this.busy) this.finish()
  }
}
