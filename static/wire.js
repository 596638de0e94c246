// wire.js is the browser's end of the wire, a Panel component. On a page of ours it is invisible and the widgets are there already;
// in a notebook or in somebody's Panel app it brings them along.
import { mount } from './page.js'
import * as player from './player.js'

const EXTRAS = { player }

export function render({ model, view }) {
  const root = document.createElement('div')
  if (!model.html) {
    globalThis.nudge.attach(model, view.el)
    return root
  }
  root.innerHTML = new TextDecoder().decode(Uint8Array.from(atob(model.html), c => c.charCodeAt(0)))
  const data = JSON.parse(root.querySelector('[data-page]').textContent)
  const page = mount(root, { data, libraries: async () => {}, extra: async name => EXTRAS[name] })
  model.on('msg:custom', answer => page.receive(answer.b))
  page.connect(message => model.send_msg(JSON.stringify(message)))
  return root
}
