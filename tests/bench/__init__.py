"""`make bench`: what the course costs and how fast it answers, measured beside its peers in one run.

Four things are measured, each in a module of its own: dragging (`drag`), what a visit costs the server (`visits`), what a
page costs the browser (`page_costs`), and the longest thing on the server's event loop (`lag`). The peers are the same
lesson built the stock way with Panel (`stock`) and next to nothing at all (`bare`): a figure means little by itself.
"""
