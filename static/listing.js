// listing.js: a program can be copied, and the arrow keys go from line to line, which lights up what each of them is about.
const WAYS = { ArrowDown: 1, ArrowUp: -1 }

export function listen(figure) {
  for (const program of figure.querySelectorAll('.program')) {
    const pre = program.querySelector('pre'), button = program.querySelector('[data-copy]')
    button.addEventListener('click', () => copy(button, pre))
    pre.addEventListener('keydown', event => step(event, pre))
  }
}

async function copy(button, pre) {
  const text = [...pre.querySelectorAll('[data-pieces] > *')].map(line => line.textContent.trimEnd()).join('\n') + '\n'
  let done = 'Copied'
  try { await navigator.clipboard.writeText(text) } catch {
    getSelection().selectAllChildren(pre)                   // no clipboard without https: then it is at least selected
    done = 'Selected'
  }
  button.textContent = done
  setTimeout(() => { button.textContent = 'Copy' }, 3000)
}

function step(event, pre) {
  const way = WAYS[event.key]
  if (!way || event.ctrlKey || event.metaKey || event.altKey) return
  const lines = [...pre.querySelectorAll('[data-lit]')], at = lines.indexOf(event.target.closest('[data-lit]'))
  const next = lines[at < 0 ? way > 0 ? 0 : lines.length - 1 : at + way]
  if (!next) return
  event.preventDefault()
  next.focus({ focusVisible: true })
}
