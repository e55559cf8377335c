from __future__ import annotations

import http.client
import json
import os
import secrets
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from terminal import PATIENCE_S, start_program

from ser_desktop import paths

pytest.importorskip("fastapi", reason="needs the extra [serve]")


@dataclass(frozen=True)
class Reply:
    """What the service answers."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def told(self) -> Any:
        return json.loads(self.content)


@dataclass
class Service:
    """A running service."""

    process: subprocess.Popen[bytes]
    port: int
    folder: Path
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def end(self) -> None:
        """End it as Ctrl-C does."""
        with self.process:
            self.process.terminate()
            try:
                self.process.communicate(timeout=PATIENCE_S)
            finally:
                self.process.kill()

    def ask(self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None) -> Reply:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_S)
        try:
            connection.request(method, path, body, {**self.headers, **(headers or {})})
            answer = connection.getresponse()
            return Reply(answer.status, dict(answer.headers), answer.read())
        finally:
            connection.close()

    def send(self, path: str, content: bytes, *, name: str = "talk.wav", **fields: str) -> Reply:
        """Send a recording as a form."""
        boundary, body = form(content, name, fields)
        return self.ask("POST", path, body, {"Content-Type": f"multipart/form-data; boundary={boundary}"})

    def left_over(self) -> list[str]:
        """Return the uploads that are on the disk."""
        return [each.name for each in self.folder.rglob("*") if each.is_file()]


def form(content: bytes, name: str, fields: Mapping[str, str]) -> tuple[str, bytes]:
    """Return the boundary and the body of a form."""
    boundary = secrets.token_hex(8)
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
        for key, value in fields.items()
    ]
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{quoted}"\r\n'
    parts += [head.encode(), b"Content-Type: audio/wav\r\n\r\n", content, f"\r\n--{boundary}--\r\n".encode()]
    return boundary, b"".join(parts)


def start_service(manifest: Path, folder: Path, *options: str) -> Service:
    """Start a service whose uploads lie in a folder, and wait until it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    arguments = ("serve", "--model", manifest, "--port", str(port), *options)
    process = start_program(*arguments, env={"TMPDIR": os.fspath(folder)})
    service = Service(process, port, folder)
    give_up_at_s = time.monotonic() + PATIENCE_S
    while time.monotonic() < give_up_at_s:
        assert process.poll() is None, process.stderr.read()
        try:
            if service.ask("GET", "/healthz").status == 200:
                return service
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the service does not answer")


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service that takes at most 2 MB and has one process."""
    folder = tmp_path_factory.mktemp("uploads")
    running = start_service(paths.default_model(), folder, "--max-mb", "2", "--workers", "1")
    yield running
    running.end()
    assert running.left_over() == []


@pytest.fixture(scope="session")
def clip(demo: Path) -> bytes:
    """Three seconds of speech as WAV."""
    import io

    import soundfile

    sound, rate = soundfile.read(demo, dtype="int16")
    file = io.BytesIO()
    soundfile.write(file, sound[3 * rate : 6 * rate], rate, format="WAV")
    return file.getvalue()
