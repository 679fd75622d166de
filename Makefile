# Boardsearch. `make serve` and `make test` do their own set-up; `make help` lists the rest.
#
# BOARDSEARCH_CORPUS, BOARDSEARCH_INDEX, BOARDSEARCH_PORT and the others pass through, from the
# environment or the command line: make serve BOARDSEARCH_PORT=9000

VENV  ?= .venv
JOBS  ?= 2
BIN    = $(VENV)/bin
PY     = $(BIN)/python
PIP    = $(PY) -m pip --disable-pip-version-check install --quiet
ASSETS = webapp/static/vendor/govuk-frontend.min.css
PYTEST = $(PY) -m pytest
# The tests that start in a moment and need nothing but Python.
QUICK  = not slow and not browser and not shared
SOURCES = indexer webapp tests benchmarks hatch_build.py

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help serve index test check unit format lint types contracts bench measure ablation \
        setup setup-dev assets browser ocr ocr-tests lock dist clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# ---------------------------------------------------------------- run

serve: index ## set up, build the index of corpus/ and serve it
	@$(BIN)/boardsearch serve

index: setup ## set up and build the index of corpus/ (only what is new or changed)
	@$(BIN)/boardsearch build || [ $$? -eq 3 ]  # 3: some files could not be read, the rest was built

# ---------------------------------------------------------------- check

test: check browser ocr-tests ## everything: make check, then every slower test
	@$(PYTEST) -n $(JOBS) --dist loadfile -m "not ($(QUICK))"

check: format lint types contracts unit ## format, lint, types, imports and unit tests, in under two minutes

format: setup-dev ## is the code formatted (to format it: make format FIX=1)
	@$(BIN)/ruff format $(if $(FIX),,--check) $(SOURCES)

lint: setup-dev ## ruff's rules (to mend what it can: make lint FIX=1)
	@$(BIN)/ruff check $(if $(FIX),--fix) $(SOURCES)

types: setup-dev ## mypy --strict
	@$(BIN)/mypy

contracts: setup-dev ## who may import whom
	@$(BIN)/lint-imports --no-logo

unit: setup-dev ## the tests that are quick and need nothing but Python
	@$(PYTEST) -n $(JOBS) -q -m "$(QUICK)"

bench: setup-dev ## seconds, pages a second, memory and index size
	@$(PY) -m benchmarks

measure: setup-dev ## retrieval quality on ../shared
	@$(PY) tests/relevance/measure.py

ablation: setup-dev ## what each part of the ranking gives on ../shared; writes docs/ranking.md
	@$(PY) tests/relevance/ablation.py

# ---------------------------------------------------------------- set-up (each step once, and again when its input changes)

setup: $(VENV)/.runtime $(ASSETS) ## what running needs: environment, packages, front-end assets

setup-dev: setup $(VENV)/.dev ## what the checks need as well

$(PY):
	@for python in $(PYTHON) python3 python3.13 python3.12 python3.11 python; do \
	    if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	        echo "set-up: creating $(VENV) with $$("$$python" --version)" >&2; \
	        "$$python" -m venv $(VENV) && exit 0; \
	        rm -rf $(VENV); \
	        echo "set-up: Python could not create an environment. On Debian: apt-get install python3-venv" >&2; \
	        exit 1; \
	    fi; \
	done; \
	echo "set-up: Python 3.11 or newer is needed. Install it, or name it: make PYTHON=/path/to/python" >&2; \
	exit 1

# The project itself comes last, without its dependencies: those are what the lock says and nothing else.
$(VENV)/.runtime: requirements.lock pyproject.toml | $(PY)
	@echo "set-up: installing what running needs" >&2
	@$(PIP) --require-hashes --requirement requirements.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.lock package-lock.json $(VENV)/.runtime | $(ASSETS)
	@echo "set-up: installing what the checks need" >&2
	@$(PIP) --require-hashes --requirement requirements-dev.lock
	@$(PY) hatch_build.py --checkers
	@touch $@

assets: ## fetch the style sheet and script again
	@rm -f $(ASSETS)
	@$(MAKE) --no-print-directory $(ASSETS)

$(ASSETS): package-lock.json hatch_build.py | $(VENV)/.runtime
	@echo "set-up: fetching the front-end assets" >&2
	@command -v npm >/dev/null || $(PIP) --require-hashes --requirement requirements-node.lock
	@$(PY) hatch_build.py

browser: setup-dev ## see that there is a browser to test with, and Java to check HTML; on Debian, install them
	@.ci/browser

ocr: ## see that OCRmyPDF and Tesseract are there for scanned pages; on Debian, install them
	@.ci/ocr

ocr-tests:
	@.ci/ocr --tests

# ---------------------------------------------------------------- look after

LOCK = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
       --no-emit-index-url --no-emit-find-links --no-header $(if $(UPGRADE),--upgrade)

lock: setup-dev ## rewrite the locks from pyproject.toml (newer versions too: make lock UPGRADE=1)
	@$(LOCK) pyproject.toml --group build --output-file requirements.lock
	@$(LOCK) pyproject.toml --group build --extra test --extra dev --constraint requirements.lock \
	    --output-file requirements-dev.lock
	@$(LOCK) --group node --output-file requirements-node.lock

dist: setup-dev ## the wheel and the sdist, in dist/
	@$(PY) -m hatchling build

clean: ## remove all that make creates: environment, assets, index, caches
	rm -rf $(VENV) node_modules $(dir $(ASSETS)) index build dist \
	    .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
