// reader.js remembers, in this browser only, which lessons were opened and read to their end, and says so on the home page.
const KEY = 'nudge-lessons'

function kept() { try { return JSON.parse(localStorage.getItem(KEY)) ?? {} } catch { return {} } }     // a frame may have no storage
function keep(lesson, state) {
  const all = kept()
  if (all[lesson] === 'read') return
  try { localStorage.setItem(KEY, JSON.stringify({ ...all, [lesson]: state })) } catch { /* then it is forgotten */ }
}

function onLesson(lesson, end) {
  keep(lesson, 'begun')
  const watch = new IntersectionObserver(seen => {
    if (seen.some(entry => entry.isIntersecting) && scrollY > 0) { keep(lesson, 'read'); watch.disconnect() }
  })
  watch.observe(end)
}

function onHome(begin, items) {
  const all = kept()
  for (const item of items) {
    const state = all[item.dataset.lesson]
    if (!state) continue
    item.classList.add(state)
    item.querySelector('a').append(Object.assign(document.createElement('small'), { textContent: state === 'read' ? 'read' : 'begun' }))
  }
  const next = items.find(item => all[item.dataset.lesson] !== 'read')
  if (!begin || !next || !Object.keys(all).length) return
  begin.href = next.querySelector('a').href
  begin.firstChild.data = all[next.dataset.lesson] ? 'Go on' : 'Next'
  begin.querySelector('[data-begin-title]').textContent = next.querySelector('a').firstChild.data
}

// What is for teachers is fetched when somebody opens it.
document.querySelector('.share')?.addEventListener('toggle', () => import('./share.js'), { once: true })

const end = document.querySelector('.turn')
if (end) onLesson(location.pathname.slice(1), end)
else onHome(document.querySelector('[data-begin]'), [...document.querySelectorAll('[data-lesson]')])
