"""``ser-desktop devices`` and ``ser-desktop model``: the microphones and the model."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from ser_desktop import paths
from ser_desktop.audio.devices import list_input_devices
from ser_desktop.cli import one_line, print_line
from ser_desktop.emotion.model_file import open_model
from ser_desktop.errors import AudioDeviceError

NO_MICROPHONE = "No microphone was found. Connect one, or check the sound settings of the system."


def show_devices(_arguments: Namespace) -> int:
    """Print one row a microphone."""
    devices = list_input_devices()
    if not devices:
        raise AudioDeviceError(NO_MICROPHONE)
    for device in devices:
        print_line(f"{one_line(device.name)} · {device.host_api} · {device.rate} Hz · {device.channels} channels")
    return 0


def show_model(arguments: Namespace) -> int:
    """Print what the model is, what was measured of it, and where its card lies."""
    path = arguments.model or paths.default_model()
    model = open_model(path)
    for kind in (*model.info.networks, "weights"):
        model.read(kind)
    info, manifest = model.info, model.info.manifest
    print_line(info.identity)
    print_line(f"  emotions     {', '.join(info.labels)}")
    print_line(f"  windows      {info.shortest_s:g} to {info.window_s:g} s")
    print_line(f"  uncertain    below {100 * info.abstain_threshold:.1f} %")
    for line in _trained_on(manifest):
        print_line(f"  trained on   {one_line(line)}")
    for line in _fine_tuned(manifest):
        print_line(f"  fine-tuned   {one_line(line)}")
    for name, figure in _measured(manifest).items():
        print_line(f"  {one_line(name):<12} {figure}")
    card = path.with_suffix(".md")
    if card.exists():
        print_line(f"  model card   {one_line(str(card))}")
    return 0


def _trained_on(manifest: dict[str, Any]) -> list[str]:
    """Return a line for each corpus; none if the manifest does not list them in the known form."""
    try:
        return [f"{each['name']}: {each['clips']} clips, {each['speakers']} speakers" for each in manifest["corpora"]]
    except (KeyError, TypeError):
        return []


def _fine_tuned(manifest: dict[str, Any]) -> list[str]:
    """Return what a model of somebody's own recordings was made of and what it gained; nothing of other models."""
    try:
        facts = manifest["fine_tuned"]
        before, after = (100 * facts["gain"][name]["UAR"]["value"] for name in ("before", "after"))
        return [
            f"from {facts['from']} on {sum(facts['passages'].values())} passages of {facts['recordings']} recordings",
            f"UAR {before:.1f} % before, {after:.1f} % after, {facts['kept_apart']} never heard",
        ]
    except (KeyError, TypeError, AttributeError):
        return []


def _measured(manifest: dict[str, Any]) -> dict[str, str]:
    """Return the main metrics of a manifest as percentages with intervals; none if it has none in the known form."""
    try:
        clips = manifest["figures"]["clips"]
        return {
            name: "{:.1f} % ({:.1f} to {:.1f}), voices never heard".format(
                *(100 * each[key] for key in ("value", "low", "high"))
            )
            for name, each in clips.items()
        }
    except (KeyError, TypeError, ValueError, AttributeError):  # metrics in another form
        return {}
