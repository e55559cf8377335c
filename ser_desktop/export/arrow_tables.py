"""Timelines as Parquet and Feather, for R, Python and databases. Both need the package pyarrow (extra ``parquet``).

The columns are those of the CSV, with numbers in full precision, then sample rate, channels, settings and hash.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from types import ModuleType
from typing import Any, BinaryIO, Protocol

from ser_desktop.errors import ExportError
from ser_desktop.export.format import APP, Content, ExportedRecording, Format, missing_package, unreadable
from ser_desktop.export.timeline_csv import columns_of, recordings_of
from ser_desktop.export.typed_table import PROVENANCE_COLUMNS, is_number, provenance_values, table_rows, typed_rows

EXTRA = "parquet"
BATCH = 65_536  # entries that are converted at once; 4.5 hours at the default hop
MAX_BYTES = 2_000_000_000


class _Sink(Protocol):
    """The methods that pyarrow's writers of both formats share."""

    def write_table(self, table: Any) -> None: ...

    def close(self) -> None: ...


class ArrowWriter:
    """Writes the entries of recordings to one table, in batches, so that memory does not grow with them.

    Args:
        file: Opened for bytes.
        labels: The emotions, in the order of the columns.
        begin: Opens pyarrow's writer, with the file and the schema.

    Raises:
        ExportError: pyarrow is not installed.
    """

    def __init__(self, file: BinaryIO, labels: tuple[str, ...], *, begin: Callable[[BinaryIO, Any], _Sink]) -> None:
        self._arrow = _pyarrow()
        self._label_count = len(labels)
        names = (*columns_of(labels), *PROVENANCE_COLUMNS)
        types = [self._arrow.float64() if is_number(name) else self._arrow.string() for name in names]
        self._schema = self._arrow.schema(list(zip(names, types, strict=True)), metadata={"app": APP})
        self._sink = begin(file, self._schema)

    def write(self, recording: ExportedRecording) -> int:
        """Write the entries of one recording and return their number."""
        last = provenance_values(recording)
        rows = ((*row, *last) for row in typed_rows(recording, self._label_count))
        while batch := list(islice(rows, BATCH)):
            columns = [
                self._arrow.array(cells, field.type)
                for cells, field in zip(zip(*batch, strict=True), self._schema, strict=True)
            ]
            self._sink.write_table(self._arrow.Table.from_arrays(columns, schema=self._schema))
        return len(recording.timeline)

    def close(self) -> None:
        """Complete the file."""
        self._sink.close()


def read_parquet(path: Path) -> Iterator[ExportedRecording]:
    """Yield the recordings of a Parquet file.

    Raises:
        ExportError: The file is not such a table, or pyarrow is not installed.
    """
    _pyarrow()
    from pyarrow import parquet

    return _read(path, "Parquet", lambda: parquet.ParquetFile(path).iter_batches(BATCH))


def read_feather(path: Path) -> Iterator[ExportedRecording]:
    """Yield the recordings of a Feather file.

    Raises:
        ExportError: The file is not such a table, or pyarrow is not installed.
    """
    arrow = _pyarrow()

    def batches() -> Iterator[Any]:
        with arrow.ipc.open_file(arrow.OSFile(str(path))) as file:
            yield from (file.get_batch(index) for index in range(file.num_record_batches))

    return _read(path, "Feather", batches)


def _read(path: Path, kind: str, batches: Callable[[], Iterator[Any]]) -> Iterator[ExportedRecording]:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ValueError(f"it has more than {MAX_BYTES // 10**9} GB")
        rows = (row for batch in batches() for row in _checked(batch).to_pylist())
        yield from recordings_of(table_rows(rows), path)
    except ExportError:
        raise
    except (OSError, KeyError, TypeError, ValueError) as error:  # pyarrow's errors are ValueErrors and OSErrors
        raise unreadable(path, kind, error) from error


def _checked(batch: Any) -> Any:
    """Return a batch after a check of its offsets and lengths; wrong ones in a damaged file crash the process.

    Raises:
        ValueError: It is damaged.
    """
    batch.validate(full=True)
    return batch


def _pyarrow() -> ModuleType:
    try:
        import pyarrow
    except ImportError as error:
        raise missing_package("pyarrow", EXTRA) from error
    return pyarrow


def _begin_parquet(file: BinaryIO, schema: Any) -> _Sink:
    from pyarrow import parquet

    return parquet.ParquetWriter(file, schema)


def _begin_feather(file: BinaryIO, schema: Any) -> _Sink:
    import pyarrow

    return pyarrow.ipc.new_file(file, schema)


PARQUET_FORMAT = Format(
    name="parquet",
    suffix=".parquet",
    description="Timeline as Parquet",
    content=Content.TIMELINE,
    holds_many=True,
    start=partial(ArrowWriter, begin=_begin_parquet),
    read=read_parquet,
    is_binary=True,
    close=ArrowWriter.close,
)
FEATHER_FORMAT = Format(
    name="feather",
    suffix=".feather",
    description="Timeline as Feather",
    content=Content.TIMELINE,
    holds_many=True,
    start=partial(ArrowWriter, begin=_begin_feather),
    read=read_feather,
    is_binary=True,
    close=ArrowWriter.close,
)
