// awaits.js is what a player shows between a press and the run: that it works, how far it is, and a way to stop it. A run that
// is shown meanwhile, and belongs to other numbers, is marked as such. Only player.js imports it.
const SOON = 300                                    // ms: most runs are there by then, and nothing flickers

export class Awaits {
  words = null; told = null; timer = 0; shown = false

  constructor(player) {
    const { bar } = this.player = player
    this.box = bar.querySelector('.awaits')
    this.progress = this.box.querySelector('progress')
    this.stop = this.box.querySelector('button')
    this.heard = bar.querySelector('[data-heard]')
  }

  begin(words) {
    this.words = words ?? this.words ?? this.heard.dataset.heard
    if (!this.timer) this.timer = setTimeout(() => { this.shown = true; this.show() }, SOON)
    else if (this.shown) this.show()
  }

  tell(share, words, marks, keeps) {                // how far it is, with what to show, and whether a Stop keeps that
    if (!this.timer) return
    this.told = { share, words: words || this.words, marks, keeps }
    if (this.shown) this.show()
  }

  show() {
    const { box, progress, player, heard } = this, { share = 0, words = this.words } = this.told ?? {}
    if (box.hidden) {                               // once for those who listen, not at every percent
      box.hidden = false
      heard.textContent = this.words
    }
    player.bar.dataset.waits = player.run ? 'stale' : ''
    player.plane.figure.classList.toggle('behind', player.run !== null && !this.told?.marks)
    if (this.told?.marks) player.live(this.told.marks)
    if (share > 0) progress.value = share
    else progress.removeAttribute('value')
    player.hush()
    player.say()
  }

  get says() {                                      // in the place of the moment, for as long as nothing moves there
    if (!this.shown) return null
    const { share = 0, words = this.words } = this.told ?? {}
    return share > 0 ? `${words.replace(/ ?…$/, '')} … ${Math.floor(share * 100)} %` : words
  }

  end() {
    const { box, player, timer } = this
    if (!timer) return
    const { shown } = this
    clearTimeout(timer)
    Object.assign(this, { words: null, told: null, timer: 0, shown: false })
    if (!shown) return
    if (this.stop.matches(':focus')) player.button('play').focus()
    box.hidden = true
    this.heard.textContent = ''
    delete player.bar.dataset.waits
    player.plane.figure.classList.remove('behind')
    player.hush()
    player.say()
  }
}
