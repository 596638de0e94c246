// numbers.js: a part of a mark that is a number (`dials` in app/scene.py): dragged, stepped with the arrow keys, typed into its card.
const PULL = 4                                      // px for each step that a number is dragged
const STEPS = { ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10 }
const GOES = { ArrowLeft: -1, ArrowRight: 1 }
const BY_MOUSE = 'Drag it up or down, or click to type', BY_KEYS = '↑ ↓ change it, ← → go on, Enter to type'

const number = (hand, { key, i }) => { const m = hand.plane.motion.now(key); return +(m.value ? m.value[i] : m.dials.values[i]) }
const stepOf = ({ dials: { step } }, i) => step.length ? step[i] : step
const says = (m, i) => (m.says ?? m.dials.says)[i], notes = (m, i) => (m.notes ?? m.dials.notes)?.[i]

function set(hand, { key, i }, v) {
  const { motion } = hand.plane, m = motion.now(key), [low, high] = m.dials.bounds, value = Array.from(m.value ?? m.dials.values, Number)
  const to = Math.min(high, Math.max(low, +v.toPrecision(10)))
  if (to === value[i]) return
  value[i] = to
  hand.propose(key, i, { value, sends: { value: [i, to], item: i } })
}

function step(hand, at, by, from = number(hand, at)) {
  hand.plane.onhold?.()
  set(hand, at, from + by * stepOf(hand.plane.mark(at.key), at.i))
  if (!hand.busy) hand.plane.motion.tire()
}

export const NUMBERS = {
  cursor: 'dial', drags: true, typed: true,
  can: (m, i) => m.dials.names[i] !== '',
  start: number,
  pull(hand, grab, dx, dy) { set(hand, grab, grab.from + (dx - dy) / PULL * stepOf(hand.plane.mark(grab.key), grab.i)) },
  press: (hand, at, touch) => hand.unfold(at, { focus: !touch }),
  text: (m, i) => m.says ? m.says[i].replaceAll('−', '-').replaceAll(',', '') : m.dials.values[i],
  step,
  turn(hand, at, from = number(hand, at)) { set(hand, at, -from); hand.plane.motion.finish() },
  key(hand, at, e) {
    if (e.key in STEPS) { hand.choose(at, true); step(hand, at, STEPS[e.key] * (e.shiftKey ? .1 : 1)) }
    else if (e.key in GOES) hand.go(at, GOES[e.key])
    else if (e.key === 'Enter' || e.key === ' ') hand.unfold(at, {})
    else if (/^[-−+.\d]$/.test(e.key)) hand.unfold(at, { first: e.key })
    else return false
    return true
  },
  words: (m, i, mouse) => ({ name: m.dials.names[i], says: says(m, i), notes: notes(m, i), hint: mouse ? BY_MOUSE : BY_KEYS }),
  spoken(m, i) {
    const [low, high] = m.dials.bounds
    return { role: 'slider', 'aria-label': m.dials.names[i], 'aria-valuetext': [says(m, i), notes(m, i)].filter(Boolean).join(', '),
      'aria-valuenow': String(m.value ? m.value[i] : m.dials.values[i]), 'aria-valuemin': String(low), 'aria-valuemax': String(high), 'aria-orientation': 'vertical' }
  },
}
