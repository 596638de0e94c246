// nearby.js: resolves once, when one of these places comes near the screen, is pointed at or gets the focus.
export const ALIVE = '[data-widget], [data-predict], [data-chart], [data-pieced]'     // all that the engine answers, each by its name
export const nearby = (places, rootMargin) => new Promise(done => {
  const over = new AbortController(), { signal } = over, go = () => { over.abort(); watch.disconnect(); done() }
  const watch = new IntersectionObserver(seen => { if (seen.some(one => one.isIntersecting)) go() }, { rootMargin })
  for (const place of places) {
    watch.observe(place)
    for (const kind of ['pointerover', 'focusin']) place.addEventListener(kind, go, { signal })
  }
})
