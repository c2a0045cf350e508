# The whole interface of this house. `make help` lists it.
SHELL := /bin/bash
# Hundreds of short processes start here; where their modules are not kept compiled, each takes four seconds to begin.
unexport PYTHONDONTWRITEBYTECODE
.DEFAULT_GOAL := help
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
UV_VERSION := 0.13.9
FILE ?=
SERVE ?= 1
SAVE ?=
CHECK ?=
PORT ?= 8000
TEST_WORKERS ?= 2
EXAMPLES ?= 2000
STEPS ?= 1000000
TARGET ?= reading
SAMPLE ?= 40
SEED ?= 0
KILLS ?= 200
ALL ?=

.PHONY: help setup demo serve test postgresql check fmt lint types imports messages docs tables screenshots prove prove-closing mutate kill bench bench-reading wheel lock hooks clean

help: ## this list
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(VENV)/.ready frontend-files catalogues compiled ## the environment in .venv, front-end packages, message catalogues

$(VENV)/.ready: pyproject.toml uv.lock .python-version
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo "Python 3.11 or newer is needed and $(if $(PYTHON),$(PYTHON) is older,none is installed); on Debian 12: apt install python3 python3-venv"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "Python's venv package is missing; on Debian 12: apt install python3-venv"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@if $(BIN)/python -m pip install --quiet --disable-pip-version-check "uv==$(UV_VERSION)"; then \
	  $(BIN)/uv sync --quiet --frozen --inexact; \
	else \
	  echo "uv cannot be installed here; falling back to requirements.lock"; \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock && \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .; \
	fi
	@$(BIN)/python -m compileall -q $(VENV)/lib/python3*/site-packages/click $(VENV)/lib/python3*/site-packages/wcwidth
	@touch $@

.PHONY: frontend-files catalogues compiled
frontend-files: $(VENV)/.ready
	@$(BIN)/python tools/frontend.py

# a command starts twice as fast where its modules are compiled, also under PYTHONDONTWRITEBYTECODE
compiled: $(VENV)/.ready
	@$(BIN)/python -m compileall -q src

catalogues: $(VENV)/.ready
	@$(BIN)/python tools/messages.py compile

demo: setup ## read a noisy notice, walk one finding to closed, then serve (FILE=… another notice, SERVE=0 stops before)
	@$(BIN)/zhenggai demo $(if $(FILE),--file "$(FILE)") $(if $(filter 0,$(SERVE)),--no-serve) --port $(PORT)

serve: setup ## the server for real use: empty database, first-administrator step
	@$(BIN)/zhenggai serve --port $(PORT)

test: setup ## all tests; what needs PostgreSQL or Chromium is skipped where they are missing
	@$(BIN)/python -m pytest -n $(TEST_WORKERS) --dist worksteal -q

# Rooms that keep something, and pages that list, search or count. What a page shows, who may open it and what a hostile
# form does is the same on both databases, and is asked once.
DATABASE_TESTS = trail accounts jobs inbox files search ledger intake $(addprefix web/test_,inbox.py jobs_page.py \
	ledger_list.py people.py restructuring.py uploads.py)
# On PostgreSQL are asked: guards, locks and races, lists, searches, counts and figures, jobs, and every act in every state
# (any_order). What is left out judges an act before a row is written, or only reads a file: databases know nothing of it.
JUDGED = amending amending_arrangements assigning closing commenting completing deputies_of_plans evidence_links \
	evidence_text extending fixing_units handing_over inspectors_word judgements_waiting keepers ladders measuring \
	paper papers profiles progress readings rechecking rechecks_due reporting requiring restating restricting \
	returning signing_many situations stage_forms suspending telling working
READ = intake/test_candidates intake/test_correcting intake/test_editing intake/test_grid intake/test_naming \
	intake/test_reading_later intake/test_structure intake/test_windows intake/test_workbooks files/test_media \
	files/test_previews search/test_quoting accounts/test_importing accounts/test_password_rules accounts/test_usernames
# what is summed is asked in full as of any day; that each reader is told his own is a matter of one condition
SUMMED = dashboard.py::test_everybody_counts_what_he_sees_alone dashboard.py::test_what_was_finished_late_stays_known \
	figures.py::test_each_figure_opens_a_list_of_just_as_many
ASKED_ONCE = $(JUDGED:%=--ignore=tests/ledger/test_%.py) $(READ:%=--ignore=tests/%.py) \
	$(SUMMED:%=--deselect=tests/ledger/test_%)
