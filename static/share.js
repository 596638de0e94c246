// share.js writes whole addresses, with the numbers as they stand, into the part of a page that is for teachers.
const part = document.querySelector('.share')

function fresh() {
  const query = new URLSearchParams(location.search)
  query.delete('theme')
  const search = String(query) && '?' + decodeURIComponent(String(query)).replaceAll('+', ' ').replaceAll(' ', '%20')
  for (const code of part.querySelectorAll('[data-permalink]')) code.textContent = new URL(code.dataset.permalink + search, location.href).href
  for (const code of part.querySelectorAll('[data-address]')) code.textContent = new URL(code.dataset.address, location.href).href
}

async function copy(button) {
  fresh()
  const code = button.parentElement.querySelector('code')
  try { await navigator.clipboard.writeText(code.textContent); button.textContent = 'Copied' } catch {
    getSelection().selectAllChildren(code)                  // no clipboard without https: then it is at least selected
    button.textContent = 'Selected'
  }
  setTimeout(() => { button.textContent = 'Copy' }, 1500)
}

for (const line of part.querySelectorAll('.copy')) {
  const button = Object.assign(document.createElement('button'), { type: 'button', textContent: 'Copy' })
  button.addEventListener('click', () => copy(button))
  line.append(button)
}
part.addEventListener('toggle', fresh)
part.addEventListener('pointerenter', fresh)
part.addEventListener('focusin', fresh)
fresh()
