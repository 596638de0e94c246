// card.js shows what is known of the part that a reader looks at or holds, and a field in it to type a number.
const GAP = 14                                      // px between a part and its card
const BARE = { name: '', says: '', notes: '', hint: '' }
const MADE = `<p><b data-name></b> <output data-says></output></p><p data-notes></p>
  <form hidden><button type="button" data-by="-1" aria-label="less">▼</button><input autocomplete="off" spellcheck="false" maxlength="60"><button
  type="button" data-by="1" aria-label="more">▲</button><button type="button" data-sign aria-label="the other sign">±</button></form>
  <p data-tools hidden></p><p data-complaint role="alert" hidden></p><p data-hint></p>`
const write = (el, text) => { if (el.textContent !== text) { el.textContent = text; el.hidden = !text } }

export class Card {
  open = false

  constructor(picture, { typed, step, turn, closed }) {
    const el = this.el = Object.assign(document.createElement('div'), { className: 'dial-card', hidden: true, innerHTML: MADE })
    el.setAttribute('aria-hidden', 'true')          // all of it is said by the part itself, but for the field
    const find = what => el.querySelector(what)
    Object.assign(this, { picture, typed, closed, form: find('form'), input: find('input'), name: find('[data-name]'), says: find('[data-says]'), notes: find('[data-notes]'), hint: find('[data-hint]'), tools: find('[data-tools]'), complaint: find('[data-complaint]') })
    picture.append(el)
    this.form.addEventListener('submit', event => { event.preventDefault(); this.shut(true, true) })
    this.input.addEventListener('input', () => this.complain(''))
    this.input.addEventListener('focus', () => setTimeout(() => {        // a finger has put the caret somewhere by then
      if (this.input.value === this.was) this.input.select()            // what has been typed already stays
    }))
    this.input.addEventListener('keydown', event => {
      if (event.key === 'Escape') { event.preventDefault(); event.stopPropagation(); this.shut(false, true) }
      else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') { event.preventDefault(); step(event.key === 'ArrowUp' ? 1 : -1, this.taken()) }
    })
    el.addEventListener('focusout', event => { if (this.open && !el.contains(event.relatedTarget)) this.shut(true, false) })
    for (const button of el.querySelectorAll('[data-by]')) button.addEventListener('click', () => step(+button.dataset.by, this.taken()))
    find('[data-sign]').addEventListener('click', () => turn(this.taken()))
  }

  taken() {                                         // what has been typed, and not been sent; it counts as sent from now on
    const { input } = this, typed = input.value.trim()
    if (typed === this.was || !typed) return null
    this.was = typed
    return typed
  }

  type(text, { first = null, focus = true }) {      // opens the field; `first` is a digit that has been pressed already
    Object.assign(this, { open: true, was: text })
    this.el.removeAttribute('aria-hidden')
    this.form.hidden = false
    this.input.value = first ?? text
    this.input.setAttribute('aria-label', this.name.textContent)
    this.place()
    if (!focus) return
    this.input.focus({ preventScroll: true })
    if (first === null) this.input.select()
  }

  complain(words) {                                 // what was refused is not sent again as it is
    write(this.complaint, words)
    this.input.setAttribute('aria-invalid', Boolean(words))
    if (!words) return
    this.was = this.input.value.trim()
    this.input.select()
    this.place()
  }

  offer(tools) {                                    // buttons instead of a field
    this.el.removeAttribute('aria-hidden')
    this.tools.replaceChildren(...tools.map(([words, act]) => {
      const button = Object.assign(document.createElement('button'), { type: 'button', textContent: words })
      button.addEventListener('click', act)
      return button
    }))
    this.tools.hidden = false
    this.place()
  }

  follow(text) {                                    // the number has been changed otherwise meanwhile
    if (!this.open || this.form.hidden || this.input.value !== this.was || this.was === text) return
    this.input.value = this.was = text
    if (this.input.matches(':focus')) this.input.select()
  }

  shut(typed, back) {
    if (!this.open) return
    const text = this.form.hidden ? null : this.taken()
    this.open = false
    this.complain('')
    this.form.hidden = this.tools.hidden = true
    this.el.setAttribute('aria-hidden', 'true')
    if (typed && text !== null) this.typed(text)
    this.closed(back)
  }

  show(words, at) {                                 // at: { x, y, reach } in pixels of the picture; null: nothing to show
    this.el.hidden = !at
    if (!at) return
    const { name, says, notes, hint } = { ...BARE, ...words }
    write(this.name, name)
    write(this.says, says)
    write(this.notes, notes ?? '')
    write(this.hint, this.open ? '' : hint)
    this.at = at
    this.place()
  }

  place() {                                         // above what it is about, or below it where there is no room; of a slope, on its free side
    const { el, at, picture } = this, width = picture.clientWidth, w = el.offsetWidth, h = el.offsetHeight, { falls = 0 } = at
    const above = at.y - at.reach - GAP - h, below = at.ceiling > above, aside = (below ? -1 : 1) * falls * (w / 2 + GAP / 2)
    const x = Math.max(4, Math.min(width - w - 4, at.x - w / 2 + aside))
    el.style.left = `${x.toFixed(1)}px`
    el.style.top = `${(below ? at.y + at.reach + GAP : above + Math.abs(falls) * GAP).toFixed(1)}px`
  }
}
