// home.js shows on the home page where the reader stands: what was begun, what was read, and what comes next.
import { kept } from './reader.js'

const all = kept(), begin = document.querySelector('[data-begin]'), items = [...document.querySelectorAll('[data-lesson]')]
for (const item of items) {
  const state = all[item.dataset.lesson]
  if (!state) continue
  item.classList.add(state)
  item.querySelector('a').append(Object.assign(document.createElement('small'), { textContent: state === 'read' ? 'read' : 'begun' }))
}

const next = items.find(item => all[item.dataset.lesson] !== 'read')
if (begin && Object.keys(all).length) {
  const to = (next ?? items.at(-1)).querySelector('a')
  begin.href = to.href
  begin.firstChild.data = !next ? 'Look back' : all[next.dataset.lesson] ? 'Go on' : 'Next'
  begin.querySelector('[data-begin-title]').textContent = to.firstChild.data
}
