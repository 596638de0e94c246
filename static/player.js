// player.js plays what the engine has recorded (app/runs.py says what a run is) over a plane: play, pause, step, back, scrub,
// speed. It knows moments and clocks, never a formula, and imports nothing: only pages with something to play ask for it.
const ROWS = 8                                      // of the table that are in the page
const LONGEST = 100                                 // ms: a page that was asleep does not leap
const DECIDED = 6                                   // px: by then a finger has shown whether it scrubs or scrolls
const WAITING = 'Press Play to run it with these numbers.'
const write = (el, text) => { if (el && el.textContent !== text) el.textContent = text }
const probe = (name, detail) => globalThis.__probe?.(name, detail)

export class Player {
  run = null; asked = false; wanted = null          // the run, whether it is on its way, and what shall happen when it is here
  k = 0; sought = 0; playing = false; speed = 1     // the moment that is shown, and the one that would be in a longer run
  held = null                                       // a pointer that is pressed on the plane of time

  constructor(bar, plane, send) {
    Object.assign(this, { bar, plane, send })
    const find = what => bar.querySelector(what)
    Object.assign(this, { range: find('[data-scrub]'), label: find('[data-moment]'), verdict: find('[data-verdict]'), table: plane.figure.querySelector('.trace tbody') })
    this.chips = [...bar.querySelectorAll('[data-phase]')]
    for (const button of bar.querySelectorAll('button')) button.addEventListener('click', () => this.press(button.dataset.do, +button.dataset.phase))
    this.range.addEventListener('input', () => {
      const { value, max } = this.range
      this.do(() => this.seek(Math.round(value / max * this.last)))
    })
    for (const [type, live] of [['focus', 'off'], ['blur', 'polite']]) this.range.addEventListener(type, () => this.label.setAttribute('aria-live', live))
    find('select').addEventListener('change', e => { this.speed = +e.target.value })
    const { figure } = plane, on = (type, f) => figure.addEventListener(type, f.bind(this))
    on('pointermove', this.hover)
    on('pointerleave', this.leave)
    on('pointerdown', this.hold)
    on('pointerup', this.release)
    on('pointercancel', () => { this.held = null; this.leave() })
    bar.dataset.ready = ''
  }

  get last() { return this.run ? this.run.frames - 1 : 0 }
  get plays() { return this.asked || this.run !== null }
  button(what) { return this.bar.querySelector(`[data-do=${what}]`) }

  // ---- what the reader asks for

  press(what, phase) {
    const { k } = this
    const moves = {
      play: () => this.playing ? this.pause() : this.play(),
      step: () => this.seek(this.k + 1),
      back: () => this.seek(this.k - 1),
      whole: () => this.seek(this.end(this.k + 1)),
      phase: () => this.seek(this.phase(phase)),
      restart: () => { this.seek(0); if (this.run.again) this.tell('again') },
    }
    if (what in moves) this.do(moves[what])
    else { if (k && this.run) this.seek(0); this.tell(what) }         // new, rescue: another walk, from its start
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
    this.send({ do: 'run', widget: this.plane.id })
  }

  tell(what) { this.send({ do: 'press', widget: this.plane.id, what, done: true }) }

  refused() { if (!this.run) Object.assign(this, { asked: false, wanted: null }) }    // it may be asked for again

  seek(k) { this.pause(); this.go(k); this.sought = this.k }

  // ---- what the engine sends

  load(run) {                                       // null: the numbers have changed, and it is too long to follow them
    const first = this.run === null
    this.run = run
    if (run === null) {
      Object.assign(this, { asked: false, k: 0, sought: 0 })
      this.pause()
      this.plane.show(null)
      write(this.label, WAITING)
      write(this.verdict, '')
      this.range.value = 0
      return
    }
    this.asked = true
    const { wanted } = this
    this.wanted = null
    this.range.max = this.last
    if (first && !this.sought) this.sought = run.starts ?? 0
    this.go(this.sought)
    wanted?.()
    if (first) probe('first')
  }

  // ---- showing

  at(k) {                                           // what moment k shows over the scene
    const { marks = {}, tracks, growing } = this.run, shown = {}
    for (const key in marks) shown[key] = { ...marks[key] }
    for (const [mark, field, size, values] of tracks) (shown[mark] ??= {})[field] = size === null ? values[k] : values.subarray(k * size, (k + 1) * size)
    for (const [mark, field, values, counts] of growing) (shown[mark] ??= {})[field] = values.slice(0, counts[k])
    return shown
  }

  go(k) {
    this.k = Math.max(0, Math.min(this.last, Math.floor(k)))
    this.show(this.k)
    this.range.value = this.k
  }

