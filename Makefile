# make serve    opens the course           make test     all tests, in a real browser
# make lint     style only                 make bench    measures it beside its peers
# make setup    only gets things ready     make container   builds the image and tries it out
# make lock     pins anew what pyproject.toml asks for   make pictures   takes the README's pictures anew
# make peers    compares the engine with PyTorch and micrograd (about 1 GB, into .venv-peers)
#
# Everything is installed into .venv (and .venv-peers), nothing outside, but for two things that root on Debian or Ubuntu
# is spared typing: python3-venv and a Chromium. GNU make 3.81, as on a Mac, is enough.

PY = .venv/bin/python
PEERS = .venv-peers/bin/python
PIP = $(PY) -m pip --disable-pip-version-check install
PORT ?= 5006
export PORT
export OPENBLAS_NUM_THREADS ?= 1

.PHONY: serve setup test lint peers bench container pictures lock clean

serve: .venv/ready
	@$(OPEN) & exec $(PY) -m app

setup: .venv/ready-to-test

test: lint
	@$(PY) tests/find_chromium.py --install
	$(PY) -m pytest --numprocesses 3 --dist worksteal

lint: .venv/ready-to-test
	$(PY) -m ruff check .

# First live, then on paper: tests/core/peers.json holds PyTorch's answers, which `make test` compares with.
peers: .venv-peers/ready
	$(PEERS) -m pytest --confcutdir=tests/peers tests/peers
	$(PEERS) -m tests.peers.answers

# make bench ONLY=engine   measures only that part
bench: .venv/ready-to-test .venv-peers/ready
	@[ '$(ONLY)' = engine ] || $(PY) tests/find_chromium.py --install
	$(PY) -m tests.bench $(if $(ONLY),--only $(ONLY))

container: .venv/ready-to-test
	@$(PY) tests/find_chromium.py --install
	$(PY) -m pytest tests/container

pictures: .venv/ready-to-test
	$(PY) -m tests.pictures

# One lock runs the course, the other one tests it as well; both serve Python 3.11 to 3.14 on Linux and macOS.
COMPILE = .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest \
          --generate-hashes --no-header --no-emit-index-url pyproject.toml
lock: .venv/bin/python
	$(PIP) --quiet uv==0.13.9
	$(COMPILE) --output-file requirements.lock
	$(COMPILE) --output-file requirements-dev.lock --group dev

clean:
	rm -rf .venv .venv-peers .pytest_cache .ruff_cache .hypothesis test-results

# The stamps .venv/ready and .venv/ready-to-test say what is installed: a second run starts at once.
.venv/ready: requirements.lock .venv/bin/python
	@echo "Installing what the course needs (once, about a minute) ..."
	@$(PIP) --require-hashes -r requirements.lock
	@touch $@

.venv/ready-to-test: requirements.lock requirements-dev.lock .venv/bin/python
	@echo "Installing what the course and its tests need (once, about a minute) ..."
	@$(PIP) --require-hashes -r requirements-dev.lock
	@touch .venv/ready $@

# In no lock: PyTorch's builds differ from platform to platform, and so do their hashes. pyproject.toml pins the versions.
.venv-peers/ready: pyproject.toml tests/peers/install.py .venv/bin/python
	@echo "Installing PyTorch, micrograd and scikit-learn into .venv-peers (once, a few minutes and about 1 GB) ..."
	@$(PY) -m venv .venv-peers
	@$(PEERS) tests/peers/install.py
	@touch $@

# The first Python that runs and is new enough. Debian and Ubuntu keep the part that makes a .venv in a package of its own.
.venv/bin/python:
	@for python in $(PYTHON) python3 python3.13 python3.14 python3.12 python3.11; do \
	  if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found=$$python; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
	  echo "Nudge needs Python 3.11 or newer. Install it (Debian, Ubuntu: python3; Mac: brew install python),"; \
	  echo "or name it: make PYTHON=/path/to/python3.13"; exit 1; \
	fi; \
	if ! $$found -c 'import ensurepip, venv' 2>/dev/null; then \
	  version=$$($$found -c 'import sys; print("%d.%d" % sys.version_info[:2])'); \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get update -qq && apt-get install -y -qq "python$$version-venv"; \
	  else \
	    echo "Python's venv is missing. Install it: sudo apt install python$$version-venv"; exit 1; \
	  fi; \
	fi; \
	echo "Making .venv with $$($$found --version)"; \
	$$found -m venv --clear .venv || { rm -rf .venv; exit 1; }

# Opens the reader's browser as soon as the course answers, where there is a screen to open it on.
OPEN = { [ -z "$$CI" ] && { [ "$$(uname)" = Darwin ] || [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; } && \
  for second in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do \
    sleep 1; \
    $(PY) -c "import urllib.request as web; web.urlopen('http://localhost:$(PORT)/healthz')" 2>/dev/null && \
      $(PY) -m webbrowser -t "http://localhost:$(PORT)/" >/dev/null && break; \
  done; true; }
