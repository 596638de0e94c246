// share.js keeps the lines that a teacher may copy up to date: the figure, the looks and the numbers as they stand.
import { ALIVE } from './nearby.js'

const part = document.querySelector('.share'), snippet = part.querySelector('[data-snippet]')
const { defaults } = JSON.parse(document.getElementById('page-data').textContent)
const whole = new URL(snippet.querySelector('[data-src]').textContent, location.href).pathname
const fill = (name, text) => { for (const el of part.querySelectorAll(`[data-${name}]`)) el.textContent = text }

// ---- what can be chosen

const HIDE = { controls: 'sliders', captions: 'captions', predict: 'questions', prose: 'text', credit: 'link back' }
const THEMES = { '': 'as your page has it', light: 'light', dark: 'dark' }

function figures() {
  const found = { '': `${document.querySelector('h1').textContent} (the whole lesson)` }
  for (const { dataset: { widget, predict, chart, pieced } } of document.querySelectorAll(ALIVE)) {
    const name = predict ?? widget ?? chart ?? pieced, words = name.replaceAll('-', ' ')
    found[name] ??= (predict ? 'Question: ' : '') + words[0].toUpperCase() + words.slice(1)
  }
  return found
}

function select(label, name, choices) {
  const field = Object.assign(document.createElement('label'), { innerHTML: `<span>${label}</span><select name="${name}" autocomplete="off"></select>` })
  for (const [value, words] of Object.entries(choices)) field.lastChild.append(new Option(words, value))
  return field
}

const form = document.createElement('form'), group = document.createElement('div'), foot = document.createElement('p')
group.setAttribute('role', 'group')
group.setAttribute('aria-label', 'Leave out')
group.innerHTML = `<span>Leave out</span><div>${Object.entries(HIDE).map(([value, words]) =>
  `<label><input type="checkbox" name="hide" value="${value}" autocomplete="off"> ${words}</label>`).join('')}</div>`
form.append(select('Show', 'figure', figures()), select('Theme', 'theme', THEMES), group)
foot.innerHTML = '<button type="button">Copy</button> <span role="status" data-copied></span>'
const [button, said] = foot.children

await Promise.all(['share.css', 'embed.css'].map(name => new Promise(done => {        // embed.css is for measuring
  const sheet = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: new URL(name, import.meta.url), onload: done, onerror: done })
  document.head.append(sheet)
})))
part.querySelector('[data-plain]').remove()
snippet.before(form)
snippet.after(foot)

// ---- the lines

function choices() {
  const chosen = new FormData(form)
  return { figure: chosen.get('figure') ?? '', theme: chosen.get('theme') ?? '', hide: chosen.getAll('hide').join(',') }
}

// The numbers of the address, and nothing else that stands in it.
const numbers = () => location.search.slice(1).split('&').filter(one => one.split('=')[0] in defaults)

function fresh() {
  const { figure, theme, hide } = choices()
  const query = [...numbers(), theme && `theme=${theme}`, hide && `hide=${hide}`].filter(Boolean).join('&')
  const title = figure ? form.elements.figure.selectedOptions[0].text : document.querySelector('h1').textContent
  fill('src', location.origin + whole + (figure && `/${figure}`) + (query && `?${query}`))
  fill('title', title.replaceAll('&', '&amp;').replaceAll('"', '&quot;'))
  fill('script', new URL(part.querySelector('[data-script]').textContent, location.href).href)
}

// The height that the frame will ask for, if it is as wide as this page: the page is laid out as that frame for a moment,
// and nobody sees it.
function measure() {
  const { figure, hide } = choices(), { dataset } = document.documentElement, { body } = document
  const before = { kind: body.className, hide: dataset.hide, top: scrollY }
  body.className = figure ? 'embed single' : 'embed'
  dataset.hide = hide.replaceAll(',', ' ')
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize), credit = hide.includes('credit') ? 0 : 44 + .4 * rem
  const shown = figure ? document.getElementById(figure) ?? document.querySelector(`[data-predict="${figure}"]`) : document.querySelector('article')
  const { marginTop } = getComputedStyle(shown.querySelector('h1, :scope > :first-child') ?? shown)
  const margins = figure ? rem : parseFloat(marginTop)
  fill('height', Math.max(60, Math.ceil(shown.getBoundingClientRect().height + margins + .5 * rem + credit)))
  body.className = before.kind
  if (before.hide === undefined) delete dataset.hide
  else dataset.hide = before.hide
  if (scrollY !== before.top) scrollTo({ top: before.top, behavior: 'instant' })
}

async function copy() {
  fresh()
  let done = 'Copied.'
  try { await navigator.clipboard.writeText(snippet.textContent) } catch {
    getSelection().selectAllChildren(snippet)               // no clipboard without https: then it is at least selected
    done = 'Selected: now copy it with your keyboard.'
  }
  said.textContent = done
  clearTimeout(copy.timer)
  copy.timer = setTimeout(() => { said.textContent = '' }, 6000)
}

form.addEventListener('input', () => { said.textContent = ''; fresh(); measure() })
form.addEventListener('submit', event => event.preventDefault())
button.addEventListener('click', copy)
addEventListener('nudge:changed', fresh)
addEventListener('resize', () => { if (part.open) measure() })
part.addEventListener('toggle', () => { if (part.open) { fresh(); measure() } })
part.addEventListener('pointerenter', fresh)
part.addEventListener('focusin', fresh)
fresh(); measure()
