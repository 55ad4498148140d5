"""A rehearsal of coding with simulated coders, whose error rates are known: to learn the steps, and to test them.

Nothing here stands for people's work. The simulated coders copy the coded articles of `data/gold/` with errors made by
dice; the result says how the method behaves, and nothing of the corpus.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.charts_data import view
from helpers.coded import NOTHING, SAMPLE, read_sheets
from helpers.codes import SIGN_WORDS
from helpers.design import corrected, naive
from helpers.estimates import coder_view, counts_by_unit, estimates, in_words, quantities
from helpers.gold import CodedArticle
from helpers.sampling import draw, population
from helpers.sheets import LINES, coding_sheet, write_sheets
from helpers.tables import Tables


class Rates(NamedTuple):
    """How often a simulated coder errs (0…1): overlooks a stance or speaker, turns a sign, sees a stance where the
    coded articles have none (towards an actor of the article)."""

    miss: float = 0.05
    turn: float = 0.02
    invent: float = 0.02


def only(articles: Sequence[CodedArticle], tables: Tables) -> dict[str, pd.DataFrame]:
    """The tables with these articles alone, as if they were the corpus."""
    ids = {article.doc_id for article in articles}
    return {
        name: table[table["doc_id"].isin(ids)].reset_index(drop=True) if "doc_id" in table else table
        for name, table in tables.items()
    }


def fill(sheet: pd.DataFrame, codes: pd.DataFrame, rates: Rates, *, seed: int) -> pd.DataFrame:
    """A sheet of `sheets.coding_sheet` as a simulated coder fills it from `codes`, with errors at these rates."""
    dice = np.random.default_rng(seed)
    by_place = dict(list(codes.groupby(["doc_id", "sentence"])))
    actors = codes.dropna(subset=["source"]).groupby("doc_id")["source"].unique().to_dict()
    parts = []
    for _, lines in sheet.groupby("no", sort=False):
        place = lines["doc_id"].iloc[0], lines["sentence_no"].iloc[0]
        own = by_place.get(place, codes.head(0))
        spoken = [s for s in own["speaker"].dropna() if dice.random() >= rates.miss] or [NOTHING]
        taken = [row for row in own.dropna(subset=["source"]).to_dict("records") if dice.random() >= rates.miss]
        taken = [row | {"sign": -row["sign"]} if dice.random() < rates.turn else row for row in taken]
        if dice.random() < rates.invent and len(actors.get(place[0], ())) > 1:
            source, target = dice.choice(actors[place[0]], 2, replace=False)
            taken.append({"source": source, "target": target, "sign": int(dice.choice([1, -1])), "basis": "words"})
        stances = taken or [{"sign": 0}]
        count = max(len(spoken), len(stances), LINES)
        filled = pd.DataFrame(stances, columns=["source", "target", "sign", "basis"])
        filled = filled.reindex(range(count)).assign(speaker=pd.Series(spoken, dtype=object))
        filled["sign"] = filled["sign"].map(SIGN_WORDS)
        lines = lines.iloc[[min(n, LINES - 1) for n in range(count)]].reset_index(drop=True)
        parts.append(lines.assign(**filled.astype(object).fillna("")))
    return pd.concat(parts, ignore_index=True)


def rehearse(
    tables: Tables, codes: pd.DataFrame, coders: Mapping[str, Rates], folder: Path, *, n: int, seed: int, unit: str
) -> dict[str, pd.DataFrame]:
    """The tables with a sample (`tables["coded"]`): drawn, written to sheets, filled by simulated coders, read back."""
    sheet = coding_sheet(tables, draw(tables, n, unit=unit, seed=seed), corpus="rehearsal")
    paths = []
    for number, (name, rates) in enumerate(coders.items()):
        filled = fill(sheet, codes, rates, seed=seed + number)
        paths.append(write_sheets(tables, filled, folder / f"{name}.xlsx")[0])
    return dict(tables) | {SAMPLE: read_sheets(paths, tables)[0]}


def compared(tables: Tables, codes: pd.DataFrame, *, lang: str = "vi", level: str = "side") -> pd.DataFrame:
    """`estimates.estimates` of rehearsed tables with a column `all_coded`: what the codes of all sentences give."""
    seen = view(tables, lang, level)
    wanted, coded = quantities(seen), coder_view(codes, tables, seen)
    told = {name: table for name, table in tables.items() if name != SAMPLE}
    told |= {"stances": coded.stances, "statements": coded.statements}
    found = estimates(tables, lang=lang, level=level, wanted=wanted)
    return found.assign(all_coded=estimates(told, lang=lang, level=level, wanted=wanted)["naive"])


def coverage(
    tables: Tables, codes: pd.DataFrame, *, n: int, draws: int = 200, lang: str = "vi", level: str = "side"
) -> pd.DataFrame:
    """How often the corrected interval holds what the codes of all sentences give, over samples of `n` coded without
    error: name, all_coded, naive (does the naive interval hold it?), corrected (share of the draws, 0…1)."""
    seen, units = view(tables, lang, level), population(tables)["unit"]
    coded, place = coder_view(codes, tables, seen), {unit: row for row, unit in enumerate(units)}
    samples = [draw(tables, n, seed=seed) for seed in range(draws)]
    rows = []
    for quantity in quantities(seen):
        machine, parts = counts_by_unit(seen, quantity, units, "sentence")
        true, _ = counts_by_unit(coded, quantity, units, "sentence")
        value, counted, hits = naive(true, parts).value, naive(machine, parts), []
        for sample in samples:
            places, strata = sample["unit"].map(place).to_numpy(), sample["stratum"].to_numpy()
            sizes = dict(zip(strata, sample["size"], strict=True))
            found = corrected(machine, true[places], places, strata, sizes, parts)
            hits.append(found.low <= value <= found.high)
        rows.append((in_words(quantity, seen), value, counted.low <= value <= counted.high, np.mean(hits)))
    return pd.DataFrame(rows, columns=["name", "all_coded", "naive", "corrected"])
