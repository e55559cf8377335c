"""The type of an entry of the registry of networks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from ser_desktop.emotion.network import NetworkSpec, WindowNetwork

Spec = TypeVar("Spec", bound=NetworkSpec)


@dataclass(frozen=True, slots=True)
class NetworkKind(Generic[Spec]):
    """One entry of the registry.

    Attributes:
        name: The name in a configuration (``network = "…"``), a checkpoint and a manifest.
        spec: The class of its shape; its fields are the keys of ``[network]`` in a configuration.
        build: Returns a network with new random weights.
        describe: Returns a noun phrase for the model card, such as “a residual CNN with attentive pooling”.
    """

    name: str
    spec: type[Spec]
    build: Callable[[Spec], WindowNetwork]
    describe: Callable[[Spec], str]


AnyKind = NetworkKind[Any]  # the kinds of the registry differ in the type of their spec
