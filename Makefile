# Needs only Python 3.11+ and make. Every target makes or refreshes .venv when a lock changed.
#   make demo    plan the lunar base of examples/ilrs.yaml and say where its report is
#   make test    run the tests
#   make check   linters, types, layers and tests: what CI runs
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ECHARTS_VERSION := 6.1.0
# Tests shared among the cores; who is done first takes over what others have left.
SHARED := -n auto --dist worksteal
# One lock for every system and Python; no index address and no hashes, so that any mirror serves it.
COMPILE := build/uv/bin/uv pip compile --universal --upgrade --quiet --no-emit-index-url --no-header --no-annotate

.PHONY: help demo test check lint format bench sweep proof lock echarts clean

help: ## list the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 16

demo: $(VENV)/runtime.stamp ## plan the Russia-China lunar base; the last line is the path of its report
	$(BIN)/moonwright plan examples/ilrs.yaml -o out/ilrs --gap 0.04

test: $(VENV)/dev.stamp ## run the tests
	$(BIN)/pytest $(SHARED)

check: lint test ## everything CI runs: linters, types, layers, tests

lint: $(VENV)/dev.stamp ## format, ruff, mypy --strict and the layers of imports
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy --strict src
	$(BIN)/lint-imports

format: $(VENV)/dev.stamp ## let ruff rewrite what it can
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/runtime.stamp ## time every example against its limits, as written in benchmarks/
	$(BIN)/python benchmarks/run.py

sweep: $(VENV)/dev.stamp ## how planning grows with years and partners, beside the plain formulation and SCIP (40 min)
	$(BIN)/python benchmarks/sweep.py

proof: $(VENV)/dev.stamp ## the tests with their full counts; the log is kept in docs/reference/proof.txt
	MOONWRIGHT_PROOF=1 $(BIN)/pytest $(SHARED) --no-header --durations=10 | tee docs/reference/proof.txt

# ---- installs ----------------------------------------------------------------------------------------
# The locks pin the build backend too, so nothing unpinned is fetched: hence --no-build-isolation.

$(VENV)/made.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo 'Moonwright needs Python 3.11 or newer: make PYTHON=python3.12 ...' >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/runtime.stamp: requirements.txt pyproject.toml | $(VENV)/made.stamp
	$(BIN)/pip install --quiet -r requirements.txt
	$(BIN)/pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/dev.stamp: requirements-dev.txt $(VENV)/runtime.stamp
	$(BIN)/pip install --quiet -r requirements-dev.txt
	@touch $@

# ---- upkeep ------------------------------------------------------------------------------------------

lock: ## choose new versions for both locks, within the bounds of pyproject.toml
	$(PYTHON) -m venv --clear build/uv
	build/uv/bin/pip install --quiet uv
	$(COMPILE) pyproject.toml --group build -o requirements.txt
	$(COMPILE) pyproject.toml --group build --group dev -c requirements.txt -o requirements-dev.txt
	sed -i.bak '1i # Written by make lock; do not edit.' requirements.txt requirements-dev.txt
	rm requirements.txt.bak requirements-dev.txt.bak

echarts: ## fetch again the chart library that reports carry inside (needs npm)
	rm -rf build/echarts && mkdir -p build/echarts src/moonwright/report/assets
	npm pack --silent echarts@$(ECHARTS_VERSION) --pack-destination build/echarts
	tar -xzf build/echarts/echarts-$(ECHARTS_VERSION).tgz -C build/echarts
	cp build/echarts/package/dist/echarts.min.js src/moonwright/report/assets/echarts.min.js
	cp build/echarts/package/LICENSE src/moonwright/report/assets/echarts.LICENSE.txt
	cp build/echarts/package/NOTICE src/moonwright/report/assets/echarts.NOTICE.txt

clean: ## remove the environment, runs and caches
	rm -rf $(VENV) build dist out .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
