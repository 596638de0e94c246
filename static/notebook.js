// notebook.js is the browser's end of the wire in a notebook or in somebody's Panel app: it brings its widgets along, and all
// that they may need, since there is no server of ours to ask.
import * as crowd from './crowd.js'
import * as dials from './dials.js'
import * as listing from './listing.js'
import * as mesh from './mesh.js'
import * as pad from './pad.js'
import { mount } from './page.js'
import * as player from './player.js'

const EXTRAS = { crowd, dials, listing, mesh, pad, player }

export function render({ model }) {
  const root = document.createElement('div')
  root.innerHTML = new TextDecoder().decode(Uint8Array.from(atob(model.html), c => c.charCodeAt(0)))
  const data = JSON.parse(root.querySelector('[data-page]').textContent)
  const page = mount(root, { data, libraries: async () => {}, extra: async name => EXTRAS[name] })
  model.on('msg:custom', answer => page.receive(answer.b))
  page.connect(message => model.send_msg(JSON.stringify(message)))
  return root
}
