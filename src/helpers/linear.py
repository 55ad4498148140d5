"""Linear models over named features: weights in text files, one line a feature, so that a reader can ask why."""

import math
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

BIAS = "bias"


class Linear:
    """Weights by feature.

    Args:
        path: tab-separated lines `feature weight`; the feature `bias` counts once for every candidate.
    """

    def __init__(self, path: Path):
        lines = (line.split("\t") for line in path.read_text("utf-8").splitlines())
        self._weights = {feature: float(weight) for feature, weight in lines}
        self._bias = self._weights.get(BIAS, 0.0)

    def score(self, features: Iterable[str]) -> float:
        """The sum of the weights of some features."""
        return self._bias + sum(self._weights.get(feature, 0.0) for feature in features)

    def probability(self, features: Iterable[str]) -> float:
        """The probability (0…1) that a candidate with these features holds (logistic model)."""
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, self.score(features)))))

    def shares(self, options: Sequence[Iterable[str]]) -> list[float]:
        """The probability of each option to be the one chosen (conditional logit); they sum to 1."""
        scores = [self.score(features) for features in options]
        top = max(scores, default=0.0)
        powers = [math.exp(score - top) for score in scores]
        total = sum(powers)
        return [power / total for power in powers]


def _matrix(candidates: Sequence[Sequence[str]]):
    """Candidates × features that at least three candidates have, and the names of those features."""
    from sklearn.feature_extraction import DictVectorizer

    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([dict.fromkeys(features, 1.0) for features in candidates]).tocsr()
    seen = matrix.getnnz(axis=0) >= 3
    return matrix[:, seen], [n for n, kept in zip(vectorizer.get_feature_names_out(), seen, strict=True) if kept]


def _write(names: Iterable[str], weights: Iterable[float], path: Path) -> None:
    lines = sorted((name, weight) for name, weight in zip(names, weights, strict=True) if abs(weight) >= 0.0005)
    path.write_text("".join(f"{name}\t{weight:.4f}\n" for name, weight in lines), "utf-8")


def train(candidates: Sequence[Sequence[str]], holds: Sequence[bool], path: Path, *, strength: float) -> None:
    """Fit a logistic model on candidates and write its weights.

    Args:
        strength: inverse of the L2 penalty (scikit-learn's `C`).
    """
    from sklearn.linear_model import LogisticRegression

    matrix, names = _matrix(candidates)
    model = LogisticRegression(C=strength, max_iter=400).fit(matrix, list(holds))
    _write([BIAS, *names], [model.intercept_[0], *model.coef_[0]], path)


def train_choice(groups: Sequence[Sequence[tuple[Sequence[str], bool]]], path: Path, *, strength: float) -> None:
    """Fit a conditional logit (McFadden 1974) on groups of options and write its weights.

    Args:
        groups: the options of each choice with whether they are right; several right ones share the probability.
        strength: inverse of the L2 penalty.
    """
    from scipy.optimize import minimize

    groups = [group for group in groups if any(right for _, right in group) and not all(right for _, right in group)]
    matrix, names = _matrix([features for group in groups for features, _ in group])
    right = np.array([right for group in groups for _, right in group])
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
    _write(names, fitted.x, path)
