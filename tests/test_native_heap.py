from __future__ import annotations

import subprocess
import sys

import pytest
from terminal import CHECKOUT

HEAPS = """
import sys, threading
from pathlib import Path
sys.path[:0] = [sys.argv[1]]
from heaps import heap_count
if sys.argv[2] == "one":
    from ser_desktop.native_heap import use_one_heap
    use_one_heap()
before, all_allocate = heap_count(), threading.Barrier(5)
def allocate():
    blocks = [bytearray(5_000) for _ in range(100)]
    all_allocate.wait()
threads = [threading.Thread(target=allocate) for _ in range(4)]
for each in threads: each.start()
all_allocate.wait()
print(heap_count() - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="a setting of glibc")
@pytest.mark.parametrize(("setting", "is_one"), [("one", True), ("default", False)])
def test_threads_share_one_heap(setting, is_one):
    command = [sys.executable, "-c", HEAPS, str(CHECKOUT / "tests" / "reliability"), setting]
    ran = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=True)
    assert (int(ran.stdout) == 0) is is_one
