"""Runs ONNX networks on one thread, without busy waiting, telemetry or log output."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

# ONNX Runtime 1.31 for Linux stores an identifier of the user in ~/.cache/Microsoft and sends it with a report of each
# network to Microsoft, unless this variable is set before it is imported. This program sends nothing to anybody.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import onnxruntime
from onnxruntime.capi import onnxruntime_pybind11_state as _native

onnxruntime.disable_telemetry_events()  # the switch for Windows

FATAL_ONLY = 4  # errors are raised anyway; printed, they would clutter the user's terminal

# The exceptions that loading or running a damaged network may raise: those of ONNX Runtime, and the translations of
# C++ exceptions.
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
    # With the fallback, an error would be printed on the terminal and the network would be loaded a second time.
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"], enable_fallback=0)


@contextlib.contextmanager
def memory_bounded(extra_bytes: int) -> Iterator[None]:
    """Limit how much additional memory this process may allocate while the block runs.

    A larger allocation in any thread raises ``MemoryError`` or one of
    :data:`ONNX_ERRORS`. Only Linux has this limit; elsewhere nothing is bounded.
    Only one thread may use it at a time.

    Args:
        extra_bytes: Bytes that may be allocated in addition.
    """
    try:
        import resource

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[5])  # data and stack
        before = resource.getrlimit(resource.RLIMIT_DATA)
    except (ImportError, OSError):
        yield
        return
    bounds = [
        pages * resource.getpagesize() + extra_bytes,
        *(each for each in before if each != resource.RLIM_INFINITY),
    ]
    resource.setrlimit(resource.RLIMIT_DATA, (min(bounds), before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, before)
