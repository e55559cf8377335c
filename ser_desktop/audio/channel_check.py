"""Finds recordings whose channels should not be mixed, and returns a hint on what to do.

The channels are compared in windows of half a second, because a fault of a few
seconds disappears in the average of an hour. There are four findings, the most
important first:

1. The channels cancel each other when they are mixed.
2. One channel is much quieter than the other and has sound of its own.
3. The channels take turns, like the two sides of a call.
4. Two channels have different sound at the same time, like a call in which both speak at once.

The last one needs two measures, because stereo recordings of one voice differ
between their channels, too. Both were measured on synthetic recordings of 10 s.
The median coherence is 0.02 to 0.06 for two speakers in two channels, 0.3 and more
for one voice with a delay up to 20 ms or in a room with up to 0.5 s of
reverberation, but 0.25 with 1 s. Reverberation does not change how the levels rise
and fall: their correlation is -0.1 to 0.2 for two speakers, 0.8 to 1 for one voice,
and 0.6 for a voice that is free of noise in one channel only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ser_desktop.dsp.channel_measures import (
    centred,
    channel_powers,
    coherence,
    is_inverted,
    short_levels_dbfs,
    voice_band,
)
from ser_desktop.errors import AudioFileError

if TYPE_CHECKING:
    from pathlib import Path

    import numpy.typing as npt

    Array = npt.NDArray[np.float32]
    Levels = npt.NDArray[np.float64]

WINDOW_S = 0.5
MAX_WINDOW_VALUES = 1 << 22  # samples of all channels: 16 MB; with very many channels, windows are shorter
SOUND_DBFS = -50.0  # a window with less is silent
LEAD_DB = 12.0  # a channel leads a window if all others are at least this much quieter
MIN_TOTAL_S = 1.0  # total length of the windows that cancel, or that one channel leads
MIN_BOTH_S = 2.0  # of windows in which two channels have sound; shorter ones say too little about the levels over time

SAME_SOUND = 0.999  # power of the mix over that of the channels; above it, they are not compared any further
MIN_MODULATION_DB = 3.0  # standard deviation of the levels; speech has 4 to 13, noise and hum below 1.5
MAX_COHERENCE = 0.2
MIN_INCOHERENT_SHARE = 0.8  # of the windows with sound in both channels
MAX_LEVEL_CORRELATION = 0.5

ONE_CHANNEL = "Analyse one channel alone: with “--channel 1” in the terminal, or by choosing the channel in the window."
EACH_CHANNEL = (
    "Give each channel a timeline of its own: with “--channel all” in the terminal, "
    "or by choosing the channel in the window."
)


class ChannelCheck:
    """Compares the channels of a recording as it is read; how it is cut into blocks makes no difference.

    A last window of less than 0.5 s is ignored.
    """

    def __init__(self, channels: int, rate: int) -> None:
        """Begin a recording.

        Args:
            channels: Number of channels, 2 or more.
            rate: Sample rate, Hz.
        """
        frames = min(round(WINDOW_S * rate), MAX_WINDOW_VALUES // channels)
        self._window = np.empty((channels, max(1, frames)), np.float32)
        self._frames = self._window.shape[1]
        self._filled = 0  # frames of the window
        self._rate, self._windows = rate, 0
        self._cancelled = 0  # windows
        self._first_cancelled_s = 0.0
        self._led = [_LedWindows() for _ in range(channels)]
        self._both = _SharedWindows()

    def push(self, block: Array) -> None:
        """Compare the next samples.

        Args:
            block: (n, channels) float32, finite.
        """
        pending = -self._filled % self._frames
        self._fill(block[:pending])
        block = block[pending:]
        whole = len(block) // self._frames * self._frames
        if whole and (block[:whole, 1:] == block[:whole, :1]).all():  # as in most stereo files of one microphone
            self._add_same(block[:whole, 0])
            block = block[whole:]
        self._fill(block)

    def _fill(self, block: Array) -> None:
        """Compare the channels of samples window by window."""
        while len(block):
            missing = self._frames - self._filled
            part, block = block[:missing], block[missing:]
            self._window[:, self._filled : self._filled + len(part)] = part.T
            self._filled += len(part)
            if self._filled == self._frames:
                self._compare(self._window)
                self._windows, self._filled = self._windows + 1, 0

    def _add_same(self, sound: Array) -> None:
        """Add whole windows with the same sound in all channels, (n,) of one of them."""
        windows = centred(sound.reshape(-1, self._frames))
        powers = np.einsum("ij,ij->i", windows, windows) / self._frames
        self._windows += len(windows)
        if len(self._window) == 2:
            self._both.add_same(int(np.count_nonzero(powers >= 10.0 ** (SOUND_DBFS / 10.0))))

    def hint(self, path: Path) -> AudioFileError | None:
        """Return the most important finding as a hint to the user, or ``None``; it is shown and not raised.

        Args:
            path: The recording, for the text.
        """
        return self._cancellation_hint(path) or self._sides_hint(path) or self._overlap_hint(path)

    def _compare(self, window: Array) -> None:
        powers, mixed_power = channel_powers(window)
        levels = 10.0 * np.log10(np.maximum(powers, 1e-12))  # dBFS
        loudest = int(levels.argmax())
        if levels[loudest] < SOUND_DBFS:
            return
        # The mix of C uncorrelated channels has 1/C of their mean power. A correlation of -0.5 of two halves that.
        is_cancelled = mixed_power < powers.mean() / (2 * len(powers))
        if is_cancelled and is_inverted(window, self._rate, reference=loudest):
            self._first_cancelled_s = self._first_cancelled_s if self._cancelled else self._seconds(self._windows)
            self._cancelled += 1
        if levels[loudest] - np.sort(levels)[-2] >= LEAD_DB:
            sound = voice_band(window[loudest : loudest + 1], self._rate)
            self._led[loudest].add(float(powers[loudest]), short_levels_dbfs(sound, self._rate)[0])
        if len(powers) == 2 and levels.min() >= SOUND_DBFS:
            if mixed_power > SAME_SOUND * powers.mean():  # as in most stereo files of one microphone
                self._both.add_same(1)
            else:
                sound = voice_band(window, self._rate)
                self._both.add(coherence(sound, self._rate), short_levels_dbfs(sound, self._rate))

    def _cancellation_hint(self, path: Path) -> AudioFileError | None:
        if self._seconds(self._cancelled) < MIN_TOTAL_S:
            return None
        return AudioFileError(
            "The channels of “{path}” cancel each other when they are mixed, from {start} on, for {total_s:.1f} s in "
            "all; what they have in common, such as a voice, is lost there.",
            ONE_CHANNEL,
            path=path,
            start=_clock(self._first_cancelled_s),
            total_s=self._seconds(self._cancelled),
        )

    def _sides_hint(self, path: Path) -> AudioFileError | None:
        sides = [side for side in range(len(self._led)) if self._is_side(side)]
        if len(sides) < 2:
            return None
        sides.sort(key=lambda side: self._led[side].level_dbfs)
        quiet, loud = self._led[sides[0]], self._led[sides[-1]]
        if loud.level_dbfs - quiet.level_dbfs >= LEAD_DB:
            return AudioFileError(
                "Channel {quiet} of “{path}” is {difference_db:.0f} dB quieter than channel {loud} and has sound where "
                "that one is silent, for {quiet_s:.1f} s; mixed, it may be missed.",
                EACH_CHANNEL,
                path=path,
                quiet=sides[0] + 1,
                loud=sides[-1] + 1,
                difference_db=loud.level_dbfs - quiet.level_dbfs,
                quiet_s=self._seconds(quiet.count),
            )
        first, second = sorted(sorted(sides, key=lambda side: -self._led[side].count)[:2])
        return AudioFileError(
            "The channels of “{path}” take turns like the two sides of a call: channel {first} is alone for "
            "{first_s:.1f} s, channel {second} for {second_s:.1f} s.",
            EACH_CHANNEL,
            path=path,
            first=first + 1,
            first_s=self._seconds(self._led[first].count),
            second=second + 1,
            second_s=self._seconds(self._led[second].count),
        )

    def _overlap_hint(self, path: Path) -> AudioFileError | None:
        if self._seconds(self._both.count) < MIN_BOTH_S or not self._both.differ:
            return None
        return AudioFileError(
            "The two channels of “{path}” have different sound at the same time, for {both_s:.1f} s, like a call in "
            "which both speak at once.",
            EACH_CHANNEL,
            path=path,
            both_s=self._seconds(self._both.count),
        )

    def _is_side(self, channel: int) -> bool:
        led = self._led[channel]
        return self._seconds(led.count) >= MIN_TOTAL_S and led.modulation_db >= MIN_MODULATION_DB

    def _seconds(self, windows: int) -> float:
        return windows * self._frames / self._rate


class _LedWindows:
    """Sums over the windows that one channel leads."""

    def __init__(self) -> None:
        self.count = 0
        self._power = 0.0
        self._levels = np.zeros(3)  # sums of 1, level, level squared

    def add(self, power: float, levels_dbfs: Levels) -> None:
        """Add a window: its power, and the (n,) levels in it."""
        self.count += 1
        self._power += power
        self._levels += (len(levels_dbfs), levels_dbfs.sum(), (levels_dbfs**2).sum())

    @property
    def level_dbfs(self) -> float:
        """Mean level; there must be a window."""
        return float(10.0 * np.log10(self._power / self.count))

    @property
    def modulation_db(self) -> float:
        """Standard deviation of the levels."""
        count, total, squares = self._levels
        if not count:
            return 0.0  # windows shorter than one level, of a recording with very many channels
        return float(np.sqrt(max(0.0, squares / count - (total / count) ** 2)))


class _SharedWindows:
    """Sums over the windows in which two channels have sound."""

    def __init__(self) -> None:
        self.count = self._incoherent = 0
        self._levels = 0
        self._sums, self._products = np.zeros(2), np.zeros((2, 2))

    def add(self, coherence: float, levels_dbfs: Levels) -> None:
        """Add a window: the coherence of the channels, and the (2, n) levels in it."""
        self.count += 1
        self._incoherent += coherence < MAX_COHERENCE
        self._levels += levels_dbfs.shape[1]
        self._sums += levels_dbfs.sum(axis=1)
        self._products += levels_dbfs @ levels_dbfs.T

    def add_same(self, windows: int) -> None:
        """Add windows with the same sound in both channels. Their levels say nothing about channels that differ."""
        self.count += windows

    @property
    def differ(self) -> bool:
        """Whether the channels have different sound, and both are modulated like speech."""
        if not self._levels or self._incoherent < MIN_INCOHERENT_SHARE * self.count:
            return False
        means = self._sums / self._levels
        covariance = self._products / self._levels - np.outer(means, means)
        deviations_db = np.sqrt(np.maximum(np.diagonal(covariance), 0.0))
        return bool(
            deviations_db.min() >= MIN_MODULATION_DB and covariance[0, 1] < MAX_LEVEL_CORRELATION * deviations_db.prod()
        )


def _clock(seconds: float) -> str:
    whole = int(seconds)
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}"
