"""How sure the ranking is: its spread over resampled articles, the confidence of the stances, corrected shares."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from helpers.charts_base import GREY, INK, PALE, Figure, Sheet, head, name_rows, styled
from helpers.charts_data import Tables, View, evidence, mention_counts, view
from helpers.coded import SAMPLE
from helpers.estimates import estimates

DRAWS = 1000
SEED = 20201005
COMPARED = 300
PARTS = (1.7, 1.4, 1.5)


@styled
def how_sure(
    tables: Tables,
    *,
    lang: str = "vi",
    level: str = "actor",
    top: int | None = None,
    min_count: int = 1,
    size: str = "page",
) -> Figure:
    """The ranking by mentions with 95% intervals, and the mean confidence of stances. `min_count`: fewest mentions.

    Intervals: percentiles of a bootstrap over whole articles (Efron and Tibshirani 1993), since mentions of one
    article depend on each other; it tells of the choice of articles, not of errors of extraction.
    Where the tables hold a coded sample, below it the shares and differences that other figures state, as counted and
    corrected (estimates.py).
    Data, a row an actor: key, name, mentions, low, high, rank, rank_low, rank_high, confidence (0…1), stances; with a
    coded sample also the columns and rows of `estimates.estimates`, and `measure` is "mentions" for the actors.
    """
    seen = view(tables, lang, level)
    sheet = Sheet("certainty", "12-certainty", seen, size)
    counts = mention_counts(seen).query("mentions >= @min_count")
    stated = _stated(tables, lang, level, few=sheet.size.fixed)
    below = (2 * len(stated) + 4) * sheet.size.row if len(stated) else 0
    shown = counts.head(sheet.rows(len(counts), top, height=sheet.size.row, head=9 + below / sheet.size.row))
    if shown.empty or seen.articles < 2:
        why = "empty.one" if seen.articles == 1 else None
        return sheet.nothing("key name mentions low high rank rank_low rank_high confidence stances", why)
    data = shown[["key", "name", "mentions"]].join(_intervals(seen, counts), on="key")
    data = data.join(_confidence(seen), on="key").fillna({"stances": 0}).astype({"stances": int})
    above = (len(data) + 3.5) * sheet.size.row
    fig = sheet.canvas(above + below)
    upper, lower = fig.subfigures(2, 1, height_ratios=[above, below]) if below else (fig, None)
    axes = upper.subplots(1, 3, sharey=True, width_ratios=PARTS)
    if lower:
        about = {"units": int(stated["units"].max()), "coders": ", ".join(sorted(set(tables[SAMPLE]["coder"])))}
        _shares(lower.subplots(), stated, sheet, about)
    _spread(axes[0], data["mentions"], data["low"], data["high"])
    _spread(axes[1], data["rank"], data["rank_low"], data["rank_high"])
    axes[2].plot(data["confidence"], data.index, "o", color=INK, markersize=2.6, clip_on=False)
    axes[2].set(xlim=(0, 1))
    axes[0].set_xlim(left=0)
    axes[1].set_xlim(left=0)
    for ax, text, parts in zip(axes, ("mentions", "rank", "confidence"), PARTS, strict=True):
        panel = (sheet.size.width - sheet.size.names) * parts / sum(PARTS) - 12
        head(ax, sheet.say(text), panel)
        ax.grid(axis="y")
        ax.tick_params(axis="y", length=0)
        ticks = _ticks(text, ax.get_xlim()[1])
        ax.set_xticks(ticks, [sheet.number(value) for value in ticks])
    name_rows(axes[0], [sheet.fit(name) for name in data["name"]], 12 if sheet.size.fixed and not below else 0)
    rows = seen.mentions[seen.mentions["key"].isin(data["key"])]
    rows = evidence(rows, rows["key"].map(seen.name))
    figure = sheet.finish(fig, data, rows, draws=DRAWS, shown=len(data), total=len(counts))
    if not below:
        return figure
    said = sheet.say("certainty.corrected", **about)
    data = pd.concat([figure.data.assign(measure="mentions"), stated], ignore_index=True)
    return replace(figure, data=data, caption=f"{figure.caption} {said}")


def _stated(tables: Tables, lang: str, level: str, *, few: bool) -> pd.DataFrame:
    """The quantities that a coded sample corrects, or a `few` of them, one of each measure; none without a sample."""
    if SAMPLE not in tables:
        return pd.DataFrame()
    found = estimates(tables, lang=lang, level=level).dropna(subset=["corrected"])
    return (found.drop_duplicates("measure") if few else found).reset_index(drop=True)


def _shares(ax: Axes, stated: pd.DataFrame, sheet: Sheet, about: Mapping[str, object]) -> None:
    """Each quantity on two lines: its name, and below it the value as counted and as corrected, with its interval."""
    rows, width = stated.index + 0.15, sheet.size.width - 20
    ax.hlines(stated.index[1:] - 0.5, 0, 1, color=PALE, linewidth=0.6, transform=ax.get_yaxis_transform())
    ax.vlines([0] * len(rows), rows - 0.2, rows + 0.2, color=GREY, linewidth=0.8)
    ax.hlines(rows, stated["corrected_low"], stated["corrected_high"], color=GREY, linewidth=1.6, clip_on=False)
    look = {"color": INK, "clip_on": False}
    ax.plot(
        stated["naive"], rows, "D", label=sheet.say("estimate.naive"), markersize=4.4, markerfacecolor="white", **look
    )
    ax.plot(stated["corrected"], rows, "o", label=sheet.say("estimate.corrected"), markersize=3.2, **look)
    for row, name in stated["name"].items():
        ax.text(0, row - 0.25, sheet.fit(name, width), transform=ax.get_yaxis_transform(), va="center")
    low = -1 if (stated[["naive", "corrected_low"]] < 0).any(axis=None) else 0
    ax.set(xlim=(low, 1), ylim=(len(stated) - 0.4, -0.6), yticks=[])
    ax.spines["left"].set_visible(False)
    ticks = [tick for tick in (-1, -0.5, 0, 0.5, 1) if tick >= low]
    ax.set_xticks(ticks, [sheet.number(tick) for tick in ticks])
    head(ax, sheet.say("estimate.title", **about), width, loc="left", pad=2 * sheet.size.font)
    ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, frameon=False, borderpad=0, handletextpad=0.2)


def _intervals(seen: View, counts: pd.DataFrame) -> pd.DataFrame:
    """Index key: 95% interval of mentions (low, high), rank, and 95% interval of the rank (rank_low, rank_high).

    Ranks are among the first `COMPARED` actors.
    """
    keys = counts["key"].head(COMPARED)
    table = pd.crosstab(seen.mentions["doc_id"], seen.mentions["key"])
    table = table.reindex(index=seen.documents["doc_id"], columns=keys, fill_value=0).to_numpy()
    draw = np.random.default_rng(SEED)
    even = np.full(len(table), 1 / len(table))
    totals = np.array([draw.multinomial(len(table), even) @ table for _ in range(DRAWS)])
    ranks = _ranks(totals)
    low, high = np.percentile(totals, [2.5, 97.5], axis=0, method="nearest")
    rank_low, rank_high = np.percentile(ranks, [2.5, 97.5], axis=0, method="nearest")
    rank = _ranks(table.sum(axis=0)[None])[0]
    columns = {"low": low, "high": high, "rank": rank, "rank_low": rank_low, "rank_high": rank_high}
    return pd.DataFrame(columns, index=keys)


def _ranks(totals: np.ndarray) -> np.ndarray:
    """Rank of each column in each row, 1 for the greatest; equal values share the better rank."""
    ordered = np.sort(-totals, axis=1)
    return np.array([np.searchsorted(line, -row, side="left") + 1 for line, row in zip(ordered, totals, strict=True)])


def _confidence(seen: View) -> pd.DataFrame:
    """Index key: mean confidence (0…1) and number of the stances in which it is source or target."""
    ends = [
        seen.stances[[end, "confidence"]].set_axis(["key", "confidence"], axis=1)
        for end in ("source_key", "target_key")
    ]
    groups = pd.concat(ends).groupby("key")["confidence"]
    return groups.agg(confidence="mean", stances="size")


def _ticks(text: str, most: float) -> list[float]:
    """Few ticks from 0, or for ranks from 1, up to the end of the axis."""
    if text == "confidence":
        return [0, 0.5, 1]
    ticks = [tick for tick in MaxNLocator(3, integer=True).tick_values(0, most) if tick <= most]
    return [1, *(tick for tick in ticks if tick > 0.2 * most and tick > 1)] if text == "rank" else ticks


def _spread(ax: Axes, middle: pd.Series, low: pd.Series, high: pd.Series) -> None:
    ax.hlines(middle.index, low, high, color=GREY, linewidth=1.6)
    ax.plot(middle, middle.index, "o", color=INK, markersize=3.2)
