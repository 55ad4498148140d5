"""Shares corrected by a coded sample: the software's counts for all, and what the sample says of their error.

Design-based supervised learning (Egami, Hinck, Stewart and Wei 2023, NeurIPS) with known chances of inclusion. For
totals it is the difference estimator of survey sampling (Särndal, Swensson and Wretman 1992, chapter 6) and, with
software for predictions, prediction-powered inference (Angelopoulos et al. 2023, Science 382) in strata. It is right
on average whatever the errors of the software; the better the software, the shorter the interval. Written here because
`ppi-python` 0.2.3 knows neither strata nor ratios nor a sample that is a large part of a finite corpus.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from scipy.stats import t as student

LEVEL = 0.95


class Interval(NamedTuple):
    """A value with its 95% interval; nan where there is none."""

    value: float
    low: float
    high: float


class Part(NamedTuple):
    """A share that enters a quantity with a sign: the columns of its numerator and denominator in the counts."""

    sign: int
    numerator: int
    denominator: int


NO_INTERVAL = Interval(float("nan"), float("nan"), float("nan"))


def naive(machine: np.ndarray, parts: Sequence[Part]) -> Interval:
    """A sum of signed shares as the software counts, with the interval of one who takes its codes for true (none for a
    corpus of one unit).

    Args:
        machine: counts by unit (rows) and column, all units of the corpus.
        parts: the shares.
    """
    totals = machine.sum(axis=0)
    value = _value(totals, parts)
    if np.isnan(value):
        return NO_INTERVAL
    if len(machine) < 2:
        return Interval(value, float("nan"), float("nan"))
    spread = _influence(machine, totals, parts)
    half = student.ppf((1 + LEVEL) / 2, len(machine) - 1) * np.sqrt(len(machine) * np.var(spread, ddof=1))
    return Interval(value, value - half, value + half)


def corrected(
    machine: np.ndarray,
    coded: np.ndarray,
    places: np.ndarray,
    strata: np.ndarray,
    sizes: dict[str, int],
    parts: Sequence[Part],
) -> Interval:
    """A sum of signed shares of the whole corpus, corrected by a stratified random sample without replacement.

    Each total is that of the software plus, in each stratum, its size times the mean error in the sample; the variance
    of the ratio is by linearisation (Särndal et al. 1992, section 5.6), with the correction for a finite population.

    Args:
        machine: the software's counts by unit (rows) and column, all units of the corpus.
        coded: the coders' counts of the units in the sample.
        places: rows of `machine` that are in the sample.
        strata: the stratum of each unit in the sample.
        sizes: the number of units of each stratum in the corpus.
        parts: the shares.

    Returns:
        The value, and no interval where a stratum has one coded unit only; nothing where one has none.
    """
    error = coded - machine[places]
    totals, variance, free, known = machine.sum(axis=0).astype(float), 0.0, 0, True
    for stratum, size in sizes.items():
        own = error[strata == stratum]
        if not len(own):
            return NO_INTERVAL
        totals += size * own.mean(axis=0)
    value = _value(totals, parts)
    if np.isnan(value):
        return NO_INTERVAL
    spread = _influence(error, totals, parts)
    for stratum, size in sizes.items():
        own = spread[strata == stratum]
        if len(own) == size:
            continue
        known = known and len(own) > 1
        free += len(own) - 1
        variance += size**2 * (1 - len(own) / size) * (np.var(own, ddof=1) if len(own) > 1 else 0.0) / len(own)
    if not known:
        return Interval(value, float("nan"), float("nan"))
    half = student.ppf((1 + LEVEL) / 2, free) * np.sqrt(variance) if free else 0.0
    return Interval(value, value - half, value + half)


def _value(totals: np.ndarray, parts: Sequence[Part]) -> float:
    if any(totals[part.denominator] <= 0 for part in parts):
        return float("nan")
    return sum(part.sign * totals[part.numerator] / totals[part.denominator] for part in parts)


def _influence(counts: np.ndarray, totals: np.ndarray, parts: Sequence[Part]) -> np.ndarray:
    """What each unit adds to the quantity (first-order Taylor terms)."""
    terms = [
        part.sign
        * (counts[:, part.numerator] - totals[part.numerator] / totals[part.denominator] * counts[:, part.denominator])
        / totals[part.denominator]
        for part in parts
    ]
    return np.sum(terms, axis=0)
