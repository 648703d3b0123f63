# `make demo` shows the program at work on the bundled clip, `make test` proves it.
# Each makes the virtual environment first, from the locked dependencies.

VENV := .venv
PYTHON := python3
BIN := $(VENV)/bin

.PHONY: demo test check lock clean

demo: $(VENV)/ready
	@$(BIN)/posture demo

test: $(VENV)/ready
	@# These wait for minutes of real time to pass, so they run beside the rest.
	@$(BIN)/python -m pytest tests/privacy tests/faults > $(VENV)/beside.log 2>&1 & waits=$$!; \
	$(BIN)/python -m pytest --ignore=tests/privacy --ignore=tests/faults \
		--cov=posture --cov-report=term:skip-covered; \
	rest=$$?; wait $$waits; beside=$$?; cat $(VENV)/beside.log; exit $$((rest + beside))

check: $(VENV)/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# The same dependencies on every machine: hashes pin every file. Needs uv (pip install uv).
lock:
	uv pip compile --quiet --universal --generate-hashes --no-annotate --no-header \
		--group dev --all-extras --no-emit-index-url --no-emit-find-links \
		--output-file requirements.lock pyproject.toml

$(VENV)/ready: requirements.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is missing: sudo apt install python3 python3-venv"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; this is $$($(PYTHON) -V). Try: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { echo "Python's venv module is missing: sudo apt install python3-venv"; exit 1; }
	@echo "Preparing $(VENV) with the locked dependencies (about a minute, once) …"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

clean:
	rm -rf $(VENV) build dist
