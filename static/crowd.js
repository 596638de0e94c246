// crowd.js paints an image whose pixels are somebody (app/scene.py says what a crowd is): each a tile, small and round until its
// pixel is in the upper half of the palette, square from then on; sorted, dimmed, one of them ringed. It comes when it is needed.
import { placeOf } from './parts.js'
const SORTING = 700                                 // ms for which tiles are on their way to another place
const GROWING = 70                                  // ms in which a tile comes most of the way to its other shape
const HALF = 128
const ROUND = .34, SQUARE = .46                     // of a tile: half of how wide it is
const DIM = .16                                     // how much is seen of those who are not lit up
const calm = matchMedia('(prefers-reduced-motion: reduce)')
const ease = t => t < .5 ? 4 * t ** 3 : 1 - (2 - 2 * t) ** 3 / 2

export class Painter {
  frame = 0; began = null; from = null; colours = null
  grown = null; before = 0                          // how square each tile is by now, 0 to 1; when that was painted

  constructor(plane, g, key) {
    const [x, y, width, height] = plane.scales[plane.mark(key).plane].box
    Object.assign(this, { plane, g, box: { width, height } })
    for (const dots of g.querySelectorAll(':scope > path')) dots.remove()      // the server's picture
    const holder = document.createElementNS('http://www.w3.org/2000/svg', 'foreignObject'), over = this.over = new AbortController()
    for (const [name, value] of Object.entries({ x, y, width, height })) holder.setAttribute(name, value)
    this.canvas = holder.appendChild(document.createElement('canvas'))
    this.canvas.style.cssText = 'display:block;width:100%;height:100%'
    g.prepend(holder)
    const recolour = () => { this.colours = null; this.ask() }
    for (const query of ['(prefers-color-scheme: dark)', '(prefers-contrast: more)']) matchMedia(query).addEventListener('change', recolour, { signal: over.signal })
    const themes = new MutationObserver(recolour), sizes = new ResizeObserver(() => this.ask())
    themes.observe(document.documentElement, { attributeFilter: ['data-theme', 'class', 'style'] })
    sizes.observe(this.canvas)
    over.signal.addEventListener('abort', () => { themes.disconnect(); sizes.disconnect(); cancelAnimationFrame(this.frame) })
  }

  end() { this.over.abort() }
  ask() { this.frame ||= requestAnimationFrame(now => this.paint(now)) }

  show(m) {
    const before = this.m, n = m.pixels.length
    if (before && before.pixels.length === n && before.crowd.sorted !== m.crowd.sorted && !calm.matches) {
      this.from = Float32Array.from({ length: n }, (_, i) => placeOf(before, i))
      this.began = performance.now()
    }
    this.m = m
    this.ask()
  }

  inks() {                                          // the colour of each pixel value, as the page has its inks now
    const sample = this.canvas.parentNode.appendChild(document.createElement('i'))
    const ink = name => { sample.style.color = `var(--${name})`; return getComputedStyle(sample).color }
    const parts = name => (ink(name).match(/[\d.]+/g) ?? [0, 0, 0]).slice(0, 3).map(Number)
    const paper = parts('paper'), ramps = [parts('loss'), parts('model')]
    const fill = Array.from({ length: 256 }, (_, p) => {
      const t = .28 + .72 * (p % HALF) / (HALF - 1), to = ramps[+(p >= HALF)]
      return `rgb(${paper.map((v, i) => Math.round(v + (to[i] - v) * t))})`
    })
    const found = { fill, text: ink('text') }
    sample.remove()
    return found
  }

  paint(now) {
    this.frame = 0
    const { canvas, m } = this
    if (!m || !canvas.isConnected || !canvas.checkVisibility()) return
    const rect = canvas.getBoundingClientRect(), dense = Math.max(1, devicePixelRatio || 1)
    const wide = Math.round(rect.width * dense), high = Math.round(rect.height * dense)
    if (!wide || !high) return
    if (canvas.width !== wide || canvas.height !== high) Object.assign(canvas, { width: wide, height: high })
    const pen = canvas.getContext('2d'), [rows, columns] = m.shape, w = wide / columns, h = high / rows
    const there = this.began === null ? 1 : ease(Math.min(1, Math.max(0, (now - this.began) / SORTING)))
    const spot = this.spots(columns, w, h, there), grows = this.grow(now)
    pen.clearRect(0, 0, wide, high)
    this.tiles(pen, spot, w, h)
    if (m.crowd.chosen >= 0) this.ring(pen, ...spot(m.crowd.chosen), w, h)
    if (there === 1) this.began = this.from = null
    if (there < 1 || grows) this.ask()
  }

  spots(columns, w, h, there) {                     // where each tile is by now: at its place, or on its way to it
    const { m, from } = this, at = p => [(p % columns + .5) * w, (Math.floor(p / columns) + .5) * h]
    if (there === 1) return i => at(placeOf(m, i))
    return i => {
      const [x0, y0] = at(from[i]), [x, y] = at(placeOf(m, i))
      return [x0 + (x - x0) * there, y0 + (y - y0) * there]
    }
  }

  grow(now) {                                       // from round to square and back; whether some are still at it
    const { pixels } = this.m
    if (this.grown?.length !== pixels.length) this.grown = Float32Array.from(pixels, p => +(p >= HALF))
    const { grown } = this, more = calm.matches ? 1 : 1 - Math.exp(-Math.min(50, Math.max(0, now - this.before)) / GROWING)
    let grows = false
    this.before = now
    for (let i = 0; i < pixels.length; i++) {
      const to = +(pixels[i] >= HALF), left = to - grown[i]
      if (left) grown[i] = Math.abs(left) < .02 ? to : grown[i] + left * more
      grows ||= grown[i] !== to
    }
    return grows
  }

  tiles(pen, spot, w, h) {
    const { m: { pixels, members, crowd: { only } }, grown } = this, { fill } = this.colours ??= this.inks(), n = pixels.length
    for (let i = 0; i < n; i++) {
      const [x, y] = spot(i), r = Math.min(w, h) * (ROUND + (SQUARE - ROUND) * grown[i])
      pen.globalAlpha = only < 0 || !members || members[only * n + i] ? 1 : DIM
      pen.fillStyle = fill[pixels[i]]
      if (grown[i] === 1) pen.fillRect(x - w * SQUARE, y - h * SQUARE, 2 * w * SQUARE, 2 * h * SQUARE)
      else {
        pen.beginPath()
        pen.roundRect(x - r, y - r, 2 * r, 2 * r, r * (1 - grown[i]))
        pen.fill()
      }
    }
    pen.globalAlpha = 1
  }

  ring(pen, x, y, w, h) {
    pen.strokeStyle = this.colours.text
    pen.lineWidth = Math.max(2, Math.min(w, h) * .16)
    pen.strokeRect(x - w / 2, y - h / 2, w, h)
  }
}
