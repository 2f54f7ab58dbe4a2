# The verbs of this project. Needs Python 3.11 or newer with venv, and GNU make; nothing else.
#   make run     prepare everything and open the browser on a demonstration library
#   make test    prepare everything and run all checks
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help run test lint pytest format bench bench-names docs snapshots screenshot build clean

VENV := .venv
BIN := $(VENV)/bin
DEMO := .demo/library.db
ARGS ?=

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 22

run: $(VENV)/.ready ## prepare everything and open the browser on the two seed articles
	@mkdir -p $(dir $(DEMO))
	@$(BIN)/bilat-tui --library $(DEMO) $(ARGS)

test: lint pytest ## prepare everything and run all checks

lint: $(VENV)/.ready-dev ## format, lint, types, import contracts, generated docs
	@$(BIN)/ruff format --check --quiet . && $(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo 2>/dev/null || $(BIN)/lint-imports
	@$(BIN)/cog --check --verbosity=0 -P -U -I docs -p "import cogs" README.md docs/*.md

pytest: $(VENV)/.ready-dev ## the test suite (ARGS="-k name" narrows it)
	@$(BIN)/pytest -q $(ARGS)

format: $(VENV)/.ready-dev ## format the code and mend what ruff can
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format .

bench: $(VENV)/.ready-dev ## benchmarks: start-up, keys, search, import, extraction
	@$(BIN)/python -m bench $(ARGS)

bench-names: $(VENV)/.ready-dev ## name matching next to rapidfuzz, on the evaluation folder
	@$(BIN)/python -m bench.names $(ARGS)

docs: $(VENV)/.ready-dev ## write the generated parts of README and docs, and the man page
	@$(BIN)/cog -r --verbosity=1 -P -U -I docs -p "import cogs" README.md docs/*.md
	@$(BIN)/bilat-tui man > docs/bilat-tui.1

snapshots: $(VENV)/.ready-dev ## write the screen snapshots anew (look at the diff before committing)
	@BILAT_UPDATE_SNAPSHOTS=1 $(BIN)/pytest -q tests/screen

screenshot: $(VENV)/.ready-dev ## draw the picture in README anew
	@$(BIN)/python -m docs.screenshot

build: $(VENV)/.ready-dev ## the wheel and the source archive, in dist/
	@$(BIN)/python -m build --quiet

clean: ## remove what make made
	@rm -rf $(VENV) .demo dist build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

# The environment. python3 is tried first, then the numbered ones.
$(BIN)/python:
	@for p in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11; do \
	  if $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then found=$$p; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
	  echo "bilat-tui needs Python 3.11 or newer, and none was found: install it (Debian, Ubuntu: apt install python3 python3-venv) or name it with make PYTHON=/path/to/python3." >&2; exit 1; fi; \
	if ! $$found -c 'import venv, ensurepip' >/dev/null 2>&1; then \
	  echo "$$found has no venv or ensurepip: install the package python3-venv (Debian, Ubuntu: apt install python$$($$found -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv), then run make again." >&2; exit 1; fi; \
	rm -rf $(VENV) && $$found -m venv $(VENV)

$(VENV)/.ready: $(BIN)/python pyproject.toml
	@echo "Installing bilat-tui into $(VENV) …"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check -e .
	@$(BIN)/python -m compileall -q store tui # an install does so too: the first start is no slower
	@touch $@

$(VENV)/.ready-dev: $(BIN)/python pyproject.toml
	@echo "Installing bilat-tui and its checks into $(VENV) …"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check -e '.[dev]'
	@$(BIN)/python -m compileall -q store tui
	@touch $(VENV)/.ready $@
