// live.js gives a page its engine: when a widget comes near it asks for a ticket and opens one Bokeh session, which holds the wire.
// When the connection breaks it says so, keeps trying, and the page's own values go to the next session.
import { libraries, surely } from './libraries.js'
import { mount } from './page.js'
import { AWAY, address, say, sleep, within } from './waiting.js'

if (globalThis.nudge) throw new Error('live.js came twice')    // the first fetch was given up, and came after all
const { live, assets } = document.body.dataset
const TICKET = 5000, OPENING = 8000                          // ms that a ticket and a session may take
const SILENCE = 4000, USED = 60000                           // no answer for so long is a cut; how long we ask after the reader's last touch
const PING = 2000, LATER = 10000                             // how often: while they are at it, and when they only look on
const FIRST_WAIT = 300, LONGEST_WAIT = 5000, LONGEST_IF_BLOCKED = 30000
const BLOCKED = 3                                            // so many sockets in a row that did not open although there were tickets

const WORDS = {
  lost: 'The connection to the server is gone. Your numbers are kept; trying to reach it again.',
  away: AWAY,
  full: 'The server is full at the moment. You can read on; trying again until there is room.',
  blocked: 'You can read the page, but its live connection is blocked on the way, perhaps by a proxy. Whoever runs this server finds help in its log. Trying again now and then.',
  updated: 'The course was updated. Reload when you like: your numbers stay. ',
}

// ---- one session

let ticket = null, version = null, attempts = 0, current = null   // current: { socket, views, model, answered }

async function getTicket() {
  const headers = ticket ? { 'X-Live': ticket } : {}
  const reply = await fetch(address(live), { headers, cache: 'no-store', signal: AbortSignal.timeout(TICKET) })
  if (reply.status === 503) throw Object.assign(new Error('full'), { full: true })
  if (!reply.ok) throw new Error(`ticket: ${reply.status}`)
  const given = await reply.json()
  version = given.version
  return given.token
}

// Bokeh keeps its socket to itself, but makes it before it first waits; we need it to notice a cut, and to end a dead connection.
function catchSocket(call) {
  const Native = globalThis.WebSocket
  let socket = null
  globalThis.WebSocket = function (...args) { return socket = new Native(...args) }
  try { return [call(), socket] } finally { globalThis.WebSocket = Native }
}

async function open() {
  const [token] = await Promise.all([getTicket(), libraries()])
  ticket = token
  const url = address(`${live}/ws?attempt=${++attempts}`)    // Bokeh remembers sessions by address; each attempt is a new one
  url.protocol = url.protocol.replace('http', 'ws')
  const holder = Object.assign(document.createElement('div'), { hidden: true, className: 'session' })
  document.body.append(holder)
  const session = current = { holder, model: null }
  session.answered = new Promise(done => { session.done = done })
  const [opening, socket] = catchSocket(() => globalThis.Bokeh.embed.add_document_from_session(url.href, token, holder, [], false))
  session.socket = socket
  socket.addEventListener('open', () => { session.opened = true })
  opening.then(views => { session.views = views; if (session !== current) drop(session) }, () => {})
  try {
    await within(OPENING, Promise.all([opening, session.answered]), 'session')
  } catch (error) {
    end(session)
    throw Object.assign(error ?? new Error('session'), { blocked: !session.opened })
  }
  socket.addEventListener('close', () => lost(session))
  if (socket.readyState !== WebSocket.OPEN) { end(session); throw new Error('closed at once') }
  say(null)
  if (version && version !== assets.split('/').pop()) offerReload()
}

let offered = false
function offerReload() {                                     // once: what is here goes on working
  if (offered || origin === 'null') return                   // a sandboxed frame would lose the numbers
  offered = true
  const link = Object.assign(document.createElement('a'), { href: '', textContent: 'Reload', target: '_self' })
  link.addEventListener('click', event => { event.preventDefault(); location.reload() })
  say(WORDS.updated).append(link)
}

