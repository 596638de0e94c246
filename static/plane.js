// plane.js shows a scene (app/scene.py says what those are) and draws what comes from the engine. What a reader's pointers
// and keys propose to it is theirs: pointers.js, keys.js; what moves before the engine has answered: motion.js.
import { Keys } from './keys.js'
import { Scale, draw, heightAt, held, painter } from './marks.js'
import { Motion } from './motion.js'
import { Pointers } from './pointers.js'

export class Plane {
  svg = null; scene = { marks: {} }; groups = {}; scales = {}
  shown = {}                                        // fields that a run shows over the scene: {mark: {field: value}}
  layers = []                                       // dials.js, dots.js: what holds single parts of marks; it comes when it is needed
  painters = {}; painted = {}                       // what paints surfaces, crowds and pads, by kind; and what each mark is painted by
  used = new Set(); chosen = {}                     // cues that are gone; which anchor of each sketch is chosen
  onquiet = () => {}                                // a gesture has ended and sent nothing: nobody will call settle() for it

  constructor(figure, send) {
    Object.assign(this, { figure, send, id: figure.dataset.widget })
    this.motion = new Motion(this)
    this.pointers = new Pointers(this)
    this.keys = new Keys(this)
  }

  adopt(svg, scene) {                               // writes nothing, unless the reader has done something already
    const wide = scene.size[0] >= 600, { motion, pointers } = this
    Object.assign(this, { svg, scene, groups: {} })
    Object.assign(this, wide ? { text: 16, hit: 27, knob: 11 } : { text: 14, hit: 24, knob: 10 })
    Object.assign(motion, { base: {}, local: {} })
    pointers.matrix = null
    this.scales = Object.fromEntries(Object.entries(scene.planes).map(([name, plane]) => [name, new Scale(plane)]))
    for (const g of svg.querySelectorAll('[data-mark]')) this.groups[g.dataset.mark] = g
    this.release()
    this.draw([...this.used, ...Object.keys(this.chosen), ...Object.keys(this.shown), ...motion.apply(), ...this.paintings()])
    this.keys.restore()
    for (const layer of this.layers) layer.adopt()
  }

  update(marks) {
    const known = Object.keys(marks).filter(key => key in this.scene.marks)
    for (const key of known) { Object.assign(this.scene.marks[key], marks[key]); delete this.motion.base[key] }
    this.release()
    this.draw([...known, ...this.motion.apply()])
  }

  release() {                                       // what can't be moved any more is not held either
    const { motion, pointers } = this
    if (pointers.grab && !this.movable(pointers.grab.key)) pointers.drop()
    if (motion.active && !this.movable(motion.active) && !held(this.still(motion.active)) && !this.still(motion.active)?.pad) motion.forget()
  }

  show(marks) {                                     // over the scene and under what is held, until the next; null: no more
    const before = Object.keys(this.shown)
    this.shown = marks ?? {}
    this.draw([...before, ...Object.keys(this.shown), ...this.motion.apply()])
  }

  rescale(planes, marks = {}) {                     // {plane: {plane, svg}}: other ranges and axes in the same boxes
    const { scene, pointers } = this, { grab } = pointers, paper = document.createElement('template')
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
    if (grab && pointers.grab) pointers.hold(grab.at)       // what is held keeps its value, and goes on from there
  }

  settle() {
    const { motion } = this
    if (this.busy || motion.frame || motion.rest) return
    const moved = Object.keys(motion.local)
    motion.forget()
    this.draw(moved)
  }

  get busy() { return this.pointers.busy || this.layers.some(layer => layer.busy) }
  get grip() { return this.pointers.grab?.key }
  still(key) { const m = this.scene.marks[key]; return m && key in this.shown ? { ...m, ...this.shown[key] } : m }
  mark(key) { return this.motion.local[key] ?? this.still(key) }
  movable(key) { const m = this.still(key); return m?.kind === 'handle' && !m.hidden || m?.kind === 'sketch' && !m.locked }
  keyOf(target) { return this.svg?.contains(target) ? target.closest('[data-mark]')?.dataset.mark : undefined }

  spot(m) {                                         // where a handle is drawn, in units of the picture
    const line = m.seat && this.mark(m.seat.line), s = this.scales[(line ?? m).plane]
    return line ? { x: s.x(m.seat.x), y: s.y(heightAt(line, m.seat.x)) } : { x: s.x(m.x), y: s.y(m.y) }
  }

  join(layer) {
    this.layers.push(layer)
    this.draw(Object.keys(this.scene.marks).filter(key => held(this.scene.marks[key])))
    layer.adopt()
  }

  paintings() { return Object.keys(this.scene.marks).filter(key => this.painters[painter(this.scene.marks[key])]) }

  equip(kind, Painter) {                            // it comes later than the page, and only to pages that have something to paint
    this.painters[kind] = Painter
    this.draw(this.paintings())
  }

  paint(g, key, m) {
    const Painter = this.painters[painter(m)], known = this.painted[key]
    if (!Painter) return
    if (known?.g !== g) {
      known?.end()
      this.painted[key] = new Painter(this, g, key, known)
    }
    this.painted[key].show(m)
  }

  draw(keys) {
    const dirty = new Set(keys), { marks } = this.scene
    for (const key in marks) if (dirty.has(marks[key].seat?.line) || marks[key].dots?.some?.(handle => dirty.has(handle))) dirty.add(key)
    for (const key of dirty) if (this.groups[key]) draw(this.groups[key], key, this.mark(key), this)
    for (const layer of this.layers) layer.drawn(dirty)
  }
}
