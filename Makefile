# One word per task, the same on a laptop and in CI. Needs Python 3.11+, git and make.

PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
INSTALLED = $(VENV)/.installed
BENCH ?=
PROCESSES ?= 2

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help environment corpus test check format render bench requirements clean

help:  ## list the tasks
	@sed -n 's/^\([a-z]*\):.*## \(.*\)$$/make \1  \2/p' $(firstword $(MAKEFILE_LIST)) | awk '{printf "%-4s %-14s", $$1, $$2; $$1 = $$2 = ""; print}'

environment: $(INSTALLED)  ## make .venv from the pinned requirements, this package in it

corpus: $(INSTALLED)  ## from nothing: environment, dataset, and what load_dataset then shows
	$(BIN)/parallaxe build
	@$(BIN)/python tools/show.py corpus

test: $(INSTALLED)  ## every test: the suite, the doctests, the README's session (PROCESSES=1 for one after the other)
	@# A file of tests stays in one process, with what they share; those of a server follow, which has the machine for itself.
	$(BIN)/python -m pytest -m "not studio" --numprocesses $(PROCESSES) --dist loadscope
	$(BIN)/python -m pytest -m studio

check: $(INSTALLED)  ## format, lint, types, layers, rendered files against their sources, the rules of the gate
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/parallaxe render --check
	$(BIN)/parallaxe validate

format: $(INSTALLED)  ## let ruff mend what it can
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

render: $(INSTALLED)  ## write the files that schemas/ and the data render
	$(BIN)/parallaxe render

bench: $(INSTALLED)  ## speed and memory against peers, as ratios (BENCH="--only NAME --megabytes 10")
	@$(BIN)/python -m benchmarks $(BENCH)

requirements:  ## pin requirements/*.txt again, from pyproject.toml (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		--extra dev pyproject.toml --output-file requirements/dev.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		--constraint requirements/dev.txt pyproject.toml --output-file requirements/base.txt
	@# The server of Label Studio holds back libraries that the package needs newer, so it has an environment of its own.
	echo "label-studio==1.23.2" | uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		- --output-file requirements/label-studio.txt
	@# Without PyTorch: which build fits (CPU, CUDA) is for each machine to say, so it is installed first, by its version.
	echo "torch ; python_version < '3'" | uv pip compile --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --extra transformers --constraint requirements/dev.txt --override - \
		pyproject.toml --output-file requirements/transformers.txt

clean:  ## remove the environment and every cache; no data
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(INSTALLED): requirements/dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed; name one with make PYTHON=python3.11")'
	@echo "Installing the pinned requirements into $(VENV); once, and again only when they change"
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
