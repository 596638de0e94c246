// keys.js moves the handle or the sketch that has the focus, and keeps the focus when its picture is replaced.
import { clamp } from './marks.js'

const STEPS = { ArrowRight: 1, ArrowLeft: -1, ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10 }

export class Keys {
  focused = null; ring = false

  constructor(plane) {
    this.plane = plane
    const on = (type, f) => plane.figure.addEventListener(type, f.bind(this))
    on('keydown', this.press)
    on('keyup', () => { if (plane.motion.rest) plane.motion.tire() })
    on('focusin', this.enter)
    on('focusout', e => queueMicrotask(() => this.leave(e.target)))
  }

  press(e) {
    const { plane } = this, { motion } = plane, key = plane.keyOf(e.target), end = { Home: 0, End: 1 }[e.key]
    if (!plane.movable(key) || e.ctrlKey || e.metaKey || e.altKey || !(e.key in STEPS || end >= 0)) return
    e.preventDefault()
    if (!this.ring) { e.target.blur(); this.focus(key, true) }          // from here on the reader uses keys
    const m = motion.now(key), sideways = /Left|Right/.test(e.key), by = STEPS[e.key] * (e.shiftKey ? .1 : 1)
    const to = (v, step, bounds) => end === undefined ? v + by * step : bounds[end]
    if (m.kind === 'sketch') this.bend(key, sideways ? STEPS[e.key] : 0, v => to(v, m.step, m.bounds))
    else if (m.move !== 'both') motion.reach(key, to(m.x, m.step, m.bounds), to(m.y, m.step, m.bounds))
    else if (sideways || end >= 0) motion.reach(key, to(m.x, m.step[0], m.bounds[0]), m.y)
    else motion.reach(key, m.x, to(m.y, m.step[1], m.bounds[1]))
    if (motion.unfinished && !plane.busy) motion.tire()
  }

  bend(key, along, to) {                            // left and right choose an anchor, the other keys move it
    const { plane } = this, m = plane.motion.now(key), y = Array.from(m.y), i = clamp((plane.chosen[key] ?? 0) + along, [0, y.length - 1])
    plane.chosen[key] = i
    if (along) return plane.draw([key])
    y[i] = clamp(to(y[i]), m.bounds)
    if (y[i] !== m.y[i]) plane.motion.propose(key, { y })
  }

  focus(key, ring) { this.plane.groups[key]?.focus({ preventScroll: true, focusVisible: ring }) }

  enter(e) {
    const { plane } = this, key = this.focused = plane.keyOf(e.target)
    this.ring = e.target.matches(':focus-visible')
    if (plane.scene.marks[key]?.kind === 'sketch') { plane.chosen[key] ??= 0; plane.draw([key]) }
  }

  leave(target) {                                   // a focus that went with its picture is kept for the next one
    const { plane } = this, key = plane.keyOf(target)
    if (!plane.svg?.contains(target) || (plane.groups[key] ?? target).matches(':focus-within')) return
    if (this.focused === key) this.focused = null
    if (!plane.busy) plane.motion.finish()
  }

  restore() { if (this.focused && !this.plane.figure.matches(':focus-within')) this.focus(this.focused, this.ring) }
}
