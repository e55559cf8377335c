# One word for each habit. "make run" and "make test" do everything on a fresh machine.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO := resources/demo.flac

PACKAGES_RUN := python3-venv libportaudio2 libasound2-plugins \
	libegl1 libgl1 libglib2.0-0 libdbus-1-3 libfontconfig1 libxkbcommon0 fonts-dejavu-core \
	libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxkbcommon-x11-0
PACKAGES_TEST := $(PACKAGES_RUN) pulseaudio pulseaudio-utils espeak-ng xvfb xdotool openbox

# Installs Debian packages where something is missing and apt may be used; says how where it may not.
# Elsewhere (macOS, Windows, other distributions) the Python packages bring what is needed, or the README tells.
define system_packages
	@command -v dpkg-query >/dev/null || exit 0; \
	missing=""; for package in $(1); do \
		dpkg-query -W -f '$${Status}' $$package 2>/dev/null | grep -q "ok installed" || missing="$$missing $$package"; \
	done; \
	[ -z "$$missing" ] && exit 0; \
	install="apt-get install -y --no-install-recommends$$missing"; \
	if [ "$$(id -u)" = 0 ]; then as=""; \
	elif sudo -n true 2>/dev/null; then as="sudo"; \
	else echo "Some system packages are missing. Install them, then try again: sudo $$install" >&2; exit 1; fi; \
	echo "Installing$$missing"; \
	$$as apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$as $$install >/dev/null
endef

.PHONY: run test lint bench translations screenshots train app clean

run: $(VENV)/installed-run
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then exec $(BIN)/ser-desktop $(DEMO); fi; \
	echo "There is no display: the demo recording, analysed in the terminal."; \
	$(BIN)/ser-desktop analyze $(DEMO)

test: $(VENV)/installed-dev
	$(BIN)/python -m pytest

lint: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/installed-dev
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m tests.bench

# After a change of the window's words: adds the new ones to each language's .ts and compiles it to the .qm beside it.
# Translate what is new (pyside6-linguist, or any editor), run it again, and commit both files. Another language begins
# with: make translations LANGUAGES="de fr"
LANGUAGES ?= $(patsubst resources/translations/ser_desktop_%.ts,%,$(wildcard resources/translations/*.ts))
translations: $(VENV)/installed-run
	@for language in $(LANGUAGES); do \
		file=resources/translations/ser_desktop_$$language; \
		$(BIN)/pyside6-lupdate ser_desktop/gui/*.py -no-obsolete -locations none -ts $$file.ts && \
		$(BIN)/pyside6-lrelease -silent $$file.ts -qm $$file.qm || exit 1; \
	done

# The pictures in the README, from the program itself: make screenshots
screenshots: $(VENV)/installed-dev
	PYTHONPATH=.:tests $(BIN)/python resources/make_screenshots.py

# make train CORPUS=path/to/ravdess [RUN=runs/first] [CONFIG=training/first.toml]
RUN ?= runs/first
CONFIG ?= training/first.toml
train: $(VENV)/installed-dev
	@test -n "$(CORPUS)" || { echo "Say which corpus: make train CORPUS=path/to/ravdess" >&2; exit 1; }
	$(BIN)/python -m training train $(CONFIG) --corpus $(CORPUS) --run $(RUN) --resume
	$(BIN)/python -m training evaluate $(RUN)
	$(BIN)/python -m training export $(RUN) --to models/default.json

app:
	@echo "The double-click app is not part of this version yet. Use: make run" >&2; exit 1

clean:
	rm -rf $(VENV) build dist .coverage .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(VENV)/installed-run: pyproject.toml
	$(call system_packages,$(PACKAGES_RUN))
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 10) <= sys.version_info < (3, 14))' \
		|| { echo "Python 3.10 to 3.13 is needed: make PYTHON=python3.12 …" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(VENV)/installed-dev: pyproject.toml $(VENV)/installed-run
	$(call system_packages,$(PACKAGES_TEST))
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@
