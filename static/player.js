// player.js plays what the engine has recorded (app/runs.py says what a run is) over a plane: play, pause, step, back, scrub,
// speed. It knows moments and clocks, never a formula; only pages with something to play ask for it.
import { Awaits } from './awaits.js'
import { shine } from './lit.js'
import { unsqueeze } from './packing.js'
import { Timeline } from './timeline.js'

const LONGEST = 100                                 // ms: a page that was asleep does not leap
const WAITING = 'Press Play to run it with these numbers.'
const FAR = '100%'                                  // of the window: further away nobody follows what a run does
const write = (el, text) => { if (el && el.textContent !== text) el.textContent = text }
const probe = (name, detail) => globalThis.__probe?.(name, detail)

export class Player {
  run = null; asked = false; wanted = null          // the run, whether it is on its way, and what shall happen when it is here
  k = 0; sought = 0; playing = false; speed = 1     // the moment that is shown, and the one that would be in a longer run
  frame = 0                                         // the next one, while it plays
  unseen = false; rests = false                     // far from the screen; its run follows nothing meanwhile
  turn = 0; unpacked = 0                            // count what comes, and what of it needs no unpacking any more

  constructor(bar, plane, send) {
    Object.assign(this, { bar, plane, send })
    plane.onhold = () => this.pause()                 // what flies past cannot be held
    const find = what => bar.querySelector(what)
    Object.assign(this, { range: find('[data-scrub]'), label: find('[data-moment]'), said: find('[data-moment]').textContent, verdict: find('[data-verdict]'), table: plane.figure.querySelector('.trace tbody') })
    this.chips = [...bar.querySelectorAll('[data-phase]')]
    for (const button of bar.querySelectorAll('button')) button.addEventListener('click', () => {
      if (!button.hasAttribute('aria-disabled')) this.press(button.dataset.do, +button.dataset.phase)
    })
    this.range.addEventListener('input', () => {
      const { value, max } = this.range
      this.do(() => this.seek(Math.round(value / max * this.last)))
    })
    for (const type of ['focus', 'blur']) this.range.addEventListener(type, () => this.hush())
    find('select').addEventListener('change', e => { this.speed = +e.target.value })
    this.timeline = new Timeline(this)
    this.awaits = new Awaits(this)
    new IntersectionObserver(seen => this.pass(seen.at(-1).isIntersecting), { rootMargin: `${FAR} 0px` }).observe(plane.figure)
    plane.figure.addEventListener('click', e => this.visit(e))
    bar.dataset.ready = ''
    queueMicrotask(() => this.button(bar.dataset.pressed)?.click())         // what was pressed before anybody listened
  }

  get last() { return this.run ? this.run.frames - 1 : 0 }
  get plays() { return !this.rests && (this.asked || this.run !== null) }
  get comes() { return this.awaits.timer > 0 || this.unpacked < this.turn }     // a run is on its way, perhaps a longer one
  button(what) { return this.bar.querySelector(`[data-do=${what}]`) }

  // ---- what the reader asks for

  press(what, phase) {
    const { k } = this
    if (what === 'stop') return this.stop()
    const moves = {
      play: () => this.playing ? this.pause() : this.play(),
      step: () => this.seek(this.k + 1),
      back: () => this.seek(this.k - 1),
      whole: () => this.seek(this.end(this.k + 1)),
      phase: () => this.seek(this.phase(phase)),
      restart: () => { this.seek(0); if (this.run.again) this.tell('again') },
    }
    if (what in moves) this.do(moves[what])
    else if (what === 'rescue' && this.run?.onward) this.on()
    else { if (k && this.run) this.seek(0); this.tell(what) }         // new, rescue: another walk, from its start
  }

  on() {                                            // a longer run will come: it is played from where this one ends
    const { k, run: { time } } = this, end = time.x[k]
    this.wanted = () => { this.go(this.run.time.x.findIndex(x => x >= end)); this.play() }
    this.tell('rescue')
  }

  get step() { return this.run?.phases?.length ?? 1 }
  end(k) { return Math.ceil(k / this.step) * this.step }              // the last phase of the step that k is in
  phase(i, k = this.k) { return Math.max(0, this.end(k) - this.step) + 1 + i }      // another phase of that step

