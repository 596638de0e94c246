// chart.js: a Bokeh figure, made by the server as a document of its own, is shown, coloured by theme, and fed.
export class Chart {
  constructor(figure, page) {
    this.figure = figure
    this.data = JSON.parse(figure.querySelector('[data-columns]').textContent)
    this.libraries = page.libraries
    this.empty()
    if (!this.libraries) return
    const watch = new IntersectionObserver(seen => {
      if (!seen.some(one => one.isIntersecting)) return
      watch.disconnect()
      this.wanted = true; this.try()
    }, { rootMargin: '200px' })
    watch.observe(figure)
  }
  try() {                                   // also after a connection has come back: the scripts may have been missing
    if (!this.wanted || this.loading || this.document) return
    this.loading = this.libraries().then(() => true, () => false).then(there => { this.loading = null; if (there) return this.show() })
  }
  empty() { this.figure.querySelector('.empty').hidden = Object.values(this.data)[0].length > 0 }
  async show() {
    const { item, colours } = JSON.parse(this.figure.querySelector('[data-document]').textContent)
    const views = await Bokeh.embed.embed_item(item, this.figure.querySelector('.plot'))
    this.document = views.roots[0].model.document
    const dark = matchMedia('(prefers-color-scheme: dark)')
    const paint = () => {
      const theme = document.documentElement.dataset.theme ?? (dark.matches ? 'dark' : 'light')
      for (const [name, values] of Object.entries(colours[theme])) this.document.get_model_by_name(name)?.setv(values)
    }
    dark.addEventListener('change', paint)
    new MutationObserver(paint).observe(document.documentElement, { attributeFilter: ['data-theme'] })
    paint(); this.fill()
    this.unreachable(views.roots[0].el)
    this.figure.dataset.shown = ''
  }
  unreachable(el) {                         // Bokeh puts its canvas into the order of the Tab key, without a name or a use for keys
    for (const child of el?.shadowRoot?.querySelectorAll('*') ?? []) {
      if (child.tabIndex >= 0) child.tabIndex = -1
      this.unreachable(child)
    }
  }
  feed({ columns, rows }) {
    this.data = columns; this.fill(); this.empty()
    const cell = text => { const td = document.createElement('td'); td.textContent = text; return td }
    this.figure.querySelector('tbody').replaceChildren(...rows.map(row => { const tr = document.createElement('tr'); tr.append(...row.map(cell)); return tr }))
  }
  fill() { if (this.document) this.document.get_model_by_name('data').data = this.data }
}
