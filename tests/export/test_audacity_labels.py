from __future__ import annotations

from pathlib import Path

import pytest

from ser_desktop.analysis.timeline import Timeline
from ser_desktop.errors import ExportError
from ser_desktop.export.audacity_labels import FORMAT, MAX_BYTES, read_label_file
from ser_desktop.export.format import ExportedRecording
from ser_desktop.export.registry import write_export
from ser_desktop.values import Marker

MARKERS = [Marker(0.0, "start"), Marker(1.25, "Ärger ▸ “laut”"), Marker(36_000.123456, "")]


def write_labels(path: Path, markers: list[Marker]) -> int:
    return write_export(FORMAT, path, ExportedRecording("talk.wav", "tiny@12345678", Timeline(()), markers=markers))


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    assert write_labels(tmp_path / "labels.txt", MARKERS) == 3
    assert read_label_file(tmp_path / "labels.txt") == MARKERS


def test_a_point_has_start_and_end_in_the_seconds_of_audacity(tmp_path: Path) -> None:
    write_labels(tmp_path / "labels.txt", [Marker(1.25, "here")])
    assert (tmp_path / "labels.txt").read_bytes() == b"1.250000\t1.250000\there\n"


def test_a_label_cannot_break_its_line(tmp_path: Path) -> None:
    write_labels(tmp_path / "labels.txt", [Marker(1.0, "a\tb\nc\r\u2028d")])
    assert read_label_file(tmp_path / "labels.txt") == [Marker(1.0, "a b c d")]


def test_stretches_and_spectral_labels_of_audacity_are_read(tmp_path: Path) -> None:
    text = "0.500000\t2.000000\tstretch\r\n\\\t100.0\t2000.0\r\n3.0\t3.0\t\r\n\r\n4.0\t4.0\r\n"
    (tmp_path / "labels.txt").write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert read_label_file(tmp_path / "labels.txt") == [Marker(0.5, "stretch"), Marker(3.0), Marker(4.0)]


@pytest.mark.parametrize(
    "content",
    [b"no label", b"1.0", b"-1.0\t0.0\ta", b"nan\t1.0\ta", b"inf\tinf\ta", b"1,5\t1,5\ta", b"\xff\xfea", b"RIFF\x00"],
)
def test_another_file_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "labels.txt").write_bytes(content)
    with pytest.raises(ExportError, match="is not a label file"):
        read_label_file(tmp_path / "labels.txt")


def test_a_file_that_is_missing_or_huge_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="No such file"):
        read_label_file(tmp_path / "missing.txt")
    (tmp_path / "huge.txt").write_bytes(b"1.0\t1.0\ta\n" * (MAX_BYTES // 10 + 1))
    with pytest.raises(ExportError, match=f"more than {MAX_BYTES} bytes"):
        read_label_file(tmp_path / "huge.txt")
