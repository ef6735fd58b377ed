# `make` alone says what there is. Nothing is installed outside .venv.
.DEFAULT_GOAL := help
.PHONY: help run test test-slow bench bench-national page browser rule format coverage lock docs picture clean

BIN := .venv/bin
PIP := $(BIN)/python -m pip -qq --disable-pip-version-check
LOCK := UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile pyproject.toml \
	--quiet --universal --generate-hashes --no-emit-index-url --python-version 3.11

help: ## say what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: .venv/run.stamp ## check the example with typical faults: text here, HTML and JSON in rapport/
	@$(BIN)/python -m kpr_validator check examples/typiske-feil.xml --output rapport || [ $$? -eq 1 ]

test: .venv/dev.stamp ## ruff, mypy, import-linter and the fast tests
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n 2 -m "not slow"

test-slow: .venv/dev.stamp ## the large differential and fuzz runs
	$(BIN)/pytest -n 2 -m slow

coverage: .venv/dev.stamp ## the fast tests, and the lines they never reach
	$(BIN)/pytest -n 2 -m "not slow" --cov

format: .venv/dev.stamp ## let ruff mend what it can
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: .venv/dev.stamp ## measure the whole job against xmllint, and tell what has moved since the last time
	$(BIN)/python -m tests.bench

bench-national: .venv/dev.stamp ## generate the country, lay it beside the published figures, and measure its triage
	$(BIN)/python -m tests.bench.national --files build/nasjonal
	$(BIN)/python -m tests.bench.inbox build/nasjonal/uten

page: page/node_modules/.package-lock.json ## the coordinator's page in kpr_validator/web/static, from page/src (needs Node.js)
	@cd page && npm run --silent build

browser: .venv/dev.stamp tools/browser/node_modules/.package-lock.json ## the validator as one file for a browser: dist/kpr-validator.html (needs Node.js)
	@$(BIN)/python -m tools.browser

rule: .venv/run.stamp ## begin a rule page: make rule ID=IP-09 TITLE="Plan uten dato"
	@$(BIN)/python -m tools.new_rule "$(ID)" "$(TITLE)"

lock: .venv/dev.stamp ## renew the lock files after a change in pyproject.toml (all: UPGRADE=--upgrade)
	$(LOCK) $(UPGRADE) --group build --output-file requirements.lock
	$(LOCK) $(UPGRADE) --group build --extra pdf --constraint requirements.lock --output-file requirements-pdf.lock
	$(LOCK) $(UPGRADE) --group build --extra web --constraint requirements.lock --output-file requirements-web.lock
	$(LOCK) $(UPGRADE) --group build --extra triage --constraint requirements.lock --output-file requirements-triage.lock
	$(LOCK) $(UPGRADE) --group build --extra s3 --constraint requirements.lock --output-file requirements-s3.lock
	$(LOCK) $(UPGRADE) --group build --extra cluster --constraint requirements.lock --output-file requirements-cluster.lock
	$(LOCK) $(UPGRADE) --group dev --constraint requirements.lock --output-file requirements-dev.lock

docs: .venv/dev.stamp ## the catalogue of rules as a site in build/docs, and the list in rules/README.md
	@$(BIN)/python -m tools.docs

picture: run ## take the README's picture of the report again (needs chromium)
	@mkdir -p docs/bilde
	@chromium --headless --no-sandbox --hide-scrollbars --window-size=1000,1600 \
		--screenshot=docs/bilde/rapport.png file://$(CURDIR)/rapport/typiske-feil.html 2>/dev/null

clean: ## remove everything that was made
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage build dist rapport

page/node_modules/.package-lock.json: page/package-lock.json
	@cd page && npm ci --silent --no-audit --no-fund

tools/browser/node_modules/.package-lock.json: tools/browser/package-lock.json
	@cd tools/browser && npm ci --silent --no-audit --no-fund

$(BIN)/python:
	@.ci/venv

.venv/run.stamp: requirements.lock pyproject.toml tools/extension.py kpr_validator/_shred.c $(BIN)/python
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.venv/dev.stamp: requirements-dev.lock .venv/run.stamp
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@
