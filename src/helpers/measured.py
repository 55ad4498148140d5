"""How often the software was right where that was measured: the scores on the coded articles, for captions.

`data/gold/scores.csv` holds them; `python -m helpers notebooks` renews it.
"""

from functools import cache
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from helpers import labels
from helpers.paths import GOLD

SCORES = GOLD / "scores.csv"
# by what is counted: the measure at level "actor" and the one at level "side"
_MEASURES = {
    "mentions": ("mentions typed (5 types)", "mentions typed (5 types)"),
    "statements": ("statements (sentence, speaker)", "statements (sentence, speaker)"),
    "stances": ("stances (sentence, source, target, sign)", "stances per article by side"),
}
COLUMNS = "measure precision recall f1 f1_low f1_high articles".split()


class Measured(NamedTuple):
    """Precision and recall (0…1), and the number of coded articles that they were measured on."""

    precision: float
    recall: float
    articles: int


def write_scores(scores: pd.DataFrame, articles: int, path: Path = SCORES) -> None:
    """Keep a table of `score.score` on that many articles, to four decimals."""
    scores.assign(articles=articles)[COLUMNS].round(4).to_csv(path, index=False, lineterminator="\n")
    measured.cache_clear()


@cache
def measured(measure: str) -> Measured | None:
    """What was measured, by the name that `score.MEASURES` has for it; None if nothing was."""
    if not SCORES.exists():
        return None
    table = pd.read_csv(SCORES).set_index("measure")
    if measure not in table.index:
        return None
    row = table.loc[measure]
    return Measured(float(row["precision"]), float(row["recall"]), int(row["articles"]))


def error(what: str, level: str, lang: str) -> str:
    """How well `mentions`, `statements` or `stances` are found, in a sentence; empty if that was not measured."""
    found = measured(_MEASURES[what][level == "side"])
    if found is None:
        return ""
    precision, recall = (labels.percent(share, lang) for share in found[:2])
    told = {"what": labels.say(f"error.{what}", lang), "precision": precision, "recall": recall}
    return labels.say("error", lang, articles=found.articles, **told)
