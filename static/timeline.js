// timeline.js is the plane of a picture along which a run's time goes: hovering over it shows a moment, leaving returns,
// pressing stays. Only player.js imports it.
const DECIDED = 6                                   // px: by then a finger has shown whether it scrubs or scrolls
const EDGE = 8                                      // units around the plane that still belong to it

export class Timeline {
  held = null                                       // a pointer that is pressed on it
  peeked = null                                     // the moment that is shown only as long as the pointer is over it

  constructor(player) {
    Object.assign(this, { player, plane: player.plane })
    const { figure } = this.plane, on = (type, f) => figure.addEventListener(type, f.bind(this))
    on('pointermove', this.hover)
    on('pointerleave', this.leave)
    on('pointerdown', this.hold)
    on('pointerup', this.release)
    on('pointercancel', this.drop)
  }

  get busy() { return this.peeked !== null || this.held !== null }

  moment(e) {                                       // the one under the pointer, or null
    const { plane, player: { run, last } } = this, time = run?.time, p = time && !plane.busy && plane.pointers.where(e)
    if (!p) return null
    const scale = plane.scales[time.plane], [x, y, width, height] = scale.box
    if (!this.held && (p.x < x - EDGE || p.x > x + width + EDGE || p.y < y || p.y > y + height + EDGE)) return null
    const [value] = scale.back(p.x, p.y)
    let best = 0
    for (let k = 1; k <= last; k++) if (Math.abs(time.x[k] - value) < Math.abs(time.x[best] - value)) best = k
    while (best < last && time.x[best + 1] === time.x[best]) best++       // of moments at one place the last
    return best
  }

  hover(e) {
    if (e.pointerId === this.held?.id) return e.buttons ? this.scrub(e) : this.drop()     // let go where nobody saw it
    if (e.pointerType === 'touch' || this.player.playing || e.buttons) return
    const k = this.moment(e)
    if (k === null) return this.leave()
    if (k === this.peeked) return
    this.peeked = k
    this.player.hush()
    this.player.show(k)
  }

  leave() {
    if (this.peeked === null) return
    if (this.player.run) this.player.show(this.player.k)
    this.forget()
  }

  forget() {                                        // what was peeked at, and let screen readers hear again
    if (this.peeked === null) return
    this.peeked = null
    this.player.hush()
  }

  hold(e) {
    if (e.button) return
    const k = this.moment(e)
    if (k === null) return
    this.held = { id: e.pointerId, x: e.clientX, sure: e.pointerType !== 'touch' }
    this.player.hush()
    if (!this.held.sure) return
    e.preventDefault()
    this.plane.figure.setPointerCapture(e.pointerId)
    this.scrub(e)
  }

  scrub(e) {
    const { held } = this
    if (!held.sure && Math.abs(e.clientX - held.x) < DECIDED) return
    held.sure = true
    const k = this.moment(e)
    if (k !== null) this.player.seek(k)
  }

  release(e) {
    if (this.held?.id !== e.pointerId) return
    this.held.sure = true                           // a tap: a finger that scrolled has been cancelled before
    this.scrub(e)
    this.drop()
  }

  drop() {
    this.held = null
    this.leave()
    this.player.hush()
  }
}
