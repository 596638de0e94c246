// questions.js: a number, a choice or a sketch, committed and then compared.

export function ask(form, send) {
  const kind = form.dataset.ask, widget = form.dataset.predict
  const value = { number: () => form.querySelector('input').value, choice: () => form.querySelector(':checked')?.value ?? '', sketch: () => true }[kind]
  form.addEventListener('submit', event => {
    event.preventDefault()
    send({ do: 'edit', widget, mark: kind === 'sketch' ? 'commit' : 'guess', value: value(), done: true })
  })
  form.querySelector('[data-again]').addEventListener('click', () => send({ do: 'edit', widget, mark: 'again', value: '', done: true }))
}

export function answered(root, name, { committed, answer }, value) {
  const form = root.querySelector(`[data-predict="${name}"]`)
  if (!form) return
  const field = form.querySelector('input'), submit = form.querySelector('[type=submit]'), again = form.querySelector('[data-again]')
  const here = form.matches(':focus-within'), kind = form.dataset.ask, turned = form.hasAttribute('data-committed') !== committed
  form.toggleAttribute('data-committed', committed)
  for (const radio of form.querySelectorAll('[type=radio]')) {
    radio.disabled = committed
    if (committed) radio.checked = radio.value === value
  }
  if (kind === 'number') {
    field.readOnly = committed
    if (committed && !field.value) field.value = value
  }
  submit.hidden = committed
  again.hidden = !committed
  if (here && turned) {                     // the focus goes where the reader can go on
    (committed ? again : field ?? submit).focus({ preventScroll: true })
    if (!committed && kind === 'number') field.select()
  }
  const place = form.querySelector('[data-answer]')
  if (place.innerHTML !== answer) place.innerHTML = answer
}
