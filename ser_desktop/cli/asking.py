"""``analyze --ask-model``: the question to a language model, and its answer."""

from __future__ import annotations

import dataclasses
from argparse import Namespace

from ser_desktop.cli import one_line
from ser_desktop.cli.report import Report
from ser_desktop.errors import LanguageModelError
from ser_desktop.meaning.language_model import LanguageModel
from ser_desktop.meaning.prompt import check, question


def language_model(arguments: Namespace) -> LanguageModel | None:
    """Return the language model that the user chose, or ``None``.

    Raises:
        LanguageModelError: Its address cannot be used.
    """
    if not arguments.ask_model:
        return None
    address, _, name = arguments.ask_model.rpartition("=")
    return LanguageModel(address, name, may_be_elsewhere=arguments.send_elsewhere)


def asked(report: Report, arguments: Namespace) -> Report:
    """Return a report with the question to the chosen language model, and with its answer if the question is sent."""
    model = language_model(arguments)
    if not model:
        return report
    spoken, language = report.spoken, arguments.interpret or "en"
    text = question(report.timeline, spoken.transcript, spoken.speakers, language=language)
    lines = [f"The question to {one_line(model.name)} at {one_line(model.address)}:"]
    lines += [f"| {one_line(line)}".rstrip() for line in text.splitlines()]
    if not arguments.send:
        return dataclasses.replace(report, asked=(*lines, "Nothing was sent; --send sends it."))
    try:
        return dataclasses.replace(report, asked=(*lines, *_answer(model, text, report.seconds)))
    except LanguageModelError as error:
        return dataclasses.replace(report, asked=tuple(lines), asking_error=error)


def _answer(model: LanguageModel, text: str, end_s: float) -> list[str]:
    answer = check(model.ask(text), end_s)
    lines = [f"The language model {one_line(model.name)} says, which nobody has checked:"]
    lines += [f"> {one_line(line)}" for line in answer.text.splitlines()]
    if answer.wrong_times:
        lines.append(f"It names times that the recording does not have: {', '.join(answer.wrong_times)}.")
    return lines
