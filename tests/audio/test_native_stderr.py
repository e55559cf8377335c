from __future__ import annotations

import os
import sys
import threading

import pytest

from ser_desktop.audio.native_stderr import STDERR, native_stderr_silenced, restore_stderr


def test_output_of_a_library_inside_is_suppressed(capfd):
    with native_stderr_silenced():
        os.write(STDERR, b"a complaint")
    os.write(STDERR, b"afterwards")
    assert capfd.readouterr().err == "afterwards"


def test_an_error_inside_restores_the_stream(capfd):
    with pytest.raises(ZeroDivisionError), native_stderr_silenced():
        _ = 1 / 0
    print("afterwards", file=sys.stderr)
    assert capfd.readouterr().err == "afterwards\n"


def test_two_threads_never_keep_each_others_redirection(capfd):
    def redirect_often() -> None:
        for _ in range(200):
            with native_stderr_silenced():
                os.write(STDERR, b"a complaint")

    threads = [threading.Thread(target=redirect_often) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    os.write(STDERR, b"afterwards")
    assert capfd.readouterr().err == "afterwards"


def test_a_program_without_standard_error_goes_on(capfd):
    kept = os.dup(STDERR)
    os.close(STDERR)
    try:
        with native_stderr_silenced():
            went_on = True
    finally:
        os.dup2(kept, STDERR)
        os.close(kept)
    assert went_on


def test_stderr_can_be_restored_while_a_thread_is_inside(capfd):
    with native_stderr_silenced():
        restore_stderr()
        os.write(STDERR, b"stopped")
    restore_stderr()
    os.write(STDERR, b", afterwards")
    assert capfd.readouterr().err == "stopped, afterwards"
