// frame.js tells the page around an embedded lesson how high it is, in the dialects that course sites understand, and
// takes on that page's theme.
const root = document.getElementById('root'), page = document.documentElement
const asked = new URLSearchParams(location.search)
const id = (asked.get('id') ?? '').replace(/[^\w-]/g, '').slice(0, 32)
const secret = /(?:^|[#?&])secret=(\w+)/.exec(location.hash)?.[1]
let told = 0, timer = 0, unfit = 0

const tell = message => parent.postMessage(message, '*')         // a height is no secret; nothing else is told
const ours = (type, more) => tell({ context: 'nudge', v: 1, type, id, ...more })

function report(again) {
  timer = 0
  const height = Math.ceil(root.getBoundingClientRect().height)
  if (height < 20 || !again && Math.abs(height - told) < 1) return
  told = height
  ours('resize', { height })                                                              // embed.js
  tell({ subject: 'lti.frameResize', height })                                            // Canvas and other course sites
  tell(JSON.stringify({ context: 'iframe.resize', height, src: location.href }))          // Embedly and those who follow it
  if (secret) tell({ message: 'height', value: height, secret })                          // WordPress
  fitted()
}

// A frame that is as high as was asked needs no scrollbar. One that is not keeps it, or its foot could not be reached; the
// page around it has a moment to follow, so that none flashes up while the frame grows.
function fitted() {
  const fits = Math.abs(innerHeight - told) <= 2
  clearTimeout(unfit)
  if (fits) page.dataset.fitted = ''
  else unfit = setTimeout(() => delete page.dataset.fitted, 300)
}

// A page that has a switch for dark and light passes it on; 'auto' gives the choice back to the reader's system. What the
// frame's own address says comes first.
function theme(name) {
  if (/^(light|dark)$/.test(asked.get('theme'))) return
  if (name === 'dark' || name === 'light') page.dataset.theme = name
  else delete page.dataset.theme
}

if (parent !== window) {
  const resizes = asked.get('height') !== 'fixed'
  addEventListener('message', event => {
    if (event.source !== parent || event.data?.context !== 'nudge') return
    if (event.data.type === 'hello' && resizes) report(true)
    if (event.data.type === 'theme') theme(event.data.theme)
  })
  if (resizes) {
    new ResizeObserver(() => { timer ||= setTimeout(report, 50) }).observe(root)
    addEventListener('resize', fitted)
    ours('hello')
    report()
  }
}

// The link at the foot leads to the same numbers on the whole page. A frame in a sandbox may not be allowed to open
// anything, and cannot ask whether it is: there the address can be read and copied as well.
const credit = document.querySelector('[data-credit]'), data = document.getElementById('page-data')
function numbers({ detail } = {}) {
  const names = JSON.parse(data.textContent).defaults
  const search = (detail?.query ?? location.search.slice(1)).split('&').filter(part => part.split('=')[0] in names).join('&')
  credit.href = credit.dataset.credit + (search && `?${search}`)
  if (window.origin !== 'null') return
  const place = credit.parentElement.querySelector('.address') ?? credit.parentElement.appendChild(document.createElement('span'))
  place.className = 'address'
  place.textContent = credit.href
}
if (credit && data) {
  addEventListener('nudge:changed', numbers)
  numbers()
}
