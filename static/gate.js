// gate.js: requests go out in order, at most four without an answer. While the gate is full or there is no connection,
// only the newest request for each thing waits, except that the end of a gesture (done) is never dropped.
const WINDOW = 4
const target = m => [m.do, m.widget, m.handle, m.mark, m.parameter].join('/')

export class Gate {
  constructor(post, now = () => performance.now()) {
    Object.assign(this, { post, now, seq: 0, open: false, flying: new Map(), waiting: [] })
  }
  send(message) { this.hold(message); this.drain() }

  // The message that opens a session, before everything else.
  first(message) { this.open = true; this.fly(message); this.drain() }

  // The connection is gone: what was under way will be asked again in the next session, the newest of each.
  reset() {
    const again = [...this.flying.values()].map(one => one.message).filter(m => m.do !== 'ping' && m.do !== 'restore')
    const all = [...again, ...this.waiting]
    this.open = false; this.flying.clear(); this.waiting = []
    for (const message of all) this.hold(message)
  }
  answered(seq) {
    for (const one of this.flying.keys()) if (one <= seq) this.flying.delete(one)
    this.drain()
  }
  get idle() { return !this.flying.size && !this.waiting.length }

  // How long the oldest request has been without an answer, in ms; 0 when all are answered.
  oldest() { const [one] = this.flying.values(); return one ? this.now() - one.at : 0 }

  hold(message) {
    const i = this.waiting.findLastIndex(m => target(m) === target(message))
    if (i >= 0 && !this.waiting[i].done) this.waiting[i] = message; else this.waiting.push(message)
  }
  drain() { while (this.open && this.waiting.length && this.flying.size < WINDOW) this.fly(this.waiting.shift()) }
  fly(message) {
    this.flying.set(++this.seq, { message, at: this.now() })
    this.post({ ...message, seq: this.seq })
  }
}
