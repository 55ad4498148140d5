"""A stratified random sample of sentences or articles to be coded by people, with the chance of each to be drawn.

Sentences in which the software found a stance are few and carry the figures, so half of the sample is drawn from them;
the rest shows what the software missed. Within a stratum every unit has the same chance (Cochran 1977, chapter 5).
"""

import hashlib
from collections.abc import Mapping

import numpy as np
import pandas as pd

from helpers.corrections import machine_tables
from helpers.tables import Tables

UNITS = ("sentence", "article")
SEED = 20201005
# the strata by letters that tell a coder nothing, and the share of the sample that each gets
STRATA = {"A": "most stances", "B": "statements, or some stances", "C": "nothing, or fewest stances"}
SHARES = {"A": 0.5, "B": 0.25, "C": 0.25}
FEWEST = 2


def population(tables: Tables, unit: str = "sentence") -> pd.DataFrame:
    """All units that can be drawn, articles that repeat another left out: unit (an id), doc_id, stratum.

    Sentences are A with a stance, B with a statement only, C with neither, as the software coded them; articles are
    ranked by their number of stances and cut into three equal parts.

    Raises:
        ValueError: an unknown unit.
    """
    if unit not in UNITS:
        raise ValueError(f"unit must be one of {', '.join(UNITS)}, not {unit!r}")
    machine = machine_tables(tables)
    documents = tables["documents"]
    kept = documents.loc[documents["duplicate_of"].isna(), "doc_id"]
    if unit == "article":
        counts = kept.map(machine["stances"]["doc_id"].value_counts()).fillna(0)
        place = counts.rank(method="first", ascending=False) - 1
        letters = (place * 3 // max(len(kept), 1)).astype(int).map(dict(enumerate("ABC")))
        return pd.DataFrame({"unit": kept, "doc_id": kept, "stratum": letters}).reset_index(drop=True)
    sentences = tables["sentences"]
    sentences = sentences[sentences["doc_id"].isin(kept)]
    units = unit_ids(sentences, unit)
    found = {name: set(unit_ids(machine[name], unit)) for name in ("stances", "statements")}
    letters = np.select([units.isin(found["stances"]), units.isin(found["statements"])], ["A", "B"], "C")
    return pd.DataFrame({"unit": units, "doc_id": sentences["doc_id"], "stratum": letters}).reset_index(drop=True)


def unit_ids(rows: pd.DataFrame, unit: str) -> pd.Series:
    """The unit in which each row of a table stands: `doc_id` or `doc_id#sentence`."""
    if unit == "article":
        return rows["doc_id"].astype(object)
    return rows["doc_id"].astype(object) + "#" + rows["sentence"].astype(int).astype(str)


def allocate(sizes: Mapping[str, int], n: int) -> dict[str, int]:
    """How many units to draw from each stratum: by `SHARES`, at least two of each, what one lacks from the others."""
    taken = {letter: min(size, FEWEST) for letter, size in sizes.items()}
    while sum(taken.values()) < min(n, sum(sizes.values())):
        room = [letter for letter in sizes if taken[letter] < sizes[letter]]
        taken[min(room, key=lambda letter: (taken[letter] / SHARES[letter], letter))] += 1
    return taken


def draw(tables: Tables, n: int, *, unit: str = "sentence", seed: int = SEED) -> pd.DataFrame:
    """A sample in random order: unit, doc_id, stratum, size and drawn (units of the stratum in all, in the sample),
    probability (of inclusion, drawn / size).

    Whoever codes only the first part of it has coded a random sample still.

    Raises:
        ValueError: fewer than two units to draw or in the corpus, or an unknown unit.
    """
    units = population(tables, unit)
    if n < FEWEST or len(units) < FEWEST:
        raise ValueError(f"a sample needs two units at least; {n} were asked for, the corpus has {len(units)}")
    sizes = units["stratum"].value_counts().sort_index()
    taken = allocate(sizes.to_dict(), n)
    dice = np.random.default_rng(seed)
    chosen = [
        dice.choice(np.flatnonzero(units["stratum"] == letter), number, replace=False)
        for letter, number in taken.items()
    ]
    sample = units.iloc[dice.permutation(np.concatenate(chosen))].reset_index(drop=True)
    sample = sample.assign(size=sample["stratum"].map(sizes), drawn=sample["stratum"].map(taken))
    return sample.assign(probability=sample["drawn"] / sample["size"])


def fingerprint(text: str) -> str:
    """`sha256:` and the first 16 digits of the hash of a text: enough to see that it has changed, and no number that a
    spreadsheet would round."""
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()[:16]}"
