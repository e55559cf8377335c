# "make run" and "make test" also install what they need on a fresh machine.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO := resources/demo.flac

PACKAGES_RUN := python3-venv libportaudio2 libasound2-plugins \
	libegl1 libgl1 libglib2.0-0 libdbus-1-3 libfontconfig1 libxkbcommon0 fonts-dejavu-core \
	libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxkbcommon-x11-0
PACKAGES_TEST := $(PACKAGES_RUN) pulseaudio pulseaudio-utils espeak-ng xvfb xdotool openbox
PACKAGES_CONTAINER := debootstrap buildah podman runc
PACKAGES_PROGRAMS := ffmpeg praat r-base-core libreoffice-calc-nogui sonic-visualiser xvfb chromium chromium-driver
# PyInstaller needs the shared library of Python; Debian's own Python has it in a package of its own.
LIBPYTHON = $(shell $(PYTHON) -c 'import os, sys; is_own = os.path.realpath(sys.executable).startswith("/usr/bin/"); \
	print("libpython%d.%d" % sys.version_info[:2] if is_own else "")')
PACKAGES_APP = $(PACKAGES_RUN) $(LIBPYTHON) binutils libasound2-data libwayland-client0 libwayland-cursor0 libwayland-egl1
PACKAGES_APP_TEST := $(PACKAGES_TEST) strace desktop-file-utils appstream

# Installs missing Debian packages, or prints the command if this user may not install packages. On other systems
# (macOS, Windows, other distributions) the Python packages suffice, or the README lists what to install.
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

# On Linux pip would take the build of torch that brings several GB of CUDA; the index of the torch project has one for the
# CPU alone. If that index cannot be reached, the next step takes the torch that pip finds elsewhere.
TORCH = $(shell sed -n 's/^ *"\(torch>=[^"]*\)".*/\1/p' pyproject.toml)
TORCH_INDEX ?= https://download.pytorch.org/whl/cpu
define install_torch
	@[ "$$(uname -s)" != Linux ] || $(BIN)/python -c 'import torch' 2>/dev/null || \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check --retries 1 --timeout 10 \
			--index-url $(TORCH_INDEX) '$(TORCH)' 2>/dev/null || \
		echo "$(TORCH_INDEX) gives no torch; pip takes what it finds elsewhere."
endef

.PHONY: run test programs-test lint service-load word-times word-errors kill-test overload-test soak soak-actions long-take bench scaling scaling-many scaling-workers fuzz fuzz-exports translations screenshots figures detector train train-emobox train-left-out app deb app-test clean extra-sizes container

run: $(VENV)/installed-run
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
		$(BIN)/ser-desktop $(DEMO); status=$$?; [ $$status = 1 ] || exit $$status; \
	fi; \
	echo "There is no display: the demo recording, analysed in the terminal."; \
	$(BIN)/ser-desktop analyze $(DEMO)

# One process a core, each with one thread: three and four on two cores were slower. The tests of a file run in one
# process, because they share what they made. tests/conftest.py puts the longest files first; without the last option
# the files with the fewest tests, which are the longest, would be last.
test: $(VENV)/installed-dev
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

# Compares with programs of others: what FFmpeg's own program reads of each kind of recording, and what Praat, R,
# LibreOffice and Sonic Visualiser read of the exports. Then runs the tests that would make "make test" too long, such as
# those that train networks.
programs-test: $(VENV)/installed-dev
	$(call system_packages,$(PACKAGES_PROGRAMS))
	$(BIN)/python -m pytest -m programs
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m pytest -m long -n auto --dist loadfile --no-loadscope-reorder

lint: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/installed-dev
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m tests.bench

# Damages thousands of recordings and models and reads them; files with a defect, and those that crash or stall the
# decoder, are copied to build/fuzz. Of the 26000 files, 22900 are recordings in the supported formats.
# make fuzz FILES=5000 SEED=2
FILES ?= 26000
SEED ?= 1
fuzz: $(VENV)/installed-dev
	nice -n 10 $(BIN)/python -m tests.fuzz --files $(FILES) --seed $(SEED)

# Random content in each format of exports, written and read back: make fuzz-exports EXAMPLES=2000
EXAMPLES ?= 300
fuzz-exports: $(VENV)/installed-dev
	SER_EXAMPLES=$(EXAMPLES) $(BIN)/python -m pytest -q -n auto --hypothesis-profile=random -k comes_back tests/export/test_any_content.py

# The long checks of RELIABILITY.md: make soak MINUTES=30, make overload-test MINUTES=10
KILLS ?= 100
HOURS ?= 10
kill-test: $(VENV)/installed-dev
	PYTHONPATH=. $(BIN)/python tests/reliability/kills.py --kills $(KILLS)

# What each extra adds to the program alone, on the disk: the table of the README.
extra-sizes: $(VENV)/installed-dev
	$(BIN)/python resources/packaging/extra_sizes.py

