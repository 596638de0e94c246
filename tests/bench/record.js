// record.js notes when things happen in a page that is being dragged on; it is put into every page that is measured, before
// the page's own scripts. Times are performance.now() in ms. It changes nothing, and all arithmetic is done afterwards, in Python.
globalThis.__record = { events: [], handle: [], drawn: [], sent: [], shown: [], numbers: [], pictures: 0, up: 0 }

{
  const record = globalThis.__record, now = () => performance.now()

  addEventListener('pointermove', event => { if (record.on) record.events.push([now(), event.clientY, event.timeStamp]) }, true)
  addEventListener('pointerup', () => { record.up = now() }, true)

  // Requests as they leave the page, whoever sends them: Bokeh's messages carry ours as text inside.
  const send = WebSocket.prototype.send
  WebSocket.prototype.send = function (data) {
    const seq = typeof data === 'string' && /\\"seq\\":(\d+),\\"do\\":\\"(\w+)/.exec(data)
    if (seq) record.sent.push([now(), +seq[1], seq[2]])
    return send.call(this, data)
  }

  // When the plane has drawn a frame of its own, and when an answer is in the page, in full.
  globalThis.__probe = (name, detail) => {
    if (name === 'drawn') record.drawn.push(now())
    if (name === 'shown') record.shown.push([now(), detail])
  }

  // A handle that is drawn as SVG, also when its whole picture has been replaced, and the number that follows it.
  globalThis.__watchSvg = (around, selector, text) => {
    const place = document.querySelector(around), number = text && document.querySelector(text)
    let knob = null
    const note = () => record.handle.push([now(), +knob.getAttribute('cy')])
    const moves = new MutationObserver(note)
    const find = () => {
      if (knob === (knob = place.querySelector(selector))) return
      moves.disconnect()
      moves.observe(knob, { attributes: true, attributeFilter: ['cy'] })
      note()
    }
    find()
    new MutationObserver(() => { record.pictures++; find() }).observe(place, { childList: true })
    if (number) new MutationObserver(() => record.numbers.push([now(), number.textContent])).observe(number, { childList: true, characterData: true, subtree: true })
    record.on = true
  }

  // The same for Bokeh: what each painted frame shows, and the number's model.
  globalThis.__watchBokeh = () => {
    const { Bokeh } = globalThis, document = Bokeh.documents[0], [plot, ends, number] = ['plot', 'ends', 'number'].map(name => document.get_model_by_name(name))
    const view = Bokeh.index.find_one(plot), canvas = view.canvas_view.el.getBoundingClientRect()
    let last = null
    view.repainted.connect(() => {
      const y = ends.data.y[1]
      if (y !== last) record.handle.push([now(), last = y])
    })
    number.properties.text.change.connect(() => record.numbers.push([now(), /data-y="([^"]*)".*loss (.*)</.exec(number.text)?.slice(1)]))
    record.on = true
    record.wanted = clientY => view.frame.y_scale.invert(clientY - canvas.top)
    return [canvas.left + view.frame.x_scale.compute(ends.data.x[1]), canvas.top + view.frame.y_scale.compute(ends.data.y[1])]
  }
}
