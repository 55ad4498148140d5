"""How far coders agree with one another and with the software: Krippendorff's α, percent agreement, confusion tables.

What is compared is what each says of a sentence, as a set: its speakers, sources, targets, signs, bases, whole stances.
Sets are equal or not (nominal α; Krippendorff 2019, chapter 12; package `krippendorff`). Intervals are percentiles of a
bootstrap over articles, since sentences of one article depend on each other. The sample has more sentences with stances
than the corpus: the values are those of the sample.
"""

from itertools import combinations

import krippendorff
import numpy as np
import pandas as pd

from helpers.charts_data import LEVELS
from helpers.coded import NOTHING, completed
from helpers.codes import SIGN_WORDS
from helpers.corrections import machine_tables
from helpers.tables import Tables

VARIABLES = ("speaker", "sign", "source", "target", "basis", "stance")
MACHINE = "machine"
COLUMNS = "variable coders sentences alpha alpha_low alpha_high percent percent_low percent_high".split()
DRAWS = 500
SEED = 20201005
_BOTH, _JOIN = "both", " & "


def codings(coded: pd.DataFrame, tables: Tables, *, level: str = "side") -> pd.DataFrame:
    """What each coder, and the software as coder `machine`, says of each coded sentence.

    Returns:
        One row for each coder and sentence (index coder, doc_id, sentence); a column for each of `VARIABLES`: `none`,
        or what was coded, several joined by ` & `; null where the coder has not coded it.
    """
    keys = _keys(tables, level)
    parts = []
    for coder, own in coded.groupby("coder"):
        stances = completed(own, ("sign",)) if len(own) else own
        spoken = completed(own, ("speaker",)) if len(own) else own
        parts.append(_said(stances, spoken, keys).assign(coder=coder))
    machine, place = machine_tables(tables), ["doc_id", "sentence"]
    sentences = coded[place].drop_duplicates()
    found = sentences.merge(machine["stances"], on=place, how="left")
    found["sign"] = found["sign"].astype("Int64").fillna(0)
    speech = machine["statements"]
    speech = sentences.merge(speech[speech["kind"] != "outlet"], on=place, how="left")
    parts.append(_said(found, speech.fillna({"speaker": NOTHING}), keys).assign(coder=MACHINE))
    return pd.concat(parts).set_index("coder", append=True).reorder_levels(["coder", *place]).sort_index()


def agreement(
    coded: pd.DataFrame, tables: Tables, *, level: str = "side", draws: int = DRAWS, seed: int = SEED
) -> pd.DataFrame:
    """One row for each variable and each set of coders: all people together (if several), each pair, each with the
    software. `COLUMNS`: sentences that at least two of them coded; alpha and percent (0…1) with 95% intervals.

    Alpha is null where nobody differs because all say one thing.

    Args:
        level: `side`, where a minister counts as his state, or `actor`.
    """
    said = codings(coded, tables, level=level)
    people = sorted(set(coded["coder"]))
    groups = [people] if len(people) > 2 else []
    groups += [list(pair) for pair in combinations(people, 2)] + [[coder, MACHINE] for coder in people]
    rows = []
    for variable in VARIABLES:
        wide = said[variable].unstack("coder").reindex(columns=[*people, MACHINE])
        for group in groups:
            numbers = _agree(wide[group], draws, np.random.default_rng(seed))
            rows.append((variable, _JOIN.join(group), *numbers))
    return pd.DataFrame(rows, columns=COLUMNS)


def confusion(
    coded: pd.DataFrame, tables: Tables, first: str, second: str, *, variable: str = "sign", level: str = "side"
) -> pd.DataFrame:
    """Sentences by what two coders say of them: rows `first`, columns `second` (either may be `machine`)."""
    wide = codings(coded, tables, level=level)[variable].unstack("coder").reindex(columns=[first, second]).dropna()
    values = sorted(set(wide[first]) | set(wide[second]))
    table = pd.crosstab(wide[first], wide[second])
    return table.reindex(index=values, columns=values, fill_value=0)


def _keys(tables: Tables, level: str) -> dict[str, str]:
    """The side of each actor that has one, at level `side`."""
    if level not in LEVELS:
        raise ValueError(f"level must be one of {', '.join(LEVELS)}, not {level!r}")
    actors = tables["actors"].dropna(subset=["side"])
    return dict(zip(actors["actor_id"], actors["side"], strict=True)) if level == "side" else {}


def _said(stances: pd.DataFrame, spoken: pd.DataFrame, keys: dict[str, str]) -> pd.DataFrame:
    """By doc_id and sentence: each variable as one text."""
    place = ["doc_id", "sentence"]
    rows = stances.dropna(subset=["sign"])
    rows = rows[["sign", "source", "target", "basis", *place]].astype(object)
    source, target = (rows[end].map(lambda key: keys.get(key, key)) for end in ("source", "target"))
    taken = (rows["sign"] != 0) & (source.astype(str) != target.astype(str))
    sign = rows["sign"].map(SIGN_WORDS)
    stance = source.astype(str) + " " + sign + " " + target.astype(str)
    columns = {"sign": sign, "source": source, "target": target, "basis": rows["basis"], "stance": stance}
    said = {
        name: values.where(taken).groupby([rows[column] for column in place]).agg(_set)
        for name, values in columns.items()
    }
    rows = spoken.dropna(subset=["speaker"])
    speaker = rows["speaker"].map(lambda key: keys.get(key, key)).where(rows["speaker"] != NOTHING)
    said["speaker"] = speaker.groupby([rows[column] for column in place]).agg(_set)
    return pd.DataFrame(said).reindex(columns=list(VARIABLES)).rename_axis(place)


def _set(values: pd.Series) -> str:
    found = sorted(set(values.dropna()))
    return _BOTH if found == ["against", "for"] else _JOIN.join(found) or NOTHING


def _agree(wide: pd.DataFrame, draws: int, dice: np.random.Generator) -> tuple:
    """Sentences, alpha with interval, percent agreement with interval, from values by sentence and coder."""
    wide = wide[wide.notna().sum(axis=1) > 1]
    if wide.empty:
        return (0, *[float("nan")] * 6)
    long = wide.stack()
    counts = pd.crosstab([long.index.get_level_values(0), long.index.get_level_values(1)], long.to_numpy())
    table, articles = counts.to_numpy(), counts.index.get_level_values(0)
    names, number = np.unique(articles, return_inverse=True)
    drawn = dice.multinomial(len(names), np.full(len(names), 1 / len(names)), size=draws)
    samples = [np.repeat(table, weights[number], axis=0) for weights in drawn]
    alphas, shares = [_alpha(sample) for sample in samples], [_percent(sample) for sample in samples]
    spread = [_spread(values if len(names) > 1 else []) for values in (alphas, shares)]
    return (len(table), _alpha(table), *spread[0], _percent(table), *spread[1])


def _spread(values: list[float]) -> np.ndarray:
    """The interval that holds 95% of the values that there are, nan without any."""
    known = [value for value in values if not np.isnan(value)]
    return np.percentile(known, [2.5, 97.5]) if known else np.full(2, np.nan)


def _alpha(counts: np.ndarray) -> float:
    if (counts.sum(axis=0) > 0).sum() < 2:
        return float("nan")
    return float(krippendorff.alpha(value_counts=counts, level_of_measurement="nominal"))


def _percent(counts: np.ndarray) -> float:
    """The share of pairs of codes of one sentence that are equal."""
    total = counts.sum(axis=1)
    return float((counts * (counts - 1)).sum() / (total * (total - 1)).sum())