# Builds the image of the Containerfile on a base made here, runs it, and checks health, an answer, what may be written,
# and that nothing is left. As root on Debian: sudo make container. Without podman: container_steps.py in the same folder.
container:
	$(call system_packages,$(PACKAGES_CONTAINER))
	$(PYTHON) resources/packaging/container.py build/container

# Word error rate, and how far the times of words are from the true ones, in speech of espeak-ng; of another model:
# make word-times MODEL=path/to/faster-whisper-small
word-times: $(VENV)/installed-dev
	PYTHONPATH=.:tests $(BIN)/python -m word_times $(MODEL)

# Word error rate in the speech of people whose sentences are known: make word-errors CORPUS=path/to/ravdess
word-errors: $(VENV)/installed-dev
	PYTHONPATH=.:tests $(BIN)/python -m word_errors $(CORPUS)

# 50 clients at once, 100 uploads of a minute, spoiled ones between them, then 1000 short requests.
service-load: $(VENV)/installed-dev
	PYTHONPATH=.:tests $(BIN)/python -m tests.service.load

overload-test: $(VENV)/installed-dev
	PYTHONPATH=. $(BIN)/python tests/reliability/overload.py --minutes $(or $(MINUTES),10)

soak: $(VENV)/installed-dev
	PYTHONPATH=. $(BIN)/python tests/reliability/soak.py --minutes $(or $(MINUTES),30)

soak-actions: $(VENV)/installed-dev
	PYTHONPATH=. $(BIN)/python tests/reliability/growth_per_action.py --times $(or $(TIMES),100)

long-take: $(VENV)/installed-dev
	PYTHONPATH=. $(BIN)/python tests/reliability/long_take.py --hours $(HOURS)

# Run this after a change of the window's texts. It adds new texts to the .ts file of each language and compiles it to
# the .qm file. Translate the new texts (pyside6-linguist, or any editor), run it again, and commit both files. To add a
# language: make translations LANGUAGES="de fr"
WINDOW_SOURCES = $(sort $(shell find ser_desktop/gui -name '*.py'))
LANGUAGES ?= $(patsubst resources/translations/ser_desktop_%.ts,%,$(wildcard resources/translations/*.ts))
translations: $(VENV)/installed-run
	@$(BIN)/python resources/list_error_sentences.py build/error_sentences.py
	@for language in $(LANGUAGES); do \
		file=resources/translations/ser_desktop_$$language; \
		$(BIN)/pyside6-lupdate $(WINDOW_SOURCES) build/error_sentences.py -no-obsolete -locations none -ts $$file.ts && \
		$(BIN)/pyside6-lrelease -silent $$file.ts -qm $$file.qm || exit 1; \
	done

# CPU seconds of a batch, and a simulation of many cores: SCALING.md.
scaling: $(VENV)/installed-dev
	PYTHONPATH=.:tests $(BIN)/python tests/bench/scaling.py

# A batch of many short and some long recordings, killed in the middle and continued: make scaling-many RECORDINGS=500
RECORDINGS ?= 10000
scaling-many: $(VENV)/installed-dev
	PYTHONPATH=.:tests $(BIN)/python tests/bench/many_recordings.py --recordings $(RECORDINGS)

# Wall clock of two workers against one, and of Dask against the local pool. No other program should run meanwhile.
scaling-workers: $(VENV)/installed-dev
	PYTHONPATH=.:tests $(BIN)/python tests/bench/two_workers.py

# Makes the pictures in the README with the program itself.
screenshots: $(VENV)/installed-dev
	PYTHONPATH=.:tests $(BIN)/python resources/make_screenshots.py

# Trains the shipped model in steps; resumes after an interruption. make train CORPORA=path/to/the/eight/corpora
# The corpora in NEW are not trained on: arousal, valence and the adaptation to voices are fitted on them. After
# make train-left-out, thresholds are fitted on what its folds leave out, too.
AUXILIARY := cremad_mel nemo tess turev
NEW := kor_emotts emospeech
ADAPTED := ravdess cremad_mel nemo turev $(NEW)
LEFT_OUT = $(if $(wildcard runs/left-out/stream/fold*/history.json),--left-out runs/left-out/stream)
TRAIN = $(BIN)/python -m training train --resume --corpus $(CORPORA)/ravdess
WITH = $(foreach name,$(AUXILIARY),--with $(CORPORA)/$(name))
define STEPS
	@test -n "$(CORPORA)" || { echo "The folder of the corpora is missing: make $@ CORPORA=path/to/folder" >&2; exit 1; }
	$(TRAIN) training/recipes/first.toml --run $(1)/first $(2)
	$(TRAIN) training/recipes/pooled.toml $(WITH) --run $(1)/pooled $(2)
	$(TRAIN) training/recipes/tuned.toml $(WITH) --from $(1)/pooled --run $(1)/tuned $(2)
	$(TRAIN) training/recipes/longer.toml $(WITH) --from $(1)/pooled --run $(1)/longer $(2)
	$(TRAIN) training/recipes/student.toml $(WITH) --from $(1)/longer --teacher $(1)/tuned --teacher $(1)/longer \
		--teacher $(1)/first --run $(1)/student $(2)
	$(BIN)/python -m training evaluate $(1)/student
