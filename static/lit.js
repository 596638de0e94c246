// lit.js: everything that shows one quantity glows together, in the text, in formulas, on pictures and on controls, while
// the mouse, or a focus that came by a key, is on any of it. After a finger nothing glows: it would not know when to stop.
// What is dragged keeps its glow.
// A text may name several quantities, its own first: a line of code glows with each number in it, and they with the line.
const SHOWS = '[data-lit], [data-symbol], [data-value], .control:has([data-parameter])'

const names = el => (el.dataset.lit ?? el.dataset.symbol ?? el.dataset.value?.split(':')[0] ?? el.querySelector('[data-parameter]').dataset.parameter).split(' ')
const together = (a, b) => a.includes(b[0]) || b.includes(a[0])

export function light(root) {
  let now = ''
  const turn = event => {
    if (event.pointerType === 'touch' || event.buttons || event.type === 'focusin' && !event.target.matches(':focus-visible')) return
    const on = event.target.closest?.(SHOWS), next = on ? names(on) : event.target.closest?.('[data-aims]')?.dataset.aims.split(' ') ?? []
    if (String(next) === now) return
    now = String(next)
    for (const el of root.querySelectorAll('[data-glows]')) el.removeAttribute('data-glows')
    if (now) for (const el of root.querySelectorAll(SHOWS)) if (together(names(el), next)) el.setAttribute('data-glows', '')
  }
  for (const kind of ['pointerover', 'focusin']) root.addEventListener(kind, turn, { passive: true })
}

export function shine(root, words) {                // what a moment of a run is about: each thing whose own name is among these
  const lit = words.split(' ')
  for (const el of root.querySelectorAll('[data-shines]')) el.removeAttribute('data-shines')
  if (words) for (const el of root.querySelectorAll(SHOWS)) if (lit.includes(names(el)[0])) el.setAttribute('data-shines', '')
}
