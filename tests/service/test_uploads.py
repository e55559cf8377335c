from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("python_multipart", reason="needs the extra [serve]")
from ser_desktop.service.uploads import UploadError, plain_name, receive

from .conftest import form


async def cut(body: bytes, size: int) -> AsyncIterator[bytes]:
    for start in range(0, len(body), size):
        yield body[start : start + size]


@settings(max_examples=30)
@given(content=st.binary(max_size=300), size=st.integers(1, 400), words=st.text(max_size=20))
def test_a_form_is_the_same_however_it_is_cut(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, size: int, words: str
) -> None:
    folder = tmp_path_factory.mktemp("uploads")
    boundary, body = form(content, "a.wav", {"words": words.replace("\r", "").replace("\n", "")})
    upload = asyncio.run(
        receive(cut(body, size), f"multipart/form-data; boundary={boundary}", folder=folder, max_bytes=10_000)
    )
    assert upload.path.read_bytes() == content
    assert (upload.name, upload.fields["words"]) == ("a.wav", words.replace("\r", "").replace("\n", ""))
    assert upload.path.parent == folder


def test_a_form_that_ends_early_leaves_no_file(tmp_path: Path) -> None:
    boundary, body = form(b"sound" * 100, "a.wav", {})
    with pytest.raises(UploadError, match="ends before its end"):
        asyncio.run(
            receive(cut(body[:-20], 64), f"multipart/form-data; boundary={boundary}", folder=tmp_path, max_bytes=10_000)
        )
    assert list(tmp_path.iterdir()) == []


@given(st.text())
def test_a_plain_name_holds_no_folder(name: str) -> None:
    plain = plain_name(name)
    assert plain
    assert not set(plain) & {"/", "\\", "\0", "\n"}
    assert plain not in (".", "..")
