# Everything a person does here. `make setup` needs python3 and make; the rest it brings into .venv and widget/.

PYTHON ?= python3
bin := .venv/bin
uv := $(bin)/uv pip
npm := $(bin)/npm --prefix widget
pinned := --quiet --no-config --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --upgrade
histories := $(CURDIR)/build/histories

export PYTHON
unexport PYTHONDONTWRITEBYTECODE # a program that is compiled at every start takes twice as long to start
outer_path := $(PATH)
export PATH := $(CURDIR)/$(bin):$(outer_path)
export VIRTUAL_ENV := $(CURDIR)/.venv
export UV_PYTHON_DOWNLOADS := never
export UV_SYSTEM_CERTS ?= $(if $(wildcard /etc/ssl/certs/ca-certificates.crt),true,false)
export NODE_USE_SYSTEM_CA ?= 1
export NPM_CONFIG_UPDATE_NOTIFIER := false

.PHONY: help setup check test suites test-service test-browser test-widget demo serve bench openapi tables frames histories pictures format pins wheel

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' Makefile

setup: .venv/ready widget/dist/apropos.js ## what everything else needs, in .venv and widget/

check: setup ## style, types, who imports whom, what is derived
	$(bin)/ruff check
	$(bin)/ruff format --check
	$(bin)/mypy
	$(bin)/lint-imports --no-cache
	$(npm) run typecheck
	$(npm) run --silent budget

test: setup check ## everything, as CI does it
	$(bin)/python tools/services.py $(MAKE) --no-print-directory --keep-going suites

suites: test-service test-browser test-widget

test-service: setup ## journeys, laws, units
	$(bin)/pytest -n 3

test-browser: setup ## real Chromium; APROPOS_TEST_CHROMIUM names it
	test -z "$$APROPOS_TEST_CHROMIUM" || $(bin)/pytest -n 2 --dist loadfile tests/browser

test-widget: setup
	$(npm) test

demo: setup ## three host screens with a seeded workspace
	$(bin)/apropos demo

serve: setup ## the service alone
	$(bin)/apropos serve

bench: setup ## measures beside the limits, some seven minutes; ROWS=1000000: growth to so many comments too; PARTS: those alone
	$(bin)/python tools/services.py $(bin)/python tests/bench $(if $(ROWS),--rows $(ROWS)) $(PARTS)

openapi: setup ## docs/openapi.json, from the routes
	$(bin)/apropos openapi docs/openapi.json

frames: setup ## tests/laws/frames, what pages are told, which the widget's tests play
	APROPOS_RECORD_FRAMES=1 $(bin)/python tools/services.py $(bin)/pytest -q tests/laws/test_replay.py -k "current and sqlite"

histories: setup ## N random histories FROM a seed on, played by the service's tests and by the widget's (10,000: some hours)
	rm -rf $(histories) && mkdir -p $(histories)
	APROPOS_TEST_HISTORIES=$(or $(FROM),0)-$(shell echo $$(($(or $(FROM),0) + $(or $(N),100)))) APROPOS_KEEP_HISTORIES=$(histories) $(bin)/python tools/services.py \
	  $(bin)/pytest -q -n 2 tests/laws/test_replay.py -k "later_reading and sqlite"
	APROPOS_KEEP_HISTORIES=$(histories) $(npm) test -- replay

pictures: setup ## docs/pictures, the design's pages beside the real ones (DESIGN, if not ../shared/design)
	PYTHONPATH=tests $(bin)/python -m pictures $(if $(DESIGN),--design $(DESIGN))

format: setup ## style, put right where a machine can
	$(bin)/ruff check --fix-only --exit-zero
	$(bin)/ruff format

wheel: setup ## dist/*.whl, with the widget inside
	$(bin)/hatchling build -t wheel

tables: setup ## the first migration, from the row classes
	$(bin)/python tools/first_migration.py

pins: .venv/bin/uv ## requirements/*.txt, from pyproject.toml, as new as allowed
	$(uv) compile $(pinned) pyproject.toml -o requirements/service.txt
	$(uv) compile $(pinned) pyproject.toml --group dev -c requirements/service.txt -o requirements/development.txt
	$(uv) compile $(pinned) --group build -c requirements/development.txt -o requirements/build.txt
	printf '%s\n' 'trytond==8.0.*' 'trytond-party==8.0.*' httpx pydantic | $(uv) compile $(pinned) - -o requirements/tryton.txt
	echo uv | $(uv) compile $(pinned) - -o requirements/bootstrap.txt

.venv/bin/uv: requirements/bootstrap.txt tools/venv.sh
	PATH='$(outer_path)' sh tools/venv.sh
	touch $@

.venv/ready: .venv/bin/uv requirements/development.txt pyproject.toml sdk/pyproject.toml
	$(uv) install --quiet --require-hashes -r requirements/development.txt
	$(uv) install --quiet --no-deps --no-build-isolation --editable . --editable sdk
	touch $@

widget/node_modules/.package-lock.json: .venv/ready widget/package.json widget/package-lock.json
	$(npm) ci --no-audit --no-fund --loglevel=error
	touch $@

widget/dist/apropos.js: widget/node_modules/.package-lock.json tools/compressed.py $(wildcard widget/*.* widget/tools/*) $(shell find widget/src -type f 2>/dev/null)
	$(npm) run build
	$(bin)/python tools/compressed.py widget/dist
	touch $@
