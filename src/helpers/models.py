"""The trained models of a folder: text files of weights, one for each decision that is learned from coded articles."""

from functools import cache, cached_property
from pathlib import Path

from helpers.crf import Crf
from helpers.linear import Linear, Twin
from helpers.paths import MODELS


class Models:
    """What `python -m helpers train` wrote to a folder; each file is read when first asked for."""

    def __init__(self, folder: Path = MODELS):
        self.folder = folder

    @cached_property
    def names(self) -> Crf:
        """Which tokens are names, and of what type (names.py)."""
        return Crf(self.folder / "names.tsv")

    @cached_property
    def statements(self) -> Linear:
        """Whether an actor speaks in a sentence (statements.py)."""
        return Linear(self.folder / "statements.tsv")

    @cached_property
    def choices(self) -> Twin:
        """Which party is the source of a stance cue, and which its target, the source being known (arguments.py)."""
        return Twin(self.folder / "sources.tsv", self.folder / "targets.tsv")

    @cached_property
    def pairs(self) -> Twin:
        """Whether a sentence sets one actor for, and whether it sets him against another (stances.py)."""
        return Twin(self.folder / "for.tsv", self.folder / "against.tsv")

    @cached_property
    def cases(self) -> Twin:
        """Whether a cue sets one actor for another, and whether it sets him against him (stances.py)."""
        return Twin(self.folder / "cue_for.tsv", self.folder / "cue_against.tsv")

    @cached_property
    def again(self) -> Linear:
        """Whether a stance holds, seen beside the others of its article (collective.py)."""
        return Linear(self.folder / "again.tsv")


@cache
def default() -> Models:
    """The project's own models, read once in a process."""
    return Models()
