# What one does with Fremsyn from a checkout. `make` alone tells what there is.

PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
PO := $(wildcard src/fremsyn/*/locale/*/LC_MESSAGES/django.po)
TEMPLATES = $(shell find src/fremsyn -path '*/templates/*.html')
PART := scripts/part.sh
PYTEST := $(BIN)/python -m pytest -q
COMPILE := $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q

# Each part of the tests reads the same files: what Python compiles is kept, whatever the machine says of it.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help setup run test test-all check fix lock dev test-unit test-matrix test-postgres test-journeys test-axe

help: ## Tell what there is to make
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: .venv/.ready .venv/.core .venv/.catalogues ## Make .venv with the fremsyn command

run: setup ## Load the KOMBIT case and serve it; PORT= and DATABASE_URL= are obeyed
	@$(BIN)/fremsyn demo examples/kombit && exec $(BIN)/fremsyn serve --port $(PORT)

test: dev check test-unit test-matrix test-postgres test-journeys test-axe ## Check and test everything; prints the time of each part

test-all: test ## The tests, and the long ones
	@$(PART) "long tests" 3600 $(PYTEST) -m long

check: dev ## Look for faults in style, types, layers and migrations; changes nothing
	@$(PART) "lint and types" 60 scripts/check.sh

fix: dev ## Mend what can be mended by itself
	@$(BIN)/ruff check -q --fix . ; $(BIN)/ruff format -q .
	@$(BIN)/djade --target-version 5.2 $(TEMPLATES) || true

lock: dev ## Choose anew the versions that are installed
	@$(COMPILE) --upgrade pyproject.toml --group setup -o requirements.lock
	@$(COMPILE) --upgrade pyproject.toml --group dev -c requirements.lock -o requirements-dev.lock

test-unit: dev ## Unit, property and architecture tests
	@$(PART) "unit and property" 240 $(PYTEST) -n 2 -m "not matrix and not journey and not axe and not long"

test-matrix: dev ## Every address for every role
	@$(PART) "address and role matrix" 60 $(PYTEST) -n 2 -m "matrix and not long" tests/security

test-postgres: dev ## What must hold on PostgreSQL too
	@if scripts/ensure.sh postgresql; then $(PART) "PostgreSQL" 60 scripts/postgres.sh $(PYTEST) -n 2 -m "postgres and not long"; else test "$$CI" != true; fi

test-journeys: dev ## A person's way through, in a browser
	@if scripts/ensure.sh chromium; then $(PART) "journeys" 120 $(PYTEST) -n 2 -m "journey and not long" tests/journeys; else test "$$CI" != true; fi

test-axe: dev ## Pages held against the accessibility rules, in a browser
	@if scripts/ensure.sh chromium; then $(PART) "accessibility" 110 $(PYTEST) -n 2 -m "axe and not long" tests/journeys; else test "$$CI" != true; fi

dev: setup .venv/.dev

.venv/.made:
	@$(PYTHON) scripts/can_make_venv.py
	@$(PYTHON) -m venv .venv
	@touch $@

.venv/.ready: .venv/.made requirements.lock pyproject.toml
	@echo "Installing what Fremsyn needs …"
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/.core: .venv/.ready scripts/compile_core.py $(wildcard src/fremsyn/methods/cib/*.[ch]) src/fremsyn/methods/cib/library.py
	@$(BIN)/python scripts/compile_core.py
	@touch $@

.venv/.dev: .venv/.ready requirements-dev.lock
	@echo "Installing what the tests need …"
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

.venv/.catalogues: .venv/.ready $(PO)
	@for po in $(PO); do $(BIN)/pybabel -q compile -l da -i "$$po" -o "$${po%.po}.mo" || exit 1; done
	@touch $@
