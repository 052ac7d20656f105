# Every target makes its own virtual environment when there is none.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
# What is compiled once is kept: the tests start hundreds of processes, and each would compile everything anew.
unexport PYTHONDONTWRITEBYTECODE
PICTURES := tests/screens/test_snapshots.py tests/screens/test_snapshots_fr.py
# One more than there are processors: some tests wait more than they work, and each worker takes two seconds to collect.
WORKERS ?= $(shell expr 1 + $$(getconf _NPROCESSORS_ONLN))

.PHONY: run test test-slow test-pictures test-all lint types bench docs messages site wheel installs conformance clean
# What is made for the repository is in English, whatever the language here.
docs messages site: export TILEWIZARD_LANG := en

run: $(STAMP)           ## open the wizard
	$(BIN)/tilewizard $(ARGS)

test: $(STAMP)          ## the tests that take less than two minutes
	$(BIN)/pytest -n $(WORKERS) --dist worksteal -m "not slow" $(ARGS)

test-slow: $(STAMP)     ## the slow tests of all but the pictures: crashes, published tiles, the browser, the screens
	$(BIN)/pytest -n $(WORKERS) --dist worksteal -m slow $(PICTURES:%=--ignore %) $(ARGS)

test-pictures: $(STAMP) ## each screen in every size, theme and language against its picture: before a change of the screens lands
	$(BIN)/pytest -n $(WORKERS) --dist worksteal $(PICTURES) $(ARGS)

test-all: $(STAMP)      ## all tests
	$(BIN)/pytest -n $(WORKERS) --dist worksteal $(ARGS)

lint: $(STAMP)          ## ruff: rules and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMP)         ## mypy --strict
	$(BIN)/mypy

bench: $(STAMP)         ## speed, as ratios in one run
	$(BIN)/python benchmarks/start.py
	$(BIN)/python benchmarks/check.py
	$(BIN)/python benchmarks/logs.py
	$(BIN)/python benchmarks/keys.py
	$(BIN)/python benchmarks/editors.py
	$(BIN)/python benchmarks/large.py

docs: $(STAMP)          ## docs/rules.md, docs/voices.md, the man page, the list of keys and the pictures, from the code itself
	$(BIN)/python tools/asked_keys.py
	$(BIN)/python tools/rules_page.py
	$(BIN)/python tools/man_page.py
	$(BIN)/python tools/tour.py

messages: $(STAMP)      ## the catalogues of translations, from what is marked in the source
	$(BIN)/python -m tools.catalogue

site: $(VENV)/.site     ## the documentation site, into site/, offline; whatever is missing or broken in it ends this with 1
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

wheel: $(STAMP)         ## the archives, twice the same; installed by pip, pipx, uvx, shiv and the Action, each tried outside the repository
	$(BIN)/python -m tools.try_installs

installs: $(STAMP)      ## the same on Python 3.11, 3.12 and 3.13, and the quick tests out of the source archive
	$(BIN)/python -m tools.try_installs --all

conformance: $(STAMP)   ## verdicts against those of Datadog's own validators (ddev, installed on its own); skipped without
	$(BIN)/python tools/conformance.py $(ARGS)
	$(BIN)/python tools/conformance.py --newest $(ARGS)
	$(BIN)/python tools/conformance_validators.py
	$(BIN)/python tools/conformance_pr_description.py
	$(BIN)/python tools/conformance_exposition.py
	$(BIN)/python tools/conformance_packages.py $(PACKAGES)

$(STAMP): pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	touch $(STAMP)

$(VENV)/.site: $(STAMP)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[docs]'
	touch $@

clean:
	rm -rf $(VENV) build site dist *.egg-info .bench
