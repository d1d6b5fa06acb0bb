# make demo    a finished program from examples/patient.yaml
# make test    what a change can break, in some six minutes on two processors
# Both make their own virtual environment first, and are quick the second time.

VENV ?= .venv
BIN := $(VENV)/bin
PATIENT ?= examples/patient.yaml
# What a file of tests makes once is made by one worker, but where another one has nothing left to do.
PYTEST_ARGS ?= -n auto --dist worksteal

# The first Python on the PATH that is new enough; `make demo PYTHON=/path/to/python` chooses another.
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$python; break; }; done)

PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install

.PHONY: demo test test-all test-newest test-browser one-file lock lint budget bench bench-scan picture start-pictures figures figures-all contact-sheets gallery clean help
.DEFAULT_GOAL := help

help:
	@sed -n 's/^# \(make .*\)/\1/p' Makefile
	@echo "make test-all     every test but those in a browser; the check before a release runs both"
	@echo "make test-browser the page of pdfgen serve, in the Chromium and the Firefox that are installed"
	@echo "make test-newest  make test, with the newest versions of everything instead of the locked ones"
	@echo "make one-file the page with all of pdfgen in dist/pdfgen.html; needs Node.js with npm"
	@echo "make lint    ruff and mypy"
	@echo "make lock    renew the locked versions in requirements/ from pyproject.toml"
	@echo "make budget  the speed that must hold, in under a minute"
	@echo "make bench   how long programs take, and how much memory, beside other engines and tools"
	@echo "make bench-scan  how well week sheets are read back, on simulated scans and photos"
	@echo "make picture the pictures of the README and of the guide to drawing"
	@echo "make start-pictures  the pictures of docs/start.md, taken of the page in a browser"
	@echo "make figures every drawing of assets/figures, from assets/poses, and assets/drawings.bin"
	@echo "make figures-all  the same, and the older and heavier figures"
	@echo "make contact-sheets  all drawings at a glance, in docs/images"
	@echo "make gallery  every layout with its pages, in docs/gallery.md"
	@echo "make clean   throw away the virtual environment, caches and out/*.pdf"

demo: $(VENV)/.installed
	@$(BIN)/pdfgen generate $(PATIENT)

# Tests start hundreds of processes, each of which would compile all of pdfgen.
test test-all test-newest: export PYTHONDONTWRITEBYTECODE :=

# What only `make test-all` runs; pyproject.toml says what each marker is for.
LEFT_OUT := matrix drawings cluster docs benchmark slow browser
EMPTY :=
SPACE := $(EMPTY) $(EMPTY)
QUICK := not ($(subst $(SPACE), or ,$(LEFT_OUT)))

test: $(VENV)/.installed-test
	$(BIN)/python -m pytest $(PYTEST_ARGS) -m "$(QUICK)"
	@echo "left out: tests marked $(LEFT_OUT). All of them: make test-all; one kind: $(BIN)/pytest -m docs"

test-all: $(VENV)/.installed-test
	$(BIN)/python -m pytest $(PYTEST_ARGS) --hypothesis-profile=all -m "not browser"

# One after the other: browser and server are two processes already.
test-browser: $(VENV)/.installed-browser
	$(BIN)/python -m pytest -p no:xdist -m browser tests/browser

# In an environment of its own. What fails here and not in `make test` is due to a newer version, which it names.
NEWEST := .venv-newest
test-newest:
	@echo "making $(NEWEST) with the newest versions …" >&2
	@$(PYTHON) -m venv --clear $(NEWEST)
	@$(NEWEST)/bin/python -m pip --disable-pip-version-check --quiet install --editable '.[test]'
	@$(NEWEST)/bin/python tools/newer.py
	$(NEWEST)/bin/python -m pytest $(PYTEST_ARGS) -m "$(QUICK)"
	@$(NEWEST)/bin/python tools/newer.py

one-file: $(VENV)/.installed
	$(BIN)/python tools/one_file/build.py

lock: $(VENV)/.installed-dev
	$(BIN)/python tools/lock.py

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

budget: $(VENV)/.installed-bench
	$(BIN)/python -m benchmarks.engines --quick
	$(BIN)/python -m benchmarks.commands --quick

bench: $(VENV)/.installed-bench
	$(BIN)/python -m benchmarks.engines
	$(BIN)/python -m benchmarks.commands

# Some 40 minutes of a processor; BENCH_ARGS="--workers 4" takes more of them.
bench-scan: $(VENV)/.installed-test
	OMP_NUM_THREADS=1 $(BIN)/python -m benchmarks.scanning $(BENCH_ARGS)

picture: $(VENV)/.installed-test
	$(BIN)/python docs/images/render.py
	$(BIN)/python docs/images/drawings.py

start-pictures: $(VENV)/.installed-browser
	PYTHONPATH=tests $(BIN)/python docs/images/start.py
	PYTHONPATH=tests $(BIN)/python docs/images/scans.py

figures: $(VENV)/.installed-test
	$(BIN)/python tools/draw_figures.py
	$(BIN)/python tools/pack_drawings.py

figures-all: $(VENV)/.installed-test
	$(BIN)/python tools/draw_figures.py
	$(BIN)/python tools/draw_figures.py $(addprefix --figure ,older-woman older-man heavier-woman heavier-man)
	$(BIN)/python tools/pack_drawings.py

gallery: $(VENV)/.installed-test
	$(BIN)/python tools/gallery.py
	$(BIN)/python docs/images/layouts.py

contact-sheets: $(VENV)/.installed-test
	$(BIN)/python tools/contact_sheets.py

clean:
	rm -rf $(VENV) $(NEWEST) .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist out/*.pdf
	find pdfgen tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "pdfgen needs Python 3.11 or newer; install it or say make PYTHON=/path/to/python" >&2; exit 1; }
	@echo "making $(VENV) …" >&2
	@$(PYTHON) -m venv $(VENV)

# A stamp is older than these files when the dependencies may have changed. First what is locked, with the digests of
# its files; then this folder, built with what is locked too. Nothing here asks for the newest version of anything.
INSTALL_LOCKED = $(PIP) --require-hashes --no-deps $(patsubst %,--requirement requirements/%.txt,$(1)) \
	&& $(PIP) --no-deps --no-build-isolation --editable .

$(VENV)/.installed: pyproject.toml requirements/run.txt | $(BIN)/python
	@echo "installing pdfgen …" >&2
	@$(call INSTALL_LOCKED,run)
	@touch $@

$(VENV)/.installed-test: pyproject.toml requirements/run.txt requirements/test.txt | $(BIN)/python
	@echo "installing pdfgen and what its tests need …" >&2
	@$(call INSTALL_LOCKED,run test)
	@touch $@ $(VENV)/.installed

$(VENV)/.installed-bench: pyproject.toml $(wildcard requirements/*.txt) | $(BIN)/python
	@echo "installing pdfgen and what it is measured beside …" >&2
	@$(call INSTALL_LOCKED,run test bench)
	@touch $@ $(VENV)/.installed-test $(VENV)/.installed

$(VENV)/.installed-browser: pyproject.toml $(wildcard requirements/*.txt) | $(BIN)/python
	@echo "installing pdfgen and what drives a browser …" >&2
	@$(call INSTALL_LOCKED,run test browser)
	@touch $@ $(VENV)/.installed-test $(VENV)/.installed

$(VENV)/.installed-dev: pyproject.toml $(wildcard requirements/*.txt) | $(BIN)/python
	@echo "installing pdfgen and what its developers need …" >&2
	@$(call INSTALL_LOCKED,run test dev)
	@touch $@ $(VENV)/.installed-test $(VENV)/.installed
