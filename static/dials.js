// dials.js lets a reader take hold of the single parts of a mark: weights of a network, numbers in a table, tiles of a map.
// app/scene.py says what `dials` and `picks` are. Only pages that have some ask for it, when they come near the screen.
import { Card } from './card.js'
import { STYLE } from './dials_style.js'
import { count, far, middle, outline, part, towards } from './parts.js'

const REACH = { touch: 22 }, NEAR = 12              // px around a finger, and around any other pointer
const SLOP = 4, DECIDED = 10                        // px: by then a press has become a drag; by then a finger has shown its way
const PULL = 4                                      // px for each step that a number is dragged
const REST = 200                                    // ms without a change, after which what is not looked at says its number again
const STEPS = { ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10 }
const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }
const BY_MOUSE = 'Drag it up or down, or click to type', BY_KEYS = '↑ ↓ change it, ← → go on, Enter to type'
const PARTS = ':scope > :is(line, path, circle, rect)'
const dressed = new WeakSet()
const calm = matchMedia('(prefers-reduced-motion: reduce)')
let known = false                                   // the reader has changed one already, and needs no hint any more

export class Dials {
  hover = null; grab = null; undecided = null; focus = null     // { key, i }: below the mouse, in a hand, with the focus
  chosen = {}; ring = false                         // the part of each mark that a Tab leads to; whether the focus came by a key
  halo = null; resting = 0

  constructor(plane) {
    this.plane = plane
    const { figure } = plane, root = figure.getRootNode(), on = (type, f, options) => figure.addEventListener(type, f.bind(this), options)
    if (!dressed.has(root)) {
      const sheet = new CSSStyleSheet()
      sheet.replaceSync(STYLE)
      root.adoptedStyleSheets.push(sheet)
      dressed.add(root)
    }
    this.card = new Card(figure.querySelector('.picture'), {
      typed: text => this.typed(text), closed: back => this.closed(back),
      step: (by, text) => { if (text) this.typed(text); this.step(this.pinned, by) },
      turn: text => { if (text) this.typed(text); else this.set(this.pinned, -this.number(this.pinned), true) },
    })
    on('pointerdown', this.press)
    on('pointermove', this.move)
    on('pointerup', this.release)
    on('pointercancel', this.release)
    on('lostpointercapture', e => { if (e.target === figure) this.release(e) })
    on('pointerleave', e => { if (e.pointerType !== 'touch') this.over(null) })     // after a tap its card stays, until the next
    on('touchstart', this.touch, { passive: false })
    on('touchmove', this.touch, { passive: false })
    on('keydown', this.key)
    on('focusin', this.enter)
    on('focusout', this.leave)
    figure.ownerDocument.addEventListener('pointerdown', e => { if (!e.composedPath().includes(figure)) this.card.shut(true, false) }, { capture: true })
  }

  get busy() { return this.grab !== null }
  get pinned() { return this.card.open ? this.at : null }
  get current() { return this.grab ?? this.pinned ?? this.hover ?? (this.ring ? this.focus : null) }
  get keys() { return Object.keys(this.plane.scene.marks).filter(key => { const m = this.plane.still(key); return (m.dials || m.picks) && this.plane.groups[key] }) }
  can({ key, i }) { const m = this.plane.mark(key); return m && i < count(m) && (m.picks || m.dials && m.dials.names[i] !== '') }
  shape({ key, i }) { const m = this.plane.mark(key); return part(m, this.plane.scales[m.plane], i) }
  elements(key) { return this.plane.scene.marks[key].kind === 'image' ? [] : [...this.plane.groups[key].querySelectorAll(PARTS)] }

  number({ key, i }) { const m = this.plane.motion.now(key); return +(m.value ? m.value[i] : m.dials.values[i]) }
  text({ key, i }) {                                // as it can be typed
    const m = this.plane.mark(key)
    return m.says ? m.says[i].replaceAll('−', '-').replaceAll(',', '') : m.dials.values[i]
  }

  // ---- changing a number

  set(at, v, done) {
    const { plane: { motion } } = this, { key, i } = at
    known = true
    if (motion.active === key && motion.held[key]?.sends?.item !== i) motion.finish()
    const m = motion.now(key), [low, high] = m.dials.bounds, value = Array.from(m.value ?? m.dials.values, Number)
    const to = Math.min(high, Math.max(low, +v.toPrecision(10)))
    if (to === value[i]) return
    value[i] = to
    motion.propose(key, { value, sends: { value: [i, to], item: i } })
    if (done) motion.finish()
  }

