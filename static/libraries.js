// libraries.js brings in Bokeh's and Panel's scripts, once and in order, when they are first needed; what failed may be tried again.
import * as wire from './wire.js'
import { sleep, within } from './waiting.js'

const { assets } = document.body.dataset
const LIBRARIES = ['bokeh.min.js', 'bokeh-widgets.min.js', 'bokeh-tables.min.js', 'panel.min.js']
const SCRIPTS = 20000, PAUSE = 5000                          // ms: how long they may take at first, and between a chart's tries

function add(tag, attributes) {
  return new Promise((done, failed) => {
    const el = Object.assign(document.createElement(tag), attributes, { onload: done })
    el.onerror = () => { el.remove(); failed(new Error(`${el.src} did not load`)) }
    document.head.append(el)
  })
}

let loading = null, loaded = 0, round = 0
async function load(mine) {                                  // a request that hangs is not asked for again under the same address
  const sources = LIBRARIES.slice(loaded).map(name => `${assets}/${name}${mine > 1 ? `?${mine}` : ''}`)
  for (const href of sources) add('link', { rel: 'preload', as: 'script', href }).catch(() => {})
  for (const src of sources) { await add('script', { src }); if (mine !== round) return; loaded++ }
  globalThis.Bokeh.logger.set_level('off')                   // the reader is told by us
}

export function libraries() {
  return loading ??= within(SCRIPTS * ++round, load(round), 'scripts').catch(error => { loading = null; throw error })
}

export async function surely() {                                    // for charts, which have no banner of their own
  for (;;) { try { return await libraries() } catch { await sleep(PAUSE) } }
}

// Panel loads modules through es-module-shims, which browsers no longer need. It asks for two: our wire, which is here already and can't
// fail to arrive, and a few lines of its own that start a component, said here so that the page may forbid scripts from blobs.
globalThis.importShim = async url => url.startsWith('blob:') ? { default: { render: start } } : wire
globalThis.importShim.addImportMap = () => {}

async function start(id) {
  const view = globalThis.Bokeh.index.find_one_by_id(id)
  view?.container.replaceChildren(await view.render_fn({ view, model: view.model_proxy, data: view.model.data, el: view.container }))
  view?.after_rendered()
}
