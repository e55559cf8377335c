from __future__ import annotations

import pytest
from terminal import error_line

from ser_desktop.errors import LanguageModelError
from ser_desktop.meaning.language_model import LanguageModel

ADDRESS = "http://127.0.0.1:11434/v1=small"


@pytest.fixture
def asked(monkeypatch) -> list[str]:
    """The questions that are sent to a language model which names a time that no recording has."""
    questions: list[str] = []

    def ask(_model, question: str) -> str:
        questions.append(question)
        return "It sounds quiet at 0:02.\nIt sounds glad at 95:10."

    monkeypatch.setattr(LanguageModel, "ask", ask)
    return questions


def test_the_question_is_shown_and_not_sent(run, manifest, spoken, asked):
    ran = run("analyze", spoken, "--model", manifest, "--ask-model", ADDRESS)
    assert (ran.status, ran.err, asked) == (0, "", [])
    assert "  | - There is speech in " in ran.out
    assert "  Nothing was sent; --send sends it." in ran.out


def test_the_answer_is_marked_and_its_times_are_checked(run, manifest, spoken, asked):
    ran = run("analyze", spoken, "--model", manifest, "--ask-model", ADDRESS, "--send")
    (question,) = asked
    shown = [line.removeprefix("  |").strip() for line in ran.out.splitlines() if line.startswith("  |")]
    assert [line for line in shown if line] == [line for line in question.splitlines() if line]
    assert "  > It sounds quiet at 0:02." in ran.out
    assert "  It names times that the recording does not have: 95:10." in ran.out


def test_a_model_that_does_not_answer_costs_only_its_answer(run, manifest, spoken, tmp_path, monkeypatch):
    def ask(_model, _question: str) -> str:
        raise LanguageModelError("The language model does not answer.", "Start it.")

    monkeypatch.setattr(LanguageModel, "ask", ask)
    options = ("--ask-model", ADDRESS, "--send", "--csv", tmp_path / "table.csv")
    ran = run("analyze", spoken, "--model", manifest, *options)
    assert (ran.status, error_line(ran)) == (1, "The language model does not answer. Start it.")
    assert (tmp_path / "table.csv").exists()


def test_another_computer_is_refused_before_a_file_is_opened(run, manifest, spoken):
    ran = run("analyze", spoken, "--model", manifest, "--ask-model", "http://192.0.2.1/v1=small", "--send")
    assert (ran.status, ran.out) == (1, "")
    assert "would leave this one" in ran.err
