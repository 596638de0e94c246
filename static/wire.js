// wire.js is the browser's end of the wire, a Panel component, on a page of ours: there it is invisible, and the widgets are
// there already. In a notebook or in somebody's Panel app notebook.js brings them along.
export function render({ model, view }) {
  globalThis.nudge.attach(model, view.el)
  return document.createElement('div')
}
