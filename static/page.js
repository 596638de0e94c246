// page.js joins what the server drew to the engine that answers. It knows no formula and formats no number, and it does
// not know which transport it has: on a lesson's page, in a notebook, in somebody's app it is the same.
import { Chart } from './chart.js'
import { Gate } from './gate.js'
import { light } from './lit.js'
import { decode, unpack } from './packing.js'
import { Plane } from './plane.js'

const STALE = 250               // ms without an answer, after which the numbers are shown as not yet up to date
const all = (root, selector) => [...root.querySelectorAll(selector)]
const write = (el, text) => { if (el.textContent !== text) el.textContent = text }

export function mount(root, options = {}) { return new Page(root, options) }

class Page {
  constructor(root, { data = {}, keep = null, libraries = null, changed = () => {} } = {}) {
    Object.assign(this, { root, keep, libraries, changed, planes: {}, charts: {}, post: null })
    const kept = keep?.read() ?? {}, same = (a, b) => JSON.stringify(a) === JSON.stringify(b)
    this.params = { ...data.params }
    this.guesses = kept.guesses ?? {}
    this.large = data.large ?? []
    for (const name of this.large) {        // what the address says comes first
      if (kept.params?.[name] && same(data.params[name], data.defaults[name])) this.params[name] = kept.params[name]
    }
    this.remembers = Object.keys(this.guesses).length > 0 || this.large.some(name => !same(this.params[name], data.params[name]))
    this.gate = new Gate(message => this.post(message))
    for (const figure of all(root, '[data-widget]')) this.plane(figure)
    for (const input of all(root, '[data-parameter]')) this.control(input)
    for (const form of all(root, '[data-predict]')) this.question(form)
    for (const figure of all(root, '[data-chart]')) this.charts[figure.dataset.chart] = new Chart(figure, this)
    this.turn()
    light(root)
  }

  // The pictures. Each stands there twice, for wide and for narrow pages; only the one that is seen is alive.

  plane(figure) {
    const plane = this.planes[figure.dataset.widget] = new Plane(figure, message => this.send(message))
    plane.scenes = decode(figure.querySelector('[data-scenes]').textContent)
    this.width = this.seen(figure)
    this.adopt(plane)
  }
  adopt(plane) { plane.adopt(plane.figure.querySelector(`.${this.width} > svg`), plane.scenes[this.width]) }
  seen(figure) { return getComputedStyle(figure.querySelector('.narrow')).display === 'none' ? 'wide' : 'narrow' }
  turn() {                                  // a page that is turned or resized across the threshold
    const figure = this.root.querySelector('[data-widget]')
    if (!figure) return
    new ResizeObserver(() => {
      if (this.seen(figure) === this.width) return
      this.width = this.seen(figure)
      for (const plane of Object.values(this.planes)) this.adopt(plane)
      if (this.post) this.gate.first(this.restoring())
    }).observe(figure)
  }

  // Native controls, made by the server from Parameters.

