// relief.js casts a surface onto pixels. For each it keeps the height of what is seen there: seen from above, of two points on
// one line of sight the higher one is nearer. Colours, light and contour lines are then made from the heights.
import { FLATLY, SHADES, TINTS, shade } from './inks.js'

const TALL = .6, ROOM = [1.43, 1.52]                // as in app/mesh.py
const FINEST = 2048, NEAR = .015
const radians = degrees => degrees * Math.PI / 180
const clamp = (v, lo, hi) => Math.min(hi, Math.max(lo, v))

export class Relief {
  image = document.createElement('canvas')          // the surface alone: what moves on it is painted over it
  wide = 0; high = 0; scale = 1

  measure({ x, y, shape: [ny, nx], bends, unit, z: [low, high], levels }) {      // once for each surface: levels from 0 to 1, and how it leans
    const n = nx * ny, whole = Float64Array.from(bends)
    for (const [step, skips] of [[nx, k => k < nx], [1, k => k % nx === 0]]) {   // as they were before app/mesh.py made them small
      for (let twice = 0; twice < 2; twice++) for (let k = 0; k < n; k++) if (!skips(k)) whole[k] += whole[k - step]
    }
    const level = Float32Array.from(whole, v => clamp((v * unit - low) / (high - low), 0, 1)), lean = [new Float32Array(n), new Float32Array(n), new Float32Array(n)]
    this.count({ z: [low, high], levels })
    const u = Float32Array.from({ length: nx }, (_, i) => i / (nx - 1) - .5), v = Float32Array.from({ length: ny }, (_, j) => j / (ny - 1) - .5)
    for (let j = 0; j < ny; j++) for (let i = 0; i < nx; i++) {
      const k = j * nx + i, l = Math.max(i - 1, 0), r = Math.min(i + 1, nx - 1), b = Math.max(j - 1, 0), t = Math.min(j + 1, ny - 1)
      const du = (level[j * nx + r] - level[j * nx + l]) * TALL / (u[r] - u[l]), dv = (level[t * nx + i] - level[b * nx + i]) * TALL / (v[t] - v[b])
      const length = Math.hypot(du, dv, 1)
      lean[0][k] = -du / length; lean[1][k] = -dv / length; lean[2][k] = 1 / length
    }
    Object.assign(this, { x, y, nx, ny, u, v, level, lean, points: [0, 1, 2].map(() => new Float32Array(n)) })
  }

  count({ z: [low, high], levels }) {               // how many contour lines are below a height, evenly in between
    this.counts = this.rates = null
    this.tints = Uint16Array.from({ length: FINEST + 1 }, (_, i) => Math.round(i / FINEST * (TINTS - 1)) * SHADES)
    if (!levels?.length) return
    const at = Float64Array.from(levels, v => (v - low) / (high - low)), n = at.length
    const between = z => {
      let i = 0
      while (i < n && at[i] <= z) i++
      const [a, b] = i === 0 ? [2 * at[0] - (at[1] ?? 1), at[0]] : i === n ? [at[n - 1], 2 * at[n - 1] - (at[n - 2] ?? 0)] : [at[i - 1], at[i]]
      return i + (z - a) / (b - a)
    }
    this.counts = Float32Array.from({ length: FINEST + 2 }, (_, i) => between(i / FINEST))
    const { counts } = this, lowest = counts[0], span = counts[FINEST] - lowest         // colours change as often as contour lines come
    this.tints = this.tints.map((_, i) => Math.round((counts[i] - lowest) / span * (TINTS - 1)) * SHADES)
    this.rates = Float32Array.from({ length: FINEST + 1 }, (_, i) => (counts[i + 1] - counts[i]) * FINEST)
  }

  size(wide, high, scale) {                         // in pixels, and how many of them are a unit of the picture; is it another size?
    if (wide === this.wide && high === this.high) return false
    Object.assign(this, { wide, high, scale, unit: Math.min(wide / ROOM[0], high / ROOM[1]), bits: null })
    Object.assign(this, { heights: new Float32Array(wide * high), lights: new Float32Array(wide * high) })
    Object.assign(this.image, { width: wide, height: high })
    return true
  }

