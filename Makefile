# Every target sets up what it needs in .venv beside this file.
PYTHON ?= python3.11
BIN := .venv/bin
.DEFAULT_GOAL := help

.PHONY: help preview test test-slow lint docs backtests lock clean

help:  ## what can be made
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1	\2/p' $(MAKEFILE_LIST) | expand -t 20

# the stamp is made anew when the lock or the project file changes
.venv/.ready: requirements.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null 2>&1 || command -v python3 >/dev/null 2>&1 || \
	  { echo "secondleg needs Python 3.11 or later; set PYTHON=/path/to/python3" >&2; exit 1; }
	@test -x $(BIN)/python || $$(command -v $(PYTHON) || command -v python3) -m venv .venv
	@$(BIN)/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "secondleg needs Python 3.11 or later, not $$($(BIN)/python -V)" >&2; rm -rf .venv; exit 1; }
	@echo "setting up .venv (once)" >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# what the slow tests need beside: the optional parts
.venv/.all: requirements-all.lock .venv/.ready
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-all.lock
	@touch $@

preview: .venv/.ready  ## print the example preview
	@$(BIN)/secondleg preview Atalanta Liverpool --on 2024-04-18 --as-of 2024-04-17 --archive starter

test: .venv/.ready  ## run the tests, but for the slow ones
	@$(BIN)/python -m pytest -n auto -m "not slow"

test-slow: .venv/.all  ## run the slow tests
	@$(BIN)/python -m pytest -n auto -m slow

lint: .venv/.ready  ## style and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

docs: .venv/.ready  ## write the examples' output anew; with SECONDLEG_MIRROR also what is measured
	@$(BIN)/python tests/test_readme.py --write
	@if [ -n "$$SECONDLEG_MIRROR" ]; then \
	  $(BIN)/python scripts/check_football_txt.py "$$SECONDLEG_MIRROR" --write >/dev/null && \
	  $(BIN)/python scripts/check_ties.py "$$SECONDLEG_MIRROR" --write docs/ties.md && \
	  $(BIN)/python scripts/check_ties_openfootball.py "$$SECONDLEG_MIRROR" --write docs/ties.md; \
	else echo "SECONDLEG_MIRROR is not set: what is measured against the sources stays as it is" >&2; fi

backtests: .venv/.all  ## make the tables of docs/forecasts.md anew, from SECONDLEG_ARCHIVE and SECONDLEG_MIRROR
	@$(BIN)/python scripts/backtests.py --archive "$$SECONDLEG_ARCHIVE" --keep build/backtests --write

lock:  ## pin the libraries anew
	@uv pip compile --quiet --universal --python-version 3.11 --extra charts --extra dev --generate-hashes \
	  --no-emit-index-url --no-header pyproject.toml --output-file requirements.lock
	@uv pip compile --quiet --universal --python-version 3.11 --all-extras --constraint requirements.lock \
	  --generate-hashes --no-emit-index-url --no-header --no-annotate pyproject.toml --output-file requirements-all.lock

clean:  ## remove what the other targets made
	@rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis
