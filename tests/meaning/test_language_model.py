"""Against a real server of the protocol, which the test starts."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from ser_desktop.errors import LanguageModelError
from ser_desktop.meaning.language_model import LanguageModel

ANSWER = {"choices": [{"index": 0, "message": {"role": "assistant", "content": " Quiet until 0:04. "}}]}


class Server(ThreadingHTTPServer):
    """Answers a question with a status and a content, after some seconds."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.status, self.content, self.waits_s = 200, json.dumps(ANSWER).encode(), 0.0
        self.asked: list[tuple[str, dict]] = []

    def handle_error(self, *_: object) -> None:
        """Say nothing of a client that has gone away."""

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append((self.path, json.loads(body)))
        time.sleep(self.server.waits_s)
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(self.server.content)))
        self.end_headers()
        self.wfile.write(self.server.content)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield running
        running.shutdown()
        thread.join()


def test_the_question_is_sent_as_the_protocol_says(server, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")  # would not answer
    assert LanguageModel(server.address, "small").ask("How does it sound?") == "Quiet until 0:04."
    ((path, body),) = server.asked
    assert path == "/v1/chat/completions"
    assert body == {
        **{"model": "small", "temperature": 0},
        "messages": [{"role": "user", "content": "How does it sound?"}],
    }


@pytest.mark.parametrize(
    ("status", "content", "told"),
    [
        (404, b'{"error": "no such model"}', "status 404"),
        (200, b"<html>", "is not the answer of a language model"),
        (200, b'{"choices": []}', "is not the answer of a language model"),
        (200, b'{"choices": [{"message": {"content": null}}]}', "is not the answer of a language model"),
    ],
)
def test_another_answer_is_one_sentence(server, status, content, told):
    server.status, server.content = status, content
    with pytest.raises(LanguageModelError, match=told):
        LanguageModel(server.address, "small").ask("?")


def test_a_server_that_hangs_is_told(server):
    server.waits_s = 1.0
    with pytest.raises(LanguageModelError, match=r"does not answer \(timed out\)"):
        LanguageModel(server.address, "small", timeout_s=0.2).ask("?")


def test_a_server_that_is_not_there_is_told():
    with pytest.raises(LanguageModelError, match="does not answer"):
        LanguageModel("http://127.0.0.1:9/v1", "small").ask("?")


def test_another_computer_needs_consent():
    with pytest.raises(LanguageModelError, match="would leave this one"):
        LanguageModel("http://192.0.2.1/v1", "small")
    LanguageModel("http://192.0.2.1/v1", "small", may_be_elsewhere=True)
    for wrong in ("", "ftp://localhost", "localhost:11434"):
        with pytest.raises(LanguageModelError, match="is no address"):
            LanguageModel(wrong, "small")
