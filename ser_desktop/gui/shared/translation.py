"""The language of the window.

The code contains the English texts. Every other language is a file in ``resources/translations``;
``make translations`` updates these files from the code.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from ser_desktop import paths
from ser_desktop.errors import AudioDeviceError, SerError
from ser_desktop.gui.shared.words import device_word

ERRORS = "errors"  # translation context of the messages of errors, which are raised outside of the GUI


def translate_into(app: QCoreApplication, locale: QLocale) -> str:
    """Install the translation for the first available language of the user; call it before creating widgets.

    Qt's own texts (“Cancel”, “Strg”) get the same language, so that no window mixes two.

    Args:
        app: Qt's application.
        locale: Provides the user's languages in order of preference; ``QLocale.system()`` has those of the desktop.

    Returns:
        The code of the language; ``en`` if no translation is installed.
    """
    for language in map(QLocale, locale.uiLanguages()):
        code = QLocale.languageToCode(language.language())
        if code == "en":
            break  # the languages after English have lower priority
        if _install(app, language, "ser_desktop", paths.translations()):
            _install(app, language, "qtbase", Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)))
            return code
    return "en"


def error_text(error: SerError) -> str:
    """Return the message of an error in the language of the window; may be called from any thread.

    The default device of the system is named as in the window's lists.
    """
    name = error.values.get("name")
    if isinstance(error, AudioDeviceError) and isinstance(name, str):
        error = type(error)(*error.sentences, **{**error.values, "name": device_word(name)})
    return error.text(lambda sentence: QCoreApplication.translate(ERRORS, sentence))


def interpretation_language() -> str:
    """Return the language of the window as a language of the interpretation: English where it has no other."""
    return QCoreApplication.translate("interpretation", "en", "code of the language: en or de")


def _install(app: QCoreApplication, language: QLocale, name: str, folder: Path) -> bool:
    translator = QTranslator(app)
    return translator.load(language, name, "_", str(folder)) and app.installTranslator(translator)
