"""The shares and differences that the figures state, as counted and as corrected by a coded sample (design.py).

`against`: of the stances towards X, the share against it. `balance`: of A's stances towards B, those for less those
against, as a share (−1…+1). `speech`: of the statements (outlets apart), the share that passes on X's words.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers import labels
from helpers.charts_data import View, stance_counts, view
from helpers.coded import NOTHING, SAMPLE, completed
from helpers.corrections import machine_tables
from helpers.design import NO_INTERVAL, Interval, Part, corrected, naive
from helpers.sampling import population, unit_ids
from helpers.tables import Tables

COLUMNS = (
    "measure key other name naive naive_low naive_high corrected corrected_low corrected_high units counted"
).split()
TOP = 3
_BOUNDS = {"against": (0, 1), "balance": (-1, 1), "speech": (0, 1)}


class Quantity(NamedTuple):
    """One number that a figure states. `other`: the target of a balance; `less`: the key whose share is taken off."""

    measure: str
    key: str
    other: str | None = None
    less: str | None = None


def quantities(seen: View, top: int = TOP) -> list[Quantity]:
    """What the figures state most prominently: the first speakers, targets of opposition and dyads, and how far the
    first is ahead of the second."""
    spoken = seen.statements.loc[seen.statements["kind"] != "outlet", "key"]
    against = seen.stances.loc[seen.stances["sign"] < 0, "target_key"]
    found = []
    for measure, keys in (("speech", spoken), ("against", against)):
        counts = keys.value_counts()
        first = sorted(counts.index, key=lambda key: (-counts[key], key))[:top]
        found += [Quantity(measure, key) for key in first]
        if len(first) > 1:
            found.append(Quantity(measure, first[0], less=first[1]))
    pairs = stance_counts(seen).head(top)
    return found + [Quantity("balance", *pair) for pair in zip(pairs["source"], pairs["target"], strict=True)]


def estimates(
    tables: Tables, *, lang: str = "vi", level: str = "side", wanted: list[Quantity] | None = None
) -> pd.DataFrame:
    """One row a quantity: measure, key, other, name, `naive` (as the figures state it) with the interval of one who
    takes the software's codes for true, `corrected` with its 95% interval, units coded, statements or stances counted.

    `corrected` is null where the tables hold no coded sample (`tables["coded"]`, from `coded.coded_sample`). The
    correction starts from the software's own codes, before any of `corrections.csv`.

    Args:
        wanted: by default `quantities`.
    """
    seen = view(tables, lang, level)
    wanted = quantities(seen) if wanted is None else wanted
    sample = _Sample(tables, lang, level) if SAMPLE in tables else None
    units = population(tables)[["unit"]]
    rows = []
    for quantity in wanted:
        counts, parts = counts_by_unit(seen, quantity, units["unit"], "sentence")
        stated = _bounded(naive(counts, parts), quantity)
        value, number = sample.corrected(quantity) if sample else (NO_INTERVAL, 0)
        total = int(counts[:, parts[0].denominator].sum())
        about = (quantity.measure, quantity.key, quantity.less or quantity.other, in_words(quantity, seen))
        rows.append((*about, *stated, *_bounded(value, quantity), number, total))
    return pd.DataFrame(rows, columns=COLUMNS)


def fits(tables: Tables) -> str | None:
    """Why the coded sample of some tables cannot correct them, or None."""
    coded = tables[SAMPLE]
    if coded.groupby("stratum")["size"].nunique().gt(1).any():
        return "the sheets come from different samples: keep those of one"
    drawn = int(coded.drop_duplicates("stratum")["size"].sum())
    now = len(population(tables, _unit(coded)))
    if drawn != now:
        return f"the sample was drawn from {drawn} {_unit(coded)}s, the corpus now has {now}: draw a new one"
    return None


def in_words(quantity: Quantity, seen: View) -> str:
    """The quantity in words: `Armenia: share of statements`."""
    names = {"actor": seen.name(quantity.key), "other": seen.name(quantity.less or quantity.other or "")}
    kind = f"estimate.{quantity.measure}" + (".less" if quantity.less else "")
    return labels.say(kind, seen.lang, **names)


class _Sample:
    """A coded sample beside the software's codes of the whole corpus."""

    def __init__(self, tables: Tables, lang: str, level: str):
        coded = tables[SAMPLE]
        self.unit, self.usable = _unit(coded), fits(tables) is None
        machine = {name: table for name, table in machine_tables(tables).items() if name != SAMPLE}
        self.seen = view(machine, lang, level)
        self.units = population(tables, self.unit)["unit"]
        self.place = {unit: n for n, unit in enumerate(self.units)}
        self.coded, self.machine = coded, machine

    def corrected(self, quantity: Quantity) -> tuple[Interval, int]:
        """The corrected value, and from how many coded units."""
        column = "speaker" if quantity.measure == "speech" else "sign"
        rows = completed(self.coded, (column,))
        rows = rows[rows["unit"].isin(self.place)]
        if rows.empty or not self.usable:
            return NO_INTERVAL, 0
        about = rows.drop_duplicates("unit").set_index("unit")
        by_coder = []
        for _, own in rows.groupby("coder"):
            counts, _ = counts_by_unit(coder_view(own, self.machine, self.seen), quantity, about.index, self.unit)
            done = about.index.isin(own["unit"])
            by_coder.append(np.where(done[:, None], counts, np.nan))
        # where several coded a unit, the mean of their counts
        codes = np.nanmean(by_coder, axis=0)
        counts, parts = counts_by_unit(self.seen, quantity, self.units, self.unit)
        sizes = self.coded.drop_duplicates("stratum").set_index("stratum")["size"].astype(int).to_dict()
        places = np.array([self.place[unit] for unit in about.index])
        return corrected(counts, codes, places, about["stratum"].to_numpy(), sizes, parts), len(about)


