// mesh.js shows a surface (app/scene.py says what a mesh is) in the place of the server's picture of it, and lets hands and keys
// turn it. Only pages that have one ask for it.
import { Drape } from './drape.js'
import { inks } from './inks.js'
import { Relief } from './relief.js'

const LOWEST = 14, STEEPEST = 86, STEP = 5          // degrees
const GRIPPED = 4, DECIDED = 8                      // px: by then a press has become a turn; by then a finger has shown its way
const STILL = 160                                   // ms without a turn: time for the fine picture
const clamp = (v, lo, hi) => Math.min(hi, Math.max(lo, v))

export class Painter {
  frame = 0; turning = false; grip = null; stale = true; colours = null
  relief = new Relief()

  constructor(plane, g, key, before) {              // before: who painted the picture that this one replaces, turned in some way
    const m = plane.mark(key), [x, y, width, height] = plane.scales[m.plane].box
    Object.assign(this, { plane, g, key, box: { width, height }, start: { yaw: m.yaw, pitch: m.pitch } })
    this.camera = before?.camera ?? { ...this.start }
    g.innerHTML = `<foreignObject x="${x}" y="${y}" width="${width}" height="${height}"><canvas aria-hidden="true"></canvas></foreignObject>`
    this.ground = this.lay(plane, m)
    const canvas = this.canvas = g.querySelector('canvas'), end = this.over = new AbortController()
    const on = (target, type, f) => target.addEventListener(type, f.bind(this), { signal: end.signal })
    on(canvas, 'pointerdown', this.press)
    on(canvas, 'pointermove', this.drag)
    on(canvas, 'pointerup', this.release)
    on(canvas, 'pointercancel', () => { this.grip = null; this.rest() })
    on(canvas, 'dblclick', this.back)
    on(g, 'keydown', this.keys)
    for (const query of ['(prefers-color-scheme: dark)', '(prefers-contrast: more)', '(forced-colors: active)']) on(matchMedia(query), 'change', this.recolour)
    const themes = new MutationObserver(() => this.recolour()), sizes = new ResizeObserver(() => this.ask(true))
    themes.observe(document.documentElement, { attributeFilter: ['data-theme', 'class', 'style'] })
    sizes.observe(canvas)
    end.signal.addEventListener('abort', () => { themes.disconnect(); sizes.disconnect(); cancelAnimationFrame(this.frame); clearTimeout(this.resting) })
  }

  end() { this.over.abort() }
  recolour() { this.colours = null; this.ask(true) }

  show(m) {                                         // what the scene, a run or a hand in this very moment says
    const same = field => this.m?.[field] === m[field]
    if (!['x', 'y', 'bends', 'z', 'levels'].every(same)) { this.relief.measure(m); this.stale = true }
    this.m = m
    this.ask()
  }

  ask(stale) {
    this.stale ||= stale === true
    this.frame ||= requestAnimationFrame(() => this.paint())
  }

  // ---- turning

  turn(yaw, pitch) {
    this.camera.yaw = (yaw % 360 + 540) % 360 - 180
    this.camera.pitch = clamp(pitch, LOWEST, STEEPEST)
    this.g.setAttribute('aria-valuenow', Math.round(this.camera.yaw))
    this.turning = true
    this.ask(true)
    this.rest()
  }

  rest() { clearTimeout(this.resting); this.resting = setTimeout(() => { if (!this.grip) { this.turning = false; this.ask(true) } }, STILL) }

  back() { this.turn(this.start.yaw, this.start.pitch) }

  press(e) {
    if (e.button || this.grip) return
    this.grip = { id: e.pointerId, x: e.clientX, y: e.clientY, from: { ...this.camera }, turned: false }
    if (e.pointerType !== 'touch') e.preventDefault()
    try { this.canvas.setPointerCapture(e.pointerId) } catch { /* it is gone already */ }
    this.plane.keys.focus(this.key, false)
  }

  drag(e) {
    const { grip } = this
    if (!grip) { if (!e.buttons && e.pointerType !== 'touch') this.lead(e, 'hover'); return }
    if (e.pointerId !== grip.id) return
    const dx = e.clientX - grip.x, dy = e.clientY - grip.y
    if (!grip.turned) {
      if (Math.hypot(dx, dy) < (e.pointerType === 'touch' ? DECIDED : GRIPPED)) return
      if (e.pointerType === 'touch' && Math.abs(dy) > Math.abs(dx)) { this.grip = null; return }       // that scrolls the page
      grip.turned = true
      this.canvas.dataset.turns = ''
    }
    this.turn(grip.from.yaw + dx * .5, grip.from.pitch + dy * .4)
  }

  release(e) {
    if (e.pointerId !== this.grip?.id) return
    const { turned } = this.grip
    this.grip = null
    delete this.canvas.dataset.turns
    if (turned) this.rest()
    else this.lead(e, 'jump')
  }

  keys(e) {
    const by = e.shiftKey ? 1 : STEP, { yaw, pitch } = this.camera
    const to = { ArrowLeft: [yaw - by, pitch], ArrowRight: [yaw + by, pitch], ArrowUp: [yaw, pitch + by], ArrowDown: [yaw, pitch - by], Home: [this.start.yaw, this.start.pitch] }[e.key]
    if (!to || e.ctrlKey || e.metaKey || e.altKey) return
    e.preventDefault()
    this.turn(...to)
  }

  lead(e, ability) {                                // a press or a passing mouse on the surface is one on its map
    const { plane, m } = this, { marks } = plane.scene, spot = this.beneath(e)
    const key = spot && Object.keys(marks).find(key => marks[key].plane === m.map && plane.still(key)[ability] && plane.movable(key))
    if (!key) return
    plane.motion.reach(key, ...spot, ability === 'hover')
    if (ability === 'jump') plane.motion.finish()
  }

  beneath(e) {                                      // the place of the surface that is seen under a pointer
    const { relief } = this, rect = this.canvas.getBoundingClientRect()
    return relief.beneath((e.clientX - rect.left) / rect.width * relief.wide, (e.clientY - rect.top) / rect.height * relief.high)
  }

  // ---- painting

  paint() {
    this.frame = 0
    if (!this.m || !this.canvas.isConnected || !this.canvas.checkVisibility()) return
    const rect = this.canvas.getBoundingClientRect(), dense = devicePixelRatio || 1
    const fine = this.turning ? Math.min(dense, 1.5) : clamp(dense, 2, 3)        // by turning nobody counts pixels
    const wide = Math.round(rect.width * fine), high = Math.round(rect.height * fine)
    if (!wide || !high) return
    this.colours ??= inks(this.canvas.parentNode)
    const { relief, colours, m } = this
    if (relief.size(wide, high, wide / this.box.width)) {
      Object.assign(this.canvas, { width: wide, height: high })
      this.stale = true
    }
    if (this.stale) {
      relief.turn(this.camera)
      relief.cast()
      relief.tint(colours)
      if (this.ground && !this.turning) relief.carpet(this.ground, colours)
    }
    this.stale = false
    const pen = this.canvas.getContext('2d', { willReadFrequently: true })
    pen.clearRect(0, 0, wide, high)
    pen.drawImage(relief.image, 0, 0)
    new Drape(pen, relief, colours, m, this.plane).paint()
    globalThis.__probe?.('turned', this.key)
  }

  lay(plane, m) {                                   // below the contour lines of the map, the same colours
    if (!m.map) return null
    const [x, y, width, height] = plane.scales[m.map].box, [ny, nx] = m.shape, dx = width / (nx - 1) / 2, dy = height / (ny - 1) / 2
    const holder = this.g.insertAdjacentElement('beforeend', this.g.firstElementChild.cloneNode())
    for (const [name, value] of Object.entries({ x, y, width, height, class: 'ground' })) holder.setAttribute(name, value)
    holder.innerHTML = `<canvas aria-hidden="true" width="${nx}" height="${ny}" style="width:${width + 2 * dx}px;height:${height + 2 * dy}px;margin:${-dy}px ${-dx}px"></canvas>`
    return holder.firstChild
  }
}
