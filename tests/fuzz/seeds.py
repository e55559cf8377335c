"""Writes the intact files that a run damages: speech in what libsndfile can write, and in FFmpeg's containers."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import soundfile
import soxr
from sounds import FloatArray

from ser_desktop import paths
from ser_desktop.emotion.model_file import open_model
from tests.fuzz.encoded import write_encoded
from tests.fuzz.ogg import with_serial

FAMILIES: dict[str, tuple[str, ...]] = {
    "WAV": ("WAV", "WAVEX", "RF64", "W64"),
    "FLAC": ("FLAC",),
    "OGG": ("OGG",),
    "MP3": ("MP3",),
    "AIFF": ("AIFF",),
    "CAF": ("CAF",),
    "AU": ("AU",),
    # Only FFmpeg writes these.
    **dict.fromkeys(("MP4", "Matroska", "AMR", "ASF", "AVI", "TS", "FLV", "ADTS"), ()),
    "model": (),  # a network and a manifest, each combined with the intact other one
    # The program does not list these formats, but libsndfile reads them whatever the file name is.
    "other": ("AVR", "HTK", "SVX", "MAT4", "MAT5", "MPC2K", "PAF", "PVF", "SDS", "IRCAM", "VOC", "NIST", "WVE", "XI"),
}
START_S, SECONDS = 1.0, 0.6  # within the demo's first sentence
RATES = {"mono": 16_000, "stereo": 44_100}
MP3_RATES = {"mono": 8_000, "stereo": 24_000}  # in addition: MPEG 2 and 2.5 use other decoders than MPEG 1
STEREO_SECONDS = 0.3
# The MP3 encoder has crashed on noise and the ALAC encoder prints messages: a child process writes these.
UNSAFE = ("MPEG_LAYER_III", "ALAC_16", "ALAC_20", "ALAC_24", "ALAC_32")
_TIME_OF_WRITING = 12  # byte offset of the 4-byte time in a PEAK chunk; it differs from run to run


def write_seeds(folder: Path, *, only: str = "") -> list[Path]:
    """Write the seeds, each family in a folder of its own; a coding that cannot be written is left out.

    Args:
        folder: Target folder.
        only: A single family; empty for all.
    """
    sounds = {name: _speech(RATES[name], stereo=name == "stereo") for name in RATES}
    seeds: list[Path] = []
    for family in [only] if only else FAMILIES:
        (folder / family).mkdir(parents=True)
        for container in FAMILIES[family]:
            for subtype in soundfile.available_subtypes(container):
                for name, sound in sounds.items():
                    path = folder / family / f"{container}-{subtype}-{name}"
                    if _write(path, sound, RATES[name], container, subtype):
                        _make_reproducible(path)
                        seeds.append(path)
        seeds += write_encoded(family, folder / family)
    if "model" in (only or FAMILIES):
        model = open_model(paths.default_model())
        names = [model.info.manifest["files"][kind]["name"] for kind in model.info.networks]
        for name in (paths.default_model().name, *names):
            seeds.append(Path(shutil.copy(model.folder / name, folder / "model")))
    if "MP3" in (only or FAMILIES):
        for name, rate in MP3_RATES.items():
            path = folder / "MP3" / f"MP3-{rate}-{name}"
            if _write(path, _speech(rate, stereo=name == "stereo"), rate, "MP3", "MPEG_LAYER_III"):
                seeds.append(path)
    return sorted(seeds)


def _speech(rate: int, *, stereo: bool) -> FloatArray:
    demo, demo_rate = soundfile.read(paths.demo_recording(), dtype="float32")
    seconds = STEREO_SECONDS if stereo else SECONDS
    start = round(START_S * demo_rate)
    sound = soxr.resample(demo[start : start + round(seconds * demo_rate)], demo_rate, rate)
    return np.stack([sound, -0.5 * sound], axis=1) if stereo else sound


def _write(path: Path, sound: FloatArray, rate: int, container: str, subtype: str) -> bool:
    if subtype == "OPUS":
        sound, rate = sound[: len(sound) // 6 * 6], 48_000 if rate > 16_000 else rate
    if subtype in UNSAFE:
        return _write_elsewhere(path, sound, rate, container, subtype)
    try:
        soundfile.write(path, sound, rate, format=container, subtype=subtype)
    except (soundfile.LibsndfileError, ValueError):
        path.unlink(missing_ok=True)
        return False
    return True


def _write_elsewhere(path: Path, sound: FloatArray, rate: int, container: str, subtype: str) -> bool:
    raw = path.with_suffix(".npy")
    np.save(raw, sound)
    code = "import sys, numpy, soundfile as s; s.write(sys.argv[2], numpy.load(sys.argv[1]), int(sys.argv[3]), "
    code += "format=sys.argv[4], subtype=sys.argv[5])"
    command = [sys.executable, "-c", code, str(raw), str(path), str(rate), container, subtype]
    is_written = subprocess.run(command, capture_output=True, check=False).returncode == 0
    raw.unlink()
    if not is_written:
        path.unlink(missing_ok=True)
    return is_written


def _make_reproducible(path: Path) -> None:
    """Remove serial numbers and times, so that the same number damages the same bytes in each run."""
    content = bytearray(path.read_bytes())
    if content.startswith(b"OggS"):
        content = bytearray(with_serial(bytes(content), 1))
    if (peak := content.find(b"PEAK")) >= 0:
        content[peak + _TIME_OF_WRITING : peak + _TIME_OF_WRITING + 4] = bytes(4)
    path.write_bytes(content)
