// motion.js moves what can move before the engine has answered, as the scene declares it (app/scene.py), and proposes the rest.
import { clamp, heightAt, map, undone } from './marks.js'

const REST = 300                                    // ms after the last key: the gesture is over
const probe = (name, detail) => globalThis.__probe?.(name, detail)

const shifted = (v, by) => v === undefined || v === null ? v : v.length === undefined ? v + by : map(v, w => w + by)
const carried = (m, dx, dy) => ({ ...m, x: shifted(m.x, dx), y: shifted(m.y, dy), x1: shifted(m.x1, dx), y1: shifted(m.y1, dy) })

export class Motion {
  held = {}                                         // proposals of the handle that is `active`: {key: {x, y}}
  base = {}                                         // marks that earlier, unanswered gestures have moved
  local = {}                                        // all marks that are not drawn as the scene has them
  active = null; unfinished = false; frame = 0; rest = 0

  constructor(plane) { this.plane = plane }

  apply() {                                         // returns the keys of all that it touched
    const { plane } = this, { marks } = plane.scene, before = Object.keys(this.local), was = key => this.base[key] ?? plane.still(key)
    const local = this.local = { ...this.base }
    const climb = (key, m) => { local[key] = { ...m, y: heightAt(plane.mark(m.along), m.x) } }
    for (const key in this.held) {
      local[key] = { ...was(key), ...this.held[key] }
      if (local[key].along && local[key].move === 'x') climb(key, local[key])
    }
    for (const key in marks) {
      const { x, y, through, follows } = was(key), [a, b] = (through ?? []).map(handle => plane.mark(handle))
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
      if (m.rides in this.held) local[key] = carried(m, local[m.rides].x - was(m.rides).x, local[m.rides].y - was(m.rides).y)
    }
    return [...before, ...Object.keys(local)]
  }

  now(key) { return { ...this.plane.mark(key), ...this.held[key] } }    // also what has not been drawn yet

  reach(key, x, y, passing) {                       // a handle wants to be there
    const m = this.now(key), [xs, ys] = m.move === 'both' ? m.bounds : [m.bounds, m.bounds]
    const to = { x: m.move === 'y' ? m.x : clamp(x, xs), y: m.move === 'x' ? m.y : clamp(y, ys) }
    if (to.x !== m.x || to.y !== m.y) this.propose(key, to, passing)
  }

  propose(key, proposal, passing = false) {         // drawn in the next frame, then sent; who only passes by finishes nothing
    probe('event', key)
    if (this.active !== key) { this.finish(); Object.assign(this, { active: key, base: this.local, held: {} }) }
    this.held[key] = proposal
    this.plane.used.add(key)
    this.unfinished ||= !passing
    this.frame ||= requestAnimationFrame(() => this.flush())
  }

  flush(done) {
    cancelAnimationFrame(this.frame)
    this.frame = 0
    this.plane.draw([this.active, ...this.apply()])
    probe('drawn', this.active)
    const m = this.plane.mark(this.active), more = { widget: this.plane.id, ...done && { done } }
    if (m.kind === 'sketch') this.plane.send({ do: 'edit', mark: this.active, value: map(m.x, (x, i) => [x, m.y[i]]), ...more })
    else this.plane.send({ do: 'move', handle: this.active, value: [m.x, m.y], ...m.sends, ...more })
    probe('sent', this.active)
  }

  tire() { clearTimeout(this.rest); this.rest = setTimeout(() => this.finish(), REST) }

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
}
