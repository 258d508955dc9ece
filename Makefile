# `make` alone lists what there is. Nothing is needed but Python 3.11 and make.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
INSTALLED := $(VENV)/.installed
CAPABILITIES := tenants notify escalation surveys portal platform/townline platform/calls platform/tickets
LOCK := $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --quiet

.DEFAULT_GOAL := help
.PHONY: help run check test mutants bench lock migrate clean

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(INSTALLED) ## Start the demonstration and say where to open it
	$(BIN)/townline demo

check: $(INSTALLED) ## Check layout, style, types, layers and templates
	test ! -e platform/__init__.py
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/basedpyright
	$(BIN)/lint-imports --no-logo
	$(BIN)/djlint --lint --quiet $(CAPABILITIES)

test: check ## Check, then run every test against an embedded PostgreSQL
	$(BIN)/python -m pytest -n 2

mutants: $(INSTALLED) ## Put known faults back one at a time, and show which test turns red
	$(BIN)/python -m tests.mutants

bench: $(INSTALLED) ## Measure what the platform carries on this machine
	$(BIN)/python -m tests.bench

chaos: $(INSTALLED) ## Kill workers and the database while they send, and count what came of it
	$(BIN)/python -m tests.chaos

migrate: $(INSTALLED) ## Bring the schema up to date, as TOWNLINE_OWNER_URL
	$(BIN)/townline migrate

lock: | $(BIN)/pip ## Choose dependencies anew, with hashes: all of them, and production's
	$(PIP) install --quiet uv
	$(LOCK) --group dev pyproject.toml --output-file requirements.lock
	$(LOCK) --constraint requirements.lock pyproject.toml --output-file deploy/requirements.lock

clean: ## Remove what the tools made; the demonstration's data stay
	rm -rf $(VENV) dist build .coverage
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Only a change of the lock or of the project file installs again.
$(INSTALLED): requirements.lock pyproject.toml | $(BIN)/pip
	@echo "Installing what requirements.lock names; the first time takes a minute or two."
	$(PIP) install --quiet --require-hashes --requirement requirements.lock
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

# pip comes last into a virtual environment: where it is, the environment is whole.
$(BIN)/pip:
	@command -v $(PYTHON) >/dev/null || { \
		echo "Townline needs Python 3.11 or newer, and there is no '$(PYTHON)' here."; \
		echo "If it has another name: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Townline needs Python 3.11 or newer, and '$(PYTHON)' is $$($(PYTHON) --version)."; \
		echo "If a newer one has another name: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "Python's venv module is missing; on Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)