  turn({ yaw, pitch }) {
    Object.assign(this, { cos: Math.cos(radians(yaw)), sin: Math.sin(radians(yaw)), rise: Math.cos(radians(pitch)), depth: Math.sin(radians(pitch)) })
  }

  cast() {                                          // for every pixel the height, and the light, of what is seen there
    const { nx, ny, u, v, level, lean, heights, lights, wide, high, points: [X, Y, L], cos, sin, rise, depth, unit } = this
    heights.fill(-1)
    for (let j = 0, k = 0; j < ny; j++) for (let i = 0; i < nx; i++, k++) {
      X[k] = wide / 2 + unit * (u[i] * cos - v[j] * sin)
      Y[k] = high / 2 - unit * ((u[i] * sin + v[j] * cos) * depth + (level[k] - .5) * TALL * rise)
      const across = lean[0][k] * cos - lean[1][k] * sin, away = lean[0][k] * sin + lean[1][k] * cos
      L[k] = -.56 * across - .3 * away + .77 * lean[2][k]                        // light from the left, over the reader's shoulder
    }
    const triangle = (a, b, c) => {
      const xa = X[a], ya = Y[a], xb = X[b], yb = Y[b], xc = X[c], yc = Y[c]
      const det = (xb - xa) * (yc - ya) - (xc - xa) * (yb - ya)
      if (Math.abs(det) < 1e-6) return
      const slope = (pa, pb, pc) => [((pb - pa) * (yc - ya) - (pc - pa) * (yb - ya)) / det, ((pc - pa) * (xb - xa) - (pb - pa) * (xc - xa)) / det]
      const za = level[a], la = L[a]
      const zx = ((level[b] - za) * (yc - ya) - (level[c] - za) * (yb - ya)) / det, zy = ((level[c] - za) * (xb - xa) - (level[b] - za) * (xc - xa)) / det
      const lx = ((L[b] - la) * (yc - ya) - (L[c] - la) * (yb - ya)) / det, ly = ((L[c] - la) * (xb - xa) - (L[b] - la) * (xc - xa)) / det
      const top = Math.max(0, Math.ceil(Math.min(ya, yb, yc) - .5)), bottom = Math.min(high - 1, Math.floor(Math.max(ya, yb, yc) - .5))
      for (let row = top; row <= bottom; row++) {
        const at = row + .5
        let from = 1e9, to = -1e9
        if (at >= ya !== at >= yb) { const x = xa + (at - ya) * (xb - xa) / (yb - ya); if (x < from) from = x; if (x > to) to = x }
        if (at >= yb !== at >= yc) { const x = xb + (at - yb) * (xc - xb) / (yc - yb); if (x < from) from = x; if (x > to) to = x }
        if (at >= yc !== at >= ya) { const x = xc + (at - yc) * (xa - xc) / (ya - yc); if (x < from) from = x; if (x > to) to = x }
        const first = Math.max(0, Math.ceil(from - .51)), last = Math.min(wide - 1, Math.floor(to - .49))
        let z = za + (first + .5 - xa) * zx + (at - ya) * zy, l = la + (first + .5 - xa) * lx + (at - ya) * ly
        for (let p = row * wide + first, end = row * wide + last; p <= end; p++, z += zx, l += lx) if (z > heights[p]) { heights[p] = z; lights[p] = l }
      }
    }
    for (let j = 0; j < ny - 1; j++) for (let i = 0; i < nx - 1; i++) {
      const k = j * nx + i
      triangle(k, k + 1, k + nx)
      triangle(k + 1, k + nx + 1, k + nx)
    }
  }

