"""Which conclusions hang on the bar of confidence, or on duplicates."""

import pytest

from helpers import charts
from helpers.sensitivity import QUESTIONS, conclusions, redraw, variants, verdict
from news import news

LINES = ["Nga lên án Mỹ.", "Mỹ chê Pháp.", "Mỹ chê Pháp.", "Pháp lên án Mỹ."]


@pytest.fixture
def small():
    """Three weak stances of the USA against France, two strong ones of Russia against the USA; `b` repeats `a`."""
    stances = [("a", 0, "RUS", "USA", -1), ("a", 3, "RUS", "USA", -1)]
    stances += [("a", n, "USA", "FRA", -1) for n in (1, 2, 3)] + [("b", 0, "DEU", "USA", -1)] * 4
    tables = news({"a": LINES, "b": LINES}, stances)
    tables["stances"]["confidence"] = [0.9, 0.9, 0.45, 0.45, 0.45, 0.9, 0.9, 0.9, 0.9]
    return tables | {"documents": tables["documents"].assign(duplicate_of=[None, "a"])}


def test_a_flip_is_told_with_what_it_flips_to(small):
    table = conclusions(small, lang="en").set_index(["question", "variant"])
    assert table.loc[("opposed", "as drawn"), "answer"] == "France"
    assert table.loc[("opposed", "confidence ≥ 0.5"), ["answer", "flips"]].tolist() == ["United States", True]
    assert not table.loc[("opposed", "confidence ≥ 0.4"), "flips"]
    assert table.loc[("opposing", "duplicates kept"), "answer"] == "Germany"
    told = verdict(conclusions(small, lang="en"))
    assert "FLIPS  Whom are most stances against? France (60%); confidence ≥ 0.5: United States (100%)" in told
    assert "holds  Are more stances for or against? against (100%)" in told
    assert len(told.splitlines()) == len(QUESTIONS)


def test_a_tie_names_both():
    table = conclusions(news({"a": LINES}, [("a", 0, "RUS", "USA", -1), ("a", 1, "USA", "FRA", -1)]), lang="en")
    answers = table[table["variant"] == "as drawn"].set_index("question")["answer"]
    assert answers["opposed"] == "France = United States"
    assert answers["friendship"] == "nobody"


def test_figures_are_redrawn_and_say_how(small):
    figures = redraw(charts.stance_matrix, small, lang="en", level="side")
    assert list(figures) == list(variants(small))
    totals = {variant: figure.data["total"].sum() for variant, figure in figures.items()}
    assert totals == {
        "as drawn": 5,
        "confidence ≥ 0.4": 5,
        "confidence ≥ 0.5": 2,
        "confidence ≥ 0.65": 2,
        "duplicates kept": 9,
    }
    told = "Stances of confidence 0.5 and more only. First place flips: Russia → United States instead of"
    assert told in figures["confidence ≥ 0.5"].caption
    assert figures["confidence ≥ 0.4"].caption.endswith("United States → France still comes first.")
    assert figures["duplicates kept"].name.endswith("-duplicates-kept")
    assert len({figure.name for figure in figures.values()}) == 5
