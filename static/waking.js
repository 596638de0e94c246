// waking.js: words need no engine. What moves, asks and answers is fetched when the first such thing comes near the screen,
// when the reader touches anything, or when numbers of theirs are to be brought back.
import { ALIVE, nearby } from './nearby.js'
import { AWAY, address, say, sleep, within } from './waiting.js'

const { live, assets } = document.body.dataset
const AHEAD = '800px'                           // how near a widget has come by then
const LATE = 8000, AGAIN = 500                  // ms for a first fetch, more for each one after it; and the rest between them

async function wake(tries = 0) {                // a browser asks for no address again that has failed
  try {
    await within(LATE * (tries + 1), import(address(`${assets}/live.js${tries ? `?${tries}` : ''}`)), 'live.js')
    say(null)
  } catch {
    say(AWAY)
    await sleep(AGAIN * Math.min(++tries, 10))
    return wake(tries)
  }
}

// What is moved before anybody listens is said once more when somebody does.
const KINDS = ['input', 'change'], early = new Map()
const note = ({ target, type }) => early.set(target, (early.get(target) ?? new Set()).add(type))
for (const kind of KINDS) addEventListener(kind, note, { capture: true })
const touched = new Promise(done => {
  for (const kind of ['pointerdown', 'keydown', ...KINDS]) addEventListener(kind, done, { once: true, capture: true, passive: true })
})
addEventListener('click', ({ target }) => {     // of several buttons of a player the last one; it takes the press up when it is there
  const bar = target.closest('[data-player]:not([data-ready])'), button = target.closest('[data-do]')
  if (bar && button) bar.dataset.pressed = button.dataset.do
})
function kept() { try { return sessionStorage.getItem(live) } catch { return null } }

const near = nearby(document.querySelectorAll(ALIVE), AHEAD)
Promise.race([near, touched, ...kept() ? [null] : []]).then(() => wake()).then(() => {
  for (const kind of KINDS) removeEventListener(kind, note, { capture: true })
  for (const [target, types] of early) for (const type of types) target.dispatchEvent(new Event(type, { bubbles: true }))
})
