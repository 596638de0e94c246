// theme.js: what an address asks of a page's looks, before anything is painted. ?theme=dark or light (otherwise the
// system's), ?background=transparent, and ?hide= with any of the names below.
{
  const asked = new URLSearchParams(location.search), { dataset } = document.documentElement
  const theme = asked.get('theme'), hide = asked.get('hide')?.match(/\b(controls|captions|predict|credit|prose)\b/g)
  if (theme === 'dark' || theme === 'light') dataset.theme = theme
  if (asked.get('background') === 'transparent') dataset.background = 'transparent'
  if (hide) dataset.hide = hide.join(' ')
}