  tint({ table, line }) {                           // the colour of every pixel, and contour lines of even width
    const { heights, lights, wide, high, image, tints, counts, rates } = this
    const pen = image.getContext('2d', { willReadFrequently: true }), bits = this.bits ??= pen.createImageData(wide, high)
    const out = new Uint32Array(bits.data.buffer), half = .5 * this.scale, [r1, g1, b1] = line
    out.fill(0)
    for (let row = 0; row < high; row++) for (let p = row * wide, end = p + wide; p < end; p++) {
      const z = heights[p]
      if (z < 0) continue
      let colour = table[tints[(z * FINEST) | 0] + shade(lights[p])]
      if (counts) {
        const i = (z * FINEST) | 0, rate = rates[i], right = heights[p + 1] ?? -1, left = heights[p - 1] ?? -1, below = heights[p + wide] ?? -1, above = heights[p - wide] ?? -1
        const dx = right < 0 || left < 0 ? 0 : (right - left) * rate / 2, dy = below < 0 || above < 0 ? 0 : (below - above) * rate / 2
        const q = counts[i] + (z - i / FINEST) * rate, lean = Math.sqrt(dx * dx + dy * dy), off = Math.abs(q - Math.round(q))
        if (lean < .5 && off < lean * (half + .5) + .0005) {       // where lines would stand closer than two pixels there are none
          const ink = line[3] * clamp(half + .5 - off / (lean + 1e-6), 0, 1) * Math.min(1, 3 - 6 * lean)
          const r = colour & 255, g = colour >> 8 & 255, b = colour >> 16 & 255
          colour = -16777216 | (b + (b1 - b) * ink) << 16 | (g + (g1 - g) * ink) << 8 | r + (r1 - r) * ink
        }
      }
      out[p] = colour
    }
    pen.putImageData(bits, 0, 0)
  }

  carpet(canvas, { table }) {                       // the same colours, seen from above and in even light
    const { nx, ny, level, tints } = this, pen = canvas.getContext('2d'), bits = pen.createImageData(nx, ny), out = new Uint32Array(bits.data.buffer)
    for (let j = 0; j < ny; j++) for (let i = 0; i < nx; i++) out[(ny - 1 - j) * nx + i] = table[tints[(level[j * nx + i] * FINEST) | 0] + FLATLY]
    pen.putImageData(bits, 0, 0)
  }

  at(x, y, level) {                                 // a place, on the surface unless told otherwise: [px, py, is it seen]
    const { nx, ny, u, v, heights, wide, high, cos, sin, rise, depth, unit } = this
    const a = (x - this.x[0]) / (this.x[1] - this.x[0]), b = (y - this.y[0]) / (this.y[1] - this.y[0])
    if (level === undefined) {
      const i = clamp(Math.floor(a * (nx - 1)), 0, nx - 2), j = clamp(Math.floor(b * (ny - 1)), 0, ny - 2), k = j * nx + i
      const s = clamp((a - .5 - u[i]) / (u[i + 1] - u[i]), 0, 1), t = clamp((b - .5 - v[j]) / (v[j + 1] - v[j]), 0, 1), z = this.level
      level = s + t < 1 ? z[k] + s * (z[k + 1] - z[k]) + t * (z[k + nx] - z[k])    // of the two triangles the one that it is in
        : z[k + nx + 1] + (1 - s) * (z[k + nx] - z[k + nx + 1]) + (1 - t) * (z[k + 1] - z[k + nx + 1])
    }
    const px = wide / 2 + unit * ((a - .5) * cos - (b - .5) * sin)
    const py = high / 2 - unit * (((a - .5) * sin + (b - .5) * cos) * depth + (level - .5) * TALL * rise)
    return [px, py, !(heights[Math.floor(py) * wide + Math.floor(px)] > level + NEAR)]
  }

  beneath(px, py) {                                 // the place of the surface that is seen at a pixel
    const { cos, sin, rise, depth, unit, wide, high, heights, x, y } = this, level = heights?.[Math.floor(py) * wide + Math.floor(px)]
    if (!(level >= 0)) return null
    const across = (px - wide / 2) / unit, away = ((high / 2 - py) / unit - (level - .5) * TALL * rise) / depth
    const inside = (share, ends) => ends[0] + clamp(share + .5, 0, 1) * (ends[1] - ends[0])
    return [inside(across * cos + away * sin, x), inside(away * cos - across * sin, y)]
  }
}
