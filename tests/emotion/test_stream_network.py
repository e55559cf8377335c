"""The network along the stream: each frame once, however the stream is cut, at any gain."""

from __future__ import annotations

import math

import pytest
import torch
from torch import Tensor

from ser_desktop.dsp.features import FeatureSpec, level_direction
from ser_desktop.emotion.network import TIME_STRIDE
from ser_desktop.emotion.stream_network import StreamNet
from ser_desktop.emotion.stream_normaliser import StreamNetSpec, StreamNormaliser

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
    cosines = StreamNormaliser(SPEC).cosines
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
        steps_of(network, frames, speech, cuts), steps_of(network, frames, speech, []), atol=1e-4, rtol=1e-4
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
    louder = frames + gain_db * torch.from_numpy(level_direction(FeatureSpec()))
    with torch.no_grad():
        torch.testing.assert_close(network(louder, speech), network(frames, speech), atol=1e-4, rtol=1e-4)


def test_frames_without_speech_have_no_effect(network: StreamNet) -> None:
    frames, speech = frames_of(5)
    noise, _ = frames_of(6, level_db=0.0)
    noisy = torch.where(speech[:, :, None] > 0.0, frames, noise)
    with torch.no_grad():
        torch.testing.assert_close(network(noisy, speech), network(frames, speech), atol=1e-5, rtol=1e-5)


def test_the_normaliser_knows_the_speech_after_some_seconds() -> None:
    normaliser = StreamNormaliser(SPEC)
    frames, _ = frames_of(8, count=200 * TIME_STRIDE)
    mel, mfcc, heard = normaliser(frames, torch.ones(1, frames.shape[1]), torch.zeros(1, SPEC.heard_size))
    later = slice(-800, None)
    assert mel[0, later].mean() == pytest.approx(0.0, abs=0.1)
    assert mel[0, later].std() == pytest.approx(1.0, abs=0.1)
    assert mfcc[0, later].mean(dim=0).abs().max() < 0.3
    assert mfcc[0, later].std(dim=0) == pytest.approx(torch.ones(SPEC.mfccs), abs=0.3)
    forgotten = math.exp(-1600 / SPEC.memory_frames)
    assert heard[0, -2] == pytest.approx(SPEC.memory_frames * (1.0 - forgotten), rel=0.05)


def test_a_new_level_is_known_again_after_some_seconds() -> None:
    normaliser = StreamNormaliser(SPEC)
    soft, _ = frames_of(10, count=100 * TIME_STRIDE, level_db=-60.0)
    loud, _ = frames_of(11, count=100 * TIME_STRIDE, level_db=-30.0)
    frames = torch.cat((soft, loud), dim=1)
    mel, _, _ = normaliser(frames, torch.ones(1, frames.shape[1]), torch.zeros(1, SPEC.heard_size))
    change, end = slice(800, 860), slice(-200, None)
    assert mel[0, change].mean() > 0.7
    assert mel[0, end].mean() == pytest.approx(0.0, abs=0.15)


def test_the_first_steps_of_a_window_know_its_statistics(network: StreamNet) -> None:
    frames, speech = frames_of(13)
    with torch.no_grad():
        _, state = network.stream(frames, speech, torch.zeros(1, network.state_size))
        state[:, network.statistics_size :] = 0.0
        steps, _ = network.stream(frames, speech, state)
        shares = speech.unflatten(1, (-1, TIME_STRIDE)).mean(dim=2)
        torch.testing.assert_close(network.embed(frames, speech), network.pool(steps, shares))


def test_other_speech_that_was_heard_replaces_the_statistics_of_the_normaliser_alone(network: StreamNet) -> None:
    frames, speech = frames_of(14)
    louder, _ = frames_of(15, level_db=-30.0)
    with torch.no_grad():
        heard = network.normaliser(louder, speech, torch.zeros(1, SPEC.heard_size))[2]
        rest = torch.zeros(1, network.state_size - SPEC.heard_size)
        _, state = network.stream(frames, speech, torch.cat((heard, rest), dim=1))
        excitations = state[:, SPEC.heard_size : network.statistics_size]
        start = torch.cat((heard, excitations, rest[:, excitations.shape[1] :]), dim=1)
        steps, _ = network.stream(frames, speech, start)
        shares = speech.unflatten(1, (-1, TIME_STRIDE)).mean(dim=2)
        torch.testing.assert_close(network.embed(frames, speech, heard), network.pool(steps, shares))


def test_frames_before_a_window_change_its_embedding_but_are_not_pooled(network: StreamNet) -> None:
    frames, speech = frames_of(12)
    before = 10 * TIME_STRIDE
    with torch.no_grad():
        alone = network.embed(frames[:, before:], speech[:, before:])
        after = network.embed(frames, speech, before=before)
        _, state = network.stream(frames, speech, torch.zeros(1, network.state_size))
        state[:, network.statistics_size :] = 0.0
        steps, _ = network.stream(frames, speech, state)
        shares = speech.unflatten(1, (-1, TIME_STRIDE)).mean(dim=2)
        torch.testing.assert_close(after, network.pool(steps[:, 10:], shares[:, 10:]))
    assert not torch.allclose(after, alone)


def test_a_window_may_have_any_number_of_frames(network: StreamNet) -> None:
    frames, speech = frames_of(9, count=101)
    padded = torch.cat((torch.zeros(1, 3, SPEC.width), frames), dim=1), torch.cat((torch.zeros(1, 3), speech), dim=1)
    with torch.no_grad():
        torch.testing.assert_close(network(frames, speech), network(*padded))
