"""``ser-desktop serve``: the analysis over HTTP."""

from __future__ import annotations

import importlib.util
import os
from argparse import Namespace

from ser_desktop import paths
from ser_desktop.cli import print_line
from ser_desktop.cli.analyze import analysis_spec
from ser_desktop.emotion.voice_store import VoiceStore
from ser_desktop.errors import InstallationError
from ser_desktop.settings import voices_folder

NEEDED = ("fastapi", "uvicorn", "python_multipart")
TOKEN = "SER_DESKTOP_TOKEN"  # an environment variable: other users of the computer see the arguments of a program


def serve(arguments: Namespace) -> int:
    """Serve until Ctrl-C, and return the exit status.

    Raises:
        SerError: A package is missing, or model, settings or address cannot be used.
    """
    missing = [name for name in NEEDED if not importlib.util.find_spec(name)]
    if missing and paths.is_frozen():
        raise InstallationError(
            "The service is not a part of this app.", "Use the Python package of SER Desktop for it."
        )
    if missing:
        raise InstallationError(
            "The service needs the package {name}, which is not installed.",
            "Install it with: pip install 'ser-desktop[serve]'",
            name=missing[0],
        )
    from ser_desktop.service.server import run_server
    from ser_desktop.service.spec import ServiceSpec

    spec = ServiceSpec(
        model=arguments.model or paths.default_model(),
        host=arguments.host,
        port=arguments.port,
        token=arguments.token or os.environ.get(TOKEN, ""),
        max_bytes=1_000_000 * arguments.max_mb,
        workers=arguments.workers or 0,
        spec=analysis_spec(arguments),
        words_model=arguments.words_model,
        words_language=arguments.words_language,
        voices=VoiceStore(voices_folder()),
    )
    run_server(spec, on_ready=lambda address: print_line(f"SER Desktop is at {address} – Ctrl-C ends it"))
    return 0
