"""Linear models over named features: weights in text files, one line a feature, so that a reader can ask why."""

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

BIAS = "bias"


class Group(tuple[str, ...]):
    """Features that many candidates share; a group is only ever equal to itself, so that its sums are quickly found."""

    __slots__ = ()
    __eq__ = object.__eq__
    __hash__ = object.__hash__


class Linear:
    """Weights by feature.

    Args:
        path: tab-separated lines `feature weight`; the feature `bias` counts once for every candidate.
    """

    def __init__(self, path: Path):
        self._weights = _read(path)
        self._bias = self._weights.get(BIAS, 0.0)

    def score(self, features: Iterable[str]) -> float:
        """The sum of the weights of some features."""
        return self._bias + sum(self._weights.get(feature, 0.0) for feature in features)

    def weigh(self, values: Mapping[str, float]) -> float:
        """The sum of some numbers, each times its weight."""
        return self._bias + sum(self._weights.get(name, 0.0) * value for name, value in values.items())

    def probability(self, features: Iterable[str]) -> float:
        """The probability (0…1) that a candidate with these features holds (logistic model)."""
        return logistic(self.score(features))

    def shares(self, options: Sequence[Iterable[str]]) -> list[float]:
        """The probability of each option to be the one chosen (conditional logit); they sum to 1."""
        return softmax([self.score(features) for features in options])


class Twin:
    """Two models that are asked about the same candidates.

    Each feature is looked up once: its weights are one complex number, the real part of the first model, the imaginary
    part of the second.

    Args:
        first, second: their files.
    """

    def __init__(self, first: Path, second: Path):
        one, other = _read(first), _read(second)
        self._weights = {name: complex(one.get(name, 0.0), other.get(name, 0.0)) for name in one | other}
        self._bias = self._weights.get(BIAS, 0j)
        self._kept = lru_cache(maxsize=10_000)(self.weigh)

    def weigh(self, features: Iterable[str]) -> complex:
        """The sums of the weights of some features, without the bias."""
        return sum(filter(None, map(self._weights.get, features)), 0j)

    def score(self, groups: Iterable[Group], features: Iterable[str]) -> complex:
        """The score of a candidate by each model.

        Args:
            groups: features that it shares with many others, whose sums are kept.
            features: its other features, each once.
        """
        return sum(map(self._kept, groups), self._bias + self.weigh(features))


def _read(path: Path) -> dict[str, float]:
    lines = (line.split("\t") for line in path.read_text("utf-8").splitlines())
    return {feature: float(weight) for feature, weight in lines}


def logistic(score: float) -> float:
    """The probability of a score."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def softmax(scores: Sequence[float]) -> list[float]:
    """The probability of each of some options by their scores."""
    top = max(scores, default=0.0)
    powers = [math.exp(score - top) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]


class Encoder:
    """Feature names as columns, in the order they are first seen, so that many candidates fit in memory."""

    def __init__(self):
        self.columns: dict[str, int] = {}

    def encode(self, candidates: Iterable[Iterable[str]]) -> "csr_matrix":
        """Candidates × features seen so far, 1.0 where a candidate has a feature."""
        from scipy.sparse import csr_matrix

        columns, ends = [], [0]
        for features in candidates:
            columns += {self.columns.setdefault(feature, len(self.columns)): None for feature in features}
            ends.append(len(columns))
        shape = (len(ends) - 1, len(self.columns))
        return csr_matrix((np.ones(len(columns), np.float32), np.array(columns, np.int32), ends), shape=shape)

    def join(self, parts: Sequence["csr_matrix"], least: int) -> tuple["csr_matrix", list[str]]:
        """Parts one below the other, and the names of the features that at least `least` candidates have."""
        from scipy.sparse import csr_matrix, vstack

        wide = (len(part.indptr) - 1 for part in parts)
        full = [
            csr_matrix((part.data, part.indices, part.indptr), shape=(size, len(self.columns)))
            for part, size in zip(parts, wide, strict=True)
        ]
        matrix = vstack(full, format="csr")
        seen = np.flatnonzero(matrix.getnnz(axis=0) >= least)
        names = list(self.columns)
        return matrix[:, seen], [names[n] for n in seen]


def _write(names: Iterable[str], weights: Iterable[float], path: Path, smallest: float) -> None:
    lines = sorted((name, weight) for name, weight in zip(names, weights, strict=True) if abs(weight) >= smallest)
    path.write_text("".join(f"{name}\t{weight:.4f}\n" for name, weight in lines), "utf-8")


def train(
    matrix: "csr_matrix",
    names: Sequence[str],
    holds: Sequence[bool],
    path: Path,
    *,
    strength: float,
    smallest: float = 0.005,
) -> None:
    """Fit a logistic model on candidates and write its weights.

    Args:
        matrix, names: candidates × features, as `Encoder.join` gives them.
        strength: inverse of the L2 penalty (scikit-learn's `C`).
        smallest: weights nearer to zero are left out.
    """
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=strength, max_iter=400, solver="liblinear").fit(matrix, list(holds))
    _write([BIAS, *names], [model.intercept_[0], *model.coef_[0]], path, smallest)


def train_numbers(
    matrix: np.ndarray, names: Sequence[str], holds: Sequence[bool], path: Path, *, strength: float
) -> None:
    """Fit a logistic model on candidates described by numbers and write its weights.

    Args:
        matrix, names: candidates × numbers, and what they are called.
        strength: inverse of the L2 penalty, on numbers of mean 0 and standard deviation 1.
    """
    from sklearn.linear_model import LogisticRegression

    mean, spread = matrix.mean(axis=0), matrix.std(axis=0)
    spread[spread == 0] = 1.0
    model = LogisticRegression(C=strength, max_iter=400).fit((matrix - mean) / spread, list(holds))
    weights = model.coef_[0] / spread
    _write([BIAS, *names], [model.intercept_[0] - weights @ mean, *weights], path, 0.0)


def train_choice(
    matrix: "csr_matrix",
    names: Sequence[str],
    groups: Sequence[Sequence[bool]],
    path: Path,
    *,
    strength: float,
    smallest: float = 0.005,
) -> None:
    """Fit a conditional logit (McFadden 1974) on groups of options and write its weights.

    Args:
        matrix, names: options × features, the options of all groups one below the other.
        groups: of each option of a group whether it is right; several right ones share the probability, and a group
            without a right or a wrong one teaches nothing.
        strength: inverse of the L2 penalty.
        smallest: weights nearer to zero are left out.
    """
    from scipy.optimize import minimize

    teaches = [any(group) and not all(group) for group in groups]
    matrix = matrix[np.repeat(teaches, [len(group) for group in groups])]
    groups = [group for group, kept in zip(groups, teaches, strict=True) if kept]
    right = np.array([right for group in groups for right in group])
    sizes = np.array([len(group) for group in groups])
    starts = np.cumsum(sizes) - sizes
    wrong = np.where(right, 0.0, -1e9)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = matrix @ weights
        whole = np.logaddexp.reduceat(scores, starts)
        good = np.logaddexp.reduceat(scores + wrong, starts)
        gradient = np.exp(scores - whole.repeat(sizes)) - np.exp(scores + wrong - good.repeat(sizes))
        penalty = weights @ weights / (2 * strength)
        return (whole - good).sum() + penalty, matrix.T @ gradient + weights / strength

    fitted = minimize(loss, np.zeros(matrix.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 200})
    _write(names, fitted.x, path, smallest)