  do(action) {                                      // now, or as soon as the engine has recorded it
    if (this.run) return action()
    this.wanted = action
    if (this.asked) return
    this.asked = true
    probe('pressed')
    this.awaits.begin()
    this.send({ do: 'run', widget: this.plane.id })
  }

  stop() {                                          // not to wait any longer; a run of other numbers is no use either
    if (this.awaits.told?.keeps) {                  // but what has been done of this one is the run that will come
      this.wanted = () => this.seek(this.last)
      return this.send({ do: 'stop', widget: this.plane.id, keep: true })
    }
    this.send({ do: 'stop', widget: this.plane.id })
    this.load(null)
  }

  pass(near) {                                      // far from the screen nothing is played, and no run comes that nobody sees
    this.unseen = !near
    if (!this.run || near !== this.rests) return
    this.rests = !near
    if (near) {
      this.send({ do: 'run', widget: this.plane.id, has: true })
      if (this.wanted) this.load(this.run)
    } else {
      this.pause()
      this.awaits.end()
      this.send({ do: 'stop', widget: this.plane.id })
    }
  }

  tell(what) { this.send({ do: 'press', widget: this.plane.id, what, done: true }) }

  refused() { this.load(null) }                     // it may be asked for again

  seek(k) { this.pause(); this.go(k); this.sought = this.k }

  visit(e) {                                        // a press on a part of the picture that stands for moments: to the next of them
    const { plane } = this, { marks } = plane.scene, keys = Object.keys(marks).filter(key => marks[key].goes)
    const p = keys.length && plane.svg.contains(e.target) && plane.pointers.where(e)
    for (const key of p ? keys : []) {
      const { x, y, w, h, plane: name } = plane.mark(key), [px, py] = plane.scales[name].back(p.x, p.y)
      const i = x.findIndex((left, j) => px >= left && px <= left + w[j] && py >= y[j] && py <= y[j] + h[j])
      if (marks[key].goes[i]) this.do(() => { const all = this.run.goes[key][i]; this.seek(all.find(k => k > this.k) ?? all[0]) })
    }
  }

  // ---- what the engine sends

  take(run) {                                       // now, or as soon as it is unpacked, unless something else comes before that
    const turn = ++this.turn
    this.awaits.end()
    if (!run?.squeezed) this.load(run)
    else if (this.plays) unsqueeze(run.squeezed).then(run => { if (turn === this.turn) this.load(run) })
  }

  promised(words) {                                 // null: what is shown is right after all
    if (words === null) { this.unpacked = ++this.turn; this.awaits.end() } else if (this.plays) this.awaits.begin(words)
  }

  failed(sentence) {
    this.load(null)
    write(this.verdict, sentence)
  }

  load(run) {                                       // null: the numbers have changed, and it is too long to follow them
    const first = this.run === null
    this.run = run
    this.unpacked = this.turn
    if (run === null) {
      Object.assign(this, { asked: false, wanted: null, rests: false, k: 0, sought: 0 })
      this.unpacked = ++this.turn
      this.awaits.end()
      this.pause()
      return this.clear()
    }
    this.asked = true
    const wanted = this.unseen ? null : this.wanted
    if (!this.unseen) this.wanted = null
    this.range.max = this.last
    if (first && !this.sought) this.sought = run.starts ?? 0
    this.go(this.sought)
    wanted?.()
    if (first) probe('first')
    if (this.unseen) this.pass(false)
  }

  // ---- showing

  at(k) {                                           // what moment k shows over the scene
    const { marks = {}, tracks, growing } = this.run, shown = {}
    for (const key in marks) shown[key] = { ...marks[key] }
    for (const [mark, field, size, values] of tracks) (shown[mark] ??= {})[field] = size === null ? values[k] : values.subarray(k * size, (k + 1) * size)
    for (const [mark, field, values, counts] of growing) (shown[mark] ??= {})[field] = values.slice(0, counts[k])
    return shown
  }

  live(marks) {                                     // over what is shown, while a run is on its way
    const shown = this.run ? this.at(this.k) : {}
    for (const key in marks) shown[key] = { ...shown[key], ...marks[key] }
    this.plane.show(shown)
  }

