// halo.js: the glow around the part of a mark that is looked at or held; where the keys are, a ring, which is hollow along a line.
const NS = 'http://www.w3.org/2000/svg'

export const put = (el, attributes) => { for (const name in attributes) if (el.getAttribute(name) !== String(attributes[name])) el.setAttribute(name, attributes[name]) }
export const make = (tag, attributes) => { const el = document.createElementNS(NS, tag); put(el, attributes); return el }

export class Halo {
  glows = []

  has(el) { return this.glows.includes(el) }
  gone() { for (const el of this.glows) el.remove(); this.glows = [] }

  show(group, after, tag, attributes, ring) {
    const looks = ring && tag === 'polyline' ? ['dial-halo ring', 'dial-halo core'] : [ring ? 'dial-halo ring' : 'dial-halo']
    if (this.glows.length !== looks.length || this.glows[0].localName !== tag) {
      this.gone()
      this.glows = looks.map(() => make(tag, { 'aria-hidden': 'true' }))
    }
    this.glows.forEach((el, i) => put(el, { ...attributes, class: looks[i] }))
    if (after ? group.nextSibling === this.glows[0] : group.previousSibling === this.glows.at(-1)) return
    if (after) group.after(...this.glows)
    else group.before(...this.glows)
  }
}
