# make demo      install, build the index of corpus/, serve it (PORT=8000, EXTRAS=fast for Tantivy)
# make test      install what the tests need and run them
# make test-long the tests that take minutes
# make lock      choose the versions of requirements-demo.txt anew (needs uv)
# make test-cluster the tests on a cluster of three nodes, which Maven fetches
# make lint      ruff and mypy
# make docs      write the generated parts of the documentation
# make catalogues take the texts of the interface into the catalogues, and compile them
.POSIX:
.SUFFIXES:
.PHONY: demo index test test-long test-cluster lint docs lock catalogues clean

PYTHON = python3
PORT = 8000
HOST = 127.0.0.1
EXTRAS =
INDEX = var/index

# Every path is relative, so that a folder with a space in its name does no harm.
BIN = .venv/bin/python
DEMO = .venv/installed-demo-$(EXTRAS)
TEST = .venv/installed-test

demo: index
	$(BIN) -m searchapp --index $(INDEX) --host $(HOST) --port $(PORT)

index: $(DEMO)
	$(BIN) -m indexer rebuild corpus --index-dir $(INDEX)

test: $(TEST)
	$(BIN) -m pytest -n 2

test-long: $(TEST)
	timeout 2400 $(BIN) -m pytest -n 2 -m long

test-cluster: $(TEST)
	timeout 2400 $(BIN) -m tests.cluster run $(BIN) -m pytest -m "cluster and not long" --durations=10 tests/contract tests/cluster || [ $$? -eq 77 ]

lint: $(TEST)
	$(BIN) -m ruff check
	$(BIN) -m ruff format --check
	$(BIN) -m mypy

docs: $(TEST)
	$(BIN) -m cogapp -r README.md ARCHITECTURE.md docs/formats.md docs/api.md docs/serving.md docs/templates.md

lock:
	uv pip compile --quiet --universal --upgrade --python-version 3.11 --no-emit-index-url --custom-compile-command "make lock" --extra fast --extra serve --extra limits --extra metrics pyproject.toml --output-file requirements-demo.txt

BABEL = $(BIN) -m babel.messages.frontend --quiet
MESSAGES = build/manchette.pot

catalogues: $(TEST)
	mkdir -p build
	$(BABEL) extract --mapping pyproject.toml --keyword say --keyword say_many:1,2 --keyword later --keyword later_many:1,2 --add-location file --sort-by-file --output-file $(MESSAGES) searchapp
	$(BABEL) update --domain manchette --input-file $(MESSAGES) --output-dir searchapp/translations --width 100 --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date
	$(BABEL) compile --domain manchette --directory searchapp/translations

clean:
	rm -rf .venv var

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("Manchette needs Python 3.11 or newer; set PYTHON=python3.x" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv

$(DEMO): pyproject.toml requirements-demo.txt .venv/bin/python
	$(BIN) -m pip install --quiet --disable-pip-version-check --constraint requirements-demo.txt --editable ".$(EXTRAS:%=[%])"
	touch $(DEMO)

$(TEST): pyproject.toml .venv/bin/python
	$(BIN) -m pip install --quiet --disable-pip-version-check --editable ".[test]"
	touch $(TEST)
