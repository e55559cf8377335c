"""Finds the devices that a model can run on, without importing torch, which takes a second."""

from __future__ import annotations

import importlib.util
import sys

from ser_desktop.values import Device

TORCH_PACKAGES = ("torch", "safetensors")  # of the extra “torch”


def missing_packages() -> list[str]:
    """Return the packages that a graphics card needs and that are not installed."""
    return [name for name in TORCH_PACKAGES if importlib.util.find_spec(name) is None]


def offered_devices() -> list[Device]:
    """Return the devices to choose from.

    ``cuda`` or, on macOS, ``mps`` is offered where torch is installed. Whether there is such a
    graphics card is found when a model is loaded for it.
    """
    if missing_packages():
        return ["auto", "cpu"]
    return ["auto", "cpu", "mps" if sys.platform == "darwin" else "cuda"]
