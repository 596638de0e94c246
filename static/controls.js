// controls.js: the native controls that the server made from Parameters, joined to the engine.
const STEPS = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1, PageUp: 10, PageDown: -10 }

export class Controls {
  states = {}                               // what the engine said last: {parameter: {value, says}}

  constructor(root, send, restart) {
    Object.assign(this, { root, send, restart })
    for (const place of root.querySelectorAll('.controls')) this.wire(place)
  }

  wire(place) {
    for (const input of place.querySelectorAll('[data-parameter]')) this.join(input)
    place.querySelector('[data-restart]')?.addEventListener('click', this.restart)
  }

  join(input) {
    const parameter = input.dataset.parameter
    const { as } = input.dataset, { widget } = input.closest('[data-widget]')?.dataset ?? {}
    const plain = () => input.type === 'checkbox' ? input.checked : input.type === 'range' ? +input.value : input.value
    const value = () => as ? { [as]: plain() } : plain()
    const send = done => this.send({ do: 'set', parameter, value: value(), widget, ...done && { done } })
    if (input.type === 'text') {            // what is being typed means nothing before it is finished
      input.addEventListener('input', () => { input.dataset.typing = '' })
      input.addEventListener('change', () => { if (!('keeps' in input.dataset)) delete input.dataset.typing; send(true) })
      return
    }
    if (input.type === 'textarea') {        // a table: taken when it is pasted, or when the reader says so
      const take = input.closest('.control').querySelector('[data-take]')
      input.addEventListener('input', event => { input.dataset.typing = ''; if (event.inputType === 'insertFromPaste') send(true) })
      take.addEventListener('click', () => send(true))
      return
    }
    input.addEventListener('input', () => send(false))
    input.addEventListener('change', () => send(true))
    if (input.type !== 'range') return
    let moved = false                       // not every key that comes up has moved something
    input.addEventListener('keydown', event => {
      const way = STEPS[event.key]
      if (!way) return
      event.preventDefault()
      input.value = +input.value + way * input.dataset.step / (event.shiftKey ? 10 : 1)
      moved = true
      send(false)
    })
    for (const kind of ['keyup', 'blur']) input.addEventListener(kind, () => { if (moved) { moved = false; send(true) } })
  }

  // What was typed and refused stays, with the reason beside it; what was taken is written as the engine writes it.
  answered({ do: verb, parameter }, notice) {
    let said = false
    for (const input of this.root.querySelectorAll('[data-keeps]')) {
      if (verb === 'restore' && said) break
      if (verb !== 'restore' && parameter !== input.dataset.parameter) continue
      if (!notice) delete input.dataset.typing
      input.setAttribute('aria-invalid', Boolean(notice))
      input.closest('.control').querySelector('[data-complaint]').textContent = notice || ''
      said = Boolean(notice)
    }
    return said
  }

  // An answer to an earlier request must not pull a slider back under the reader's keys: the one in use waits for `settle`.
  heard(states) {
    Object.assign(this.states, states)
    for (const name in states) this.set(name, input => !input.matches(':focus'))
  }
  settle() {
    for (const name in this.states) this.set(name, input => !input.matches(':active'))
    for (const input of this.root.querySelectorAll('input[type=text][data-parameter]')) {
      if (!(input.dataset.parameter in this.states || 'typing' in input.dataset)) input.value = input.defaultValue      // what was refused
    }
  }

  set(name, free) {
    const { value, says } = this.states[name]
    for (const input of this.root.querySelectorAll(`[data-parameter="${name}"]`)) {
      if (input.type === 'range') input.setAttribute('aria-valuetext', says)
      if (!free(input) || 'typing' in input.dataset) continue
      const to = value?.[input.type] ?? value            // a Parameter with two controls says what each of them shows
      if (input.type === 'checkbox') input.checked = to
      else if (input.value !== String(to)) input.value = to
    }
    for (const el of this.root.querySelectorAll(`[data-says="${name}"]`)) if (el.textContent !== says) el.textContent = says
  }
}