def coder_view(coded: pd.DataFrame, tables: Tables, seen: View) -> View:
    """A coder's codes as the figures see those of the software."""
    stances = coded[coded["sign"].fillna(0) != 0][["doc_id", "sentence", "source", "target", "sign", "basis"]]
    stances = stances.drop_duplicates(["doc_id", "sentence", "source", "target", "sign"])
    spoken = coded[coded["speaker"].notna() & (coded["speaker"] != NOTHING)][["doc_id", "sentence", "speaker"]]
    spoken = spoken.drop_duplicates()
    outlets = set(tables["actors"].loc[tables["actors"]["type"] == "MEDIA", "actor_id"])
    kinds = ["outlet" if speaker in outlets else "indirect" for speaker in spoken["speaker"]]
    own = {"stances": stances.assign(claimed_by=None), "statements": spoken.assign(kind=kinds)}
    return view({**tables, **own}, seen.lang, seen.level)


def counts_by_unit(seen: View, quantity: Quantity, units: pd.Series, unit: str) -> tuple[np.ndarray, list[Part]]:
    """Counts of a quantity by unit (rows): columns numerator and denominator of each of its shares."""
    columns, parts = [], []
    for sign, key in ((1, quantity.key), (-1, quantity.less)):
        if key is None:
            continue
        rows, values = _rows(seen, quantity, key)
        place = unit_ids(rows, unit)
        for value in (values, np.ones(len(rows))):
            sums = pd.Series(value, index=place, dtype=float).groupby(level=0).sum()
            columns.append(sums.reindex(units).fillna(0).to_numpy())
        parts.append(Part(sign, len(columns) - 2, len(columns) - 1))
    return np.column_stack(columns), parts


def _rows(seen: View, quantity: Quantity, key: str) -> tuple[pd.DataFrame, np.ndarray]:
    """The rows in the denominator of a share, and what each adds to the numerator."""
    if quantity.measure == "speech":
        rows = seen.statements[seen.statements["kind"] != "outlet"]
        return rows, (rows["key"] == key).to_numpy(float)
    rows = seen.stances
    if quantity.measure == "balance":
        rows = rows[(rows["source_key"] == key) & (rows["target_key"] == quantity.other)]
        return rows, rows["sign"].to_numpy(float)
    rows = rows[rows["target_key"] == key]
    return rows, (rows["sign"] < 0).to_numpy(float)


def _unit(coded: pd.DataFrame) -> str:
    return "article" if (coded["unit"] == coded["doc_id"]).all() else "sentence"


def _bounded(found: Interval, quantity: Quantity) -> Interval:
    """The interval within the values that the quantity can have."""
    low, high = _BOUNDS[quantity.measure]
    return Interval(*np.clip(found, -1 if quantity.less else low, high))
