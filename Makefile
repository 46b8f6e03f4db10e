# issuemine: everything a person types. `make` alone lists it.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
export HF_HUB_OFFLINE := 1
export TOKENIZERS_PARALLELISM := false

.PHONY: help setup run serve browser test check bench docs messages clean
.DEFAULT_GOAL := help

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(READY) ## install everything into .venv

$(READY): pyproject.toml constraints.txt
	@command -v $(PYTHON) >/dev/null || { echo "issuemine needs Python 3.11: install it, or say where it is with make PYTHON=..."; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt torch
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	@touch $@

run: $(READY) ## make a sample of support records and mine it into recurring issues
	$(BIN)/issuemine sample var/sample --days 120 --per-day 40 --seed 7 --languages en,ko
	$(BIN)/issuemine run var/sample/records.jsonl

serve: $(READY) ## serve what was mined on http://127.0.0.1:8000
	$(BIN)/issuemine serve

browser: ## install Chromium, in which the pages are tested, where it is missing
	@command -v chromium || command -v chromium-browser || command -v google-chrome || { \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			apt-get update -qq && apt-get install -qq -y --no-install-recommends chromium; \
		else \
			echo "The pages are tested in Chromium. Install it, for example: sudo apt-get install chromium"; exit 1; \
		fi; }

test: $(READY) browser ## run all tests, a file at a time on each core
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

check: $(READY) ## lint and type-check
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(READY) ## measure quality and speed against peers (needs data folders; each script says which)
	@for script in benchmarks/[a-z]*.py; do $(BIN)/python -m benchmarks.$$(basename $$script .py) || exit 1; done

docs: $(READY) ## write the generated reference pages
	$(BIN)/python -m docs.generate

messages: $(READY) ## collect the messages of the sources for translation
	$(BIN)/python -m docs.messages

clean: ## remove what runs and tests wrote
	rm -rf var .pytest_cache .mypy_cache .ruff_cache .hypothesis
