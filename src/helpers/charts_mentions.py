"""Figures of who is named: by actor, by side and type, and together."""

import itertools

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap

from helpers import labels
from helpers.charts_base import FOR, GREY, Figure, Sheet, head, horizontal_bars, name_rows, styled, text_width, wrap
from helpers.charts_data import TYPES, Tables, View, evidence, mention_counts, view

SHADES = LinearSegmentedColormap.from_list("count", ["#FFFFFF", FOR])
BLANK = {"height": 1, "color": "#F4F5F6", "edgecolor": "white", "linewidth": 0.4, "zorder": 0}


@styled
def mentions_by_actor(
    tables: Tables,
    *,
    lang: str = "vi",
    level: str = "actor",
    top: int | None = None,
    min_count: int = 1,
    size: str = "page",
) -> Figure:
    """Who is in the news: mentions by name, and the share of articles with one. `min_count`: fewest mentions.

    Data, a row an actor: key, name, mentions, articles, share (of all articles, 0…1).
    """
    seen = view(tables, lang, level)
    sheet = Sheet("mentions", "01-mentions", seen, size)
    counts = mention_counts(seen).query("mentions >= @min_count")
    shown = counts.head(sheet.rows(len(counts), top, height=sheet.size.row))
    if shown.empty:
        return sheet.nothing("key name mentions articles share")
    fig = sheet.canvas((len(shown) + 2) * sheet.size.row)
    left, right = fig.subplots(1, 2, sharey=True)
    panel = (sheet.size.width - sheet.size.names) / 2 - 12
    horizontal_bars(left, shown["mentions"], [sheet.number(value) for value in shown["mentions"]], panel)
    shares = [labels.percent(value, lang) for value in shown["share"]]
    horizontal_bars(right, shown["share"], shares, panel)
    head(left, sheet.say("mentions"), panel)
    head(right, sheet.say("share"), panel)
    name_rows(left, [sheet.fit(name) for name in shown["name"]], sheet.size.fixed * 12)
    rows = _evidence(seen, shown["key"])
    return sheet.finish(fig, shown, rows, shown=len(shown), total=len(counts))


@styled
def mentions_by_side_and_type(
    tables: Tables,
    *,
    lang: str = "vi",
    level: str = "side",
    top: int | None = None,
    min_count: int = 1,
    size: str = "page",
) -> Figure:
    """Mentions by side (rows) and type of actor (columns). `min_count`: fewest mentions of a row.

    Data, a row a side: key, name, mentions, and a count for each type (GPE PER ORG MEDIA LOC).
    """
    seen = view(tables, lang, level)
    sheet = Sheet("types", "02-types", seen, size)
    counts = _by_type(seen, tables).query("mentions >= @min_count")
    shown = counts.head(sheet.rows(len(counts), top, height=sheet.size.row, head=9))
    if shown.empty:
        return sheet.nothing("key name mentions " + " ".join(TYPES))
    fig = sheet.canvas((len(shown) + 3) * sheet.size.row)
    _types_table(fig.add_subplot(), sheet, shown)
    return sheet.finish(fig, shown, _evidence(seen, shown["key"]), shown=len(shown), total=len(counts))


@styled
def actors_together(
    tables: Tables,
    *,
    lang: str = "vi",
    level: str = "actor",
    top: int | None = None,
    min_count: int = 1,
    size: str = "page",
) -> Figure:
    """Who is named with whom: sentences that name both, in a triangle. `min_count`: fewest sentences of a pair.

    Data, a row a pair: first, second (keys), first_name, second_name, sentences, group (as in the evidence).
    """
    seen = view(tables, lang, level)
    sheet = Sheet("together", "04-together", seen, size)
    named = seen.mentions[["doc_id", "sentence", "key"]].drop_duplicates()
    pairs = _pairs(named, min_count)
    order = [key for key in mention_counts(seen)["key"] if key in set(pairs["first"]) | set(pairs["second"])]
    shown = order[: sheet.rows(len(order), top, height=sheet.size.row, head=3)]
    pairs = pairs[pairs["first"].isin(shown) & pairs["second"].isin(shown)].reset_index(drop=True)
    if pairs.empty:
        return sheet.nothing("first second first_name second_name sentences group")
    fig = sheet.canvas(len(shown) * sheet.size.row + 4)
    _triangle(fig, sheet, pairs, shown)
    data = pairs.assign(first_name=pairs["first"].map(seen.name), second_name=pairs["second"].map(seen.name))
    data["group"] = data["first_name"] + " – " + data["second_name"]
    rows = _pair_mentions(seen, data)
    most = int(pairs["sentences"].max())
    return sheet.finish(fig, data, rows, most=most, shown=len(shown), total=len(order))


