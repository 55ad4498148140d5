"""Logistic regression over named features: weights in a text file, one line a feature, so that a reader can ask why."""

import math
from collections.abc import Iterable, Sequence
from pathlib import Path


class Linear:
    """A trained model.

    Args:
        path: tab-separated lines `feature weight`; the feature `bias` counts once for every candidate.
    """

    def __init__(self, path: Path):
        lines = (line.split("\t") for line in path.read_text("utf-8").splitlines())
        self._weights = {feature: float(weight) for feature, weight in lines}
        self._bias = self._weights.get("bias", 0.0)

    def probability(self, features: Iterable[str]) -> float:
        """The probability (0…1) that a candidate with these features holds."""
        score = self._bias + sum(self._weights.get(feature, 0.0) for feature in features)
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def train(candidates: Sequence[Sequence[str]], holds: Sequence[bool], path: Path, *, strength: float) -> None:
    """Fit on candidates and write the weights file.

    Args:
        strength: inverse of the L2 penalty (scikit-learn's `C`).
    """
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([dict.fromkeys(features, 1.0) for features in candidates])
    seen = matrix.getnnz(axis=0) >= 3
    model = LogisticRegression(C=strength, max_iter=400).fit(matrix[:, seen], list(holds))
    names = [name for name, kept in zip(vectorizer.get_feature_names_out(), seen, strict=True) if kept]
    weights = [("bias", model.intercept_[0]), *sorted(zip(names, model.coef_[0], strict=True))]
    path.write_text("".join(f"{name}\t{weight:.4f}\n" for name, weight in weights if abs(weight) >= 0.0005), "utf-8")
