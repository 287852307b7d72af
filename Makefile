# The menu. Every target sets up what it needs and can be repeated at no cost.
#   make run   [PHOTOS=dir] [QUERY="words"]     make demo  [PHOTOS=dir] [QUERY="words"]

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip install --disable-pip-version-check --progress-bar on

.DEFAULT_GOAL := help
.PHONY: help setup system-packages run demo check test bench package translations clean

help:  ## Show this menu
	@echo "Recollect: find your photos in your own words. Nothing leaves this computer."
	@echo
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1|\2/' | column -t -s '|'

setup: $(VENV)/ready  ## Make .venv with the command recollect in it

run: $(VENV)/ready  ## Start Recollect (without a screen: index PHOTOS and answer QUERY in the terminal)
	@PHOTOS="$(PHOTOS)" QUERY="$(QUERY)" $(BIN)/python -m app

demo: $(VENV)/ready  ## Index and search in the terminal, and write a contact sheet
	@$(BIN)/python -m app demo $(if $(PHOTOS),--photos "$(PHOTOS)") $(if $(QUERY),--query "$(QUERY)")

check: $(VENV)/ready-dev  ## Style, types and the architecture's import rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: check  ## Everything above, then all tests
	@sh packaging/debian/system-packages.sh tests
	$(BIN)/python -m pytest

bench: $(VENV)/ready-dev  ## Measure this machine (minutes); see docs/benchmarks.md
	$(BIN)/python -m tests.benchmarks

package: $(VENV)/ready-dev  ## Build the wheel and a program folder that needs no Python, into dist/
	$(BIN)/python -m build --wheel
	$(BIN)/pyinstaller --noconfirm --distpath dist --workpath build packaging/recollect.spec

translations: $(VENV)/ready  ## Collect the window's texts and compile what is translated
	$(BIN)/python packaging/translations/collect.py resources/translations/*.ts
	$(BIN)/pyside6-lrelease resources/translations/*.ts

system-packages:  ## On Debian and Ubuntu: the libraries that Qt's window needs
	@sh packaging/debian/system-packages.sh

$(VENV)/python:
	@echo "Making $(VENV) ..."
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Recollect needs Python 3.11 or newer; name one: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	  { rm -rf $(VENV); echo "Python's venv module is missing. On Debian: sudo apt-get install python3-venv"; exit 1; }
	@touch $@

$(VENV)/ready: pyproject.toml | $(VENV)/python
	@echo "Installing Recollect and what it needs (PyTorch is large; once, some minutes) ..."
	@$(PIP) -e '.[samples]'
	@touch $@

$(VENV)/ready-dev: pyproject.toml | $(VENV)/python
	@echo "Installing Recollect with what its tests need (PyTorch is large; once, some minutes) ..."
	@$(PIP) -e '.[dev]'
	@touch $(VENV)/ready $@

clean:  ## Remove what was built, and .venv
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