  step(at, by) {
    const { step } = this.plane.mark(at.key).dials
    this.plane.onhold?.()
    this.set(at, this.number(at) + by * (step.length ? step[at.i] : step))
    if (!this.busy) this.plane.motion.tire()
  }

  typed(text) {
    const { key, i } = this.at
    known = true
    this.plane.onhold?.()
    this.plane.motion.finish()
    this.plane.send({ do: 'move', widget: this.plane.id, handle: key, item: i, value: [i, text], done: true })
  }

  pick({ key, i }) {
    const { leads, crowd } = this.plane.mark(key), to = leads && crowd?.chosen === i && this.plane.figure.getRootNode().getElementById(leads)
    if (to) return to.scrollIntoView({ behavior: calm.matches ? 'auto' : 'smooth', block: 'nearest' })      // chosen before: to where it is looked at
    this.plane.send({ do: 'move', widget: this.plane.id, handle: key, item: i, value: [i, 0], done: true })
  }

  // ---- pointers

  where(e) {
    const matrix = this.plane.svg?.getScreenCTM()
    return matrix && { ...pick2(new DOMPoint(e.clientX, e.clientY).matrixTransform(matrix.inverse())), unit: matrix.a }
  }

  find(e, p) {                                      // the nearest part within reach
    const { plane } = this, above = plane.scene.marks[plane.keyOf(e.target)], R = (REACH[e.pointerType] ?? NEAR) / p.unit
    let best = null, least = Infinity
    for (const key of this.keys) {
      const m = plane.mark(key), s = plane.scales[m.plane]
      if (above && above !== plane.scene.marks[key] && (above.kind === 'nodes' || above.kind === 'handle')) continue
      for (let i = count(m) - 1; i >= 0; i--) {
        const shape = part(m, s, i), away = far(shape, p), size = shape.disc ? shape.disc[2] : shape.box ? Math.min(shape.box[2], shape.box[3]) / 2 : 0
        if (away <= Math.max(0, R - size) && away <= least && this.can({ key, i })) { best = { key, i }; least = away }
      }
    }
    return best
  }

  press(e) {
    const { plane } = this
    this.undecided = null
    if (e.button || plane.busy || !plane.svg?.contains(e.target)) return
    const p = this.where(e), at = p && this.find(e, p)
    if (!at) this.over(null)
    if (this.card.open && !(at && at.key === this.at.key && at.i === this.at.i)) this.card.shut(true, false)
    if (!at) return this.over(null)
    plane.pointers.undecided = null
    const start = { ...at, id: e.pointerId, type: e.pointerType, x: e.clientX, y: e.clientY }
    if (e.pointerType === 'touch' && !this.pinned) { this.undecided = start; return }     // it may want to scroll
    e.preventDefault()
    this.take(start)
  }

  take(start) {
    const { plane } = this, over = new AbortController()
    plane.motion.finish()
    plane.onhold?.()
    this.grab = { ...start, from: plane.mark(start.key).dials ? this.number(start) : 0, over }
    this.hover = null
    this.choose(start, false)
    try { plane.figure.setPointerCapture(start.id) } catch { /* the finger is gone already */ }
    addEventListener('blur', () => this.release(), { signal: over.signal })
    this.show()
  }

  touch(e) { if (this.busy && e.cancelable) e.preventDefault() }

  move(e) {
    const { undecided, grab } = this
    if (e.pointerId === undecided?.id) {
      const dx = Math.abs(e.clientX - undecided.x), dy = Math.abs(e.clientY - undecided.y)
      if (Math.max(dx, dy) < DECIDED) return
      this.undecided = null
      if (dx > dy && this.plane.mark(undecided.key).dials) this.take({ ...undecided, moved: true })
      return
    }
    if (e.pointerId === grab?.id) return this.pull(e)
    if (e.pointerType === 'touch' || e.buttons || this.plane.busy || !this.plane.svg?.contains(e.target)) return
    const p = this.where(e)
    this.over(p && this.find(e, p))
  }

  pull(e) {
    const { grab } = this, up = e.clientX - grab.x - (e.clientY - grab.y), m = this.plane.mark(grab.key)
    if (!grab.moved && Math.hypot(e.clientX - grab.x, e.clientY - grab.y) < SLOP) return
    grab.moved = true
    if (!m.dials) return
    const { step } = m.dials
    this.set(grab, grab.from + up / PULL * (step.length ? step[grab.i] : step))
  }

