"""The language of the window.

The code contains the English texts. Every other language is a file in ``resources/translations``;
``make translations`` updates these files from the code.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from ser_desktop import paths
from ser_desktop.errors import AudioDeviceError, SerError
from ser_desktop.gui.shared.words import decimal_point, device_word

NAME = "ser_desktop_"  # what the names of the files of translations begin with
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


def languages() -> list[str]:
    """Return the codes of the languages of the window: English, and each that has a file of translations."""
    found = {path.stem.removeprefix(NAME) for path in paths.translations().glob(f"{NAME}*.qm")}
    return ["en", *sorted(found - {"en"})]


def language_name(code: str) -> str:
    """Return the name of a language in that language.

    >>> language_name("en"), language_name("de")
    ('English', 'Deutsch')
    """
    name = "English" if code == "en" else QLocale(code).nativeLanguageName()  # Qt would say “American English”
    return name[:1].upper() + name[1:]


def use_language(app: QCoreApplication, language: str) -> str:
    """Translate the window into a language that the user chose, and return its code; see :func:`translate_into`.

    Numbers follow the chosen language, unless that is the one of the system, with the user's country.

    Args:
        app: Qt's application.
        language: Its code; empty for that of the system. One without a file of translations is that of the system.
    """
    system = QLocale.system()
    if language not in languages():
        return translate_into(app, system)
    chosen = QLocale(language)
    if system.language() != chosen.language():
        QLocale.setDefault(chosen)
    return translate_into(app, chosen)


def error_text(error: SerError) -> str:
    """Return the message of an error in the language of the window; may be called from any thread.

    Its numbers have the decimal mark of the window. The default device of the system is named as in the window's lists.
    """
    from ser_desktop.decimal_mark import with_mark  # not needed at the start

    values, name = with_mark(error.values, decimal_point()), error.values.get("name")
    if isinstance(error, AudioDeviceError) and isinstance(name, str):
        values["name"] = device_word(name)
    return type(error)(*error.sentences, **values).text(lambda sentence: QCoreApplication.translate(ERRORS, sentence))


def interpretation_language() -> str:
    """Return the language of the window as a language of the interpretation: English where it has no other."""
    return QCoreApplication.translate("interpretation", "en", "code of the language: en or de")


def _install(app: QCoreApplication, language: QLocale, name: str, folder: Path) -> bool:
    translator = QTranslator(app)
    return translator.load(language, name, "_", str(folder)) and app.installTranslator(translator)
