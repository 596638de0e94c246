// dials.js lets a reader take hold of the single parts of a mark: numbers (numbers.js), what can be pressed (picks.js), points
// (dots.js). Here is what they share: the focus and the keys, what is heard, the card. It comes when a widget that needs it is near.
import { Card } from './card.js'
import { STYLE } from './dials_style.js'
import { DOTS } from './dots.js'
import { Halo, make, put } from './halo.js'
import { Hand, same } from './hand.js'
import { NUMBERS } from './numbers.js'
import { count, middle, outline, part } from './parts.js'
import { PICKS } from './picks.js'

const REST = 200                                    // ms without a change, after which what is not looked at says its number again
const dressed = new WeakSet()
let known = false                                   // the reader has changed one already, and needs no hint any more

const mannerOf = m => m?.dials ? NUMBERS : m?.picks ? PICKS : m?.kind === 'points' && m.dots ? DOTS : null

export class Dials extends Hand {
  focus = null; at = null                           // { key, i }: with the focus; what the open card is about
  chosen = {}; ring = false                         // the part of each mark that a Tab leads to; whether the focus came by a key
  halo = new Halo(); grounds = {}; resting = 0

  constructor(plane) {
    super(plane)
    const { figure } = plane, root = figure.getRootNode(), on = (type, f) => figure.addEventListener(type, f.bind(this))
    if (!dressed.has(root)) {
      const sheet = new CSSStyleSheet()
      sheet.replaceSync(STYLE)
      root.adoptedStyleSheets.push(sheet)
      dressed.add(root)
    }
    this.card = new Card(figure.querySelector('.picture'), {
      typed: text => this.typed(text), closed: back => this.closed(back),
      step: (by, text) => this.goOn(text, from => NUMBERS.step(this, this.at, by, from)),
      turn: text => this.goOn(text, from => NUMBERS.turn(this, this.at, from)),
    })
    on('keydown', this.key)
    on('focusin', this.enter)
    on('focusout', this.leave)
    figure.ownerDocument.addEventListener('pointerdown', e => { if (!e.composedPath().includes(figure)) this.card.shut(true, false) }, { capture: true })
  }

  get pinned() { return this.card.open ? this.at : null }
  get current() { return this.grab ?? this.pinned ?? this.hover ?? (this.ring ? this.focus : null) }
  get keys() { return Object.keys(this.plane.scene.marks).filter(key => this.plane.groups[key] && this.manner(key)) }
  manner(key) { return mannerOf(this.plane.still(key)) }
  can({ key, i }) { const m = this.plane.mark(key), manner = mannerOf(m); return Boolean(manner && i < count(m) && manner.can(m, i)) }
  fixed({ key, i }) { return Boolean(this.manner(key).fixed?.(this.plane.mark(key), i)) }
  shape({ key, i }) { const m = this.plane.mark(key); return part(m, this.plane.scales[m.plane], i) }

  propose(key, i, proposal) {                       // another number, another place: drawn in the next frame, then sent
    const { motion } = this.plane
    known = true
    if (motion.active === key && motion.held[key]?.sends?.item !== i) motion.finish()
    motion.propose(key, proposal)
  }

  goOn(text, act) {                                 // from what has been typed; a fraction or the like is only taken
    const from = text === null ? undefined : +text.replace('−', '-')
    if (text === null || Number.isFinite(from)) act(from)
    else this.typed(text)
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
    this.halo = new Halo()
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
    if (group.previousSibling !== el && !this.halo.has(group.previousSibling)) group.before(el)
  }

  name(el, key, i) {                                // what a part is to those who cannot see it
    if (this.can({ key, i })) put(el, { 'data-part': i, tabindex: this.chosen[key] === i ? '0' : '-1', ...this.manner(key).spoken(this.plane.mark(key), i) })
  }

  show() {
    const at = this.current, { plane, card } = this
    if (!at || at.i < 0 || !this.can(at)) { this.halo.gone(); return card.show(null, null) }
    const m = plane.mark(at.key), shape = this.shape(at), [tag, attributes] = outline(shape, 3), group = plane.groups[at.key]
    this.halo.show(group, m.kind === 'image', tag, attributes, this.ring && same(this.focus, at))
    const manner = this.manner(at.key), { x, y, reach, falls } = middle(shape), words = manner.words(m, at.i, Boolean(this.hover))
    if (!words.name) return card.show(null, null)
    if (known || this.grab) words.hint = ''
    const matrix = plane.svg.getScreenCTM(), box = card.picture.getBoundingClientRect()
    card.show(words, { x: matrix.a * x + matrix.e - box.left, y: matrix.d * y + matrix.f - box.top, reach: reach * matrix.a, falls, ceiling: Math.max(-60, 60 - box.top) })
    if (manner.typed && !this.fixed(at)) card.follow(manner.text(m, at.i))
  }
}
