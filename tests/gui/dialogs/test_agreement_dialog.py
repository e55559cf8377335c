from __future__ import annotations

from ser_desktop.corrections import Correction
from ser_desktop.gui.commands.agreement_commands import AgreementCommands


def test_the_page_shows_what_was_computed_of_all_open_recordings(window, session, qtbot):
    commands = AgreementCommands(window, session)
    session.change_corrections(
        (Correction(0.0, 0.5, "<b>Anna", "sad"), Correction(0.0, 0.5, "Ben", "happy")), "corrections"
    )
    dialog = commands.show()
    qtbot.waitUntil(lambda: "Passages" in dialog.page.toPlainText(), timeout=60_000)
    text = dialog.page.toPlainText()
    for part in ("Annotators: <b>Anna, Ben.", "Fewer than 30 passages", "<b>Anna – model", "1 / 1", "Confusion"):
        assert part in text
    dialog.close()


def test_without_corrections_the_page_says_how_to_make_them(window, session, qtbot):
    dialog = AgreementCommands(window, session).show()
    qtbot.waitUntil(lambda: "press 1 to 8" in dialog.page.toPlainText(), timeout=60_000)
    dialog.close()
