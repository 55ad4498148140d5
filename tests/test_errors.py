"""Kinds of error, scores by basis and sign, and what each part of the software is worth."""

import pytest

from helpers.ablation import ABLATIONS, MEASURES, WHOLE, ablations, without
from helpers.alignment import coded_rows
from helpers.breakdown import by_basis_and_sign, by_outlet
from helpers.errors import counted, stance_errors
from helpers.gold import CodedArticle, CodedStance, CodedStatement, Entity
from news import news

LINES = ["Nga lên án Mỹ.", "Mỹ chê Pháp.", "Đức lặng thinh Pháp."]


def article(*stances):
    """`LINES` as coded: stances (sentence, source, target, sign, cue)."""
    text = " ".join(LINES)
    names = {"Nga": "RUS", "Mỹ": "USA", "Pháp": "FRA", "Đức": "DEU"}
    starts = [0, 15, 28]
    spans = [(start, start + len(line)) for start, line in zip(starts, LINES, strict=True)]
    mentions = {
        (at, at + len(name)): name
        for name in names
        for start, line in zip(starts, LINES, strict=True)
        if (at := start + line.find(name)) >= start
    }
    entities = {name: Entity(name, "GPE", side) for name, side in names.items()}
    codes = [CodedStance(n, s, t, sign, "words", cue, None) for n, s, t, sign, cue in stances]
    spoken = [CodedStatement(0, "Nga", "indirect", "lên án")]
    return CodedArticle("a", text, None, spans, entities, mentions, spoken, codes)


CONDEMNS = (0, "Nga", "Mỹ", -1, "lên án")


def errors(found, *coded):
    table = stance_errors([article(*coded)], news({"a": LINES}, [("a", *stance) for stance in found]))
    return sorted(zip(table["verdict"], table["error"], strict=True))


@pytest.mark.parametrize(
    ("found", "error"),
    [
        ((0, "RUS", "USA", 1), "sign"),
        ((0, "USA", "RUS", -1), "direction"),
        ((0, "FRA", "USA", -1), "source"),
        ((0, "RUS", "FRA", -1), "target"),
    ],
)
def test_what_is_confused_is_named_on_both_sides(found, error):
    assert errors([found], CONDEMNS) == [("coded, not found", error), ("found, not coded", error)]


def test_what_is_found_or_coded_alone_is_told_apart():
    assert errors([(1, "RUS", "USA", -1)], CONDEMNS) == [
        ("coded, not found", "elsewhere"),
        ("found, not coded", "elsewhere"),
    ]
    assert errors([(1, "USA", "FRA", -1), (0, "RUS", "USA", -1)], CONDEMNS) == [("found, not coded", "no stance")]
    assert errors([], CONDEMNS) == [("coded, not found", "refused")]
    assert errors([], (2, "Đức", "Pháp", -1, "lặng thinh")) == [("coded, not found", "no cue")]
    assert errors([(0, "RUS", "USA", -1)], CONDEMNS) == []


def test_kinds_are_counted_with_their_meaning():
    table = counted(stance_errors([article(CONDEMNS)], news({"a": LINES}, [("a", 0, "RUS", "USA", 1)])))
    assert table["share"].tolist() == [1, 1]
    assert table["meaning"].str.contains("with the other sign").all()


def test_codes_stand_in_the_sentences_and_actors_of_the_tables():
    rows = coded_rows([article(CONDEMNS)], news({"a": LINES}))
    stance = rows.dropna(subset=["sign"]).iloc[0]
    assert (stance["sentence"], stance["source"], stance["target"], stance["cue_start"]) == (0, "RUS", "USA", 4)
    assert rows["speaker"].dropna().tolist() == ["RUS"]


def test_precision_is_of_what_was_found_recall_of_what_was_coded():
    tables = news({"a": LINES}, [("a", 0, "RUS", "USA", -1), ("a", 1, "USA", "FRA", 1)])
    scores = by_basis_and_sign([article(CONDEMNS, (1, "Mỹ", "Pháp", -1, "chê"))], tables).set_index("measure")
    assert scores.loc["stances by words", ["precision", "recall"]].tolist() == [0.5, 0.5]
    assert scores.loc["stances against", ["precision", "recall"]].tolist() == [1, 0.5]
    assert scores.loc["stances for", "predicted"] == 1
    assert by_outlet([article(CONDEMNS)], tables)["outlet"].unique().tolist() == ["not stated"]


def test_without_a_model_a_stance_has_the_sign_of_its_cue():
    rows = without("no model", [article(CONDEMNS)])["stances"]
    assert set(rows.loc[(rows["source"] == "RUS") & (rows["target"] == "USA"), "sign"]) == {-1}


def test_the_software_is_better_whole(coded):
    table = ablations(coded)
    assert list(table.index) == [WHOLE, *ABLATIONS]
    assert list(table.columns) == list(MEASURES)
    stances = table["stances (sentence, source, target, sign)"]
    for part in ("no lexicon", "no resolution", "no model"):
        assert stances[part] < stances[WHOLE]
    assert table.loc["no lexicon", "side of matched mentions"] < 0.5
    assert (
        table.loc["no resolution", "statements (sentence, speaker)"]
        < table.loc[WHOLE, "statements (sentence, speaker)"]
    )