  go(k) {
    const { last, chips, range, bar } = this, { labels, phases, rescue } = this.run
    k = this.k = Math.max(0, Math.min(last, Math.floor(k)))
    this.timeline.forget()
    range.value = bar.dataset.k = k
    range.setAttribute('aria-valuetext', labels[k])
    this.show(k)
    this.offer(k === last && rescue)
    for (const [what, can] of [['back', k > 0], ['step', k < last], ['whole', k < last]]) this.able(this.button(what), can)
    if (phases) write(this.button('step').querySelector('b'), phases[k % this.step])
    for (const chip of chips) this.able(chip, this.phase(+chip.dataset.phase) <= last)
  }

  show(k) {                                         // k may be another moment than this.k, while the pointer is over it
    const { run: { labels, phases, table, says }, step } = this
    this.plane.show(this.at(k))
    this.said = labels[k]
    this.say()
    write(this.verdict, k === this.last && says || '')
    this.mark(k > 0 && phases ? (k - 1) % step : -1)
    if (table) this.fill(table, table.counts[k], table.cells?.[k] ?? Infinity)
    this.light(this.run.lit?.[k] ?? '')
  }

  say() { write(this.label, !this.playing && this.awaits.says || this.said) }

  light(words) {                                    // what this moment is about, wherever it stands on the page
    if (words === this.lit) return
    this.lit = words
    shine(this.bar.getRootNode(), words)
  }

  clear() {                                         // as it was before anything was recorded
    this.plane.show(null)
    this.said = WAITING
    this.say()
    write(this.verdict, '')
    this.range.value = 0
    this.range.setAttribute('aria-valuetext', 'the start')
    this.offer('')
    this.mark(-1)
    this.light('')
    for (const button of this.bar.querySelectorAll('button')) this.able(button, true)
    if (this.table) this.fill({ rows: [], columns: this.table.rows[0].cells }, 0)
  }

  mark(phase) {                                     // the chip of the phase that is under way
    for (const chip of this.chips) {
      if (+chip.dataset.phase === phase) chip.setAttribute('aria-current', 'step')
      else chip.removeAttribute('aria-current')
    }
  }

  offer(words) {                                    // the way back; a focus on it does not vanish with it
    const rescue = this.button('rescue')
    if (!rescue) return
    if (!words && rescue.matches(':focus')) this.button('play').focus()
    rescue.hidden = !words
    write(rescue, words || '')
  }

  able(button, can) {                               // the focus stays where it is: a button that can do nothing now is not taken away
    if (!button) return
    if (can) button.removeAttribute('aria-disabled')
    else button.setAttribute('aria-disabled', 'true')
  }

  fill({ rows, columns, lits }, count, cells) {     // the newest rows, the last of them perhaps in part
    const room = this.table.rows.length, first = Math.max(0, count - room)     // as many as are in the page
    for (let i = 0; i < room; i++) {
      const tr = this.table.rows[i], newest = first + i === count - 1, row = first + i < count ? rows[first + i] : []
      for (let j = 0; j < columns.length; j++) write(tr.cells[j], newest && j >= cells ? '' : row[j] ?? '')
      tr.classList.toggle('newest', newest)
      if (lits ?? tr.dataset.lit) tr.dataset.lit = row.length ? lits[first + i] : ''
    }
  }

  // ---- playing

  play() {
    if (this.playing) return
    if (this.k >= this.last) this.go(this.sought = 0)
    this.playing = true
    this.bar.dataset.playing = ''
    write(this.button('play').querySelector('b'), 'Pause')
    this.hush()
    let at = this.k, before = performance.now()
    const tick = now => {
      if (Math.floor(at) !== this.k) at = this.k                    // moved meanwhile: by a shorter run, by a hand
      at += Math.min(LONGEST, Math.max(0, now - before)) / 1000 * this.run.pace * this.speed
      before = now
      if (Math.floor(at) !== this.k) {
        const began = performance.now()
        this.go(at)
        this.sought = this.k
        probe('frame', performance.now() - began)
      }
      if (this.k >= this.last && !this.comes) this.pause()
      else this.frame = requestAnimationFrame(tick)
    }
    this.frame = requestAnimationFrame(tick)
  }

  pause() {
    if (!this.playing) return
    this.playing = false
    cancelAnimationFrame(this.frame)
    delete this.bar.dataset.playing
    write(this.button('play').querySelector('b'), 'Play')
    this.hush()
  }

  hush() {                                          // who listens hears a moment that stays, and none of those that fly past
    const flies = this.playing || this.timeline.busy || this.range.matches(':focus')
    this.label.setAttribute('aria-live', flies || this.awaits.shown ? 'off' : 'polite')
  }
}
