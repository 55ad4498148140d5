"""A possible stance beside the others of its sentence and its article."""

from types import SimpleNamespace

import numpy as np
import pytest

from helpers.collective import Option, numbers
from helpers.lexicon import default
from helpers.linear import Linear, train_numbers

ACTORS = {name: default().actors[name] for name in ("RUS", "USA", "IRN")}


def option(sentence: int, source: str, target: str, score: float, sign: int = -1, cue: str = "lên án") -> Option:
    """Both experts give the same log odds; each option of a sentence has a cue of its own."""
    party = SimpleNamespace(head=None)
    place = SimpleNamespace(match=SimpleNamespace(first=f"{source} {target}"), row=SimpleNamespace(cue=cue))
    proposal = SimpleNamespace(cue=place, pair=SimpleNamespace(share=0.5, source=party, target=party))
    return Option(sentence, source, target, sign, score, score, 1, proposal)


def values(*options: Option) -> list[dict[str, float]]:
    clauses = [SimpleNamespace(heads=[])] * 4
    return list(numbers(options, ACTORS, clauses))


def test_what_two_sides_are_elsewhere_counts_and_what_they_are_here_does_not() -> None:
    alone, _ = values(option(0, "RUS", "USA", 0.0), option(1, "RUS", "IRN", 2.0))
    again, _ = values(option(0, "RUS", "USA", 0.0), option(1, "RUS", "USA", 2.0))
    assert again["sides elsewhere"] == pytest.approx(2.0)
    assert alone["sides elsewhere"] < -4
    assert alone["source's side elsewhere"] == again["source's side elsewhere"]


def test_a_stance_of_the_other_sign_elsewhere_is_told_apart() -> None:
    here, _ = values(option(0, "RUS", "USA", 0.0), option(2, "RUS", "USA", 2.0, sign=1))
    assert here["sides elsewhere"] < -4
    assert here["sides elsewhere, other sign"] == pytest.approx(2.0)


def test_the_same_cue_elsewhere_counts_whoever_it_sets_against_whom() -> None:
    here, _ = values(option(0, "RUS", "USA", 0.0), option(2, "USA", "IRN", 2.0))
    other, _ = values(option(0, "RUS", "USA", 0.0), option(2, "USA", "IRN", 2.0, cue="phản đối"))
    assert here["cue elsewhere"] == pytest.approx(2.0)
    assert other["cue elsewhere"] < -4


def test_the_best_of_the_other_options_of_a_sentence_is_told_by_what_they_share() -> None:
    one, _, _ = values(option(0, "RUS", "USA", 0.0), option(0, "RUS", "IRN", 1.0), option(0, "USA", "RUS", 2.0))
    assert (one["best"], one["source to others"], one["back"]) == (2.0, 1.0, 2.0)
    assert one["others to target"] == -6


def test_numbers_come_squared_and_times_the_first_weighing() -> None:
    (only,) = values(option(0, "RUS", "USA", 3.0))
    assert (only["own"], only["own²"]) == (3, 9)
    assert (only["cases × own"], only["cases²"]) == (3, 1)
    assert "for²" not in only


def test_a_model_of_numbers_finds_what_decides(tmp_path) -> None:
    pytest.importorskip("sklearn")
    matrix = np.array([[n, 100.0 * (n % 2)] for n in range(40)])
    train_numbers(matrix, ["size", "noise"], [row[0] > 20 for row in matrix], tmp_path / "weights.tsv", strength=1.0)
    model = Linear(tmp_path / "weights.tsv")
    assert model.weigh({"size": 35.0, "noise": 0.0}) > 0 > model.weigh({"size": 5.0, "noise": 100.0})