def _by_type(seen: View, tables: Tables) -> pd.DataFrame:
    kinds = tables["actors"].set_index("actor_id")["type"]
    table = pd.crosstab(seen.mentions["key"], seen.mentions["actor_id"].map(kinds))
    table = table.reindex(columns=list(TYPES), fill_value=0).rename_axis(columns=None)
    return mention_counts(seen)[["key", "name", "mentions"]].join(table, on="key")


def _pairs(named: pd.DataFrame, min_count: int) -> pd.DataFrame:
    counts: dict[tuple[str, str], int] = {}
    for _, keys in named.groupby(["doc_id", "sentence"])["key"]:
        for pair in itertools.combinations(sorted(keys), 2):
            counts[pair] = counts.get(pair, 0) + 1
    rows = [(*pair, count) for pair, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]
    pairs = pd.DataFrame(rows, columns=["first", "second", "sentences"])
    return pairs[pairs["sentences"] >= min_count]


def _pair_mentions(seen: View, pairs: pd.DataFrame) -> pd.DataFrame:
    """Evidence: the mentions of both actors of each pair, in the sentences that name both."""
    place = ["doc_id", "sentence"]
    parts = []
    for one, other in (("first", "second"), ("second", "first")):
        found = seen.mentions.merge(pairs[["first", "second", "group"]], left_on="key", right_on=one)
        others = seen.mentions[[*place, "key"]].drop_duplicates().rename(columns={"key": other})
        parts.append(found.merge(others, on=[*place, other]))
    rows = pd.concat(parts, ignore_index=True)
    return evidence(rows.drop(columns=["first", "second", "group"]), rows["group"])


def _triangle(fig, sheet: Sheet, pairs: pd.DataFrame, shown: list[str]) -> None:
    """Rows and columns are the same actors; a name stands once, at the end of its row on the diagonal."""
    size, place = sheet.size, {key: rank for rank, key in enumerate(shown)}
    names = [sheet.fit(sheet.seen.name(key)) for key in shown]
    ends = [text_width(name, size.font) for name in names]
    cell = min((size.width - 14 - end) / (rank + 1) for rank, end in enumerate(ends))
    cell = min(cell, (5 if size.fixed else 2.6) * size.row)
    ax = fig.add_subplot()
    ax.set(xlim=(0, (size.width - 8) / cell), ylim=(len(shown) - 0.5, -0.5))
    ax.axis("off")
    most = pairs["sentences"].max()
    for pair in pairs.itertuples():
        column, row = sorted((place[pair.first], place[pair.second]))
        _cell(ax, sheet, (column, row), pair.sentences, most, cell)
    for row, name in enumerate(names):
        ax.barh([row] * row, 1, left=range(row), **BLANK)
        ax.text(row + 4 / cell, row, name, va="center")
        ax.plot(row + 1.5 / cell, row, marker="s", markersize=1.2, color=GREY, clip_on=False)


def _types_table(ax: Axes, sheet: Sheet, shown: pd.DataFrame) -> None:
    """A column for each type that occurs."""
    kinds = [kind for kind in TYPES if shown[kind].any()]
    cell = (sheet.size.width - sheet.size.names) / len(kinds) - 4
    most = shown[kinds].max().max()
    for row, counts in enumerate(shown[kinds].to_numpy()):
        ax.barh([row] * len(kinds), 1, left=range(len(kinds)), **BLANK)
        for column, count in enumerate(counts):
            if count:
                _cell(ax, sheet, (column, row), count, most, cell)
    name_rows(ax, [sheet.fit(name) for name in shown["name"]])
    heads = [wrap(sheet.say(kind), cell, sheet.size.font) for kind in kinds]
    ax.set_xticks([column + 0.5 for column in range(len(kinds))], heads, fontsize=sheet.size.font)
    ax.set_xlim(0, len(kinds))
    ax.tick_params(length=0, labeltop=True, labelbottom=False, pad=2)
    ax.spines[["left", "bottom"]].set_visible(False)


def _cell(ax: Axes, sheet: Sheet, place: tuple[int, int], count: int, most: int, width: float) -> None:
    """A shaded cell, the darker the greater the count, with the number if `width` (points) has room for it."""
    column, row = place
    strength, small = 0.1 + 0.9 * count / most, 0.85 * sheet.size.font
    ax.barh(row, 1, left=column, **BLANK | {"color": SHADES(strength), "zorder": 1})
    text = sheet.number(count)
    if text_width(text, small) < width - 1:
        colour = "white" if strength > 0.6 else "#222222"
        ax.text(column + 0.5, row, text, ha="center", va="center", color=colour, fontsize=small)


def _evidence(seen: View, keys: pd.Series) -> pd.DataFrame:
    rows = seen.mentions[seen.mentions["key"].isin(keys)]
    return evidence(rows, rows["key"].map(seen.name))
