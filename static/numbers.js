// numbers.js: a part of a mark that is a number (`dials` in app/scene.py): dragged, stepped with the arrow keys, typed into its card.
// One that follows from others (`told`) is reached by the same keys and has a card, too, but nothing sets it.
const PULL = 4                                      // px for each step that a number is dragged
const STEPS = { ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10 }
const GOES = { ArrowLeft: -1, ArrowRight: 1 }
const BY_MOUSE = 'Drag it up or down, or click to type', BY_KEYS = '↑ ↓ change it, ← → go on, Enter to type'
const ON = '← → go on', ON_OR_TO_MOMENT = `${ON}, Enter goes to its moment`

const number = (hand, { key, i }) => { const m = hand.plane.motion.now(key); return +(m.value ? m.value[i] : m.dials.values[i]) }
const name = (m, i) => m.dials.names?.[i] || (m.dials.told?.[i] ?? '')
const fixed = (m, i) => !m.dials.names?.[i]
const stepOf = ({ dials: { step } }, i) => step.length ? step[i] : step
const says = (m, i) => (m.says ?? m.dials.says)[i]
const notes = (m, i) => (m.notes ?? m.dials.notes)?.[i] ?? (m.bare && m.text[i] !== name(m, i) ? m.text[i] : '')

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

function visit({ plane }, { key, i }) {             // its moment: player.js hears a press in the middle of it
  const { x, y, width, height } = plane.groups[key].querySelector(`[data-part="${i}"]`).getBoundingClientRect()
  plane.groups[key].dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true, clientX: x + width / 2, clientY: y + height / 2 }))
}

function hint(m, i, mouse) {
  if (!fixed(m, i)) return mouse ? BY_MOUSE : BY_KEYS
  return mouse ? '' : m.goes?.[i] ? ON_OR_TO_MOMENT : ON
}

export const NUMBERS = {
  drags: true, typed: true, fixed,
  cursor: (m, i) => fixed(m, i) ? m.goes?.[i] ? 'pick' : 'none' : 'dial',
  can: (m, i) => name(m, i) !== '',
  start: number,
  pull(hand, grab, dx, dy) { set(hand, grab, grab.from + (dx - dy) / PULL * stepOf(hand.plane.mark(grab.key), grab.i)) },
  press(hand, at, touch) { if (fixed(hand.plane.mark(at.key), at.i)) hand.over(at); else hand.unfold(at, { focus: !touch }) },
  text: (m, i) => m.says ? m.says[i].replaceAll('−', '-').replaceAll(',', '') : m.dials.values[i],
  step,
  turn(hand, at, from = number(hand, at)) { set(hand, at, -from); hand.plane.motion.finish() },
  key(hand, at, e) {
    const m = hand.plane.mark(at.key), enters = e.key === 'Enter' || e.key === ' '
    if (fixed(m, at.i) && !(e.key in GOES)) { if (enters && m.goes?.[at.i]) visit(hand, at); return enters }
    if (e.key in STEPS) { hand.choose(at, true); step(hand, at, STEPS[e.key] * (e.shiftKey ? .1 : 1)) }
    else if (e.key in GOES) hand.go(at, GOES[e.key])
    else if (enters) hand.unfold(at, {})
    else if (/^[-−+.\d]$/.test(e.key)) hand.unfold(at, { first: e.key })
    else return false
    return true
  },
  // what a press leads on from has its words on the picture, and what comes into it right above: no card hides that from a mouse
  words: (m, i, mouse) => mouse && fixed(m, i) && m.goes?.[i] ? {} : ({ name: name(m, i), says: fixed(m, i) ? '' : says(m, i), notes: notes(m, i), hint: hint(m, i, mouse) }),
  spoken(m, i) {
    if (fixed(m, i)) return { role: m.goes?.[i] ? 'button' : 'img', 'aria-label': [name(m, i), notes(m, i)].filter(Boolean).join(', ') }
    const [low, high] = m.dials.bounds
    return { role: 'slider', 'aria-label': m.dials.names[i], 'aria-valuetext': [says(m, i), notes(m, i)].filter(Boolean).join(', '),
      'aria-valuenow': String(m.value ? m.value[i] : m.dials.values[i]), 'aria-valuemin': String(low), 'aria-valuemax': String(high), 'aria-orientation': 'vertical' }
  },
}