  control(input) {
    const name = input.dataset.parameter, box = input.type === 'checkbox'
    const send = done => this.send({ do: 'set', parameter: name, value: box ? input.checked : input.type === 'range' ? +input.value : input.value, ...done && { done } })
    input.addEventListener('input', () => send(false))
    input.addEventListener('change', () => send(true))
    if (input.type !== 'range') return
    input.addEventListener('keydown', event => {
      const way = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1, PageUp: 10, PageDown: -10 }[event.key]
      if (!way) return
      event.preventDefault()
      input.value = +input.value + way * input.dataset.step / (event.shiftKey ? 10 : 1)
      send(false)
    })
    input.addEventListener('keyup', () => send(true))
  }

  // Questions: a number, a choice or a sketch, committed and then compared.

  question(form) {
    const ask = form.dataset.ask, widget = form.dataset.predict
    form.addEventListener('submit', event => {
      event.preventDefault()
      const value = ask === 'choice' ? form.querySelector(':checked')?.value ?? '' : ask === 'number' ? form.querySelector('input').value : true
      this.send({ do: 'edit', widget, mark: ask === 'sketch' ? 'commit' : 'guess', value, done: true })
    })
    form.querySelector('[data-again]').addEventListener('click', () => this.send({ do: 'edit', widget, mark: 'again', value: '', done: true }))
  }
  predicted(name, { committed, answer }) {
    const form = this.root.querySelector(`[data-predict="${name}"]`)
    if (!form) return
    const within = form.contains(document.activeElement), submit = form.querySelector('[type=submit]'), again = form.querySelector('[data-again]')
    const was = form.hasAttribute('data-committed'), field = form.querySelector('input')
    form.toggleAttribute('data-committed', committed)
    for (const radio of all(form, '[type=radio]')) radio.disabled = committed
    if (form.dataset.ask === 'number') field.readOnly = committed
    submit.hidden = committed
    again.hidden = !committed
    if (within && was !== committed) {      // the focus goes where the reader can go on
      (committed ? again : field ?? submit).focus({ preventScroll: true })
      if (!committed && form.dataset.ask === 'number') field.select()
    }
    const place = form.querySelector('[data-answer]'), value = this.guesses[name]?.value
    if (place.innerHTML !== answer) place.innerHTML = answer
    if (!committed) return
    if (form.dataset.ask === 'choice') for (const radio of all(form, '[type=radio]')) radio.checked = radio.value === value
    if (form.dataset.ask === 'number' && !form.querySelector('input').value) form.querySelector('input').value = value
  }

  // Messages.

  send(message) {
    this.used = true
    this.gate.send(message)
    this.touched?.()
    clearTimeout(this.late)
    this.late = setTimeout(() => this.stale(this.gate.oldest() >= STALE), STALE)
  }
  stale(on) { for (const el of all(this.root, 'output, [data-value]')) el.classList.toggle('stale', on) }
  restoring() {
    return { do: 'restore', params: this.params, guesses: this.guesses, width: this.width ?? 'wide' }
  }
  connect(post) {
    this.post = post; this.gate.reset(); this.gate.first(this.restoring())
    for (const chart of Object.values(this.charts)) chart.try()
  }
  lost() { this.post = null; this.gate.reset(); this.engine('away') }
  engine(state) { (this.root.documentElement ?? this.root).dataset.engine = state }
  alive() { return this.gate.oldest() }
  ping() { this.gate.send({ do: 'ping' }) }

  receive(buffer) {
    const answer = unpack(buffer)
    if (answer.params) Object.assign(this.params, answer.params)
    if (answer.guesses) this.guesses = answer.guesses
    for (const [name, { scene, svg }] of Object.entries(answer.scenes ?? {})) this.redraw(this.planes[name], scene, svg)
    for (const [name, marks] of Object.entries(answer.widgets ?? {})) this.planes[name]?.update(marks)
    this.gate.answered(answer.seq)
    this.engine('on')
    if (this.gate.idle) for (const plane of Object.values(this.planes)) plane.settle()
    for (const [expression, text] of Object.entries(answer.values ?? {})) for (const el of all(this.root, `[data-value="${CSS.escape(expression)}"]`)) write(el, text)
    for (const [name, state] of Object.entries(answer.controls ?? {})) this.set(name, state)
    for (const [name, data] of Object.entries(answer.charts ?? {})) this.charts[name]?.feed(data)
    for (const [name, state] of Object.entries(answer.predictions ?? {})) this.predicted(name, state)
    if (answer.notice !== undefined && answer.notice !== null) this.say(answer.notice, answer.about)
    if (answer.params || answer.guesses) this.remember(answer.query)
    this.stale(this.gate.oldest() >= STALE)
    globalThis.__probe?.('shown', answer.seq)
  }
  redraw(plane, scene, svg) {
    if (!plane) return
    const place = plane.figure.querySelector(`.${this.width}`)
    place.innerHTML = svg
    plane.scenes[this.width] = scene
    this.adopt(plane)
  }
  set(name, { value, says }) {
    for (const input of all(this.root, `[data-parameter="${name}"]`)) {
      if (input.type === 'checkbox') input.checked = value
      else if (!input.matches(':active') && +input.value !== value) input.value = value
      if (input.type === 'range') input.setAttribute('aria-valuetext', says)
    }
    for (const el of all(this.root, `[data-says="${name}"]`)) write(el, says)
  }
  say(text, widget) {                       // beside the question that it is about, or for a while at the foot of the page
    const answer = this.root.querySelector(`[data-predict="${CSS.escape(widget ?? '')}"] [data-answer]`)
    if (answer) { answer.textContent = text; return }
    let toast = this.root.querySelector('.toast')
    if (!toast) {
      toast = document.createElement('p')
      toast.className = 'toast'; toast.setAttribute('role', 'status')
      ;(this.root.body ?? this.root).append(toast)
    }
    toast.textContent = text
    clearTimeout(this.saying)
    this.saying = setTimeout(() => toast.remove(), 8000)
  }
  remember(query) {
    this.keep?.write({ params: Object.fromEntries(this.large.map(name => [name, this.params[name]])), guesses: this.guesses })
    if (query !== undefined) this.changed(query)
  }

  // Calls back once: when a widget comes near the screen, is touched or focused, or has something to bring back.

  near(callback) {
    const places = all(this.root, '[data-widget], [data-predict], [data-chart]')
    const go = () => { if (!this.came) { this.came = true; watch.disconnect(); callback() } }
    const watch = new IntersectionObserver(seen => { if (seen.some(one => one.isIntersecting)) go() }, { rootMargin: '200px' })
    this.touched = go
    for (const place of places) {
      watch.observe(place)
      for (const kind of ['pointerover', 'focusin']) place.addEventListener(kind, go, { once: true })
    }
    if (this.remembers) go()
  }
}
