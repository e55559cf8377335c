"""The feature cache: every clip of a corpus, and augmented copies of it, as frames on disk."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import multiprocessing
import shutil
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import soundfile
import soxr
from tqdm import tqdm

from ser_desktop.atomic_file import atomic_binary_file
from ser_desktop.dsp.features import FeatureSpec, FeatureStream
from ser_desktop.dsp.offset import OffsetRemover
from ser_desktop.dsp.speech_gate import GateSpec
from ser_desktop.dsp.windows import frame_flags
from ser_desktop.emotion.speech_detector import SpeechDetector
from training.data.augment import AugmentSpec, augmented
from training.data.corpora import Clip
from training.data.speech_statistics import SpeechStatistics, clip_statistics

RECIPE = 3  # increase it when the code below computes other frames for the same settings
STATISTICS = "statistics.npz"  # of the speech of the clips, in the folder of a cache
FEW_CLIPS = 200  # up to this number, clips are computed in this process: starting others takes longer
MIN_SPEECH_FRAMES = 16  # 0.25 s; in a copy with less detected speech, all frames count as speech


@dataclass(frozen=True, slots=True)
class CacheSpec:
    """The settings of a cache.

    Attributes:
        features: The frames.
        gate: The speech gate.
        augment: How copies are changed.
        copies: Number of augmented copies of each clip, besides the clip itself.
        seed: Seed of the random changes of the copies.
    """

    features: FeatureSpec
    gate: GateSpec
    augment: AugmentSpec
    copies: int
    seed: int = 0

    def key(self, clips: Sequence[Clip]) -> str:
        """Return a short hash of the settings and of the names and sizes of the files."""
        files = [(clip.path.name, clip.path.stat().st_size) for clip in clips]
        text = json.dumps([RECIPE, asdict(self), files], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True, eq=False)
class ClipFrames:
    """Frames of one copy of one clip: (frame, mel band) in dB, float16 in the cache, and (frame,) bool."""

    mel: npt.NDArray[np.floating[Any]]
    speech: npt.NDArray[np.bool_]


class FeatureCache:
    """Frames of clips and their copies, memory-mapped.

    Copy 0 is the clip itself, the others are augmented; MFCCs are not stored,
    because they are a product of the log-mels.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._mel = np.load(folder / "mel.npy", mmap_mode="r")
        self._speech = np.load(folder / "speech.npy")
        self._bounds = np.load(folder / "bounds.npy")  # (clip, copy, 2)

    @property
    def copies(self) -> int:
        """Augmented copies of each clip."""
        return int(self._bounds.shape[1]) - 1

    def copies_of(self, clip: int) -> int:
        """Return the number of augmented copies of a clip."""
        return self.copies

    def __len__(self) -> int:
        """Return the number of clips."""
        return len(self._bounds)

    def frames(self, clip: int, copy: int = 0) -> ClipFrames:
        """Return the frames of a copy of a clip."""
        start, end = self._bounds[clip, copy]
        return ClipFrames(self._mel[start:end], self._speech[start:end])

    def statistics(self, spec: FeatureSpec) -> list[SpeechStatistics]:
        """Return the statistics of the speech of all clips, for each copy; they are computed once and stored."""
        path = self._folder / STATISTICS
        if not path.exists():
            copies = range(self.copies + 1)
            made = [
                SpeechStatistics.concatenate([self._one(clip, copy, spec) for clip in range(len(self))])
                for copy in copies
            ]
            stored: dict[str, Any] = {
                f"{name}{copy}": value for copy, each in enumerate(made) for name, value in each.arrays().items()
            }
            with atomic_binary_file(path) as file:
                np.savez(file, **stored)
        with np.load(path) as stored_arrays:
            names = [each.name for each in dataclasses.fields(SpeechStatistics)]
            return [
                SpeechStatistics(*(stored_arrays[f"{name}{copy}"] for name in names)) for copy in range(self.copies + 1)
            ]

    def _one(self, clip: int, copy: int, spec: FeatureSpec) -> SpeechStatistics:
        frames = self.frames(clip, copy)
        return clip_statistics(np.asarray(frames.mel, np.float32), frames.speech, spec)


def open_cache(folder: Path, clips: Sequence[Clip], spec: CacheSpec, *, jobs: int = 2) -> FeatureCache:
    """Return the cache of these clips below ``folder``; create it if it is missing.

    It is written to a temporary folder, which is renamed when it is complete, so
    that an interrupted run leaves no incomplete cache.
    """
    target = _place(folder, clips, spec)
    if not target.exists():
        write_cache(target, _make(clips, spec, jobs), asdict(spec))
    return FeatureCache(target)


