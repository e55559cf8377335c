"""What the Containerfile promises; resources/packaging/container_steps.py runs it."""

from __future__ import annotations

import json
from pathlib import Path

LINES = (Path(__file__).parents[2] / "Containerfile").read_text(encoding="utf-8").splitlines()
LAST = LINES[max(number for number, line in enumerate(LINES) if line.startswith("FROM ")) :]


def value(step: str) -> str:
    (line,) = (line for line in LAST if line.startswith(f"{step} "))
    return line.removeprefix(f"{step} ")


def test_the_service_is_not_root_and_writes_to_one_volume() -> None:
    assert value("USER") not in ("root", "0")
    assert value("VOLUME") == "/data"
    assert {"ENV HOME=/data", "ENV TMPDIR=/data"} <= set(LAST)


def test_the_health_check_asks_the_port_that_is_served() -> None:
    command = json.loads(value("CMD"))
    port = command[command.index("--port") + 1]
    assert f"127.0.0.1:{port}/healthz" in value("HEALTHCHECK")
    assert value("EXPOSE") == port


def test_everything_that_is_copied_exists() -> None:
    root = Path(__file__).parents[2]
    for line in LINES:
        if line.startswith("COPY ") and "--from" not in line:
            assert all((root / name).exists() for name in line.split()[1:-1]), line
