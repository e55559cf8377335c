"""A configuration is refused where it cannot be meant, with the name of what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from ser_desktop.errors import SettingsError
from training.fit.config import read_config


@pytest.mark.parametrize(
    ("section", "line", "told"),
    [
        ("training", 'epochs = "3"', "epochs must be a whole number, got '3'"),
        ("training", "epochs = 2.5", "epochs must be a whole number, got 2.5"),
        ("training", "epochs = true", "epochs must be a whole number, got True"),
        ("training", "epochs = 0", "epochs must be 1 or more, got 0"),
        ("training", "half = 1", "half must be true or false, got 1"),
        ("training", 'learning_rate = "fast"', "learning_rate must be a number"),
        ("training", "fold_set = 5", "fold_set must be text in quotes"),
        ("training", 'labels = "bored"', "labels must be a list, got 'bored'"),
        ("training", 'labels = ["bored"]', "labels must be two or more"),
        ("training", 'labels = ["bored", "eager", "bored"]', "each once"),
        ("training", 'keep = "first"', "keep must be best or last"),
        ("training", "epoch = 3", "has no 'epoch'"),
        ("walk", "epochs = 3", "unknown section"),
    ],
)
def test_a_wrong_value_is_named(section: str, line: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(f"[{section}]\n{line}\n")
    with pytest.raises(SettingsError) as error:
        read_config(path)
    assert told in str(error.value)
    assert "own.toml" in str(error.value)


def test_a_whole_number_is_a_number(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text('[training]\nlearning_rate = 1\nlabels = ["bored", "eager"]\n')
    assert read_config(path).training.learning_rate == 1
    assert read_config(path).network.labels == 2
