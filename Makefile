# What people and CI run. Each target sets up what it needs, and does nothing when that is up to date.
.DEFAULT_GOAL := help
FITS := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
PYTHON ?= $(or $(shell for python in python3 python3.13 python3.12 python3.11; do \
  $$python -c '$(FITS)' 2>/dev/null && echo $$python && break; done),python3)
# JupyterLab wants to be told that it may run as root, as in a container.
AS_ROOT := $(if $(filter 0,$(shell id -u)),--allow-root)
BROWSERS := chromium google-chrome chromium-browser
BIN := .venv/bin
READY := .venv/ready
TESTS = $(BIN)/python -m pytest -n 4 --dist loadfile --no-loadscope-reorder

help:          ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

lab: $(READY)  ## open the lab in JupyterLab; pass arguments with ARGS="--no-browser --port 8899"
	$(BIN)/jupyter lab $(AS_ROOT) $(ARGS) lab6_kmeans.ipynb

demo: $(READY) ## the main job: release the lab, grade a class of a dozen, show what came of it
	$(BIN)/lab6 demo

test: $(READY) ## test a change: all that gives points, and some of all else (six minutes, the first time some more)
	$(TESTS) -m "not long" $(ARGS)

test-all: $(READY) browser services ## run all tests: every attack, browsers, stock nbgrader, twenty kills and more (by night)
	LAB6_TESTS=all $(TESTS) $(ARGS)

corpora: $(READY) ## grade all of tests/honest and tests/mutants whole, here and in stock nbgrader (20 s each)
	LAB6_CORPORA=all $(BIN)/python -m pytest tests/test_corpora.py $(ARGS)

release: $(READY) ## generate release/ and lab6_kmeans.ipynb from source/
	$(BIN)/lab6 release

bench: $(READY) ## measure how fast submissions are graded, beside stock nbgrader; writes docs/performance.md
	$(BIN)/python -m benchmarks.speed $(ARGS)

bench-marking: $(READY) browser ## count keys, clicks and seconds of marking, here and in the formgrader; writes docs/performance.md
	$(BIN)/python -m benchmarks.marking $(ARGS)

mistakes: $(READY) ## grade tests/mutants, and write docs/checks.md's tables of what students read (5 minutes)
	$(BIN)/python tests/mistakes.py $(ARGS)

mutation: $(READY) ## change the checks in 3,700 small ways and see which changes no test notices
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-mutation.lock
	$(BIN)/python -m benchmarks.mutation $(ARGS)

screenshots: $(READY) browser ## take the pictures in docs/ again, of JupyterLab as it is
	$(BIN)/python tests/screenshots.py

browser:       ## install the browser that the tests drive, where there is none
	@for name in $(BROWSERS); do command -v $$name >/dev/null && exit 0; done; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "Installing Chromium ..." && apt-get update -qq && \
	  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null; \
	else echo "A browser is missing: install Chromium or Google Chrome (on Debian: sudo apt install chromium)."; exit 1; fi

services: build/site/ready ## install what the tests run of a site: JupyterHub with its proxy, SLURM
	@PATH="$$PATH:/usr/sbin"; command -v slurmctld >/dev/null && command -v munged >/dev/null && exit 0; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "Installing SLURM ..." && apt-get update -qq && \
	  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends slurm-wlm munge >/dev/null; \
	else echo "SLURM is missing (on Debian: sudo apt install slurm-wlm munge): the test with it is left out."; fi

lock: $(READY) ## pin every dependency again, with hashes
	$(BIN)/uv pip compile pyproject.toml --extra grade --extra cluster --extra test --universal --python-version 3.11 \
	  --generate-hashes --no-strip-extras --no-emit-index-url --no-header --quiet --upgrade --output-file requirements.lock
	$(BIN)/uv pip compile --group mutation --constraint requirements.lock --universal --python-version 3.11 \
	  --generate-hashes --no-strip-extras --no-emit-index-url --no-header --quiet --upgrade --output-file requirements-mutation.lock
	$(BIN)/uv pip compile --group site --constraint requirements.lock --universal --python-version 3.11 \
	  --generate-hashes --no-strip-extras --no-emit-index-url --no-header --quiet --upgrade --output-file requirements-site.lock
	$(BIN)/uv pip compile --group colab --no-deps --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --quiet --upgrade --output-file requirements-colab.lock

clean:         ## remove the environment, the demo and what tests made; never a class, its grades or the gradebook
	rm -rf .venv demo build mutants *.egg-info .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# What students of a hub work with, as docs/shared-machine.md says.
build/site/ready: requirements-site.lock tests/site/package-lock.json
	@rm -rf build/site && mkdir -p build && $(PYTHON) -m venv build/site
	@echo "Installing what requirements-site.lock pins (about 1.2 GB) ..."
	@build/site/bin/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-site.lock
	@cp tests/site/package*.json build/site
	@if command -v npm >/dev/null; then npm ci --silent --prefix build/site; \
	else echo "npm is missing (on Debian: sudo apt install npm): the test with JupyterHub is left out."; fi
	@for part in formgrader course-list create-assignment; do \
	  build/site/bin/jupyter labextension disable --level=sys_prefix @jupyter/nbgrader:$$part >/dev/null 2>&1 || exit 1; done
	@touch build/site/ready

$(READY): pyproject.toml setup.py requirements.lock grading/wall/spec/kernel.json grading/server/lab6.json
	@command -v $(PYTHON) >/dev/null || { echo "Python is missing: install Python 3.11, 3.12 or 3.13 (on Debian and Ubuntu: apt install python3 python3-venv)."; exit 1; }
	@$(PYTHON) -c '$(FITS)' || { \
	  echo "$(PYTHON) is $$($(PYTHON) --version), and the lab needs 3.11, 3.12 or 3.13: install one and name it, as in make demo PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv --clear .venv || { echo "No virtual environment could be made: on Debian and Ubuntu, apt install python3-venv."; exit 1; }
	@echo "Installing what requirements.lock pins (about 1.2 GB) ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(READY)

.PHONY: help lab demo test test-all corpora release bench bench-marking mistakes mutation screenshots browser services lock clean
