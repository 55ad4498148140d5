# make run [CORPUS=name] [LANGS="vi en"]   the notebooks on a corpus, into reports/<corpus>/
# make test                                every test
# make notebooks                           notebooks, README figures and scores made anew, to commit
# make bench                               speed and memory, as ratios
# make cluster-demo                        a corpus on a dask scheduler and two workers, started here
# make lab                                 JupyterLab at the first notebook
# make lock                                new versions into requirements.lock, from pyproject.toml
# Without make (Windows, conda): see README.md; the commands are the same python -m helpers …

CORPUS ?= karabakh_2020
LANGS ?= vi
VENV ?= .venv

ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
PY := $(BIN)/python
STAMP := $(VENV)/.installed

# the first Python from 3.11 on that this machine has and that runs; PYTHON=… to choose another
FITS := -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))'
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3 python; do $$p $(FITS) >/dev/null 2>&1 && echo $$p && break; done)

NBVAL := --nbval --nbval-current-env --nbval-cell-timeout=300 --nbval-sanitize-with tests/sanitize.cfg

export PYTHONUTF8 := 1

.PHONY: run notebooks test lab bench cluster-demo lock clean

run: $(STAMP)
	$(PY) -m helpers run $(CORPUS) $(addprefix --lang ,$(LANGS))

notebooks: $(STAMP)
	$(PY) -m helpers notebooks

test: $(STAMP)
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m pytest tests
	$(PY) -m pytest -p no:cacheprovider $(NBVAL) notebooks

lab: $(STAMP)
	$(BIN)/jupyter lab notebooks/00-start-here.ipynb

bench: $(STAMP)
	$(PY) -m helpers bench

cluster-demo: $(STAMP)
	$(PY) -m helpers cluster data/raw/$(CORPUS) --out data/processed/$(CORPUS)-cluster

$(STAMP): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "error: no Python 3.11 or newer with venv found; install one (Debian: apt install python3-venv), or name it: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@echo "Installing into $(VENV) with $$($(PYTHON) --version)"
	test -x $(PY) || $(PYTHON) -m venv $(VENV)
	$(PY) -m pip install --disable-pip-version-check --quiet --progress-bar off --require-hashes -r requirements.lock
	$(PY) -m pip install --disable-pip-version-check --quiet --no-deps -e .
	$(PY) -c "import matplotlib.font_manager"
	@touch $(STAMP)

# Needs uv (pip install uv). requirements.lock with hashes; environment.lock the same versions without: beside hashes pip refuses `-e .`
lock:
	uv pip compile pyproject.toml --universal --python-version 3.11 --fork-strategy fewest --all-extras \
	  --generate-hashes --no-emit-index-url --no-header --upgrade --quiet --output-file requirements.lock
	sed -n -E 's/^([a-z0-9][^ ]*==[^ ]*( ;.*[^ \])?) *\\?$$/\1/p' requirements.lock > environment.lock

clean:
	rm -rf $(VENV) data/processed reports
