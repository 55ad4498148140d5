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
    assert table.loc[("opposed", "as drawn"), "answer"] == "Pháp"
    assert table.loc[("opposed", "confidence ≥ 0.5"), ["answer", "flips"]].tolist() == ["Mỹ", True]
    assert not table.loc[("opposed", "confidence ≥ 0.4"), "flips"]
    assert table.loc[("opposing", "duplicates kept"), "answer"] == "Đức"
    told = verdict(conclusions(small, lang="en"))
    assert "FLIPS  Whom are most stances against? Pháp (60%); confidence ≥ 0.5: Mỹ (100%)" in told
    assert "holds  Are more stances for or against? against (100%)" in told
    assert len(told.splitlines()) == len(QUESTIONS)


def test_a_tie_names_both():
    table = conclusions(news({"a": LINES}, [("a", 0, "RUS", "USA", -1), ("a", 1, "USA", "FRA", -1)]), lang="en")
    answers = table[table["variant"] == "as drawn"].set_index("question")["answer"]
    assert answers["opposed"] == "Mỹ = Pháp"
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
    told = "Stances of confidence 0.5 and more only. First place flips: Nga → Mỹ instead of"
    assert told in figures["confidence ≥ 0.5"].caption
    assert figures["confidence ≥ 0.4"].caption.endswith("Mỹ → Pháp still comes first.")
    assert figures["duplicates kept"].name.endswith("-duplicates-kept")
    assert len({figure.name for figure in figures.values()}) == 5


def test_the_first_arrow_is_told_with_its_sign(small):
    """Of the stances of the USA towards France three are weak and against, two strong and for."""
    stances = [("a", n, "USA", "FRA", sign) for n, sign in ((0, -1), (1, -1), (2, -1), (2, 1), (3, 1))]
    tables = news({"a": LINES}, [*stances, ("a", 3, "FRA", "USA", -1)])
    tables["stances"]["confidence"] = [0.45, 0.45, 0.45, 0.9, 0.9, 0.9]
    figures = redraw(charts.stance_network, tables, lang="en", level="side")
    flips = "Mỹ → Pháp (+) instead of Mỹ → Pháp (−)."
    assert figures["confidence ≥ 0.5"].caption.endswith(flips)
    assert figures["confidence ≥ 0.4"].caption.endswith("Mỹ → Pháp (−) still comes first.")


def test_a_figure_in_which_nobody_comes_first_says_nothing_of_it(small):
    caption = redraw(charts.for_and_against, small, lang="en", level="side")["confidence ≥ 0.5"].caption
    assert caption.endswith("Stances of confidence 0.5 and more only.")
