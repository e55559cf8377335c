"""Runs the service with uvicorn until it is stopped."""

from __future__ import annotations

import socket
from collections.abc import Callable

import uvicorn

from ser_desktop.analysis.analyzer import Analyzer
from ser_desktop.emotion.classifier import EmotionClassifier
from ser_desktop.emotion.model_file import open_model
from ser_desktop.errors import InstallationError
from ser_desktop.service.app import create_app
from ser_desktop.service.spec import ServiceSpec
from ser_desktop.words.models import find_words_model

CLOSING_S = 3  # how long open connections are waited for at the end


def run_server(spec: ServiceSpec, *, on_ready: Callable[[str], object]) -> None:
    """Serve until SIGINT or SIGTERM.

    Args:
        spec: Of the service.
        on_ready: Called with the address when the service answers.

    Raises:
        SerError: The model or the settings cannot be used, or the address is taken.
    """
    classifier = EmotionClassifier(open_model(spec.model))  # faults are told here, before the processes start
    Analyzer(classifier, rate=classifier.info.features.rate, spec=spec.spec)
    if spec.words_model:
        find_words_model(spec.words_model, spec.words_language)
    listening = _listening(spec)
    config = uvicorn.Config(
        create_app(spec), log_level="warning", access_log=False, timeout_graceful_shutdown=CLOSING_S, lifespan="on"
    )
    server = _Server(config, lambda: on_ready(_address(spec, listening)))
    with listening:
        server.run(sockets=[listening])


class _Server(uvicorn.Server):
    """A server that tells when it answers."""

    def __init__(self, config: uvicorn.Config, on_ready: Callable[[], object]) -> None:
        super().__init__(config)
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start to serve."""
        await super().startup(sockets=sockets)
        if self.started:
            self._on_ready()


def _listening(spec: ServiceSpec) -> socket.socket:
    host = "127.0.0.1" if spec.host == "localhost" else spec.host
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((host, spec.port))
        made.listen(1024)
    except OSError as error:
        made.close()
        raise InstallationError(
            "The service cannot listen at {host}, port {port} ({reason}).",
            "Give another --port.",
            host=spec.host,
            port=spec.port,
            reason=error.strerror or error,
        ) from error
    return made


def _address(spec: ServiceSpec, listening: socket.socket) -> str:
    host = f"[{spec.host}]" if ":" in spec.host else spec.host
    return f"http://{host}:{listening.getsockname()[1]}"
