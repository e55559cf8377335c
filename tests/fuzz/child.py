"""Reads damaged files in a child process, which may crash.

It prints one line of JSON before each file and one with the result. The parent
process detects a crash or a hang from a missing result.

The program decodes most formats in a process of their own. Starting one takes
0.35 s, so this process decodes by itself. Where that ends in a crash, in a hang,
without memory, or with output, the file is read once more as the program reads
it (``is_isolated``), and that result counts.
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import io
import itertools
import json
import os
import random
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

import numpy as np

from ser_desktop import paths
from ser_desktop.__main__ import main as run_program
from ser_desktop.analysis.analyzer import Analyzer
from ser_desktop.audio.decoding.child import MAX_PROCESSOR_S, limit_processor_time
from ser_desktop.audio.files import FileSource
from ser_desktop.audio.outputs import OutputDevice
from ser_desktop.audio.player import Player
from ser_desktop.emotion.classifier import EmotionClassifier
from ser_desktop.emotion.model_file import open_model
from ser_desktop.errors import AudioFileError, ModelFileError
from tests.fuzz.damage import damaged

PLAYED, COMMANDED = 40, 50  # every 40th file is also played, every 50th is analysed by the whole command line
MAX_DATA = 1 << 30  # bytes
LOUDEST = 4.0  # of full scale: resampling may overshoot, and a loudspeaker limits it
LOUDSPEAKER = OutputDevice("Fuzz", "ALSA", 0, 48_000, 2)
MODELS = "model"  # the family that is not audio
ENDINGS = (
    ".wav",
    ".flac",
    ".ogg",
    ".opus",
    ".mp3",
    ".aiff",
    ".caf",
    ".au",
    ".m4a",
    ".mp4",
    ".webm",
    ".wma",
    ".amr",
    "",
)
READ_AGAIN = ("memory", "printed")


class WrongAnswerError(Exception):
    """The program did not do what it promises."""


def content_of(seeds: list[Path], number: int, seed: int) -> bytes:
    """Return the damaged file of this number: the same for the same seeds and seed."""
    choice, origin = random.Random(f"{seed}/{number}"), origin_of(seeds, number)
    relatives = [each for each in seeds if each.parent == origin.parent]
    other = choice.choice(choice.choice((seeds, relatives)))
    return damaged(origin.read_bytes(), other.read_bytes(), choice)


def origin_of(seeds: list[Path], number: int) -> Path:
    """Return the intact file for a number: the families in turn, and the files of each family in turn."""
    families = [list(members) for _, members in itertools.groupby(seeds, key=lambda seed: seed.parent)]
    turn, place = divmod(number, len(families))
    return families[place][turn % len(families[place])]


def ending_of(number: int, seed: int) -> str:
    """Return the file suffix for a number; that of another format must not matter."""
    return random.Random(f"{seed}/{number}/ending").choice(ENDINGS)


def main(folder: str, seed: str, first: str, end: str, isolated: str = "") -> None:
    """Read the files with these numbers, one after the other.

    Args:
        folder: Folder of the intact files.
        seed: Of the damage.
        first: Number of the first file.
        end: Number after the last one.
        isolated: Not empty: decode as the program does.
    """
    _bound_memory()
    channel = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # output of native libraries is detected on both streams
    seeds = sorted(Path(folder).glob("*/*"))
    classifier = EmotionClassifier(open_model(paths.default_model()))
    place = Path(folder).parent / "place"
    place.mkdir(exist_ok=True)
    for number in range(int(first), int(end)):
        path = place / f"{number}{ending_of(number, int(seed))}"
        content = content_of(seeds, number, int(seed))
        _tell(channel, number=number)
        limit_processor_time(MAX_PROCESSOR_S)  # of this file
        if (origin := origin_of(seeds, number)).parent.name == MODELS:
            path = _write_model(place, content, origin.name)
            verdict, reason = _caught(lambda path=path: _checked(lambda: _load(path), path))
        else:
            path.write_bytes(content)
            reader = _Reader(path, number, classifier)
            verdict, reason = _caught(lambda reader=reader: reader.read(is_isolated=bool(isolated)))
            if verdict in READ_AGAIN and not isolated:
                verdict, reason = _caught(lambda reader=reader: reader.read(is_isolated=True))
        for each in place.glob(f"{path.stem}*"):
            each.unlink()
        if left := list(place.iterdir()):
            verdict, reason = "left behind", ", ".join(each.name for each in left)
            for each in left:
                each.unlink()
        _tell(channel, number=number, verdict=verdict, reason=reason)


@dataclasses.dataclass(frozen=True)
class _Reader:
    """Reads one file in the ways of the program."""

    path: Path
    number: int
    classifier: EmotionClassifier

    def read(self, *, is_isolated: bool) -> tuple[str, str]:
        if self.number % COMMANDED == 1:
            _command(self.path)
        if self.number % PLAYED == 2:
            _checked(lambda: _play(self.path, start_s=0.1 * (self.number // PLAYED % 3)), self.path)
        return _checked(lambda: _analyze(self.path, self.classifier, is_isolated=is_isolated), self.path)


def _caught(attempt: Callable[[], tuple[str, str]]) -> tuple[str, str]:
    """Return verdict and reason; an exception or output of a native library is a defect."""
    printed = os.fstat(2).st_size
    verdict, reason = _attempted(attempt)
    return (verdict, reason) if os.fstat(2).st_size == printed else ("printed", f"{verdict}: {reason}")


def _attempted(attempt: Callable[[], tuple[str, str]]) -> tuple[str, str]:
    try:
        return attempt()
    except MemoryError:
        return "memory", traceback.format_exc()
    except Exception:  # noqa: BLE001 - this run searches for uncaught exceptions
        return "traceback", traceback.format_exc()


def _checked(read: Callable[[], str], path: Path) -> tuple[str, str]:
    """Return the result of a file; a refusal must be one line that names the file and ends with a full stop."""
    try:
        reason = read()
    except (AudioFileError, ModelFileError) as error:
        reason = str(error)
        is_named = str(path) in reason or isinstance(error, ModelFileError)
        if not is_named or not reason.isprintable() or not reason.endswith("."):
            raise WrongAnswerError(reason) from error
        return "refused", reason.replace(str(path), "PATH")
    return ("ended early", reason) if reason else ("analysed", "")


def _write_model(place: Path, content: bytes, name: str) -> Path:
    """Write a damaged manifest with the intact networks, or a damaged network with a manifest that has its checksum.

    Args:
        place: An empty folder.
        content: The damaged file.
        name: The name that it has in the model that ships.
    """
    manifest, model = place / "model.json", open_model(paths.default_model())
    described = json.loads(paths.default_model().read_bytes())
    damaged = content if name == paths.default_model().name else b""
    for kind in model.info.networks:
        entry = described["files"][kind]
        whole = content if entry["name"] == name else model.read(kind)
        own_name = f"model-{kind}.onnx"
        damaged = damaged.replace(entry["name"].encode("ascii"), own_name.encode("ascii"))
        entry |= {"name": own_name, "sha256": hashlib.sha256(whole).hexdigest()}
        (place / own_name).write_bytes(whole)
    manifest.write_bytes(damaged or json.dumps(described).encode("ascii"))
    return manifest


def _load(manifest: Path) -> str:
    info = EmotionClassifier(open_model(manifest)).info
    if not info.name.isprintable():
        raise WrongAnswerError(f"a model called {info.name!r} was taken")
    return ""


def _analyze(path: Path, classifier: EmotionClassifier, *, is_isolated: bool) -> str:
    with FileSource(path, is_isolated=is_isolated) as source:
        analyzer = Analyzer(classifier, rate=source.rate)
        entries = []
        for chunk in source.chunks():
            entries += analyzer.push(chunk)
        entries += analyzer.flush()
        ends = [0.0, *(entry.end_s for entry in entries)]
        if [entry.start_s for entry in entries] != ends[:-1] or ends[-1] != source.read_s:
            raise WrongAnswerError(f"the entries do not tile the {source.read_s} s")
        return str(source.loss or "")


class _Loudspeaker:
    """A loudspeaker that accepts audio without waiting."""

    active = True

    def __init__(self, _device: OutputDevice, *, channels: int, blocksize: int, fill: Callable[..., None]) -> None:
        self.block, self.fill = np.zeros((blocksize, channels), np.float32), fill

    def take(self) -> None:
        self.fill(self.block, 0.0)
        if not (np.abs(self.block) <= LOUDEST).all():
            raise WrongAnswerError(f"the loudspeaker was given {np.abs(self.block).max()}")

    def close(self) -> None:
        self.active = False


def _play(path: Path, *, start_s: float) -> str:
    opened: list[_Loudspeaker] = []

    def open_stream(*arguments: OutputDevice, **options: object) -> _Loudspeaker:
        opened.append(_Loudspeaker(*arguments, **options))  # type: ignore[arg-type]
        return opened[0]

    player = Player(find_output=lambda _name: LOUDSPEAKER, open_stream=open_stream)
    player.play(path, start_s)
    for _ in range(100_000):
        if not player.is_playing:
            break
        if opened:
            opened[0].take()
        else:  # another thread opens the recording
            time.sleep(0.001)
    player.stop()
    if player.error:
        raise player.error
    return ""


def _command(path: Path) -> None:
    table, out, err = path.with_name("table.csv"), io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = run_program(["analyze", str(path), "--format", "json", "--csv", str(table)])
    lines = err.getvalue().splitlines()
    is_told = bool(out.getvalue())
    is_right = (status, len(lines)) in ((0, 0), (1, 1)) and (status == 1 or is_told)
    if not is_right or table.exists() != is_told or not all(line.startswith("ser-desktop: error: ") for line in lines):
        raise WrongAnswerError(f"status {status}, table {table.exists()}, {lines}")
    table.unlink(missing_ok=True)


def _bound_memory() -> None:
    with contextlib.suppress(ImportError):  # Windows
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (MAX_DATA, MAX_DATA))


def _tell(channel: TextIO, **what: object) -> None:
    print(json.dumps(what), file=channel, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