postgresql: setup ## the database rooms on the PostgreSQL of ZHENGGAI_TEST_POSTGRESQL (ALL=1 whole)
	@test -n "$$ZHENGGAI_TEST_POSTGRESQL" || { echo "Set ZHENGGAI_TEST_POSTGRESQL to the URL of a PostgreSQL 15 or newer."; exit 1; }
	@$(BIN)/python -m pytest -n $(TEST_WORKERS) --dist worksteal -q -m "not chromium" $(if $(ALL),,$(ASKED_ONCE)) $(wildcard $(addprefix tests/,$(DATABASE_TESTS)))

check: setup lint ## everything .ci/run asks for
	@$(MAKE) --no-print-directory -o setup -j2 types beside-types

# what needs one processor goes beside what needs one; the tests take both
.PHONY: beside-types
beside-types: imports docs reading-quality
	@$(BIN)/python tools/messages.py check
	@$(MAKE) --no-print-directory -o setup test

fmt: setup ## format
	@$(BIN)/ruff check --fix --quiet src tests tools bench || true
	@$(BIN)/ruff format --quiet src tests tools bench

lint: setup ## ruff, formatting included
	@$(BIN)/ruff check src tests tools bench
	@$(BIN)/ruff format --check --quiet src tests tools bench

types: setup ## mypy, strict
	@$(BIN)/mypy

imports: setup ## the one direction of imports
	@$(BIN)/lint-imports

messages: setup ## bring the zh_Hans catalogue up to date with the sources
	@$(BIN)/python tools/messages.py extract

docs: setup ## every link and command of the documents, and what is made from tables
	@$(BIN)/python tools/docs.py

tables: setup ## the parts of the documents that are made from tables: life cycle, gates, ladders, roles
	@$(BIN)/python tools/tables.py

screenshots: setup ## the pictures of docs/images, taken anew from the demonstration (needs Chromium)
	@$(BIN)/python tools/screenshots.py

prove: setup prove-closing ## closing proven at length, every migration, the restorer's properties with 2,000 examples (hours; EXAMPLES=… fewer)
	@ZHENGGAI_PROOF_DEEP=1 $(BIN)/python -m pytest -q tests/ledger/test_migrating.py
	@ZHENGGAI_TEST_EXAMPLES=$(EXAMPLES) $(BIN)/python -m pytest -q -n $(TEST_WORKERS) tests/reading/restoring/test_properties.py

PROOFS_OF_CLOSING = $(addprefix tests/domain/test_,who_may_when.py closing_search.py closing_walk.py) \
	$(wildcard $(addprefix tests/ledger/test_,any_order.py races.py))
prove-closing: setup ## that nothing closes unfixed: a million steps, every order of acts, every cell (minutes; STEPS=…)
	@ZHENGGAI_PROOF_DEEP=1 ZHENGGAI_PROOF_STEPS=$(STEPS) $(BIN)/python -m pytest -q -n $(TEST_WORKERS) --dist worksteal -rP $(PROOFS_OF_CLOSING)

mutate: setup ## change the code by chance and see whether a test notices (TARGET=reading or domain, SAMPLE=… SEED=…)
	@$(BIN)/python tools/mutate.py --target $(TARGET) --sample $(SAMPLE) --seed $(SEED)

kill: setup ## workers and servers killed KILLS times in the middle of what they do: what was lost, what was done twice
	@folder=$$(mktemp -d) && ZHENGGAI_DATA_DIR=$$folder ZHENGGAI_LEASE_SECONDS=2 PYTHONPATH=tests \
	  DJANGO_SETTINGS_MODULE=jobs.settings_for_workers $(BIN)/python -m jobs.killing $(KILLS); rm -rf $$folder
	@folder=$$(mktemp -d) && ZHENGGAI_DATA_DIR=$$folder PYTHONPATH=tests DJANGO_SETTINGS_MODULE=zhenggai.config.settings \
	  $(BIN)/python -W ignore -m ledger.killing_server $(KILLS); rm -rf $$folder

bench: setup ## ratios against a baseline of the same run
	@for script in bench/bench_*.py; do echo "== $$script"; $(BIN)/python $$script || exit 1; done

bench-reading: setup ## precision and recall of reading by layout (SAVE=1 keeps the scores, CHECK=1 fails on a silent loss)
	@$(BIN)/python bench/bench_reading.py $(if $(SAVE),--save) $(if $(CHECK),--check)

.PHONY: reading-quality
reading-quality: setup
	@$(BIN)/python bench/bench_reading.py --check

wheel: setup ## a wheel that carries front-end files and catalogues
	@$(BIN)/uv build --wheel --out-dir dist

lock: $(VENV)/.ready ## lock files anew after a change of pyproject.toml
	@$(BIN)/uv lock
	@$(BIN)/uv export --quiet --frozen --all-groups --no-emit-project --format requirements-txt --output-file requirements.lock

hooks: setup ## the local pre-commit hooks
	@git config core.hooksPath tools/hooks && echo "hooks of tools/hooks are on"

clean: ## what was built, not the data
	@rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
