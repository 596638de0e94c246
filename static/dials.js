// dials.js lets a reader take hold of the single parts of a mark: numbers (numbers.js), what can be pressed (picks.js), points
// (dots.js). Here is what they share: the hand, the focus, the glow and the card. It comes when a widget that needs it is near.
import { Card } from './card.js'
import { STYLE } from './dials_style.js'
import { DOTS } from './dots.js'
import { NUMBERS } from './numbers.js'
import { count, far, middle, outline, part } from './parts.js'
import { PICKS } from './picks.js'

const REACH = { touch: 22 }, NEAR = 12              // px around a finger, and around any other pointer
const SLOP = 4, DECIDED = 10, HELD = 300            // px: a press has become a drag; a finger has shown its way; ms: it means this very part
const REST = 200                                    // ms without a change, after which what is not looked at says its number again
const NS = 'http://www.w3.org/2000/svg'
const dressed = new WeakSet()
let known = false                                   // the reader has changed one already, and needs no hint any more

const mannerOf = m => m?.dials ? NUMBERS : m?.picks ? PICKS : m?.kind === 'points' && m.dots ? DOTS : null
const same = (a, b) => a?.key === b?.key && a?.i === b?.i
const put = (el, attributes) => { for (const name in attributes) if (el.getAttribute(name) !== String(attributes[name])) el.setAttribute(name, attributes[name]) }
const make = (tag, attributes) => { const el = document.createElementNS(NS, tag); put(el, attributes); return el }

export class Dials {
  hover = null; grab = null; undecided = null; focus = null     // { key, i }: below the mouse, in a hand, with the focus
  at = null                                         // what the open card is about
  chosen = {}; ring = false                         // the part of each mark that a Tab leads to; whether the focus came by a key
  halo = []; grounds = {}; resting = 0

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
      step: (by, text) => { if (text) this.typed(text); NUMBERS.step(this, this.at, by) },
      turn: text => text ? this.typed(text) : NUMBERS.turn(this, this.at),
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
  get keys() { return Object.keys(this.plane.scene.marks).filter(key => this.plane.groups[key] && this.manner(key)) }
  manner(key) { return mannerOf(this.plane.still(key)) }
  can({ key, i }) { const m = this.plane.mark(key), manner = mannerOf(m); return Boolean(manner && i < count(m) && manner.can(m, i)) }
  shape({ key, i }) { const m = this.plane.mark(key); return part(m, this.plane.scales[m.plane], i) }

  propose(key, i, proposal) {                       // another number, another place: drawn in the next frame, then sent
    const { motion } = this.plane
    known = true
    if (motion.active === key && motion.held[key]?.sends?.item !== i) motion.finish()
    motion.propose(key, proposal)
  }

  typed(text) {
    const { plane, at: { key, i } } = this
    known = true
    plane.onhold?.()
    plane.motion.finish()
    plane.send({ do: 'move', widget: plane.id, handle: key, item: i, value: [i, text], done: true })
  }

  refused({ do: verb, handle, item, value }, notice) {      // what was typed and is no number: the field opens again, with the reason
    const at = { key: handle, i: item }
    if (!notice || verb !== 'move' || typeof value?.[1] !== 'string' || !this.plane.groups[handle] || !this.can(at) || !this.manner(handle).typed) return false
    this.unfold(at, { first: value[1] })
    this.card.complain(notice)
    return true
  }

