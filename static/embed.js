// embed.js, for pages that show a lesson: gives every <iframe data-nudge> the height it asks for and the theme that the page
// has, and makes <nudge-embed lesson="loss" widget="fit-the-line" params="slope=120" title="A line and its errors">
// </nudge-embed> into such a frame. What stands inside the element is for readers without scripts. Included twice, it
// works once.
{
  const here = new URL(document.currentScript.src).origin
  const frames = () => document.querySelectorAll('iframe[data-nudge]')
  const tell = (frame, type, more) => frame.contentWindow?.postMessage({ context: 'nudge', v: 1, type, ...more }, '*')

  const heard = ({ source, origin, data }) => {
    if (data?.context !== 'nudge' || data.v !== 1 || origin !== here && origin !== 'null') return
    for (const frame of frames()) {
      if (frame.contentWindow !== source) continue
      if (data.type === 'hello') { tell(frame, 'theme', { theme: theme() }); tell(frame, 'hello') }
      if (data.type === 'resize' && Number.isFinite(data.height)) frame.style.height = `${Math.min(30000, Math.max(60, data.height))}px`
    }
  }

  // Dark or light: the page's own switch, as MkDocs, Sphinx, Docusaurus, Quarto, Bootstrap and Tailwind write it; without
  // one what the page looks like.
  const NAMES = { dark: 'dark', slate: 'dark', light: 'light', default: 'light' }
  const switched = ({ dataset, classList }) =>
    NAMES[dataset.mdColorScheme] ?? NAMES[dataset.theme] ?? NAMES[dataset.bsTheme] ?? (classList.contains('dark') ? 'dark' : undefined)
  function theme() {
    const places = [document.body, document.documentElement].filter(Boolean)
    const said = places.map(switched).find(Boolean)
    if (said) return said
    for (const place of places) {
      const [r, g, b, alpha = 1] = getComputedStyle(place).backgroundColor.match(/^rgba?\((.*)\)$/)?.[1].split(/[ ,/]+/).map(Number) ?? [0, 0, 0, 0]
      if (alpha > .5) return .3 * r + .6 * g + .1 * b < 128 ? 'dark' : 'light'
    }
    const scheme = getComputedStyle(document.documentElement).colorScheme
    return !scheme.includes('dark') ? 'light' : scheme.includes('light') ? 'auto' : 'dark'
  }
  let last
  const pass = () => { const now = theme(); if (now !== last) for (const frame of frames()) tell(frame, 'theme', { theme: now }); last = now }
  const changed = () => { pass(); setTimeout(pass, 500) }         // colours may take a moment to change

  function begin() {
    const watch = new MutationObserver(changed)
    for (const place of [document.documentElement, document.body]) watch.observe(place, { attributes: true })
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', changed)
    last = theme()
    for (const frame of frames()) { tell(frame, 'theme', { theme: last }); tell(frame, 'hello') }       // those already there
  }

  class NudgeEmbed extends HTMLElement {
    static observedAttributes = ['lesson', 'widget', 'params', 'theme', 'hide']
    connectedCallback() { this.show() }
    attributeChangedCallback() { if (this.isConnected) this.show() }
    show() {
      const { lesson, widget, params, theme, hide, height, title } = Object.fromEntries([...this.attributes].map(a => [a.name, a.value]))
      if (!lesson) return
      const address = new URL(['/embed', lesson, widget].filter(Boolean).map((part, i) => i ? encodeURIComponent(part) : part).join('/'), here)
      address.search = new URLSearchParams(params ?? '')
      if (theme) address.searchParams.set('theme', theme)
      if (hide) address.searchParams.set('hide', hide)
      const frame = this.querySelector('iframe[data-nudge]') ?? document.createElement('iframe')
      frame.dataset.nudge = ''
      frame.loading = 'lazy'
      frame.title = title || `Nudge: ${(widget || lesson).replaceAll('-', ' ')}`
      frame.style.cssText ||= `display: block; border: 0; width: 100%; height: ${parseInt(height) || (widget ? 620 : 5000)}px`
      if (frame.src !== address.href) frame.src = address
      if (frame.parentElement !== this) this.replaceChildren(frame)
    }
  }

  if (!customElements.get('nudge-embed')) {
    addEventListener('message', heard)
    document.addEventListener('load', event => event.target.matches?.('iframe[data-nudge]') && tell(event.target, 'theme', { theme: theme() }), true)
    customElements.define('nudge-embed', NudgeEmbed)
    if (document.body) begin()
    else addEventListener('DOMContentLoaded', begin)
  }
}
