// dots.js: points that a reader puts, moves and takes away (`dots` in app/scene.py).
const STEPS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }
const GOES = { PageUp: -1, PageDown: 1 }
const BY_MOUSE = 'Drag it, or click for more', BY_KEYS = 'Arrow keys move it, Page up and down go on, Delete removes it'
const limit = (v, [low, high]) => Math.min(high, Math.max(low, +v.toPrecision(10)))
const name = (m, i) => m.dots.names?.[i] ?? `point ${i + 1}`

function tell(hand, key, value) { hand.plane.onhold?.(); hand.plane.send({ do: 'move', widget: hand.plane.id, handle: key, item: value[0], value, done: true }) }

function set(hand, { key, i }, x, y) {
  const m = hand.plane.motion.now(key), [xs, ys] = m.dots.bounds, to = [limit(x, xs), limit(y, ys)]
  if (to[0] === m.x[i] && to[1] === m.y[i]) return
  const moved = { x: Array.from(m.x), y: Array.from(m.y) }
  moved.x[i] = to[0]; moved.y[i] = to[1]
  hand.propose(key, i, { ...moved, sends: { value: [i, ...to], item: i } })
}

function remove(hand, at) { hand.plane.motion.finish(); tell(hand, at.key, [at.i, null, null]); hand.rest() }
function turn(hand, at) { hand.plane.motion.finish(); tell(hand, at.key, [at.i, 'turn', null]) }

export const DOTS = {
  cursor: () => 'dot', drags: true, free: true,
  can: () => true,
  start(hand, { key, i }) { const m = hand.plane.motion.now(key); return [m.x[i], m.y[i]] },
  pull(hand, grab, dx, dy, unit) {
    const s = hand.plane.scales[hand.plane.mark(grab.key).plane], [x0, y0] = s.back(0, 0), [x1, y1] = s.back(dx / unit, dy / unit)
    set(hand, grab, grab.from[0] + x1 - x0, grab.from[1] + y1 - y0)
  },
  press(hand, at) {
    const { turns } = hand.plane.mark(at.key).dots
    hand.offer(at, [...turns ? [[turns, () => turn(hand, hand.at)]] : [], ['Remove', () => remove(hand, hand.at)]])
  },
  key(hand, at, e) {
    const m = hand.plane.motion.now(at.key), by = e.shiftKey ? .1 : 1
    if (e.key in STEPS) {
      hand.choose(at, true)
      hand.plane.onhold?.()
      set(hand, at, m.x[at.i] + STEPS[e.key][0] * m.dots.step[0] * by, m.y[at.i] + STEPS[e.key][1] * m.dots.step[1] * by)
      if (!hand.busy) hand.plane.motion.tire()
    } else if (e.key in GOES) hand.go(at, GOES[e.key])
    else if (e.key === 'Delete' || e.key === 'Backspace') remove(hand, at)
    else if ((e.key === 'Enter' || e.key === ' ') && m.dots.turns) turn(hand, at)
    else return false
    return true
  },
  put(hand, key, x, y) {                            // on empty ground
    const { dots: { bounds: [xs, ys] } } = hand.plane.mark(key)
    hand.plane.motion.finish()
    tell(hand, key, [-1, limit(x, xs), limit(y, ys)])
  },
  words: (m, i, mouse) => ({ name: name(m, i), says: m.dots.says?.[i], hint: mouse ? BY_MOUSE : BY_KEYS }),
  spoken: (m, i) => ({ role: 'slider', 'aria-roledescription': 'point', 'aria-label': name(m, i), 'aria-valuetext': m.dots.says?.[i] ?? '',
    'aria-valuenow': String(m.x[i]), 'aria-valuemin': String(m.dots.bounds[0][0]), 'aria-valuemax': String(m.dots.bounds[0][1]) }),
}