  // ---- pointers

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
    if (at && (!start.touch || same(at, open))) { e.preventDefault(); return this.take(start) }
    this.undecided = start                          // a finger may want to scroll, and a press on empty ground to do nothing
    if (at) this.holding = setTimeout(() => { if (this.undecided === start) { this.letGo(); this.take(start) } }, HELD)
    else if (!start.touch) e.preventDefault()
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
      if (dx > dy && undecided.i >= 0 && this.manner(undecided.key).drags) this.take({ ...undecided, moved: true })
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
    if (at) svg.dataset.over = this.manner(at.key).cursor
    else delete svg.dataset.over
    if (lit) svg.dataset.aims = lit                 // beside a thin line what it shows glows as on it (lit.js)
    else delete svg.dataset.aims
    ;([...svg.querySelectorAll(':hover')].at(-1) ?? svg).dispatchEvent(new PointerEvent('pointerover', { bubbles: true, composed: true }))
    this.show()
  }

  // ---- keys and focus

  key(e) {
    const { key: mark } = this.focus ?? {}, end = { Home: 1, End: -1 }[e.key], ground = e.target.dataset?.ground
    if (e.ctrlKey || e.metaKey || e.altKey) return
    if (e.key === 'Escape' && this.card.open) { this.card.shut(false, true); return e.preventDefault() }
    if (ground && (e.key === 'Enter' || e.key === ' ')) { e.preventDefault(); return this.seed(ground) }
    if (!mark || mark !== this.plane.keyOf(e.target)) return
    if (end) this.go({ key: mark, i: end > 0 ? -1 : count(this.plane.mark(mark)) }, end)
    else if (!this.manner(mark).key(this, this.focus, e)) return
    e.preventDefault()
  }

  go({ key, i }, by) {                              // to the next part that can be taken hold of
    const n = count(this.plane.mark(key))
    for (i += by; i >= 0 && i < n; i += by) if (this.can({ key, i })) return this.choose({ key, i }, true)
  }

  seed(key) {                                       // a point by key: each time elsewhere, and the focus goes there when it has come
    const m = this.plane.mark(key), n = count(m), [[x0, x1], [y0, y1]] = m.dots.bounds, share = v => .1 + .8 * (v % 1)
    this.awaited = { key, i: n }
    DOTS.put(this, key, x0 + (x1 - x0) * share(.5 + n * .618), y0 + (y1 - y0) * share(.5 + n * .382))
  }

  unfold(at, how) {                                 // the card, with a field to type into
    this.at = at
    this.card.open = true
    this.show()
    this.card.type(this.manner(at.key).text(this.plane.mark(at.key), at.i), how)
  }

  offer(at, tools) {                                // the card, with buttons
    this.at = at
    this.card.open = true
    this.show()
    this.card.offer(tools)
  }

  rest() { this.card.shut(false, false); this.over(null) }

  closed(back) {                                    // the card: the focus goes back to what it was about
    if (back && this.can(this.at)) this.choose(this.at, true)
    this.show()
  }

  choose(at, ring) {                                // the focus goes to this part
    this.chosen[at.key] = at.i
    if (ring) this.hover = null                     // until the mouse is moved again
    this.dress(at.key)
    const el = this.element(at)
    if (ring && !this.ring && el.matches(':focus')) el.blur()       // from here on the reader uses keys
    el.focus({ preventScroll: !ring, focusVisible: ring })
  }

  elements(key) { return this.plane.scene.marks[key].kind === 'image' ? [] : [...this.plane.groups[key].querySelectorAll(':scope > :is(line, path, circle, rect)')] }

  element({ key, i }) {
    if (this.plane.scene.marks[key].kind !== 'image') return this.elements(key)[i]
    const [x, y, width, height] = this.shape({ key, i }).box, el = make('rect', { x, y, width, height, fill: 'none' }), group = this.plane.groups[key]
    for (const old of group.querySelectorAll('[data-part]')) if (!old.matches(':focus')) old.remove()
    group.append(el)
    this.name(el, key, i)
    return el
  }

  enter(e) {
    const key = this.plane.keyOf(e.target)
    if (!this.keys.includes(key)) return
    this.ring = e.target.matches(':focus-visible')
    this.focus = { key, i: +(e.target.dataset.part ?? this.chosen[key] ?? 0) }
    this.show()
  }

  leave(e) {
    if (!this.focus || !e.target.dataset.part) return
    this.focus = null
    this.show()
  }

  // ---- what is seen and heard

  adopt() {                                         // another picture has come
    const { plane } = this, { focused, ring } = plane.keys
    plane.draw(this.keys)
    if (this.grab && !this.can(this.grab)) this.drop()
    if (this.pinned && !this.can(this.at)) this.card.shut(false, false)
    this.hover = null
    this.halo = []
    for (const key of this.keys) this.dress(key)
    if (this.keys.includes(focused) && !this.card.open && this.can({ key: focused, i: this.chosen[focused] })) this.choose({ key: focused, i: this.chosen[focused] }, ring)
    this.show()
  }

  drawn(dirty) {
    const { current, focus, awaited } = this, mine = this.keys.filter(key => dirty.has(key))
    if (!mine.length) return
    if (awaited && dirty.has(awaited.key) && this.can(awaited)) { this.awaited = null; this.choose(awaited, true) }
    if (focus && dirty.has(focus.key) && this.can(focus)) { const el = this.elements(focus.key)[focus.i]; if (el) this.name(el, focus.key, focus.i) }
    for (const key of mine) if (this.chosen[key] >= count(this.plane.mark(key))) this.shrunk(key)
    if (current && dirty.has(current.key)) this.show()
    clearTimeout(this.resting)
    this.resting = setTimeout(() => { for (const key of this.keys) this.dress(key) }, REST)
  }

  shrunk(key) {                                     // the last point is gone: the focus goes to the one before it, or to where new ones come from
    const n = count(this.plane.mark(key)), { focused, ring } = this.plane.keys
    this.chosen[key] = Math.max(0, n - 1)
    if (this.pinned && !this.can(this.at)) this.card.shut(false, false)
    this.dress(key)
    if (focused === key && n) this.choose({ key, i: n - 1 }, ring)
    else if (focused === key) this.grounds[key]?.focus({ preventScroll: true, focusVisible: ring })
  }

  dress(key) {
    const m = this.plane.mark(key), n = count(m)
    if (!this.can({ key, i: this.chosen[key] })) this.chosen[key] = Math.max(0, Array.from({ length: n }).findIndex((_, i) => this.can({ key, i })))
    if (m.dots?.adds) this.prepare(key, m)
    if (m.kind === 'image') { if (!this.plane.groups[key].querySelector('[data-part]')) this.element({ key, i: this.chosen[key] }) }
    else this.elements(key).forEach((el, i) => this.name(el, key, i))
  }

  prepare(key, m) {                                 // the ground: for keys, and for those who cannot see it, a button
    const [x, y, width, height] = this.plane.scales[m.plane].box, known = this.grounds[key], group = this.plane.groups[key]
    const el = known?.ownerSVGElement === this.plane.svg ? known : this.grounds[key] = make('rect', { 'data-ground': key, class: 'dial-ground' })
    put(el, { x, y, width, height, fill: 'none', tabindex: '0', role: 'button', 'aria-label': m.dots.adds })
    if (group.previousSibling !== el && !this.halo.includes(group.previousSibling)) group.before(el)
  }

  name(el, key, i) {                                // what a part is to those who cannot see it
    if (this.can({ key, i })) put(el, { 'data-part': i, tabindex: this.chosen[key] === i ? '0' : '-1', ...this.manner(key).spoken(this.plane.mark(key), i) })
  }

  glow(group, after, tag, attributes, ring) {       // around the part that is looked at; a ring, hollow along a line, where the keys are
    const looks = !group ? [] : ring && tag === 'polyline' ? ['dial-halo ring', 'dial-halo core'] : [ring ? 'dial-halo ring' : 'dial-halo']
    if (this.halo.length !== looks.length || this.halo[0]?.localName !== tag) { for (const el of this.halo) el.remove(); this.halo = looks.map(() => make(tag, { 'aria-hidden': 'true' })) }
    this.halo.forEach((el, i) => put(el, { ...attributes, class: looks[i] }))
    if (!this.halo.length || (after ? group.nextSibling === this.halo[0] : group.previousSibling === this.halo.at(-1))) return
    if (after) group.after(...this.halo)
    else group.before(...this.halo)
  }

  show() {
    const at = this.current, { plane, card } = this
    if (!at || at.i < 0 || !this.can(at)) { this.glow(null); return card.show(null, null) }
    const m = plane.mark(at.key), shape = this.shape(at), [tag, attributes] = outline(shape, 3), group = plane.groups[at.key]
    this.glow(group, m.kind === 'image', tag, attributes, this.ring && same(this.focus, at))
    const manner = this.manner(at.key), { x, y, reach, falls } = middle(shape), words = manner.words(m, at.i, Boolean(this.hover))
    if (!words.name) return card.show(null, null)
    if (known || this.grab) words.hint = ''
    const matrix = plane.svg.getScreenCTM(), box = card.picture.getBoundingClientRect()
    card.show(words, { x: matrix.a * x + matrix.e - box.left, y: matrix.d * y + matrix.f - box.top, reach: reach * matrix.a, falls, ceiling: Math.max(-60, 60 - box.top) })
    if (manner.typed) card.follow(manner.text(m, at.i))
  }
}
