"""Decides whether sound of a recording is missing: the only place with this rule.

Only evidence counts. A file may lack its end flag, its lengths or its counts,
and still be whole: then nothing is reported.

Evidence that the end is missing:

1. The decoder failed, or its process ended, before the data ended.
2. The data ends within a packet, an Ogg page or a chunk.
3. The container declares more samples than were decoded. Lengths that mean
   "until the end of the file" are no declaration; of the counts of an MP3, both
   frames and bytes must be too large, because editors leave wrong ones.

Evidence that sound between is missing:

4. Data that cannot be decoded, followed by data that can; a jump in the
   timestamps of an Ogg file that lacks pages.

Other evidence:

5. The file has grown since it was opened, so there is more now.
6. Another recording of another kind begins behind the end of this one (joined
   WAV files; those of one kind are read as one).

A jump in the timestamps without damaged data is a pause of the recorder. It is a
gap in the timeline but no loss.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ser_desktop.audio.decoding.decoder import Findings
from ser_desktop.errors import AudioFileError

DECLARED_SLACK_S = 0.25  # encoders pad the last packet, and containers round their lengths
DAMAGED_SLACK_S = 1.0  # of sound that a damaged place may have taken
COPY_AGAIN_IF_BETTER = "If there is another copy, open that one."


@dataclass(frozen=True, slots=True)
class Loss:
    """Evidence that sound of a recording is missing.

    Attributes:
        read_s: Length up to the last decoded sample, seconds.
        declared_s: Declared length, seconds; ``None`` if only the missing end is
            detected, or no end is missing.
        is_cut: Whether the end is missing.
        damaged_s: Start of each damaged place before the end, seconds.
        has_grown: Whether the file was still being written.
        is_followed: Whether a further recording begins behind this one.
    """

    read_s: float
    declared_s: float | None = None
    is_cut: bool = False
    damaged_s: tuple[float, ...] = ()
    has_grown: bool = False
    is_followed: bool = False

    def warning(self, path: Path) -> AudioFileError:
        """Return the warning for the user; it is shown with the result and not raised."""
        facts = {"path": path, "read_s": self.read_s}
        if self.has_grown:
            return AudioFileError(
                "“{path}” is still being written; its first {read_s:.2f} s were analysed.",
                "Open it again when it is finished.",
                **facts,
            )
        if self.damaged_s and self.declared_s is None:
            return AudioFileError(
                "“{path}” is damaged in {count} places, the first at {at_s:.2f} s; the sound around them was analysed."
                if len(self.damaged_s) > 1
                else "“{path}” is damaged at {at_s:.2f} s; the sound around it was analysed.",
                COPY_AGAIN_IF_BETTER,
                count=len(self.damaged_s),
                at_s=self.damaged_s[0],
                **facts,
            )
        if self.is_followed:
            return AudioFileError(
                "“{path}” holds another recording behind its first, which has {read_s:.2f} s and was analysed.",
                "Split it into two files with the program that joined them.",
                **facts,
            )
        return AudioFileError(
            "“{path}” ended early at {read_s:.2f} s; what is there was analysed."
            if self.declared_s is None
            else "“{path}” ended early at {read_s:.2f} s of {announced_s:.2f} s; what is there was analysed.",
            "Copy the file again.",
            announced_s=self.declared_s,
            **facts,
        )


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What the bytes of a file show about its end, independently of the decoder.

    Attributes:
        declared_s: Declared length in seconds if fewer bytes are there, else
            ``None``.
        size_ratio: How many times larger the declared size of the sound is than
            what is there, or ``None``.
        mp3_frames: Number of MP3 frames that an MP3 declares, if it also declares
            more bytes than are there, else ``None``.
        expected_s: Length of the sound in seconds, computed from the size of the
            file where the header does not declare it, else ``None``.
        ends_within_page: The file ends within an Ogg page.
        lacks_pages: Pages of an Ogg file are missing or damaged.
        is_followed: Whether another recording begins behind this one.
    """

    declared_s: float | None = None
    size_ratio: float | None = None
    mp3_frames: int | None = None
    expected_s: float | None = None
    ends_within_page: bool = False
    lacks_pages: bool = False
    is_followed: bool = False


def find_loss(
    findings: Findings, facts: FileFacts, *, read_frames: int, rate: int, has_grown: bool = False
) -> Loss | None:
    """Return the evidence that sound is missing, or ``None``.

    Args:
        findings: Of the decoder, after its last block.
        facts: Of the file.
        read_frames: Position after the last decoded sample.
        rate: Sample rate, Hz.
        has_grown: Whether the file is larger than when it was opened.
    """
    read_s = read_frames / rate
    slack = DECLARED_SLACK_S if findings.is_count_rounded else 0.0
    declared = [
        (facts.declared_s, 0.0),
        ((facts.size_ratio or 0.0) * read_s, 0.0),
        (_mp3_s(facts.mp3_frames, rate), DECLARED_SLACK_S),
        (findings.declared_frames and findings.declared_frames / rate, slack),
    ]
    declared_s = max((each for each, allowed in declared if each and each > read_s + allowed), default=None)
    places = sorted({*findings.damaged, *(findings.jumps if facts.lacks_pages else ())}, key=lambda each: each.start)
    damaged_s = tuple(place.start / rate for place in places)
    if damaged_s and declared_s is not None and declared_s <= read_s + DAMAGED_SLACK_S:
        declared_s = None  # the damaged places explain the difference
    is_cut = bool(findings.failure) or findings.is_cut or facts.ends_within_page or declared_s is not None
    if is_cut:
        damaged_s = tuple(at_s for at_s in damaged_s if at_s < read_s - DECLARED_SLACK_S)
    if not (is_cut or damaged_s or has_grown or facts.is_followed):
        return None
    return Loss(read_s, declared_s, is_cut, damaged_s, has_grown, facts.is_followed)


def _mp3_s(mp3_frames: int | None, rate: int) -> float | None:
    """Return the length of a number of MP3 frames in seconds; ``None`` for ``None``."""
    if mp3_frames is None:
        return None
    return mp3_frames * (1152 if rate >= 32_000 else 576) / rate  # MPEG-1, MPEG-2
