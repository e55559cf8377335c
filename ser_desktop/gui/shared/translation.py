"""The language of the window.

English is written in the code. Every other language is a file beside the demo
recording; ``make translations`` brings them up to date with the code.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from ser_desktop import paths
from ser_desktop.errors import AudioDeviceError, SerError
from ser_desktop.gui.shared.words import device_word

ERRORS = "errors"  # the context of their sentences, which are raised below the window


def translate_into(app: QCoreApplication, locale: QLocale) -> str:
    """Let a program speak the first of the user's languages that there is; call it before a widget is made.

    Qt's own words (“Cancel”, “Strg”) come in the same language or in English, so that no window mixes two.

    Args:
        app: Qt's application.
        locale: Languages in the user's order; those of the desktop are ``QLocale.system()``.

    Returns:
        The code of the language, ``en`` where none of the others is wanted.
    """
    for language in map(QLocale, locale.uiLanguages()):
        code = QLocale.languageToCode(language.language())
        if code == "en":
            break  # what follows is wanted less, and would win if all files were tried in turn
        if _install(app, language, "ser_desktop", paths.translations()):
            _install(app, language, "qtbase", Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)))
            return code
    return "en"


def error_text(error: SerError) -> str:
    """Return what went wrong in the language of the window; may be called from any thread.

    A device that the system chooses has the name there that it has in the window's lists.
    """
    name = error.values.get("name")
    if isinstance(error, AudioDeviceError) and isinstance(name, str):
        error = type(error)(*error.sentences, **{**error.values, "name": device_word(name)})
    return error.text(lambda sentence: QCoreApplication.translate(ERRORS, sentence))


def _install(app: QCoreApplication, language: QLocale, name: str, folder: Path) -> bool:
    translator = QTranslator(app)
    return translator.load(language, name, "_", str(folder)) and app.installTranslator(translator)
