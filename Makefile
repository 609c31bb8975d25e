# Everything happens inside this folder: the virtual environment is .venv, a downloaded browser goes to .browser.
PYTHON ?= python3
ARGS ?=
JOBS ?= 2

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
CORE := .venv/.installed-core
DEV := .venv/.installed-dev
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-annotate --no-strip-extras --custom-compile-command "make lock"

# The extras that every command and page may need.
SITE := nlp charts export social

# What must be covered to the last branch: the words, the understanding, the page parsers, the outbox.
FULLY_COVERED := vocab/*,tracker/*,scrapers/sites/*,publish/outbox/*
NOT_PARSERS := scrapers/sites/*/spiders.py

.DEFAULT_GOAL := help
.PHONY: help install run test lint format bench rules dictionary findings browser lock clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: $(CORE)  ## make .venv with the locked packages and the command .venv/bin/baikoo

run: $(CORE)  ## crawl, track, publish and serve; options in ARGS, e.g. make run ARGS=--once
	$(BIN)/baikoo run $(ARGS)

test: lint browser  ## all checks and tests, with coverage
	$(BIN)/pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder --cov --cov-report= $(ARGS)
	$(BIN)/coverage report
	$(BIN)/coverage report --include='$(FULLY_COVERED)' --omit='$(NOT_PARSERS)' --fail-under=100

lint: $(DEV)  ## style, types and who may import whom
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(DEV)  ## write the code in the common form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(DEV)  ## print the measured figures
	@for file in benchmarks/*.py; do echo "== $$file"; $(BIN)/python "$$file" $(ARGS) || exit 1; done

rules: $(DEV)  ## write docs/rules.md from the rule book, its sentences and the cases
	$(BIN)/python -m tests.rules_page

dictionary: $(DEV)  ## write docs/data.md from the model of the exported data
	$(BIN)/python -m tests.data_page

findings: $(DEV)  ## write the table of docs/findings-2016-2018.md from the real pages
	$(BIN)/python -m tests.real_findings

browser: $(DEV)  ## find a chromium for the browser test, or install one
	@$(BIN)/python -m tests.browser.chromium

lock: $(DEV)  ## compute requirements/*.txt anew from pyproject.toml
	$(LOCK) pyproject.toml --all-extras -o requirements/all.txt
	$(LOCK) pyproject.toml -c requirements/all.txt -o requirements/core.txt
	$(LOCK) pyproject.toml $(SITE:%=--extra %) -c requirements/all.txt -o requirements/site.txt
	@for extra in dev pg redis; do \
		$(LOCK) pyproject.toml $(SITE:%=--extra %) --extra $$extra -c requirements/all.txt \
			-o requirements/$$extra.txt || exit 1; done
	$(BIN)/python -c "import tomllib, pathlib; \
	print(*tomllib.loads(pathlib.Path('pyproject.toml').read_text())['build-system']['requires'], sep='\n')" \
	| $(LOCK) - -c requirements/all.txt -o requirements/build.txt
	@rm requirements/all.txt

clean:  ## remove what install, the tools and the tests made; not the data
	rm -rf .venv .browser .coverage .coverage.* .hypothesis .import_linter_cache .mypy_cache .pytest_cache \
		.ruff_cache baikoo.egg-info build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Baikoo needs Python 3.11 or newer; '$(PYTHON)' is $$($(PYTHON) --version 2>&1)." \
			"Name another one: make PYTHON=/path/to/python3.12 ..." >&2; exit 1; }
	@$(PYTHON) -m venv .venv || { rm -rf .venv; \
		echo "Python could not make a virtual environment (on Debian: apt-get install python3-venv)." >&2; exit 1; }

$(CORE): requirements/build.txt requirements/site.txt pyproject.toml | .venv/bin/python
	$(PIP) install --quiet --require-hashes -r requirements/build.txt -r requirements/site.txt
	PYTHONWARNINGS=ignore $(PIP) install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(DEV): requirements/dev.txt $(CORE)
	$(PIP) install --quiet --require-hashes -r requirements/dev.txt
	@touch $@
