// waiting.js: nothing is waited for without an end.
export const sleep = ms => new Promise(done => setTimeout(done, ms))

export const within = (ms, promise, what) => Promise.race([promise, sleep(ms).then(() => { throw new Error(`${what}: no answer`) })])

// The full address of one of ours. A sandboxed frame has no origin of its own, but it has a base.
export const address = path => new URL(path, document.baseURI)
