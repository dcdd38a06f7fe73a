# Two commands need nothing but Python >= 3.11, pip and make: `make demo` and `make test`.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test check bench prove lock clean
.DELETE_ON_ERROR:

demo: $(VENV)/installed
	@$(BIN)/jiaohao demo

# Most tests wait for a screen, a bell or a device: four at a time keep two cores busy. Their folder has
# a short name, for a bell is a socket, and the name of a socket has at most 108 bytes.
test: $(VENV)/installed
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && \
		$(BIN)/pytest --numprocesses 4 --dist worksteal --basetemp "$$folder/t" -m "not alone" && \
		$(BIN)/pytest --basetemp "$$folder/t" -m alone

check: $(VENV)/installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/installed
	$(BIN)/python -m bench --report docs/proof

prove: $(VENV)/installed
	$(BIN)/jiaohao prove --report docs/proof

# The project's own installation compiles the translations, so it follows their text.
$(VENV)/installed: $(VENV)/locked pyproject.toml hatch_build.py $(wildcard assets/locale/*/LC_MESSAGES/*.po)
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/locked: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Jiaohao needs Python 3.11 or newer; name one: make PYTHON=python3.12 …"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	@touch $@

lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --group dev pyproject.toml -o requirements.lock

clean:
	rm -rf $(VENV) dist build