  release(e) {
    const { plane, undecided } = this
    if (e && e.pointerId === undecided?.id) {
      this.undecided = null
      if (e.type === 'pointerup') this.press2(undecided)
    }
    if (!this.busy || e && e.pointerId !== this.grab.id) return
    const { grab } = this, quiet = !plane.motion.unfinished
    this.drop()
    this.hover = { key: grab.key, i: grab.i }       // until it is known what is below the pointer now
    plane.motion.finish()
    if (e?.type === 'pointerup' && !grab.moved) this.press2(grab)
    plane.draw([grab.key])
    if (quiet) plane.onquiet()
  }

  drop() {
    const { id, over } = this.grab, { figure } = this.plane
    this.grab = null
    over.abort()
    if (figure.hasPointerCapture(id)) figure.releasePointerCapture(id)
  }

  press2(at) {                                      // pressed and let go in one place: picked, or opened to type
    const { dials } = this.plane.mark(at.key)
    this.choose(at, false)
    if (!dials) { this.over(at); return this.pick(at) }
    this.unfold(at, { focus: at.type !== 'touch' })
  }

  over(at) {
    if (at?.key === this.hover?.key && at?.i === this.hover?.i) return
    this.hover = at
    const { svg } = this.plane
    if (at) svg.dataset.over = this.plane.mark(at.key).dials ? 'dial' : 'pick'
    else delete svg.dataset.over
    this.show()
  }

  // ---- keys and focus

  key(e) {
    const { plane } = this, key = plane.keyOf(e.target), m = plane.mark(key)
    if (!m || !(m.dials || m.picks) || !this.focus || e.ctrlKey || e.metaKey || e.altKey) return
    const at = this.focus, n = count(m), end = { Home: 1, End: -1 }[e.key]
    const go = i => this.choose({ key, i }, true)
    const next = (i, by) => { for (i += by; i >= 0 && i < n; i += by) if (this.can({ key, i })) return i; return at.i }
    const acts = e.key === 'Enter' || e.key === ' '
    if (end) go(next(end > 0 ? -1 : n, end))
    else if (acts) m.dials ? this.unfold(at, {}) : this.pick(at)
    else if (m.dials && e.key in STEPS) { this.choose(at, true); this.step(at, STEPS[e.key] * (e.shiftKey ? .1 : 1)) }
    else if (m.dials && /^[-−+.\d]$/.test(e.key)) this.unfold(at, { first: e.key })
    else if (m.dials && e.key in WAYS) go(next(at.i, WAYS[e.key][0]))
    else if (e.key in WAYS) go(towards(Array.from({ length: n }, (_, i) => middle(this.shape({ key, i }))), at.i, ...WAYS[e.key]))
    else return
    e.preventDefault()
  }

  unfold(at, how) {
    this.at = at
    const text = this.text(at)
    this.card.open = true
    this.show()
    this.card.type(text, how)
  }

  closed(back) {                                    // the field: the focus goes back to what it was about
    if (back) this.choose(this.at, true)
    this.show()
  }

  choose(at, ring) {                                // the focus goes to this part
    this.chosen[at.key] = at.i
    this.dress(at.key)
    const el = this.element(at)
    if (ring && !this.ring && el.matches(':focus')) el.blur()       // from here on the reader uses keys
    el.focus({ preventScroll: !ring, focusVisible: ring })
  }

  element({ key, i }) {
    if (this.plane.scene.marks[key].kind !== 'image') return this.elements(key)[i]
    const el = document.createElementNS('http://www.w3.org/2000/svg', 'rect'), [x, y, width, height] = this.shape({ key, i }).box
    for (const [name, value] of Object.entries({ x, y, width, height, fill: 'none' })) el.setAttribute(name, value)
    const group = this.plane.groups[key]
    for (const old of group.querySelectorAll('[data-part]')) if (old !== document.activeElement) old.remove()
    group.append(el)
    this.name(el, key, i, this.plane.mark(key))
    return el
  }

  enter(e) {
    const { plane } = this, key = plane.keyOf(e.target)
    if (!this.keys.includes(key)) return
    const i = +(e.target.dataset.part ?? this.chosen[key] ?? 0)
    this.ring = e.target.matches(':focus-visible')
    this.focus = { key, i }
    this.show()
  }

  leave(e) {
    if (!this.focus || !e.target.dataset.part) return
    this.focus = null
    this.show()
  }

