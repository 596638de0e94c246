// crowd.js paints an image whose pixels are somebody (app/scene.py says what a crowd is): each a tile, small and round until its
// pixel is in the upper half of the palette, square from then on; sorted, dimmed, one of them ringed. It comes when it is needed.
import { placeOf } from './parts.js'
const SORTING = 700                                 // ms for which tiles are on their way to another place
const HALF = 128
const ROUND = .34, SQUARE = .46                     // of a tile: half of how wide it is
const calm = matchMedia('(prefers-reduced-motion: reduce)')
const ease = t => t < .5 ? 4 * t ** 3 : 1 - (2 - 2 * t) ** 3 / 2

export class Painter {
  frame = 0; began = null; from = null; colours = null

  constructor(plane, g, key) {
    const [x, y, width, height] = plane.scales[plane.mark(key).plane].box
    Object.assign(this, { plane, g, box: { width, height } })
    g.querySelector('image')?.remove()
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
    const { fill, text } = this.colours ??= this.inks()
    const pen = canvas.getContext('2d'), [rows, columns] = m.shape, w = wide / columns, h = high / rows, size = Math.min(w, h)
    const t = this.began === null ? 1 : ease(Math.min(1, Math.max(0, (now - this.began) / SORTING)))
    const spot = i => {
      const p = placeOf(m, i), x = p % columns, y = Math.floor(p / columns)
      if (t === 1) return [(x + .5) * w, (y + .5) * h]
      const q = this.from[i], x0 = q % columns, y0 = Math.floor(q / columns)
      return [(x0 + (x - x0) * t + .5) * w, (y0 + (y - y0) * t + .5) * h]
    }
    pen.clearRect(0, 0, wide, high)
    const { only, chosen } = m.crowd, n = m.pixels.length, member = only >= 0 && m.members
    for (let i = 0; i < n; i++) {
      const p = m.pixels[i], [x, y] = spot(i)
      pen.globalAlpha = !member || member[only * n + i] ? 1 : .16
      pen.fillStyle = fill[p]
      if (p < HALF) {
        pen.beginPath()
        pen.arc(x, y, size * ROUND, 0, 7)
        pen.fill()
      } else pen.fillRect(x - w * SQUARE, y - h * SQUARE, 2 * w * SQUARE, 2 * h * SQUARE)
    }
    pen.globalAlpha = 1
    if (chosen >= 0 && chosen < n) {
      const [x, y] = spot(chosen)
      pen.strokeStyle = text
      pen.lineWidth = Math.max(2, size * .16)
      pen.strokeRect(x - w / 2, y - h / 2, w, h)
    }
    if (t < 1) this.ask()
    else this.began = this.from = null
  }
}
