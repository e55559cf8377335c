"""How this program runs ONNX networks: one thread, no spinning, no chatter."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

# ONNX Runtime 1.31 for Linux makes an identifier of the user, keeps it in ~/.cache/Microsoft and sends it with a report
# of each network to its makers, unless it is told before it is loaded. This program sends nothing to anybody.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import onnxruntime
from onnxruntime.capi import onnxruntime_pybind11_state as _native

onnxruntime.disable_telemetry_events()  # the same on Windows, where it is another thing

FATAL_ONLY = 4  # errors are raised as well; printed, they would reach the user's terminal

# Whatever may be raised when a network is loaded or run that is not a sound one: ONNX Runtime's own errors, and what
# is made of those of C++.
ONNX_ERRORS: tuple[type[Exception], ...] = (
    *(each for each in vars(_native).values() if isinstance(each, type) and issubclass(each, Exception)),
    MemoryError,
    OverflowError,
    RuntimeError,
    ValueError,
)


def open_session(network: Path | bytes) -> Any:
    """Return an ``onnxruntime.InferenceSession`` on one CPU thread.

    With two threads on a busy machine a forward pass of 7 ms took 216 ms.

    Args:
        network: An ONNX file, or its content.
    """
    onnxruntime.set_default_logger_severity(FATAL_ONLY)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = FATAL_ONLY
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    model = network if isinstance(network, bytes) else str(network)
    # Without it, what goes wrong would be printed on the terminal, and tried once more.
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"], enable_fallback=0)


@contextlib.contextmanager
def memory_bounded(more: int) -> Iterator[None]:
    """Let this process take no more than so many bytes more while the block runs.

    What wants more gets a ``MemoryError`` or the like, in whichever thread. Only
    Linux can be asked for it; elsewhere nothing is bounded. One thread at a time.
    """
    try:
        import resource

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[5])  # data and stack
        before = resource.getrlimit(resource.RLIMIT_DATA)
    except (ImportError, OSError):
        yield
        return
    bounds = [pages * resource.getpagesize() + more, *(each for each in before if each != resource.RLIM_INFINITY)]
    resource.setrlimit(resource.RLIMIT_DATA, (min(bounds), before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, before)
