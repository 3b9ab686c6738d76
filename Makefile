# Daftar: the commands people use. `make run` and `make test` are all a newcomer needs.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet
HOST   ?= 127.0.0.1
PORT   ?= 8000
EDITOR := api/static/built/editor.js
export PIP_NO_INPUT = 1

.PHONY: help run test lint format bench lock pictures wheel clean

help:            ## this list
	@sed -n 's/^\([a-z-]*\):[^#]*##\(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST)

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Daftar needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Say for example: make PYTHON=python3.12 run")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements/run.txt pyproject.toml | $(BIN)/python
	@echo "Installing the locked packages into $(VENV) (first time only) ..."
	$(PIP) install --require-hashes -r requirements/run.txt
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.run
	@echo "Installing what the tests need into $(VENV) (first time only) ..."
	$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@

$(VENV)/.bench: requirements/bench.txt $(VENV)/.dev
	@echo "Installing what the benchmark needs into $(VENV) (first time only) ..."
	$(PIP) install --require-hashes -r requirements/bench.txt
	@touch $@

web/node_modules/.package-lock.json: web/package-lock.json | $(BIN)/python
	@echo "Installing the locked npm packages into web/node_modules (first time only) ..."
	web/npm.sh $(BIN)/python ci --ignore-scripts --no-audit --no-fund
	@touch $@

$(EDITOR): web/build.mjs web/licences.mjs $(wildcard web/src/*) web/node_modules/.package-lock.json
	web/npm.sh $(BIN)/python run --silent build

run: $(VENV)/.run $(EDITOR)  ## install, build the graph from data/ and serve it at http://127.0.0.1:8000
	$(BIN)/daftar build
	$(BIN)/daftar serve --host $(HOST) --port $(PORT)

test: $(VENV)/.dev $(EDITOR) ## install what tests need and run them
	web/npm.sh $(BIN)/python run --silent test
	$(BIN)/python -m pytest -n 2 --dist worksteal

lint: $(VENV)/.dev $(EDITOR) ## style and types
	web/npm.sh $(BIN)/python run --silent check
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/.dev ## mend style where a tool can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.bench $(EDITOR) ## measure beside peers (SIZE=3000 ONLY=build,search for some of it); docs/benchmarks.md
	$(BIN)/python -m bench $(foreach size,$(SIZE),--size $(size)) $(if $(ONLY),--only $(ONLY))

lock:            ## compile the locks anew (needs uv); they name no registry host
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --group pyproject.toml:install pyproject.toml -o requirements/run.txt
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --group pyproject.toml:dev -c requirements/run.txt pyproject.toml -o requirements/dev.txt
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --group pyproject.toml:bench -c requirements/run.txt -c requirements/dev.txt -o requirements/bench.txt
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --group pyproject.toml:node -o requirements/node.txt

pictures: $(VENV)/.dev $(EDITOR) ## take the pictures of the README anew (needs Chromium)
	$(BIN)/python docs/make_pictures.py

wheel: $(VENV)/.dev $(EDITOR) ## build the wheel into dist/
	$(BIN)/python -m build --wheel --no-isolation

clean:           ## remove what is made, keep data/ and the environment
	rm -rf .daftar dist build test-artifacts api/static/built web/node_modules web/.tests
