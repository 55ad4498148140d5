"""The corrected interval covers the truth as often as it says; the naive one does not."""

import numpy as np
import pytest

from helpers.design import Part, corrected, naive

SHARE = [Part(1, 0, 1)]
DIFFERENCE = [Part(1, 0, 1), Part(-1, 2, 3)]


def corpus(seed: int, units: int = 3000):
    """Sentences with stances towards X and Y: true counts, and those of software that misses half of the support.

    Columns: against X, all towards X, against Y, all towards Y.
    """
    dice = np.random.default_rng(seed)
    true, machine = np.zeros((units, 4)), np.zeros((units, 4))
    for column, share in ((0, 0.5), (2, 0.3)):
        there = dice.random(units) < 0.3
        against = there & (dice.random(units) < share)
        found = (against & (dice.random(units) < 0.8)) | (there & ~against & (dice.random(units) < 0.5))
        flipped = found & ~against & (dice.random(units) < 0.1)
        invented = ~there & (dice.random(units) < 0.05)
        true[:, column], true[:, column + 1] = against, there
        machine[:, column] = (found & against) | flipped | invented
        machine[:, column + 1] = found | invented
    return true, machine


def sample(machine, dice, per_stratum):
    """Units drawn by stratum: A where the software found something, B elsewhere."""
    letters = np.where(machine[:, 1] + machine[:, 3] > 0, "A", "B")
    places = [dice.choice(np.flatnonzero(letters == x), n, replace=False) for x, n in per_stratum.items()]
    places = np.concatenate(places)
    return places, letters[places], {x: int((letters == x).sum()) for x in per_stratum}


@pytest.mark.parametrize("parts", [SHARE, DIFFERENCE], ids=["share", "difference"])
def test_corrected_interval_covers_the_truth_and_the_naive_one_does_not(parts):
    true, machine = corpus(1)
    total = true.sum(axis=0)
    truth = sum(part.sign * total[part.numerator] / total[part.denominator] for part in parts)
    dice, draws, hits, values = np.random.default_rng(2), 2000, 0, []
    for _ in range(draws):
        places, strata, sizes = sample(machine, dice, {"A": 150, "B": 100})
        found = corrected(machine, true[places], places, strata, sizes, parts)
        hits += found.low <= truth <= found.high
        values.append(found.value)
    counted = naive(machine, parts)
    print(f"coverage {hits / draws:.3f}, truth {truth:.3f}, mean {np.mean(values):.3f}, naive {counted}")
    assert 0.93 <= hits / draws <= 0.97
    assert np.mean(values) == pytest.approx(truth, abs=0.01)
    assert not counted.low <= truth <= counted.high


def test_naive_interval_rarely_covers_over_many_corpora():
    hits = []
    for seed in range(100):
        true, machine = corpus(seed, units=1000)
        found = naive(machine, SHARE)
        hits.append(found.low <= true[:, 0].sum() / true[:, 1].sum() <= found.high)
    print(f"naive coverage {np.mean(hits):.2f}")
    assert np.mean(hits) < 0.5


def test_coding_everything_gives_the_truth_without_an_interval():
    true, machine = corpus(3, units=50)
    letters = np.repeat(["A", "B"], 25)
    found = corrected(machine, true, np.arange(50), letters, {"A": 25, "B": 25}, SHARE)
    assert found.value == pytest.approx(true[:, 0].sum() / true[:, 1].sum())
    assert found.low == found.value == found.high


def test_perfect_software_needs_no_correction():
    true, _ = corpus(4, units=200)
    places = np.arange(0, 200, 4)
    found = corrected(true, true[places], places, np.full(50, "A"), {"A": 200}, SHARE)
    assert found.low == found.value == found.high == pytest.approx(naive(true, SHARE).value)


def test_strata_are_weighed_by_their_size():
    """Ten units in A with a stance each, ninety in B with none found; one in two coded of B has one."""
    machine = np.array([[1.0, 1.0]] * 10 + [[0.0, 0.0]] * 90)
    places, strata = np.array([0, 1, 10, 11]), np.array(["A", "A", "B", "B"])
    coded = np.array([[1.0, 1.0], [1.0, 1.0], [0.0, 1.0], [0.0, 0.0]])
    found = corrected(machine, coded, places, strata, {"A": 10, "B": 90}, SHARE)
    assert found.value == pytest.approx(10 / (10 + 45))


@pytest.mark.filterwarnings("error")
def test_what_cannot_be_told_is_not_told():
    machine, coded = np.ones((20, 2)), np.ones((2, 2))
    one = corrected(machine, coded, np.array([0, 1]), np.array(["A", "B"]), {"A": 10, "B": 10}, SHARE)
    assert one.value == 1
    assert np.isnan(one.low)
    lacking = corrected(machine, coded, np.array([0, 1]), np.array(["A", "A"]), {"A": 10, "B": 10}, SHARE)
    assert np.isnan(lacking.value)
    assert np.isnan(naive(np.zeros((5, 2)), SHARE).value)
    single = naive(np.ones((1, 2)), SHARE)
    assert single.value == 1
    assert np.isnan([single.low, single.high]).all()
