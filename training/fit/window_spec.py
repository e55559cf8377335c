"""How training windows are cut from clips, and how their spectrograms are changed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WindowSpec:
    """How training windows are cut and changed; strengths of 0 change nothing.

    Attributes:
        shortest_s: Shortest window.
        longest_s: Longest window; half of all batches have it.
        clean_share: Share of windows cut from the clip itself, not from an augmented copy.
        partial_share: Share of windows that may start or end within the speech.
        partial_speech_s: Shortest speech in such a window.
        stretch: Largest change of tempo, as a share.
        mel_warp: Largest shift of the spectrum along the mel axis, as a share of it.
        tilt_db: Standard deviation of a random slope over the whole band.
        colour_db: Standard deviation of each cosine of a random smooth frequency response, as of another microphone.
        mask_bands: Widest mask over mel bands; two are drawn.
        mask_frames: Longest mask over frames; two are drawn.
        mixed_share: Share of windows that are mixed with another window of the batch. Source: Zhang et al. 2018,
            arXiv:1710.09412; here powers are added, as for two voices in one room.
        earlier_share: Share of the windows before which other speech of the speaker was heard; for streaming networks.
        earlier_frames: Most frames of the clip that a streaming network hears before a window, in half of the batches.
    """

    shortest_s: float = 1.0
    longest_s: float = 3.0
    clean_share: float = 0.25
    partial_share: float = 0.3
    partial_speech_s: float = 0.8
    stretch: float = 0.12
    mel_warp: float = 0.04
    tilt_db: float = 4.0
    colour_db: float = 0.0
    mask_bands: int = 14
    mask_frames: int = 14
    mixed_share: float = 0.0
    earlier_share: float = 0.0
    earlier_frames: int = 0
