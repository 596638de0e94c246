// gate.js lets at most four requests of a page be on their way. Of what waits, the newest wins; what a reader has finished is never dropped.
// Pure logic: no page, no transport.
const WINDOW = 4
const KEEP = new Set(['run', 'stop'])                        // each of these counts by itself

const target = m => [m.do, m.widget, m.handle ?? m.mark, m.item, m.parameter].join(' ')

export class Gate {
  constructor(post) {                                        // post(message) hands a numbered message to the transport
    Object.assign(this, { post, seq: 0, open: false, waiting: [], sent: new Map() })
  }

  first(message) {                                           // a restore: a session begins with it, and nothing overtakes it
    this.waiting = this.waiting.filter(m => m.do !== 'restore')
    this.waiting.unshift(message)
    this.open = true
    this.pump()
  }

  send(message) {
    this.queue(message)
    this.pump()
  }

  queue(message) {
    if (!KEEP.has(message.do)) this.waiting = this.waiting.filter(m => m.done || target(m) !== target(message))
    this.waiting.push(message)
  }

  answered(seq) {                                            // its answer is here: the next may go. Gives back what was asked
    const asked = this.sent.get(seq)?.message
    this.sent.delete(seq)
    this.pump()
    return asked
  }

  reset() {                                                  // the connection is gone: nothing goes before the next restore, what had no answer goes again
    const again = [...[...this.sent.values()].map(s => s.message), ...this.waiting]
    this.sent.clear()
    this.open = false
    this.waiting = []
    for (const m of again) if (m.do !== 'restore' && m.do !== 'ping') this.queue(m)
  }

  pump() {
    while (this.open && this.waiting.length && this.sent.size < WINDOW) {
      const message = this.waiting.shift(), seq = ++this.seq
      this.sent.set(seq, { message, at: performance.now() })
      this.post({ seq, ...message })
    }
  }

  oldest() {                                                 // ms since the oldest request without an answer was sent, 0 if there is none
    for (const { at } of this.sent.values()) return performance.now() - at
    return 0
  }

  get idle() { return this.sent.size === 0 && this.waiting.length === 0 }
}
