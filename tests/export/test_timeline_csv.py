from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ser_desktop import __version__
from ser_desktop.analysis.timeline import Timeline
from ser_desktop.errors import ExportError
from ser_desktop.export.format import ExportedRecording
from ser_desktop.export.timeline_csv import AFFECT_COLUMNS, TimelineCsvWriter, read_timeline_csv
from ser_desktop.values import AFFECT_CLAIMS, Affect, AffectClaim, EmotionScores, State, TimelineEntry

LABELS = ("happy", "sad", "angry")
SCORES = EmotionScores(LABELS, (0.25, 0.15, 0.6))
ENTRIES = [
    TimelineEntry(0.0, 0.25, State.NO_SPEECH, -120.0),
    TimelineEntry(0.25, 0.5, State.UNCERTAIN, -31.256, EmotionScores(LABELS, (1 / 3, 1 / 3, 1 / 3))),
    TimelineEntry(0.5, 0.75, State.SPEECH, -20.0, SCORES, Affect(0.9123, 0.25, (AffectClaim.HIGH_AROUSAL,))),
    TimelineEntry(0.75, 0.8234, State.GAP, None),
]


def table(*recordings: tuple[str, list[TimelineEntry]], labels: tuple[str, ...] = LABELS) -> str:
    file = io.StringIO(newline="")
    writer = TimelineCsvWriter(file, labels=labels)
    for name, entries in recordings:
        timeline = Timeline(labels)
        timeline.extend(entries)
        assert writer.write(ExportedRecording(name, "tiny@01234567", timeline)) == len(entries)
    return file.getvalue()


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def read(path: Path, text: str) -> list[tuple[str, TimelineEntry]]:
    path.write_text(text, encoding="utf-8", newline="")
    return list(read_timeline_csv(path))


def test_the_columns_are_those_of_the_contract() -> None:
    header = (
        "file,start,end,state,label,confidence,level_dbfs,p_happy,p_sad,p_angry,"
        "arousal,valence,affect,channel,speaker,abstain_threshold,model,app"
    )
    assert table().splitlines() == [header]


def test_an_entry_is_a_row() -> None:
    assert table(("a.wav", [ENTRIES[2]])).splitlines()[1] == (
        "a.wav,0.500,0.750,speech,angry,0.600000,-20.00,0.250000,0.150000,0.600000,0.912,0.250,high arousal,"
        f"mix,,,tiny@01234567,ser-desktop {__version__}"
    )


def test_where_nobody_speaks_the_cells_of_emotions_are_empty() -> None:
    silence, uncertain, speech, gap = rows(table(("a.wav", ENTRIES)))
    for row in (silence, gap):
        assert [row[name] for name in ("label", "confidence", "p_happy", "p_sad", "p_angry")] == [""] * 5
        assert row["model"] == "tiny@01234567"
    assert silence["level_dbfs"] == "-120.00"
    assert gap["level_dbfs"] == ""
    assert uncertain["label"] == "happy"
    assert speech["label"] == "angry"


def test_times_have_three_decimals() -> None:
    assert rows(table(("a.wav", ENTRIES)))[-1]["end"] == "0.823"


@pytest.mark.parametrize(
    "name", ["a,b.wav", 'say "so".wav', "two\nlines.wav", "carriage\rreturn.wav", "Ärger 😀.wav", "", "=1+1"]
)
def test_any_name_comes_back(tmp_path: Path, name: str) -> None:
    assert [found for found, _ in read(tmp_path / "t.csv", table((name, ENTRIES)))] == [name] * 4


def test_several_recordings_share_a_table(tmp_path: Path) -> None:
    found = read(tmp_path / "t.csv", table(("a.wav", ENTRIES[:2]), ("b.wav", ENTRIES)))
    assert [name for name, _ in found] == ["a.wav"] * 2 + ["b.wav"] * 4


