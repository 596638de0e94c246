// frame.js tells the page around an embedded lesson how high it is, in the dialects that course sites understand.
const root = document.getElementById('root')
const asked = new URLSearchParams(location.search)
const id = (asked.get('id') ?? '').replace(/[^\w-]/g, '').slice(0, 32)
const secret = /(?:^|[#?&])secret=(\w+)/.exec(location.hash)?.[1]
let told = 0, timer = 0

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
}

if (parent !== window && asked.get('height') !== 'fixed') {
  new ResizeObserver(() => { timer ||= setTimeout(report, 50) }).observe(root)
  addEventListener('message', event => {
    if (event.source !== parent || event.data?.context !== 'nudge') return
    if (event.data.type === 'hello') report(true)
    if (event.data.type === 'theme') theme(event.data.theme)
  })
  ours('hello')
  report()
}

// A page that has a switch for dark and light may pass it on; 'auto' gives the choice back to the reader's system.
function theme(name) {
  if (name === 'dark' || name === 'light') document.documentElement.dataset.theme = name
  else delete document.documentElement.dataset.theme
}