endef
ALSO = $(if $(wildcard runs/emobox/student/metrics.json),--also runs/emobox/student) \
	$(if $(wildcard runs/baselines/table.json),--baselines runs/baselines)
train: $(VENV)/installed-dev
	$(call STEPS,runs)
	$(BIN)/python -m training export runs/student --to training/models/window.json $(ALSO)
	$(BIN)/python -m training stream training/recipes/stream.toml --resume --model training/models/window.json --corpus $(CORPORA)/ravdess \
		$(WITH) --with $(CORPORA)/librispeech --to models/default.json --run runs/stream
	$(BIN)/python -m training strangers models/default.json $(foreach name,$(NEW),--corpus $(CORPORA)/$(name) --calibrate $(name)) \
		$(LEFT_OUT) --wanted 0.75
	$(BIN)/python -m training adapt models/default.json $(foreach name,$(ADAPTED),--corpus $(CORPORA)/$(name)) \
		$(foreach name,$(NEW),--left-out $(name)) --most-clips 600
	$(if $(LEFT_OUT),$(BIN)/python -m training left-out runs/left-out/stream --wanted 0.75 --to models/default.json)

# Trains the same recipe on the EmoBox folds of RAVDESS, for its metrics only. A later make train adds them to the card.
train-emobox: $(VENV)/installed-dev
	$(call STEPS,runs/emobox,--folds emobox --folds-only)

# Trains shorter on folds that leave out a corpus each, and measures the networks with the program's own analysis on what
# they do not know: figures of strangers, and of the streaming network on RAVDESS's folds.
train-left-out: $(VENV)/installed-dev
	$(TRAIN) training/recipes/left_out.toml $(WITH) --run runs/left-out/window --folds-only
	$(TRAIN) training/recipes/left_out_stream.toml $(WITH) --with $(CORPORA)/librispeech --from runs/left-out/window \
		--teacher runs/left-out/window --run runs/left-out/stream --folds-only
	$(BIN)/python -m training evaluate runs/left-out/window
	$(BIN)/python -m training evaluate runs/left-out/stream
	$(BIN)/python -m training left-out runs/left-out/stream --wanted 0.75

# Copies the network of the speech detector from the package that publishes it. Run it after a change of the package's
# version in pyproject.toml. VERIFY=1 compares instead.
detector: $(VENV)/installed-dev
	$(BIN)/python resources/copy_speech_detector.py $(if $(VERIFY),--verify)

# Makes the reference results of the self-test. Run it after a change of the model, the demo recording or the analysis.
figures: $(VENV)/installed-run
	PYTHONPATH=. $(BIN)/python resources/make_self_test.py

# Builds the double-click app in dist/ser-desktop/, and an archive of it that runs from any folder. Words and speakers
# are a second archive: its folder ser-desktop-words belongs beside the app's.
VERSION = $(shell sed -n 's/^__version__ = "\(.*\)"/\1/p' ser_desktop/__init__.py)
APP := dist/ser-desktop
ARCHIVE = dist/ser-desktop-$(VERSION)-$(shell uname -s | tr A-Z a-z)-$(shell uname -m).tar.gz
app: $(VENV)/installed-app
	$(BIN)/python resources/packaging/make_icons.py
	$(BIN)/python -m PyInstaller --noconfirm --clean --log-level ERROR pyinstaller.spec
	tar -C dist -cf - ser-desktop | gzip -6 > $(ARCHIVE)
	$(BIN)/python resources/packaging/make_words.py
	@du -sh $(APP) $(ARCHIVE)

# Builds the Debian packages, for "apt install ./dist/ser-desktop_…deb ./dist/ser-desktop-words_…deb" or a double click.
deb: app
	PYTHONPATH=. $(BIN)/python resources/packaging/make_deb.py $(APP)

# Builds app and package and starts them as a user's shell does. SKIP_BUILD=1 tests an existing build.
app-test: $(VENV)/installed-dev $(if $(SKIP_BUILD),,deb)
	$(call system_packages,$(PACKAGES_APP_TEST))
	SER_APP=$(abspath $(APP)) $(BIN)/python -m pytest tests/frozen

clean:
	rm -rf $(VENV) build dist .coverage .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(VENV)/installed-run: pyproject.toml
	$(call system_packages,$(PACKAGES_RUN))
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 10) <= sys.version_info < (3, 14))' \
		|| { echo "Python 3.10 to 3.13 is needed: make PYTHON=python3.12 …" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[acoustics]'
	@touch $@

$(VENV)/installed-dev: pyproject.toml $(VENV)/installed-run
	$(call system_packages,$(PACKAGES_TEST))
	$(install_torch)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@

$(VENV)/installed-app: pyproject.toml $(VENV)/installed-run
	$(call system_packages,$(PACKAGES_APP))
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[app,words]'
	@touch $@
