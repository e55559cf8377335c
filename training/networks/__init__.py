"""The registry of networks: each kind is one file of this package and one entry of :data:`NETWORKS`.

Everything else in training builds, stores, restores and describes networks through the functions below.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from ser_desktop.emotion.network import EMOTION_NET, NetworkSpec, WindowNetwork
from ser_desktop.errors import SettingsError
from training.networks.kind import AnyKind, NetworkKind
from training.networks.residual_cnn import RESIDUAL_CNN
from training.networks.stream_cnn import STREAM_CNN

NETWORKS: dict[str, AnyKind] = {
    kind.name: kind
    for kind in (
        RESIDUAL_CNN,  # a kind is one such line
        STREAM_CNN,
    )
}

__all__ = [
    "NETWORKS",
    "NetworkKind",
    "build_network",
    "describe_network",
    "network_kind",
    "network_record",
    "read_network_record",
]


def network_kind(name: str) -> AnyKind:
    """Return the kind with this name.

    Raises:
        SettingsError: The registry has no such kind.
    """
    if name not in NETWORKS:
        raise SettingsError(f"There is no network {name!r}. Choose {' or '.join(NETWORKS)}.")
    return NETWORKS[name]


def build_network(spec: NetworkSpec) -> WindowNetwork:
    """Return a network of this shape with new random weights."""
    return _kind_of(spec).build(spec)


def describe_network(spec: NetworkSpec) -> str:
    """Return a noun phrase for the model card."""
    return _kind_of(spec).describe(spec)


def network_record(spec: NetworkSpec) -> dict[str, object]:
    """Return the kind and the fields of a network, for a checkpoint or a manifest."""
    return {"kind": _kind_of(spec).name, **spec.as_dict()}


def read_network_record(record: Mapping[str, object]) -> NetworkSpec:
    """Return the shape that :func:`network_record` stored; a record without a kind is of the residual CNN.

    Raises:
        SettingsError: The registry has no such kind, or the record has other fields or values of a wrong type.
    """
    fields = dict(record)
    kind = network_kind(str(fields.pop("kind", EMOTION_NET)))
    if unknown := sorted(fields.keys() - kind.spec().as_dict().keys()):
        raise SettingsError(f"The network {kind.name} has no field {unknown[0]!r}. Train it again.")
    try:
        return msgspec.convert(fields, kind.spec)
    except msgspec.ValidationError as error:
        raise SettingsError(
            f"The stored shape of the network {kind.name} is damaged: {error}. Train it again."
        ) from error


def _kind_of(spec: NetworkSpec) -> AnyKind:
    for kind in NETWORKS.values():
        if type(spec) is kind.spec:
            return kind
    raise ValueError(f"{type(spec).__name__} is not the spec of any network in the registry")
