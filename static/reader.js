// reader.js remembers, in this browser only, which lessons were opened and read to their end; home.js says so.
const KEY = 'nudge-lessons'

export function kept() { try { return JSON.parse(localStorage.getItem(KEY)) ?? {} } catch { return {} } }     // a frame may have no storage
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

// What is for teachers is fetched when somebody opens it.
document.querySelector('.share')?.addEventListener('toggle', () => import('./share.js'), { once: true })

const end = document.querySelector('.turn')
if (end) onLesson(location.pathname.slice(1), end)