@given(
    raw=st.lists(st.lists(st.floats(0.01, 1.0), min_size=3, max_size=3), max_size=8),
    state=st.sampled_from([State.SPEECH, State.UNCERTAIN]),
    level_dbfs=st.floats(-120.0, 20.0),
)
def test_what_is_written_comes_back(
    tmp_path_factory: pytest.TempPathFactory, raw: list[list[float]], state: State, level_dbfs: float
) -> None:
    entries = [
        TimelineEntry(
            index / 4,
            (index + 1) / 4,
            state,
            level_dbfs,
            EmotionScores(LABELS, tuple(value / sum(values) for value in values)),
        )
        for index, values in enumerate(raw)
    ]
    found = [entry for _, entry in read(tmp_path_factory.mktemp("csv") / "t.csv", table(("a.wav", entries)))]
    assert [(each.start_s, each.end_s, each.state) for each in found] == [
        (each.start_s, each.end_s, each.state) for each in entries
    ]
    for one, other in zip(found, entries, strict=True):
        assert one.level_dbfs == pytest.approx(other.level_dbfs, abs=0.005 + 1e-12)
        assert one.scores is not None
        assert other.scores is not None
        assert one.scores.values == pytest.approx(other.scores.values, abs=5e-7 + 1e-12)


def test_silence_and_gaps_come_back(tmp_path: Path) -> None:
    gap = TimelineEntry(0.25, 0.3234, State.GAP, None)
    found = [entry for _, entry in read(tmp_path / "t.csv", table(("a.wav", [ENTRIES[0], gap])))]
    assert found == [ENTRIES[0], TimelineEntry(0.25, 0.323, State.GAP, None)]


def test_an_end_too_short_for_the_table_is_no_obstacle(tmp_path: Path) -> None:
    end = TimelineEntry(0.25, 0.2500625, State.NO_SPEECH, -120.0)  # one sample
    text = table(("a.wav", [ENTRIES[0], end]))
    assert len(rows(text)) == 2
    assert [entry for _, entry in read(tmp_path / "t.csv", text)] == [ENTRIES[0]]


HEADER = table()
GOOD = table(("a.wav", ENTRIES)).splitlines()[3]


@pytest.mark.parametrize(
    "text",
    [
        "a,b\n1,2\n",
        HEADER + "a.wav,0.000\n",
        HEADER + GOOD.replace("speech", "singing") + "\n",
        HEADER + GOOD.replace("0.500", "half") + "\n",
        HEADER + GOOD.replace("0.600000", "nan") + "\n",
        HEADER + GOOD.replace("0.750,", "0.100,") + "\n",
        HEADER + GOOD.replace("-20.00", "inf") + "\n",
        HEADER + GOOD.replace("mix", "0") + "\n",
        HEADER + GOOD.replace("mix", "left") + "\n",
        HEADER + GOOD + ",one,more\n",
        HEADER + GOOD.replace("a.wav", "x" * 200_000) + "\n",  # more than the csv module takes in a cell
    ],
)
def test_another_table_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(ExportError, match=r"t\.csv is not a timeline"):
        read(tmp_path / "t.csv", text)


def test_what_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ExportError, match="not a timeline"):
        list(read_timeline_csv(tmp_path / "t.csv"))


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="No such file"):
        list(read_timeline_csv(tmp_path / "absent.csv"))


@pytest.mark.parametrize("claims", AFFECT_CLAIMS)
def test_arousal_and_valence_come_back_with_what_is_claimed(tmp_path: Path, claims: tuple[AffectClaim, ...]) -> None:
    entry = TimelineEntry(0.0, 0.25, State.UNCERTAIN, -20.0, SCORES, Affect(0.125, 0.875, claims))
    ((_, found),) = read(tmp_path / "t.csv", table(("a.wav", [entry])))
    assert found.affect == entry.affect


def test_a_table_from_before_there_was_arousal_is_read(tmp_path: Path) -> None:
    former = [
        {name: cell for name, cell in row.items() if name not in AFFECT_COLUMNS} for row in rows(table(("a", ENTRIES)))
    ]
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, list(former[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(former)
    found = [entry for _, entry in read(tmp_path / "t.csv", file.getvalue())]
    assert [entry.state for entry in found] == [entry.state for entry in ENTRIES]
    assert all(entry.affect is None for entry in found)


@pytest.mark.parametrize("wrong", ["excited", "negative, high arousal", "high arousal, low arousal"])
def test_an_unknown_claim_is_refused(tmp_path: Path, wrong: str) -> None:
    text = table(("a.wav", ENTRIES[2:3])).replace("high arousal", f'"{wrong}"')
    with pytest.raises(ExportError, match="is not a timeline"):
        read(tmp_path / "t.csv", text)
