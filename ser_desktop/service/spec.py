"""The settings of the service."""

from __future__ import annotations

import ipaddress
import os
from dataclasses import dataclass, field
from pathlib import Path

from ser_desktop.analysis.analyzer import AnalysisSpec
from ser_desktop.emotion.voice_store import VoiceStore
from ser_desktop.errors import SettingsError

DEFAULT_PORT = 8765
DEFAULT_MAX_BYTES = 512_000_000
LOOPBACK_NAMES = ("127.0.0.1", "localhost", "[::1]")
SHORTEST_TOKEN = 16


@dataclass(frozen=True, slots=True)
class ServiceSpec:
    """How the service runs, checked when made.

    Attributes:
        model: Manifest of the model.
        host: Address to listen at; others than loopback need a token.
        port: Port, likewise.
        token: Secret that each request must carry; empty for none.
        max_bytes: Largest upload.
        workers: Processes that analyse, one recording each at a time.
        spec: Window, hop and smoothing.
        words_model: Folder of a transcription model; ``None`` is the built-in one.
        words_language: Code of the language that is spoken; empty where the model finds out.
        voices: The voices that a request may name; ``None`` for none.

    Raises:
        SettingsError: The address is not loopback and there is no token, or the token is short.
    """

    model: Path
    host: str = "127.0.0.1"
    port: int = DEFAULT_PORT
    token: str = ""
    max_bytes: int = DEFAULT_MAX_BYTES
    workers: int = 0
    spec: AnalysisSpec = field(default_factory=AnalysisSpec)
    words_model: Path | None = None
    words_language: str = ""
    voices: VoiceStore | None = None

    def __post_init__(self) -> None:
        if not self.is_loopback and len(self.token) < SHORTEST_TOKEN:
            raise SettingsError(
                "Others can reach this computer at {host}, so the service needs a token of {count} letters or more.",
                "Give --token, or leave out --host.",
                host=self.host,
                count=SHORTEST_TOKEN,
            )

    @property
    def is_loopback(self) -> bool:
        """Whether only programs of this computer reach the address."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def worker_count(self) -> int:
        """Number of processes: as given, or one for each core."""
        if self.workers:
            return self.workers
        usable = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else range(os.cpu_count() or 1)
        return max(1, len(usable))
