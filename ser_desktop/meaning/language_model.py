"""Queries a language model through OpenAI's protocol, which Ollama, llama.cpp and LM Studio serve on this computer.

Connections are made directly to the address, never through a proxy.
"""

from __future__ import annotations

import http.client
import ipaddress
import json
from dataclasses import dataclass
from urllib.parse import urlsplit

import msgspec

from ser_desktop.errors import LanguageModelError

TIMEOUT_S = 120.0
MAX_BYTES = 1_000_000  # of an answer


class _Message(msgspec.Struct):
    content: str


class _Choice(msgspec.Struct):
    message: _Message


class _Completion(msgspec.Struct):
    choices: list[_Choice]


@dataclass(frozen=True, slots=True)
class LanguageModel:
    """A server with a language model.

    Attributes:
        address: Such as ``http://127.0.0.1:11434/v1``.
        name: Of the model on the server.
        may_be_elsewhere: Whether the user has agreed that the text leaves this computer.
        timeout_s: Maximum time to wait for an answer.

    Raises:
        LanguageModelError: The address is not valid, or is that of another computer without the user's consent.
    """

    address: str
    name: str
    may_be_elsewhere: bool = False
    timeout_s: float = TIMEOUT_S

    def __post_init__(self) -> None:
        parts = urlsplit(self.address)
        # The double-click app has no ssl, and so no https.
        known = ("http", "https") if hasattr(http.client, "HTTPSConnection") else ("http",)
        if parts.scheme not in known or not parts.hostname:
            raise LanguageModelError(
                "“{address}” is no address of a language model.",
                "Give one such as http://127.0.0.1:11434/v1.",
                address=self.address,
            )
        if not self.may_be_elsewhere and not is_loopback(parts.hostname):
            raise LanguageModelError(
                "{host} is another computer: the words of the recording would leave this one.",
                "Use a language model on this computer, or say with --send-elsewhere that you want this.",
                host=parts.hostname,
            )

    def ask(self, question: str) -> str:
        """Return the model's answer to a question.

        Raises:
            LanguageModelError: The server cannot be reached, does not answer in time, or answers something else.
        """
        parts = urlsplit(self.address)
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        connection = kind(parts.hostname or "", parts.port, timeout=self.timeout_s)
        body = {"model": self.name, "messages": [{"role": "user", "content": question}], "temperature": 0}
        try:
            connection.request(
                "POST",
                f"{parts.path.rstrip('/')}/chat/completions",
                json.dumps(body).encode(),
                {"Content-Type": "application/json"},
            )
            answer = connection.getresponse()
            content = answer.read(MAX_BYTES)
        except (OSError, http.client.HTTPException) as error:
            raise LanguageModelError(
                "The language model at {address} does not answer ({reason}).",
                "Start it, or check its address.",
                address=self.address,
                reason=str(error) or type(error).__name__,
            ) from error
        finally:
            connection.close()
        try:
            if answer.status != http.client.OK:
                raise ValueError(f"status {answer.status}")
            return msgspec.json.decode(content, type=_Completion).choices[0].message.content.strip()
        except (ValueError, IndexError) as error:
            raise LanguageModelError(
                "What {address} answers is not the answer of a language model ({reason}).",
                "Check the address and the name “{name}” of the model.",
                address=self.address,
                reason=error,
                name=self.name,
            ) from error


def is_loopback(host: str) -> bool:
    """Return whether a host name or address is that of this computer.

    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("::1"), is_loopback("example.org")
    (True, True, True, False)
    """
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
