// pieces.js: words that follow the state (lines of a program, rows of a table). What stays as it is is not touched, so that it
// goes on glowing and keeps the focus.
export function revise(root, name, pieces) {
  const places = root.querySelectorAll(`[id="${name}"] [data-pieces]`)
  pieces.forEach((lines, k) => {
    const place = places[k]
    lines.forEach(([html, lit], i) => {
      const line = place.children[i] ?? place.appendChild(document.createElement(place.dataset.pieces || 'span'))
      if (line.innerHTML !== html) line.innerHTML = html
      if (lit === (line.dataset.lit ?? '')) return
      line.dataset.lit = lit
      line.tabIndex = -1
    })
    while (place.children.length > lines.length) place.lastElementChild.remove()
  })
}