def open_clean_cache(folder: Path, clips: Sequence[Clip], spec: CacheSpec, *, jobs: int = 2) -> FeatureCache:
    """Return a cache for use without copies: the one with copies if it exists, otherwise one without."""
    with_copies = _place(folder, clips, spec)
    if with_copies.exists():
        return FeatureCache(with_copies)
    return open_cache(folder, clips, dataclasses.replace(spec, copies=0), jobs=jobs)


def _place(folder: Path, clips: Sequence[Clip], spec: CacheSpec) -> Path:
    return folder / f"{clips[0].corpus}-{spec.key(clips)}"


def write_cache(target: Path, clips: Iterable[Sequence[ClipFrames]], made_with: Mapping[str, object]) -> None:
    """Write a cache: the frames of each clip and of its copies, and the settings."""
    unfinished = target.with_name(target.name + ".part")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    mel, speech, lengths = [], [], []
    for copies in clips:
        mel += [copy.mel for copy in copies]
        speech += [copy.speech for copy in copies]
        lengths.append([len(copy.mel) for copy in copies])
    ends = np.cumsum(np.array(lengths, np.int64)).reshape(len(lengths), -1)
    np.save(unfinished / "mel.npy", np.concatenate(mel))
    np.save(unfinished / "speech.npy", np.concatenate(speech))
    np.save(unfinished / "bounds.npy", np.stack((ends - np.array(lengths), ends), axis=2))
    (unfinished / "spec.json").write_text(json.dumps(made_with, indent=2), encoding="utf-8")
    unfinished.rename(target)


def read_mono(path: Path, rate: int) -> npt.NDArray[np.float32]:
    """Return a recording as (n,) float32 mono at the given rate."""
    samples, rate_in = soundfile.read(path, dtype="float32", always_2d=True)
    mono = samples.sum(axis=1) / np.float32(samples.shape[1])
    return soxr.resample(mono, rate_in, rate).astype(np.float32) if rate_in != rate else mono


def clip_frames(samples: npt.NDArray[np.float32], features: FeatureSpec, detector: SpeechDetector) -> ClipFrames:
    """Return the log-mel frames and speech flags of a whole recording, computed as in the app."""
    samples = OffsetRemover(features.rate).push(samples)
    frames = FeatureStream(features).push(samples)
    flags = detector.push(samples)
    speech = frame_flags(flags, range(len(frames)), block=SpeechDetector.block, spec=features)
    return ClipFrames(frames[:, : features.mel_bands].astype(np.float16), speech)


def _make(clips: Sequence[Clip], spec: CacheSpec, jobs: int) -> Iterator[list[ClipFrames]]:
    tasks = [(index, clip, spec) for index, clip in enumerate(clips)]
    if len(tasks) <= FEW_CLIPS:
        yield from map(_make_copies, tasks)
        return
    with multiprocessing.get_context("spawn").Pool(jobs) as pool:
        made = pool.imap(_make_copies, tasks, chunksize=8)
        yield from tqdm(made, total=len(tasks), desc=f"{clips[0].corpus}: features", unit="clip")
        pool.close()
        pool.join()  # else its semaphores are reported as leaked


def _make_copies(task: tuple[int, Clip, CacheSpec]) -> list[ClipFrames]:
    index, clip, spec = task
    activity = SpeechDetector(spec.gate).activity
    samples = read_mono(clip.path, spec.features.rate)
    speaker = zlib.crc32(clip.speaker.encode())
    copies = [clip_frames(samples, spec.features, SpeechDetector(spec.gate, activity))]
    for copy in range(1, spec.copies + 1):
        voice = np.random.default_rng((spec.seed, index, copy))
        session = np.random.default_rng((spec.seed, speaker, copy))  # the same for all clips of a speaker
        changed = augmented(samples, spec.features.rate, spec.augment, voice=voice, session=session)
        copies.append(clip_frames(changed, spec.features, SpeechDetector(spec.gate, activity)))
    return [with_speech(copy) for copy in copies]


def with_speech(copy: ClipFrames) -> ClipFrames:
    """Return the frames of a clip; if almost no speech was detected, all frames count as speech."""
    if copy.speech.sum() >= min(MIN_SPEECH_FRAMES, len(copy.speech)):
        return copy
    return ClipFrames(copy.mel, np.ones_like(copy.speech))