  show(k) {                                         // k may be another moment than this.k, while the pointer is over it
    const { run, last, step, chips, bar } = this, { labels, phases, table } = run, end = k === last
    this.plane.show(this.at(k))
    write(this.label, labels[k])
    this.range.setAttribute('aria-valuetext', labels[k])
    write(this.verdict, end ? run.says ?? '' : '')
    const rescue = this.button('rescue')
    if (rescue) { rescue.hidden = !end || !run.rescue; write(rescue, run.rescue ?? '') }
    for (const [what, off] of [['back', k === 0], ['step', end], ['whole', end]]) this.able(this.button(what), !off)
    if (phases) {
      write(this.button('step').querySelector('b'), phases[k % step])
      for (const chip of chips) {
        const i = +chip.dataset.phase, on = k > 0 && i === (k - 1) % step, to = this.phase(i, k)
        if (on) chip.setAttribute('aria-current', 'step')
        else chip.removeAttribute('aria-current')
        this.able(chip, to <= last)
      }
    }
    if (table) this.fill(table, table.counts[k], table.cells?.[k] ?? Infinity)
    bar.dataset.k = k
  }

  able(button, can) {                               // the focus stays where it is: a button that can do nothing now is not taken away
    if (!button) return
    if (can) button.removeAttribute('aria-disabled')
    else button.setAttribute('aria-disabled', 'true')
  }

  fill({ rows, columns }, count, cells) {           // the newest rows, the last of them perhaps in part
    const first = Math.max(0, count - ROWS)
    for (let i = 0; i < ROWS; i++) {
      const tr = this.table.rows[i], newest = first + i === count - 1, row = first + i < count ? rows[first + i] : []
      for (let j = 0; j < columns.length; j++) write(tr.cells[j], newest && j >= cells ? '' : row[j] ?? '')
      tr.classList.toggle('newest', newest)
    }
  }

  // ---- playing

  play() {
    if (this.playing) return
    if (this.k >= this.last) this.go(0)
    this.playing = true
    this.bar.dataset.playing = ''
    write(this.button('play').querySelector('b'), 'Pause')
    this.label.setAttribute('aria-live', 'off')
    let at = this.k, before = performance.now()
    const tick = now => {
      if (!this.playing) return
      if (Math.floor(at) !== this.k) at = this.k                    // moved meanwhile: by a shorter run, by a hand
      at += Math.min(LONGEST, Math.max(0, now - before)) / 1000 * this.run.pace * this.speed
      before = now
      if (Math.floor(at) !== this.k) {
        const began = performance.now()
        this.go(at)
        this.sought = this.k
        probe('frame', performance.now() - began)
      }
      if (this.k >= this.last) this.pause()
      else requestAnimationFrame(tick)
    }
    requestAnimationFrame(tick)
  }

  pause() {
    if (!this.playing) return
    this.playing = false
    delete this.bar.dataset.playing
    write(this.button('play').querySelector('b'), 'Play')
    this.label.setAttribute('aria-live', 'polite')
  }

  // ---- the plane of time: hovering shows a moment, leaving returns, pressing stays

  moment(e) {
    const time = this.run?.time, p = time && !this.plane.busy && this.plane.pointers.where(e)
    if (!p) return null
    const scale = this.plane.scales[time.plane], [x, y, width, height] = scale.box
    if (!this.held && (p.x < x - 8 || p.x > x + width + 8 || p.y < y || p.y > y + height + 8)) return null
    const [value] = scale.back(p.x, p.y)
    let best = 0
    for (let k = 1; k <= this.last; k++) if (Math.abs(time.x[k] - value) < Math.abs(time.x[best] - value)) best = k
    while (best < this.last && time.x[best + 1] === time.x[best]) best++       // of moments at one place the last
    return best
  }

  hover(e) {
    if (this.held && e.pointerId === this.held.id) return this.scrub(e)
    if (e.pointerType === 'touch' || this.playing || e.buttons) return
    const k = this.moment(e)
    if (k === null) return this.leave()
    this.peeks = true
    this.show(k)
  }

  leave() {
    if (!this.peeks) return
    this.peeks = false
    if (this.run) this.show(this.k)
  }

  hold(e) {
    if (e.button) return
    const k = this.moment(e)
    if (k === null) return
    this.held = { id: e.pointerId, x: e.clientX, y: e.clientY, sure: e.pointerType !== 'touch' }
    if (!this.held.sure) return
    e.preventDefault()
    this.plane.figure.setPointerCapture(e.pointerId)
    this.scrub(e)
  }

  scrub(e) {
    const { held } = this
    if (!held.sure && Math.abs(e.clientX - held.x) < DECIDED) return
    held.sure = true
    this.peeks = false
    const k = this.moment(e)
    if (k !== null) this.do(() => this.seek(k))
  }

  release(e) {
    if (this.held?.id !== e.pointerId) return
    this.held.sure = true                           // a tap: a finger that scrolled has been cancelled before
    this.scrub(e)
    this.held = null
  }
}
