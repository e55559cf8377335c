"""Splits the private memory of this process by the heap that holds it (Linux, glibc)."""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass
from pathlib import Path

MB = 2**20
ARENA = 64 * MB  # alignment and largest size of a heap that glibc makes for further threads
MAPPING = re.compile(r"([0-9a-f]+)-([0-9a-f]+) \S+ \S+ \S+ (\d+)\s*(.*)")


class _MallInfo(ctypes.Structure):
    """The result of glibc's ``mallinfo2``."""

    _fields_ = [
        *((name, ctypes.c_size_t) for name in ("arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks")),
        *((name, ctypes.c_size_t) for name in ("uordblks", "fordblks", "keepcost")),
    ]


_libc = ctypes.CDLL(None)
_libc.mallinfo2.restype = _MallInfo
_libc.open_memstream.restype = ctypes.c_void_p
_libc.open_memstream.argtypes = [ctypes.c_void_p, ctypes.c_void_p]
_libc.fclose.argtypes = [ctypes.c_void_p]
_libc.free.argtypes = [ctypes.c_void_p]


@dataclass(frozen=True, slots=True)
class Heaps:
    """Private memory, MB.

    Attributes:
        megabytes: All of it: pages that are not backed by a file.
        python: Python's objects of up to 512 bytes, in the arenas of its own allocator.
        native: Larger Python objects, arrays, Qt and the other libraries: allocated from glibc.
        native_free: Freed, but glibc keeps the pages because allocated memory lies on them too.
        native_large: Allocations of their own mapping, from 128 KB; includes pages that were never touched.
        rest: Free space in Python's arenas, thread stacks, variables of libraries, and what libraries map themselves.
        untrimmed: What glibc keeps besides, and returns when ``malloc_trim`` is called.
    """

    megabytes: float
    python: float
    native: float
    native_free: float
    native_large: float
    rest: float
    untrimmed: float


def measure_heaps() -> Heaps:
    """Return the free memory to the system and measure what is left."""
    before, _, _ = _private_bytes()
    _libc.malloc_trim(0)
    total, in_arenas, _ = _private_bytes()
    info = _libc.mallinfo2()
    python = _python_bytes()
    parts = (
        total,
        python,
        info.uordblks,
        in_arenas - info.uordblks,
        info.hblkhd,
        total - in_arenas - info.hblkhd - python,
        before - total,
    )
    return Heaps(*(part / MB for part in parts))


def native_megabytes() -> float:
    """Return what is allocated from glibc."""
    info = _libc.mallinfo2()
    return (info.uordblks + info.hblkhd) / MB


def heap_count() -> int:
    """Return the number of glibc's heaps: one for the whole process, and those that it made for further threads."""
    return _private_bytes()[2]


def _private_bytes() -> tuple[int, int, int]:
    """Return the resident private memory of the process, the part of it in glibc's heaps, and their number."""
    total = in_arenas = count = 0
    is_arena = False
    with Path("/proc/self/smaps").open(encoding="utf-8", errors="surrogateescape") as lines:
        for line in lines:
            if line.startswith("Anonymous:"):
                size = 1024 * int(line.split()[1])
                total, in_arenas = total + size, in_arenas + is_arena * size
            elif mapping := MAPPING.match(line):
                start, end = int(mapping[1], 16), int(mapping[2], 16)
                is_thread_heap = mapping[3] == "0" and not mapping[4] and start % ARENA == 0 and end - start <= ARENA
                is_arena = mapping[4].strip() == "[heap]" or is_thread_heap
                count += is_arena
    return total, in_arenas, count


def _python_bytes() -> int:
    """Return the bytes in use of Python's own allocator, from the report that it prints to a C file."""
    text, size = ctypes.c_void_p(), ctypes.c_size_t()
    file = _libc.open_memstream(ctypes.byref(text), ctypes.byref(size))
    ctypes.pythonapi._PyObject_DebugMallocStats(ctypes.c_void_p(file))
    _libc.fclose(file)
    report = ctypes.string_at(text, size.value).decode()
    _libc.free(text)
    found = re.search(r"# bytes in allocated blocks += +([\d,]+)", report)
    return int(found[1].replace(",", "")) if found else 0


if __name__ == "__main__":
    print(measure_heaps())
