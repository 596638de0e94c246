// page.js joins what the server drew to the engine that answers. It knows no formula and formats no number, and it does
// not know which transport it has: on a lesson's page, in a notebook, in somebody's app it is the same.
import { Chart } from './chart.js'
import { Controls } from './controls.js'
import { Gate } from './gate.js'
import { light } from './lit.js'
import { held, painter } from './marks.js'
import { ALIVE, nearby } from './nearby.js'
import { decode, unpack } from './packing.js'
import { revise } from './pieces.js'
import { Plane } from './plane.js'
import { answered, ask } from './questions.js'

const STALE = 250               // ms without an answer, after which the numbers are shown as not yet up to date
const REST = 250                // ms without a change, after which the address and the memory follow
const all = (root, selector) => [...root.querySelectorAll(selector)]
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b)
const write = (el, text) => { if (el.textContent !== text) el.textContent = text }

export function mount(root, options = {}) { return new Page(root, options) }

class Page {
  constructor(root, { data = {}, keep = null, libraries = null, changed = () => {}, extra = null } = {}) {
    Object.assign(this, { root, keep, libraries, changed, extra, planes: {}, players: {}, charts: {}, post: null })
    const kept = keep?.read() ?? {}
    this.defaults = data.defaults
    this.stays = data.stays ?? []           // what links in the words leave alone
    this.start = { ...data.defaults, ...data.params }
    this.params = { ...data.params }
    this.guesses = kept.guesses ?? {}
    this.large = data.large ?? []
    for (const name of this.large) {        // what the address says comes first
      if ((kept.here || this.stays.includes(name)) && kept.params?.[name] && same(data.params[name], data.defaults[name])) this.params[name] = kept.params[name]
    }
    this.remembers = Object.keys(this.guesses).length > 0 || this.large.some(name => !same(this.params[name], data.params[name]))
    this.gate = new Gate(message => this.post(message))
    for (const figure of all(root, '[data-widget]')) this.plane(figure)
    this.controls = new Controls(root, message => this.send(message), () => this.restart())
    for (const form of all(root, '[data-predict]')) ask(form, message => this.send(message))
    for (const figure of all(root, '[data-listing]')) this.listing(figure)
    for (const figure of all(root, '[data-chart]')) this.charts[figure.dataset.chart] = new Chart(figure, this)
    root.addEventListener('click', event => this.try(event))
    this.turn()
    light(root)
    addEventListener('pagehide', () => this.write())
  }

  // The pictures. Each stands there twice, for wide and for narrow pages; only the one that is seen is alive.

  plane(figure) {
    const plane = this.planes[figure.dataset.widget] = new Plane(figure, message => this.send(message))
    plane.onquiet = () => this.settle()
    const scenes = figure.querySelector('[data-scenes]')
    plane.scenes = scenes ? decode(scenes.textContent) : {}         // else they come with the session
    this.width = this.seen(figure)
    this.adopt(plane)
    this.player(figure, plane)
  }
  async bring(name, figure) {               // what only some widgets need comes when one of them comes near the screen
    await nearby([figure], '800px')
    return this.extra(name)
  }
  async dials(plane) {                      // only pages with parts to take hold of
    plane.holds = true
    plane.join(new (await this.bring('dials', plane.figure)).Dials(plane))
  }
  async player(figure, plane) {             // only pages with something to play ask for what plays it
    const bar = figure.querySelector('[data-player]')
    if (!bar) return
    const { Player } = await this.bring('player', figure)
    this.players[plane.id] = new Player(bar, plane, message => this.send(message))
  }
  async listing(figure) { (await this.bring('listing', figure)).listen(figure) }
  adopt(plane) {
    if (!plane.scenes[this.width]) return
    plane.adopt(plane.figure.querySelector(`.${this.width} > svg`), plane.scenes[this.width])
    if (!plane.holds && Object.values(plane.scene.marks).some(held)) this.dials(plane)
    for (const kind of new Set(Object.values(plane.scene.marks).map(painter))) if (kind && !(kind in plane.painters)) this.equip(plane, kind)
  }
  async equip(plane, kind) {                // only pages with a surface, a crowd or a pad ask for what paints it
    plane.painters[kind] = null
    plane.equip(kind, (await this.bring(kind, plane.figure)).Painter)
  }
  seen(figure) { return getComputedStyle(figure.querySelector('.narrow')).display === 'none' ? 'wide' : 'narrow' }
  turn() {                                  // a page that is turned or resized across the threshold
    const figure = this.root.querySelector('[data-widget]')
    if (!figure) return
    new ResizeObserver(() => {
      if (this.seen(figure) === this.width) return
      this.width = this.seen(figure)
      for (const plane of Object.values(this.planes)) this.adopt(plane)
      if (this.post) this.send({ do: 'turn', width: this.width })
    }).observe(figure)
  }

  // Messages.