function end(session) {                                      // whatever it still sends is not heard, and nothing of it stays in the page
  if (session === current) { current = null; page.lost() }
  session.socket?.close()
  drop(session)
}

function drop({ views, holder }) {
  const documents = globalThis.Bokeh.documents, gone = views?.roots[0]?.model.document
  views?.clear()
  if (documents.includes(gone)) documents.splice(documents.indexOf(gone), 1)
  holder.remove()
}

globalThis.nudge = {
  attach(model, el) {                                        // called by wire.js when a session's component is drawn, perhaps too late
    const session = current
    if (!session || session.model || !session.holder.contains(el)) return
    session.model = model
    model.on('msg:custom', answer => {
      if (session !== current) return
      page.receive(answer.b)
      session.done()
    })
    page.connect(message => { if (session === current) model.send_msg(JSON.stringify(message)) })
  },
}

// ---- trying, noticing, trying again

let trying = false, wake = () => {}
async function keepTrying(words) {
  if (trying) return
  trying = true
  for (let wait = FIRST_WAIT, blocked = 0; ; wait = Math.min(blocked < BLOCKED ? LONGEST_WAIT : LONGEST_IF_BLOCKED, wait * 1.6)) {
    try { await open(); break } catch (error) {
      blocked = error.blocked ? blocked + 1 : 0
      say(error.full ? WORDS.full : blocked < BLOCKED ? words : WORDS.blocked)
    }
    await Promise.race([sleep(wait * (.7 + .6 * Math.random())), new Promise(done => { wake = done })])
  }
  trying = false
}

function lost(session) {
  if (session !== current) return
  end(session)
  say(WORDS.lost)
  keepTrying(WORDS.lost)
}

let touched = -Infinity, asked = 0, looked = performance.now()
for (const kind of ['pointerdown', 'keydown', 'input']) addEventListener(kind, () => { touched = performance.now() }, { capture: true, passive: true })
addEventListener('online', () => wake())
document.addEventListener('visibilitychange', () => { if (!document.hidden) wake() })

setInterval(() => {
  const now = performance.now(), late = now - looked > 2000  // the page itself was asleep: answers may be waiting to be read
  looked = now
  if (late || trying || !current) return
  if (current.socket.readyState !== WebSocket.OPEN || page.alive() > SILENCE) return lost(current)
  if (!document.hidden && now - touched < USED && now - asked > (now - touched < LATER ? PING : LATER) && page.alive() === 0) { asked = now; page.ping() }
}, 500)

// ---- the page

const data = JSON.parse(document.getElementById('page-data').textContent)
const keep = {                                               // what is too large for the address, for who comes back to it; a sandboxed frame may not keep anything
  read() {                                                   // `here`: it was left at this address; another one, such as a link's, means its own numbers
    try { const kept = JSON.parse(sessionStorage.getItem(live)); return { ...kept, here: kept.at === location.search } } catch { return null }
  },
  write(value) { try { sessionStorage.setItem(live, JSON.stringify({ ...value, at: location.search })) } catch { /* the page itself still has it */ } },
}
const changed = query => {                                   // the rest of the address, such as the theme, stays
  const rest = new URLSearchParams([...new URLSearchParams(location.search)].filter(([name]) => !(name in data.defaults)))
  const search = [query, String(rest)].filter(Boolean).join('&')
  try { history.replaceState(history.state, '', search ? `?${search}` : location.pathname) } catch { /* a sandboxed frame has no history */ }
  dispatchEvent(new CustomEvent('nudge:changed', { detail: { query } }))
}
async function extra(name, tries = 0) {                      // what only some pages need; a browser asks for no address again that has failed
  try { return await import(address(`${assets}/${name}.js${tries ? `?${tries}` : ''}`)) } catch { await sleep(FIRST_WAIT * ++tries) }
  return extra(name, tries)
}
const page = mount(document, { data, keep, libraries: surely, changed, extra })
globalThis.nudge.page = page
page.near(() => keepTrying(WORDS.away))
