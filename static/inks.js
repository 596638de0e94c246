// inks.js reads the colours of the page as it is now, and mixes from them those of a surface: by height, and by how light falls.
export const SHADES = 32
export const TINTS = 256
const DARKEST = .2, RANGE = .85, EVEN = .77         // how much light there is, where it falls least, and on flat ground
export const shade = light => Math.min(SHADES - 1, Math.max(0, ((light - DARKEST) * SHADES / RANGE) | 0))
const DIM = [.85, .7, .55]
export const FLATLY = shade(EVEN)
const NAMES = ['paper', 'text', 'edge', 'data', 'model', 'loss', 'gradient', 'step', 'hidden']

export function inks(place) {
  const sample = place.appendChild(document.createElement('i'))
  const ink = name => { sample.style.color = `var(--${name})`; return getComputedStyle(sample).color }
  const parts = name => (ink(name).match(/[\d.]+/g) ?? [0, 0, 0]).slice(0, 3).map(Number)
  const low = parts('mesh-low'), high = parts('mesh-high'), table = new Uint32Array(TINTS * SHADES)
  for (let t = 0; t < TINTS; t++) for (let s = 0; s < SHADES; s++) {
    const light = (s + .5) / SHADES * RANGE + DARKEST - EVEN
    const [r, g, b] = low.map((v, i) => {
      const colour = v + (high[i] - v) * t / (TINTS - 1)
      return light > 0 ? colour + (255 - colour) * light * .66 : colour * (1 + light * DIM[i])      // shadows are a little blue
    })
    table[t * SHADES + s] = 255 << 24 | b << 16 | g << 8 | r
  }
  const found = { table, line: [...parts('text'), .5], fontFamily: getComputedStyle(place).fontFamily }
  for (const name of NAMES) found[name] = ink(name)
  sample.remove()
  return found
}
