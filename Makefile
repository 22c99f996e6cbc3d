# The four things a newcomer does. Everything is installed into .venv, nothing outside this folder.
PORT ?= 8000
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test check bench setup messages lock clean

demo: setup ## set everything up and serve the example region
	$(BIN)/samtun demo --port $(PORT)

test: setup ## run every test; those that ask a database on PostgreSQL too
	$(BIN)/python -m pytest --numprocesses 2
	$(BIN)/python tests/with_postgresql.py $(BIN)/python -m pytest --numprocesses 2 -m "not browser"

check: setup ## lint, types, import contract, texts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python hatch_build.py check
	git ls-files -z -- '*.html' | xargs -0 -r $(BIN)/djade --check --target-version 5.2
	git ls-files -z -- '*.html' | xargs -0 -r $(BIN)/djhtml --check --tabwidth 2
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tests/readability.py

bench: setup ## measure; prints machine, versions and ratios
	$(BIN)/python -m benchmarks

setup: .venv/.setup-stamp

.venv/.setup-stamp: pyproject.toml hatch_build.py requirements/dev.txt \
		$(shell find frontend src -path '*/node_modules' -prune -o -path '*/build' -prune -o \
		\( -name '*.po' -o -path 'frontend/*' -type f \) -print 2>/dev/null)
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements/dev.txt
	$(BIN)/python -m pip install --quiet --no-build-isolation --no-deps --editable .
	touch $@

messages: setup ## write new texts into the catalogues
	$(BIN)/python tests/catalogues.py

lock: ## renew the lock files from pyproject.toml (needs uv)
	uv pip compile pyproject.toml --universal --python-version 3.11 --extra postgresql \
		--generate-hashes --no-header --no-emit-index-url -o requirements/runtime.txt
	uv pip compile pyproject.toml --universal --python-version 3.11 --extra postgresql --group dev \
		--generate-hashes --no-header --no-emit-index-url -c requirements/runtime.txt \
		requirements/build.in -o requirements/dev.txt

clean: ## remove what setup and demo made
	rm -rf .venv var
