"""A linear-chain conditional random field over named features: weights in a text file, decoding in numpy.

Lafferty, McCallum and Pereira (2001). Training is CRFsuite's (L-BFGS with an L1 term, which leaves few weights);
reading it needs no more than numpy.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

Features = Sequence[Sequence[str]]
TRANSITION = "after:"


class Crf:
    """A trained model.

    Args:
        path: tab-separated lines `feature label weight`; a feature `after:A` with label B is the weight of B after A.
    """

    def __init__(self, path: Path):
        lines = [line.split("\t") for line in path.read_text("utf-8").splitlines()]
        self.labels = sorted({label for _, label, _ in lines})
        number = {label: n for n, label in enumerate(self.labels)}
        # Row: a label; column: the label before it
        self._into = np.zeros((len(self.labels), len(self.labels)))
        # Row 0 is of features without weight, so that every token has a row
        self._rows: dict[str, int] = {}
        for feature, label, weight in lines:
            if feature.startswith(TRANSITION):
                self._into[number[label], number[feature.removeprefix(TRANSITION)]] = float(weight)
            else:
                self._rows.setdefault(feature, len(self._rows) + 1)
        self._weights = np.zeros((len(self._rows) + 1, len(self.labels)))
        for feature, label, weight in lines:
            if feature in self._rows:
                self._weights[self._rows[feature], number[label]] = float(weight)
        for before, n in number.items():
            for label, m in number.items():
                if label.startswith("I-") and before[2:] != label[2:]:
                    self._into[m, n] = -1e4

    def decode(self, sequence: Features) -> list[str]:
        """The best labels of a sequence of tokens, one each (Viterbi)."""
        if not sequence:
            return []
        rows, starts, find = [], [], self._rows.get
        for features in sequence:
            starts.append(len(rows))
            rows.append(0)
            rows += filter(None, map(find, features))
        states = np.add.reduceat(self._weights.take(rows, axis=0), starts, axis=0)
        states[0, [n for n, label in enumerate(self.labels) if label.startswith("I-")]] = -1e4
        steps, score = [], states[0]
        for state in states[1:]:
            steps.append(score + self._into)
            score = np.maximum.reduce(steps[-1], axis=1) + state
        path = [int(score.argmax())]
        for step in reversed(steps):
            path.append(int(step[path[-1]].argmax()))
        return [self.labels[n] for n in reversed(path)]


def train(sequences: Sequence[Features], labels: Sequence[Sequence[str]], path: Path, *, c1: float, c2: float) -> None:
    """Train on sequences of tokens and write the weights file.

    Args:
        sequences, labels: one feature list and one label a token.
        c1, c2: strength of the L1 and L2 terms.
    """
    import tempfile

    import pycrfsuite

    trainer = pycrfsuite.Trainer(verbose=False)
    for features, tags in zip(sequences, labels, strict=True):
        trainer.append(features, tags)
    trainer.set_params({"c1": c1, "c2": c2, "max_iterations": 150, "feature.minfreq": 2})
    with tempfile.TemporaryDirectory() as folder:
        model = str(Path(folder) / "model")
        trainer.train(model)
        tagger = pycrfsuite.Tagger()
        tagger.open(model)
        info = tagger.info()
        lines = [(f"{TRANSITION}{a}", b, w) for (a, b), w in info.transitions.items()]
        lines += [(feature, label, w) for (feature, label), w in info.state_features.items()]
        tagger.close()
    kept = [f"{feature}\t{label}\t{weight:.3f}" for feature, label, weight in sorted(lines) if abs(weight) >= 0.001]
    path.write_text("\n".join(kept) + "\n", "utf-8")
