"""Random changes of the spectrograms of training windows: tempo, pitch, frequency response, masks and mixing."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from ser_desktop.dsp.features import POWER_FLOOR
from training.data.features import ClipFrames
from training.fit.window_spec import WindowSpec

WAVES = 6  # number of cosines in a random response; the highest has this many half periods over the band
LOG_OF_DB = np.log(10.0) / 10.0  # natural logarithm of the power of one dB


class SpectrogramChanges:
    """Draws random changes and applies them.

    Args:
        windows: How strong they are.
        random: The random generator.
    """

    def __init__(self, windows: WindowSpec, random: np.random.Generator) -> None:
        self._windows, self._random = windows, random

    def warped(self, clip: ClipFrames) -> ClipFrames:
        """Return the frames of a clip at another tempo and shifted along the mel axis, by linear interpolation."""
        tempo = 1.0 + self._random.uniform(-1, 1) * self._windows.stretch
        count, bands = clip.mel.shape
        times = np.arange(int(count / tempo)) * tempo
        shift = 1.0 + self._random.uniform(-1, 1) * self._windows.mel_warp
        positions = np.minimum(np.arange(bands) * shift, bands - 1)
        mel = np.asarray(clip.mel, np.float32)
        mel = _interpolate(_interpolate(mel, times).T, positions).T
        return ClipFrames(mel, clip.speech[np.minimum(np.round(times).astype(int), count - 1)])

    def response(self, count: int, bands: int) -> npt.NDArray[np.float32]:
        """Return (count, band) dB: a random slope over the band, and a random smooth frequency response."""
        slope_db = self._random.normal(0.0, self._windows.tilt_db, (count, 1)).astype(np.float32)
        response = slope_db * np.linspace(-0.5, 0.5, bands, dtype=np.float32)
        if not self._windows.colour_db:
            return response
        waves = np.cos(np.pi * np.arange(1, WAVES + 1)[:, None] * np.linspace(0.0, 1.0, bands))
        colour_db = self._random.normal(0.0, self._windows.colour_db, (count, WAVES)) @ waves
        return response + colour_db.astype(np.float32)

    def masked(self, mel: Tensor, speech: Tensor) -> tuple[Tensor, Tensor]:
        """Set two random ranges of bands to a low level, and mark two random ranges of frames as no speech."""
        quiet = torch.quantile(mel[:, ::4, ::4].flatten(1), 0.2, dim=1)  # of all cells it takes 20 ms a batch
        for index in range(len(mel)):
            for _ in range(2):
                width = int(self._random.integers(0, self._windows.mask_bands + 1))
                band = int(self._random.integers(0, mel.shape[2] - width))
                mel[index, :, band : band + width] = quiet[index]
                length = int(self._random.integers(0, self._windows.mask_frames + 1))
                frame = int(self._random.integers(0, mel.shape[1] - length))
                if speech[index].sum() > 3 * length:  # so that most of a short word remains
                    speech[index, frame : frame + length] = 0.0
        return mel, speech

    def mixing(self, count: int) -> tuple[Tensor, Tensor]:
        """Return (count,) indices of the windows that are mixed in, and (count,) shares of each window's own power."""
        if not self._windows.mixed_share:
            return torch.arange(count), torch.ones(count)
        partners = (np.arange(count) + self._random.integers(1, count, count)) % count
        weights = np.where(self._random.random(count) < self._windows.mixed_share, self._random.random(count), 1.0)
        return torch.from_numpy(partners), torch.from_numpy(weights.astype(np.float32))


def mixed(mel: Tensor, speech: Tensor, partners: Tensor, weights: Tensor) -> tuple[Tensor, Tensor]:
    """Return windows mixed with others, and their speech flags: frames in which either window has speech.

    Args:
        mel: (batch, frame, band) log-mels in dB; the windows are made equally loud before they are mixed.
        speech: (batch, frame) 0 or 1.
        partners: (batch,) index of the window that is mixed into each.
        weights: (batch,) share of the window's own power; 1 leaves it as it is.
    """
    some = torch.nonzero(weights < 1.0)[:, 0]
    if not len(some):
        return mel, speech
    measured = torch.maximum(speech, 1.0 - speech.amax(dim=1, keepdim=True))  # without speech, all frames
    loudest = (mel - (1.0 - measured)[:, :, None] * 1e4).amax(dim=(1, 2), keepdim=True)
    power = torch.exp((mel - loudest) * LOG_OF_DB)
    share, partner = weights[some, None, None], partners[some]
    mel, both = mel.clone(), share * power[some] + (1.0 - share) * power[partner]
    mel[some] = torch.log(both.clamp(min=POWER_FLOOR)) / LOG_OF_DB
    return mel, speech.index_copy(0, some, torch.maximum(speech[some], speech[partner]))


def with_mfccs(mel: Tensor, cosines: Tensor) -> Tensor:
    """Return (batch, frame, band + mfcc): log-mels followed by their MFCCs."""
    return torch.cat((mel, mel @ cosines), dim=2)


def _interpolate(x: npt.NDArray[np.float32], positions: npt.NDArray[np.floating[Any]]) -> npt.NDArray[np.float32]:
    """Return the rows of (n, m) at fractional positions."""
    low = np.minimum(positions.astype(int), len(x) - 1)
    high = np.minimum(low + 1, len(x) - 1)
    share = (positions - low).astype(np.float32)[:, None]
    return x[low] * (1.0 - share) + x[high] * share
