// embed.js, for pages that show a lesson: gives every <iframe data-nudge> the height it asks for, and makes
// <nudge-embed lesson="loss" widget="fit-the-line" params="slope=120" title="A line and its errors"></nudge-embed>
// into such a frame. What stands inside the element is for readers without scripts. Included twice, it works once.
{
  const here = new URL(document.currentScript.src).origin
  const frames = () => document.querySelectorAll('iframe[data-nudge]')

  const heard = ({ source, origin, data }) => {
    if (data?.context !== 'nudge' || data.v !== 1 || origin !== here && origin !== 'null') return
    for (const frame of frames()) {
      if (frame.contentWindow !== source) continue
      if (data.type === 'hello') source.postMessage({ context: 'nudge', v: 1, type: 'hello' }, '*')
      if (data.type === 'resize' && Number.isFinite(data.height)) frame.style.height = `${Math.min(5000, Math.max(60, data.height))}px`
    }
  }

  class NudgeEmbed extends HTMLElement {
    static observedAttributes = ['lesson', 'widget', 'params', 'theme']
    connectedCallback() { this.show() }
    attributeChangedCallback() { if (this.isConnected) this.show() }
    show() {
      const { lesson, widget, params, theme, height, title } = Object.fromEntries([...this.attributes].map(a => [a.name, a.value]))
      if (!lesson) return
      const address = new URL(['/embed', lesson, widget].filter(Boolean).map((part, i) => i ? encodeURIComponent(part) : part).join('/'), here)
      address.search = new URLSearchParams(params ?? '')
      if (theme) address.searchParams.set('theme', theme)
      const frame = this.querySelector('iframe[data-nudge]') ?? document.createElement('iframe')
      frame.dataset.nudge = ''
      frame.loading = 'lazy'
      frame.title = title || `Nudge: ${(widget || lesson).replaceAll('-', ' ')}`
      frame.style.cssText ||= `display: block; border: 0; width: 100%; height: ${parseInt(height) || (widget ? 520 : 900)}px`
      if (frame.src !== address.href) frame.src = address
      if (frame.parentElement !== this) this.replaceChildren(frame)
    }
  }

  if (!customElements.get('nudge-embed')) {
    addEventListener('message', heard)
    customElements.define('nudge-embed', NudgeEmbed)
    for (const frame of frames()) frame.contentWindow?.postMessage({ context: 'nudge', v: 1, type: 'hello' }, '*')   // those already there
  }
}
