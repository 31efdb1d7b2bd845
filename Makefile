# Two commands do all the set-up on a fresh machine: `make serve` and `make test`.
VENV := .venv
PY := $(VENV)/bin/python
PORT ?= 8000
STAMP := $(VENV)/.installed
DEV_STAMP := $(VENV)/.installed-dev

.PHONY: serve test check format schema bench clean

$(PY):
	python3 -m venv $(VENV)
	$(PY) -m pip install -q --disable-pip-version-check --upgrade "pip>=25.1"

$(STAMP): pyproject.toml | $(PY)
	$(PY) -m pip install -q --disable-pip-version-check -e .
	@touch $@

$(DEV_STAMP): pyproject.toml | $(PY)
	$(PY) -m pip install -q --disable-pip-version-check -e . --group dev
	@touch $@ $(STAMP)

serve: $(STAMP)  ## the bot of ./chatkit.yaml on http://127.0.0.1:$(PORT)
	$(VENV)/bin/chatkit-host serve --port $(PORT)

test: $(DEV_STAMP)  ## the whole suite; FAST=1 leaves the slow part out
	$(PY) -m pytest -n auto $(if $(FAST),-m "not slow")

check: $(DEV_STAMP)  ## format, lint, types, layers
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
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache
