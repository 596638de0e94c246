// waking.js: words need no engine. What moves, asks and answers is fetched when the first such thing comes near the screen,
// when the reader touches anything, or when numbers of theirs are to be brought back.
import { nearby } from './nearby.js'

const { live, assets } = document.body.dataset
const AHEAD = '800px', AGAIN = 500              // how near a widget has come by then; ms before a fetch that failed is tried again

function wake(tries = 0) {                      // a browser asks for no address again that has failed
  import(new URL(`${assets}/live.js${tries ? `?${tries}` : ''}`, document.baseURI)).catch(() => setTimeout(wake, AGAIN * (tries + 1), tries + 1))
}

function kept() { try { return sessionStorage.getItem(live) } catch { return null } }

const touched = new Promise(done => { for (const kind of ['pointerdown', 'keydown']) addEventListener(kind, done, { once: true, capture: true, passive: true }) })
const near = nearby(document.querySelectorAll('[data-widget], [data-predict], [data-chart], [data-listing]'), AHEAD)
Promise.race([near, touched, ...kept() ? [null] : []]).then(() => wake())
