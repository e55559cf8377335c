"""The network along the stream: each frame once, however the stream is cut, at any gain, and with a known voice."""

from __future__ import annotations

import math

import pytest
import torch
from torch import Tensor

from ser_desktop.emotion.network import TIME_STRIDE
from ser_desktop.emotion.stream_network import StreamNet
from ser_desktop.emotion.voice_normaliser import StreamNetSpec, VoiceNormaliser

SPEC = StreamNetSpec(stem=2, widths=(4, 6, 8, 8))
FRAMES = 40 * TIME_STRIDE
LOW, BANDS = SPEC.low_bands, SPEC.mel_bands


@pytest.fixture(scope="module")
def network() -> StreamNet:
    torch.manual_seed(1)
    return StreamNet(SPEC).eval()


def frames_of(seed: int, *, level_db: float = -40.0, count: int = FRAMES) -> tuple[Tensor, Tensor]:
    """Return (1, frame, width) random frames whose MFCCs belong to their log-mels, and (1, frame) speech flags."""
    generator = torch.Generator().manual_seed(seed)
    mel = level_db + 10.0 * torch.randn(1, count, BANDS, generator=generator)
    cosines = VoiceNormaliser(SPEC).cosines
    speech = (torch.rand(1, count, generator=generator) < 0.8).float()
    return torch.cat((mel, mel @ cosines), dim=2), speech


def steps_of(network: StreamNet, frames: Tensor, speech: Tensor, cuts: list[int]) -> Tensor:
    state, found = torch.zeros(1, network.state_size), []
    with torch.no_grad():
        for start, end in zip([0, *cuts], [*cuts, frames.shape[1]], strict=True):
            steps, state = network.stream(frames[:, start:end], speech[:, start:end], state)
            found.append(steps)
    return torch.cat(found, dim=1)


@pytest.mark.parametrize("cuts", [[8], [8, 16, 24], [160], [16, 104, 312]])
def test_cutting_the_stream_makes_no_difference(network: StreamNet, cuts: list[int]) -> None:
    frames, speech = frames_of(1)
    torch.testing.assert_close(
        steps_of(network, frames, speech, cuts), steps_of(network, frames, speech, []), atol=1e-5, rtol=1e-5
    )


def test_no_step_depends_on_later_frames(network: StreamNet) -> None:
    frames, speech = frames_of(2)
    later, _ = frames_of(3)
    changed = torch.cat((frames[:, :160], later[:, 160:]), dim=1)
    one, other = (steps_of(network, each, speech, []) for each in (frames, changed))
    torch.testing.assert_close(one[:, :20], other[:, :20])
    assert not torch.allclose(one[:, 20:], other[:, 20:])


@pytest.mark.parametrize("gain_db", [-20.0, 12.0])
def test_the_gain_has_no_effect(network: StreamNet, gain_db: float) -> None:
    frames, speech = frames_of(4)
    louder = frames + gain_db * network.normaliser.level
    with torch.no_grad():
        torch.testing.assert_close(network(louder, speech), network(frames, speech), atol=1e-4, rtol=1e-4)


def test_frames_without_speech_have_no_effect(network: StreamNet) -> None:
    frames, speech = frames_of(5)
    noise, _ = frames_of(6, level_db=0.0)
    noisy = torch.where(speech[:, :, None] > 0.0, frames, noise)
    with torch.no_grad():
        torch.testing.assert_close(network(noisy, speech), network(frames, speech), atol=1e-5, rtol=1e-5)


def test_a_known_voice_becomes_the_mean_and_deviation_of_the_frames() -> None:
    normaliser = VoiceNormaliser(SPEC)
    frames, _ = frames_of(7, count=400 * TIME_STRIDE)
    speech = torch.ones(1, frames.shape[1])
    tilt = torch.linspace(-12.0, 12.0, BANDS)
    spoken = frames + torch.cat((tilt, tilt @ normaliser.cosines))
    mean, variance = spoken[0].mean(dim=0), spoken[0].var(dim=0)
    relative = mean - mean[LOW:BANDS].mean() * normaliser.level
    voice = torch.cat((relative, variance, torch.tensor([1e6])))[None]
    nothing = torch.zeros(1, SPEC.heard_size)
    normalised, _ = normaliser(spoken, speech, voice, nothing)
    # The level is that of the few frames so far, so the first step is within a decibel or two.
    assert normalised[0, -800:, LOW:BANDS].mean(dim=0).abs().max() < 0.2
    assert normalised[0, -800:, LOW:BANDS].std(dim=0) == pytest.approx(torch.ones(BANDS - LOW), abs=0.15)
    unknown, _ = normaliser(spoken, speech, torch.zeros(1, SPEC.voice_size), nothing)
    assert unknown[0, :80, LOW:BANDS].mean(dim=0).abs().max() > 0.4  # the tilt is not known yet
    assert normalised[0, :80, LOW:BANDS].mean(dim=0).abs().max() < unknown[0, :80, LOW:BANDS].mean(dim=0).abs().max()


def test_the_voice_becomes_known_while_it_is_heard() -> None:
    normaliser = VoiceNormaliser(SPEC)
    frames, _ = frames_of(8, count=1000 * TIME_STRIDE)
    tilt = torch.linspace(-12.0, 12.0, BANDS)
    spoken = frames + torch.cat((tilt, tilt @ normaliser.cosines))
    nothing = torch.zeros(1, SPEC.voice_size), torch.zeros(1, SPEC.heard_size)
    normalised, heard = normaliser(spoken, torch.ones(1, frames.shape[1]), *nothing)
    first, last = normalised[0, :80, LOW:BANDS].mean(dim=0), normalised[0, -800:, LOW:BANDS].mean(dim=0)
    assert last.abs().max() < 0.25
    assert first.abs().max() > 0.4
    forgotten = math.exp(-8000 / SPEC.memory_frames)
    assert heard[0, -2] == pytest.approx(SPEC.memory_frames * (1.0 - forgotten), rel=0.01)


def test_a_window_may_have_any_number_of_frames(network: StreamNet) -> None:
    frames, speech = frames_of(9, count=101)
    padded = torch.cat((torch.zeros(1, 3, SPEC.width), frames), dim=1), torch.cat((torch.zeros(1, 3), speech), dim=1)
    with torch.no_grad():
        torch.testing.assert_close(network(frames, speech), network(*padded))
