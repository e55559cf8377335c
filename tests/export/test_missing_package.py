from __future__ import annotations

import sys

import pytest

from ser_desktop.export.format import missing_package


def test_the_advice_is_one_that_the_reader_can_follow(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "pip install 'ser-desktop[parquet]'" in str(missing_package("pyarrow", "parquet"))
    monkeypatch.setattr(sys, "_MEIPASS", "/opt/ser-desktop", raising=False)
    assert "pip" not in str(missing_package("pyarrow", "parquet"))
    assert "pyarrow, which is not a part of this app. Use the Python package" in str(
        missing_package("pyarrow", "parquet")
    )
