// theme.js: the theme that an address asks for (?theme=dark or light), before anything is painted. Otherwise the system's.
{
  const asked = new URLSearchParams(location.search)
  const theme = asked.get('theme')
  if (theme === 'dark' || theme === 'light') document.documentElement.dataset.theme = theme
  if (asked.get('background') === 'transparent') document.documentElement.dataset.background = 'transparent'
}
