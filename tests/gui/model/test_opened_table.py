"""Opening a table in the window."""

from __future__ import annotations

import shutil

from ser_desktop.export.registry import format_named


def test_a_table_opens_its_recording_and_analysing_again_ignores_it(start, wait, demo, tmp_path):
    talk, table = tmp_path / f"talk{demo.suffix}", tmp_path / "results.csv"
    shutil.copyfile(demo, talk)
    application = start(talk)
    session, tables = application.session, []
    wait(lambda: len(session.timeline) and not application.work.is_busy)
    application.exports.write(format_named("csv"), table)
    application.close_recording(session.shown)
    application.work.progressed.connect(lambda progress: tables.append(progress.table))
    application.open([table])
    wait(lambda: session.shown and len(session.timeline) and not application.work.is_busy)
    assert (session.shown.path, [each for each in tables if each]) == (talk, [table])
    tables.clear()
    application.window.actions_.analyze_again.trigger()
    wait(lambda: tables and not application.work.is_busy)
    assert not any(tables)


def test_a_table_without_its_recording_is_an_error(start, wait, tmp_path):
    table = tmp_path / "results.csv"
    table.write_text("file,start\n")
    application = start()
    application.open([table])
    assert not application.session.recordings
