// lit.js: everything that shows one quantity glows together, in the text, in formulas, on pictures and on controls, while
// the mouse, or a focus that came by a key, is on any of it. After a finger nothing glows: it would not know when to stop.
const SHOWS = '[data-lit], [data-symbol], [data-value], .control:has([data-parameter])'

const quantity = el => el.dataset.lit ?? el.dataset.symbol ?? el.dataset.value?.split(':')[0] ?? el.querySelector('[data-parameter]').dataset.parameter

export function light(root) {
  let now = null
  const turn = event => {
    if (event.pointerType === 'touch' || event.type === 'focusin' && !event.target.matches(':focus-visible')) return
    const on = event.target.closest?.(SHOWS), next = on ? quantity(on) : null
    if (next === now) return
    now = next
    for (const el of root.querySelectorAll('[data-glows]')) el.removeAttribute('data-glows')
    if (now) for (const el of root.querySelectorAll(SHOWS)) if (quantity(el) === now) el.setAttribute('data-glows', '')
  }
  for (const kind of ['pointerover', 'focusin']) root.addEventListener(kind, turn, { passive: true })
}
