// wire.js is the browser's end of the wire, a Panel component. On a page of ours it is invisible and the widgets are there already;
// in a notebook or in somebody's Panel app it brings them along.
import { mount } from './page.js'

export function render({ model }) {
  const root = document.createElement('div')
  if (!model.html) {
    globalThis.nudge.attach(model)
    return root
  }
  root.innerHTML = model.html
  const page = mount(root, { data: JSON.parse(root.querySelector('[data-page]').textContent) })
  model.on('msg:custom', answer => page.receive(answer.b))
  page.connect(message => model.send_msg(JSON.stringify(message)))
  return root
}
