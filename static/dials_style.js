// dials_style.js: how parts look that can be taken hold of, and the card beside them. It comes to a page together with dials.js.
export const STYLE = `
.plane:has([data-part]) { touch-action: pan-y pinch-zoom; }
.plane[data-over=dial] { cursor: ns-resize; }
.plane[data-over=pick] { cursor: pointer; }
.plane[data-over=dot] { cursor: grab; }
.plane [data-part] { outline: none; }
.dial-halo { fill: none; pointer-events: none; stroke: var(--accent); stroke-opacity: .28; stroke-width: 16; stroke-linecap: round; stroke-linejoin: round; }
rect.dial-halo, circle.dial-halo { stroke-width: 5; stroke-opacity: .6; }
.dial-halo.ring { stroke-opacity: 1; stroke-width: 18; }
.dial-halo.core { stroke: var(--paper); stroke-opacity: 1; stroke-width: 13; }
rect.dial-halo.ring, circle.dial-halo.ring { stroke-opacity: 1; }
.dial-card { position: absolute; z-index: 3; max-width: min(19rem, calc(100% - 8px)); box-sizing: border-box; padding: .45em .8em .5em; border-radius: 8px; background: var(--raised); color: var(--text); border: 1px solid var(--edge); font: .9375rem/1.4 var(--sans); font-variant-numeric: tabular-nums lining-nums; pointer-events: none; width: max-content; text-align: start; }
.dial-card[hidden], .dial-card [hidden] { display: none !important; }
.dial-card p { margin: 0; }
.dial-card [data-says] { font-weight: 650; white-space: nowrap; margin-inline-start: .5em; }
.dial-card b { font-weight: 500; }
.dial-card [data-hint] { color: var(--quiet); font-size: .8125rem; }
.dial-card:has(:is(form, [data-tools]):not([hidden])) { pointer-events: auto; }
.dial-card [data-tools] { display: flex; flex-wrap: wrap; gap: .35rem; margin-top: .35rem; }
.dial-card [data-tools] button { padding-inline: .9em; border-radius: 22px; }
.dial-ground { outline: none; pointer-events: none; }
.dial-ground:focus-visible { stroke: var(--accent); stroke-width: 3; }
.dial-card [data-complaint] { max-width: 15rem; margin-top: .35rem; color: var(--loss-words); font-size: .875rem; }
.dial-card form { display: flex; gap: .35rem; margin-top: .35rem; }
.dial-card input { width: 6.5em; min-height: 44px; padding: .2em .5em; text-align: end; background: var(--paper); border: 1px solid var(--edge); border-radius: 6px; font: inherit; color: inherit; box-sizing: border-box; }
.dial-card input:focus-visible { outline: 3px solid var(--accent); outline-offset: -1px; }
.dial-card button { min-width: 44px; min-height: 44px; padding: 0; border-radius: 8px; }
@media (pointer: fine) { .dial-card button[data-sign] { display: none; } }
@media print { .dial-card, .dial-halo { display: none; } }
`
