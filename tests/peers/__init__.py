"""A second opinion on every derivative of the engine: PyTorch's autograd and micrograd, asked the same questions.

`make peers` gets them into .venv-peers, compares live, and writes PyTorch's answers to tests/core/peers.json, which
`make test` compares with. They are far too heavy for a clean clone, and the course itself never imports them.

`questions`  what both are asked, made from seeds: numpy alone, so that `make test` can ask it too
`pytorch`    how PyTorch answers
`answers`    writes the file
"""
