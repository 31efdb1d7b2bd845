# Two commands do all the set-up on a fresh machine: `make serve` and `make test`.
VENV := .venv
PY := $(VENV)/bin/python
PORT ?= 8000
STAMP := $(VENV)/.installed
DEV_STAMP := $(VENV)/.installed-dev
UI := chatkit_host/web/static/chatkit.js
UI_SOURCES := $(shell find ui -path ui/node_modules -prune -o -type f -print) pyproject.toml

.PHONY: serve ui test check format schema bench clean

$(PY):
	python3 -m venv $(VENV)
	$(PY) -m pip install -q --disable-pip-version-check --upgrade "pip>=25.1"

$(STAMP): pyproject.toml | $(PY)
	$(PY) -m pip install -q --disable-pip-version-check -e .
	@touch $@

$(DEV_STAMP): pyproject.toml | $(PY)
	$(PY) -m pip install -q --disable-pip-version-check -e . --group dev
	@touch $@ $(STAMP)

# The element; without Node this says so, and the host serves without it.
$(UI): $(UI_SOURCES)
	@.ci/build-ui

ui: $(UI)  ## the element, from ui/

serve: $(STAMP) $(UI)  ## the bot of ./chatkit.yaml on http://127.0.0.1:$(PORT)
	$(VENV)/bin/chatkit-host serve --port $(PORT)

test: $(DEV_STAMP) $(UI)  ## the whole suite; FAST=1 leaves the slow part out
	$(if $(wildcard ui/node_modules),cd ui && npm run --silent test)
	$(PY) -m pytest -n auto $(if $(FAST),-m "not slow")

check: $(DEV_STAMP) $(UI)  ## format, lint, types, layers
	$(if $(wildcard ui/node_modules),cd ui && npm run --silent check)
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(PY) -m pytest -q tests/test_layers.py

format: $(DEV_STAMP)
	$(VENV)/bin/ruff format .
	$(VENV)/bin/ruff check --fix .

schema: $(STAMP)  ## schemas/chatkit.schema.json, from the models
	$(VENV)/bin/chatkit-host schema

bench: $(DEV_STAMP)  ## side by side with openai-chatkit
	$(PY) -m bench

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache ui/node_modules chatkit_host/web/static
