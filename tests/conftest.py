from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import hypothesis
import pytest
from fakes import FakeClock
from speech import STAND_IN
from terminal import Run, runner
from virtual_mic import VirtualMic, missing_program

from ser_desktop import paths
from ser_desktop.audio.devices import list_input_devices, rescan_devices
from ser_desktop.errors import AudioDeviceError
from ser_desktop.export import registry
from ser_desktop.export.format import Content, ExportedRecording, Format

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ser_desktop.emotion.model_file import Model

pytest_plugins = ["model_fixtures"]

FOUND_S = 10.0

# The same examples each time, so that a test fails because of a change. With --hypothesis-profile=random they are new.
hypothesis.settings.register_profile("repeatable", derandomize=True, deadline=None)
hypothesis.settings.register_profile("random", deadline=None)
hypothesis.settings.load_profile("repeatable")

BESIDE_THE_CHECKOUT = Path(__file__).parents[2] / "shared" / "corpora"


# The files that take longest, by CPU time, longest first: a worker process that got one of them last would end last.
LONGEST_FILES = (
    "training/finetune/test_command.py",
    "training/test_end_to_end.py",
    "training/test_left_out.py",
    "gui/test_app.py",
    "audio/test_kinds.py",
    "training/baselines/test_command.py",
    "training/probes/test_probe.py",
    "gui/model/test_recording.py",
    "gui/test_channels.py",
    "gui/commands/test_words_commands.py",
    "gui/commands/test_project_commands.py",
    "cli/test_record.py",
    "cli/test_self_test.py",
    "batch/test_batch.py",
    "training/test_lineage.py",
    "test_privacy.py",
    "cli/test_interrupt.py",
    "emotion/test_voice_profile.py",
    "analysis/test_voice.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files first; the others keep their order."""
    ranks = {Path(__file__).parent / name: rank for rank, name in enumerate(LONGEST_FILES)}
    assert all(path.exists() for path in ranks)
    items.sort(key=lambda item: ranks.get(item.path, len(ranks)))


@pytest.fixture(scope="session")
def demo() -> Path:
    """The demo recording that ships with the program: speech, silence and noise."""
    return paths.demo_recording()


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    """Runs the program in the terminal with these arguments."""
    return runner(capfd)


@pytest.fixture(scope="session")
def manifest(tiny_model: Model) -> Path:
    """The manifest of the small model."""
    return tiny_model.folder / "tiny.json"


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Replaces the program of the recogniser's process by a script that is quick and certain."""
    script = tmp_path / "stand_in.py"
    script.write_text(STAND_IN, encoding="utf-8")
    monkeypatch.setattr(paths, "this_program", lambda: [sys.executable, os.fspath(script)])


@pytest.fixture
def clock() -> FakeClock:
    """A clock that a test advances."""
    return FakeClock()


@pytest.fixture(scope="session")
def corpora_root() -> Path:
    """The folder of real corpora, which are not part of the project."""
    root = Path(os.environ.get("SER_CORPORA", BESIDE_THE_CHECKOUT))
    if not root.is_dir():
        pytest.skip(f"no corpora at {root}; set SER_CORPORA to the folder that holds them")
    return root


def _start_virtual_mic() -> VirtualMic:
    if program := missing_program():
        pytest.skip(f"the virtual microphone needs {program}, which is not installed")
    try:
        list_input_devices()
    except AudioDeviceError as error:
        pytest.skip(str(error))
    return VirtualMic()


@pytest.fixture(scope="session")
def shared_mic() -> Iterator[VirtualMic]:
    """One server shared by all tests that do not disturb it."""
    with _start_virtual_mic() as mic:
        yield mic


@pytest.fixture
def virtual_mic(shared_mic: VirtualMic) -> Iterator[VirtualMic]:
    """The shared virtual microphone, which is the default input of this process during the test."""
    yield from _as_default_input(shared_mic)


@pytest.fixture
def own_virtual_mic() -> Iterator[VirtualMic]:
    """A virtual microphone for a single test, which may disturb it."""
    with _start_virtual_mic() as mic:
        yield from _as_default_input(mic)


def _as_default_input(mic: VirtualMic) -> Iterator[VirtualMic]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PULSE_SERVER", mic.pulse_server)
        if not _is_found():
            pytest.skip("the virtual microphone needs ALSA's plugin for PulseAudio (libasound2-plugins)")
        yield mic
    rescan_devices()


def _is_found() -> bool:
    """Return whether there is a microphone; on a busy machine the first request to the server may fail."""
    give_up_at_s = time.monotonic() + FOUND_S
    while True:
        rescan_devices()
        if list_input_devices():
            return True
        if time.monotonic() >= give_up_at_s:
            return False
        time.sleep(0.5)


class _CountWriter:
    def __init__(self, file: TextIO) -> None:
        self._file = file

    def write(self, recording: ExportedRecording) -> int:
        self._file.write(str(len(recording.timeline)))
        return 1


@pytest.fixture
def counting_format(monkeypatch: pytest.MonkeyPatch) -> Format:
    """A format that only this test adds to the registry."""
    added = Format(
        name="count",
        suffix=".count",
        description="Number of entries",
        content=Content.TIMELINE,
        holds_many=False,
        start=lambda file, _labels: _CountWriter(file),
    )
    monkeypatch.setattr(registry, "FORMATS", [*registry.FORMATS, added])
    return added