  try(event) {                              // a link in the words that sets numbers: here, and not by loading the page again
    const link = event.target.closest?.('[data-set]')
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    const stays = Object.fromEntries(this.stays.map(name => [name, this.params[name]]))
    this.go({ ...this.defaults, ...stays, ...JSON.parse(link.dataset.set) })
    this.root.querySelector(`[id="${link.dataset.try}"]`)?.scrollIntoView({ block: 'nearest' })
  }
  restart() {                               // to how the page was opened (a link's numbers), and from there to the lesson's own
    const names = Object.keys(this.start), there = names.every(name => same(this.params[name], this.start[name]))
    this.go(there ? this.defaults : this.start)
  }
  go(params) {                              // to other numbers, all at once; should nobody hear it now, the next session does
    for (const player of Object.values(this.players)) if (player.run) player.seek(0)
    this.params = { ...params }
    this.remembers = true
    this.send(this.restoring())
  }
  send(message) {
    this.used = true
    const player = this.players[message.widget]     // what is set beside a run that is shown is set at that moment
    if (player?.run && (message.do === 'set' || message.do === 'move')) message.at = [message.widget, player.k]
    this.gate.send(message)
    this.touched?.()
    clearTimeout(this.late)
    this.late = setTimeout(() => this.stale(this.gate.oldest() >= STALE), STALE)
  }
  stale(on) { for (const el of all(this.root, 'output, [data-value]')) el.classList.toggle('stale', on) }
  restoring() {
    const drawn = !this.heard && !this.remembers        // the page is still as the server drew it
    const plays = Object.keys(this.players).filter(name => this.players[name].plays)
    const lacks = Object.keys(this.planes).filter(name => !this.planes[name].scenes[this.width])
    return { do: 'restore', params: this.params, guesses: this.guesses, width: this.width ?? 'wide', ...drawn && { drawn, lacks }, ...plays.length && { plays } }
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
    this.heard = true
    if (answer.params) Object.assign(this.params, answer.params)
    if (answer.guesses) this.guesses = answer.guesses
    for (const name in answer.runs ?? {}) if (answer.scenes?.[name] && this.planes[name]) this.planes[name].shown = {}   // of a picture that is no more
    for (const [name, drawn] of Object.entries(answer.scenes ?? {})) this.redraw(this.planes[name], drawn)
    for (const [name, axes] of Object.entries(answer.axes ?? {})) this.planes[name]?.rescale(axes, answer.widgets?.[name])
    for (const [name, marks] of Object.entries(answer.widgets ?? {})) if (!answer.axes?.[name]) this.planes[name]?.update(marks)
    for (const [name, run] of Object.entries(answer.runs ?? {})) this.players[name]?.take(run)
    for (const [name, words] of Object.entries(answer.pending ?? {})) this.players[name]?.promised(words)
    for (const [name, told] of Object.entries(answer.progress ?? {})) this.players[name]?.awaits.tell(...told)
    for (const [name, sentence] of Object.entries(answer.failed ?? {})) this.players[name]?.failed(sentence)
    const asked = answer.seq ? this.gate.answered(answer.seq) : null
    this.engine('on')
    for (const [expression, text] of Object.entries(answer.values ?? {})) for (const el of all(this.root, `[data-value="${CSS.escape(expression)}"]`)) write(el, text)
    for (const [name, pieces] of Object.entries(answer.pieces ?? {})) revise(this.root, name, pieces)
    const said = asked && (this.controls.answered(asked, answer.notice) || this.planes[asked.widget]?.layers.some(layer => layer.refused(asked, answer.notice)))
    this.controls.heard(answer.controls ?? {})
    this.settle()
    for (const [name, data] of Object.entries(answer.charts ?? {})) this.charts[name]?.feed(data)
    for (const [name, state] of Object.entries(answer.predictions ?? {})) answered(this.root, name, state, this.guesses[name]?.value)
    if (answer.notice !== undefined && answer.notice !== null) {
      if (!said) this.say(answer.notice, answer.about)
      if (asked?.do === 'run') this.players[asked.widget]?.refused()
    }
    if (answer.params || answer.guesses) this.remember(answer.query)
    this.stale(this.gate.oldest() >= STALE)
    globalThis.__probe?.('shown', answer.seq)
  }
  // What was moved ahead of the engine goes where the engine says, once it has answered everything: an answer to an
  // earlier request must not pull a slider back under the reader's keys.
  settle() {
    if (!this.gate.idle) return
    for (const plane of Object.values(this.planes)) plane.settle()
    this.controls.settle()
  }
  redraw(plane, { scene, svg, controls }) {
    if (!plane) return
    const width = scene.size[0] >= 600 ? 'wide' : 'narrow'      // a page that was turned meanwhile is answered for both
    const place = plane.figure.querySelector(`.${width}`), had = plane.scenes[this.width] ? plane.scenes[this.width].controls ?? [] : null
    if (controls !== undefined && String(had) !== String(scene.controls ?? [])) {
      const inputs = plane.figure.querySelector('.controls'), { activeElement } = this.root, at = inputs.contains(activeElement) && activeElement.dataset.parameter
      inputs.innerHTML = controls
      this.controls.wire(inputs)
      if (at) inputs.querySelector(`[data-parameter="${at}"]`)?.focus({ preventScroll: true })      // keys go on where they are
    }
    if (svg) place.innerHTML = svg
    plane.scenes[width] = scene
    if (width === this.width) this.adopt(plane)
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
  remember(query) {                         // once the reader rests: browsers ignore an address that changes at every move
    if (query !== undefined) this.query = query
    clearTimeout(this.resting)
    this.resting = setTimeout(() => this.write(), REST)
  }
  write() {
    clearTimeout(this.resting)
    if (this.query !== undefined) this.changed(this.query)
    this.query = undefined
    this.keep?.write({ params: Object.fromEntries(this.large.map(name => [name, this.params[name]])), guesses: this.guesses })
  }

  // Calls back once: when a widget comes near the screen, is touched or focused, or has something to bring back.

  near(callback) {
    const places = all(this.root, ALIVE)
    const go = () => { if (!this.came) { this.came = true; callback() } }
    this.touched = go
    nearby(places, '200px').then(go)
    if (this.remembers) go()
  }
}
