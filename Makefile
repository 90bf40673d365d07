# The ways to work on wirewatch. `make` alone lists them.

PYTHON ?= python3
BIN := .venv/bin
# Two workers: the tests wait for child processes and servers more than they compute.
PYTEST_ARGS ?= --numprocesses 2
CODE := news crawler archive scheduler alerts wirewatch tests bench

.DEFAULT_GOAL := help
.PHONY: help setup demo lint check test bench lock format clean

help:  ## list what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*  ## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

# Done anew only when a lock file or the project's own metadata changes.
.venv/.ready: requirements/dev.txt requirements/setup.sh pyproject.toml
	@PYTHON="$(PYTHON)" sh requirements/setup.sh

setup: .venv/.ready  ## lay the environment .venv/ from the lock file

demo: .venv/.ready  ## a small newsroom publishes; the whole way runs before your eyes
	@$(BIN)/wirewatch demo

lint: .venv/.ready
	@$(BIN)/ruff check --quiet $(CODE)
	@$(BIN)/ruff format --quiet --check $(CODE)
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-logo

check: lint  ## style, types, floors and budgets, in half a minute
	@$(BIN)/python -m pytest -q tests/architecture

test: lint  ## everything: style and types, then every test
	@$(BIN)/python -m pytest $(PYTEST_ARGS)

bench: .venv/.ready  ## measure; `make bench ONLY="match owe"` chooses
	@$(BIN)/python -m bench $(ONLY)

format: .venv/.ready  ## bring the code into its form
	@$(BIN)/ruff check --quiet --fix-only $(CODE)
	@$(BIN)/ruff format --quiet $(CODE)

# The only step that resolves versions; uv is not part of the environment.
lock:  ## resolve the dependencies anew into requirements/*.txt (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
		--no-emit-index-url --output-file requirements/run.txt pyproject.toml
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
		--no-emit-index-url --extra browser --group dev --constraint requirements/run.txt \
		--output-file requirements/dev.txt pyproject.toml

clean:  ## remove the environment and every cache
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