  // ---- what is seen and heard

  adopt() {                                         // another picture has come
    const { plane } = this, focused = plane.keys.focused
    plane.draw(this.keys)
    if (this.grab && !this.can(this.grab)) this.drop()
    if (this.pinned && !this.can(this.at)) this.card.shut(null, false)
    this.hover = this.halo = null
    for (const key of this.keys) {
      if (!this.can({ key, i: this.chosen[key] })) this.chosen[key] = Math.max(0, Array.from({ length: count(plane.mark(key)) }).findIndex((_, i) => this.can({ key, i })))
      this.dress(key)
    }
    if (this.keys.includes(focused) && !this.card.open) this.choose({ key: focused, i: this.chosen[focused] }, plane.keys.ring)
    this.show()
  }

  drawn(dirty) {
    const at = this.current
    if (at && dirty.has(at.key)) this.show()
    const { focus } = this
    if (focus && dirty.has(focus.key)) { const el = this.elements(focus.key)[focus.i]; if (el) this.name(el, focus.key, focus.i, this.plane.mark(focus.key)) }
    if (!this.keys.some(key => dirty.has(key))) return
    clearTimeout(this.resting)
    this.resting = setTimeout(() => { for (const key of this.keys) this.dress(key) }, REST)
  }

  dress(key) {
    const m = this.plane.mark(key), elements = this.elements(key)
    if (m.kind === 'image') { if (!this.plane.groups[key].querySelector('[data-part]')) this.element({ key, i: this.chosen[key] ?? 0 }) }
    else elements.forEach((el, i) => this.name(el, key, i, m))
  }

  name(el, key, i, m) {                             // what a part is to those who cannot see it
    if (!this.can({ key, i })) return
    const { dials } = m, put = (name, value) => { if (el.getAttribute(name) !== value) el.setAttribute(name, value) }
    put('data-part', String(i))
    put('tabindex', this.chosen[key] === i ? '0' : '-1')
    put('role', dials ? 'slider' : 'button')
    put('aria-label', dials ? dials.names[i] : [m.labels?.[i] ?? `${i + 1}`, m.tells?.[m.pixels[i]], m.notes?.[i]].filter(Boolean).join(', '))
    if (!dials) return
    const [low, high] = dials.bounds
    put('aria-valuetext', [(m.says ?? dials.says)[i], (m.notes ?? dials.notes)?.[i]].filter(Boolean).join(', '))
    put('aria-valuenow', String(m.value ? m.value[i] : dials.values[i]))
    put('aria-valuemin', String(low))
    put('aria-valuemax', String(high))
    put('aria-orientation', 'vertical')
  }

  show() {
    const at = this.current, { plane, card } = this
    if (!at || !this.can(at)) { this.halo?.remove(); this.halo = null; return card.show(null, null) }
    const m = plane.mark(at.key), shape = this.shape(at), [tag, attributes] = outline(shape, 3), group = plane.groups[at.key]
    if (this.halo?.localName !== tag) {
      this.halo?.remove()
      this.halo = document.createElementNS('http://www.w3.org/2000/svg', tag)
    }
    for (const [name, value] of Object.entries(attributes)) this.halo.setAttribute(name, value)
    this.halo.setAttribute('class', `dial-halo${this.ring && this.focus ? ' ring' : ''}`)
    this.halo.setAttribute('aria-hidden', 'true')
    if (m.kind === 'image') { if (group.nextSibling !== this.halo) group.after(this.halo) } else if (group.previousSibling !== this.halo) group.before(this.halo)
    const { dials } = m, { x, y, reach } = middle(shape)
    const words = dials ? { name: dials.names[at.i], says: (m.says ?? dials.says)[at.i], notes: (m.notes ?? dials.notes)?.[at.i], hint: known || this.grab ? '' : this.hover ? BY_MOUSE : BY_KEYS } : { name: m.labels?.[at.i] ?? '', says: m.tells?.[m.pixels[at.i]], notes: m.notes?.[at.i] }
    if (!words.name) return card.show(null, null)
    const matrix = plane.svg.getScreenCTM(), box = card.picture.getBoundingClientRect()
    card.show(words, { x: matrix.a * x + matrix.e - box.left, y: matrix.d * y + matrix.f - box.top, reach: reach * matrix.a, ceiling: Math.max(-60, 60 - box.top) })
    if (dials) card.follow(this.text(at))
  }
}

const pick2 = ({ x, y }) => ({ x, y })
