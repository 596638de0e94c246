// picks.js: a part of a mark that can be pressed (`picks` in app/scene.py): a tile, a point, a pixel of an image.
import { count, middle, towards } from './parts.js'

const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }
const calm = matchMedia('(prefers-reduced-motion: reduce)')

function pick(hand, { key, i }) {
  const { plane } = hand, { leads, crowd } = plane.mark(key), to = leads && crowd?.chosen === i && plane.figure.getRootNode().getElementById(leads)
  if (to) {                                         // chosen before: to where it is looked at
    to.querySelector('[data-do=play]')?.focus({ preventScroll: true })
    return to.scrollIntoView({ behavior: calm.matches ? 'auto' : 'smooth' })
  }
  plane.send({ do: 'move', widget: plane.id, handle: key, item: i, value: [i, 0], done: true })
}

const named = (m, i) => m.labels?.[i] ?? (m.rows && `${m.rows[Math.floor(i / m.shape[1])]}, ${m.columns[i % m.shape[1]]}`)

export const PICKS = {
  cursor: () => 'pick',
  can: () => true,
  press(hand, at) { hand.over(at); pick(hand, at) },
  key(hand, at, e) {
    if (e.key === 'Enter' || e.key === ' ') pick(hand, at)
    else if (e.key in WAYS) {
      const places = Array.from({ length: count(hand.plane.mark(at.key)) }, (_, i) => middle(hand.shape({ key: at.key, i })))
      hand.choose({ key: at.key, i: towards(places, at.i, ...WAYS[e.key]) }, true)
    } else return false
    return true
  },
  // no card beside what says the same itself
  words: (m, i) => ({ name: m.labels?.[i] === m.text?.[i] && !m.notes?.[i] ? '' : named(m, i) ?? '', says: m.tells?.[m.pixels[i]], notes: m.notes?.[i] }),
  spoken: (m, i) => ({ role: 'button', 'aria-label': [named(m, i) ?? `${m.crowd ? i : i + 1}`, m.tells?.[m.pixels[i]], m.notes?.[i]].filter(Boolean).join(', ') }),
}
