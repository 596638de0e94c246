// waiting.js: nothing is waited for without an end.
export const sleep = ms => new Promise(done => setTimeout(done, ms))

export const within = (ms, promise, what) => Promise.race([promise, sleep(ms).then(() => { throw new Error(`${what}: no answer`) })])

// The full address of one of ours. A sandboxed frame has no origin of its own, but it has a base.
export const address = path => new URL(path, document.baseURI)

// What a reader is told whose page can't reach the server, and where.
export const AWAY = 'The server does not answer yet. You can read on; trying again.'
export function say(words) {
  const banner = document.getElementById('banner') ?? Object.assign(document.createElement('p'), { id: 'banner', hidden: true })
  if (!banner.isConnected) { banner.setAttribute('role', 'status'); document.body.prepend(banner) }
  if (banner.textContent !== (words ?? '')) banner.textContent = words ?? ''
  banner.hidden = !words
  return banner
}
