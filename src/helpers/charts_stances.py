"""Figures of who is for and against whom: the matrix, the bases of stances, and acts told on somebody's word."""

import re

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap

from helpers.charts_base import AGAINST, FOR, HATCH, Figure, Sheet, fit, head, name_rows, styled, text_width
from helpers.charts_data import Tables, View, evidence, involvement, stance_counts, view

BASES = ("words", "deeds", "relation")
DENIAL = re.compile(r"bác bỏ|phủ nhận|phản bác|cải chính|chối", re.IGNORECASE)
ARROW = " → "
DEFAULT = {"column": 10, "page": 16, "slide": 10}


@styled
def stance_matrix(
    tables: Tables,
    *,
    lang: str = "vi",
    level: str = "actor",
    top: int | None = None,
    min_count: int = 1,
    size: str = "page",
) -> Figure:
    """Source × target with the sentences for and against in each cell. `min_count`: fewest sentences of a cell.

    Data, a row a cell: source, target, their names, positive, negative, total (sentences), balance (−1…+1), group.
    """
    seen = view(tables, lang, level)
    sheet = Sheet("matrix", "07-matrix", seen, size)
    counts = stance_counts(seen).query("total >= @min_count")
    order = involvement(counts)
    cell = 2.1 * sheet.size.font
    across = int((sheet.size.width - sheet.size.names - 12) / cell)
    stand = min(sheet.size.names, (8 if sheet.size.fixed else 12) * sheet.size.font)
    down = sheet.rows(len(order), top or DEFAULT[size], height=cell, head=4 + stand / sheet.size.row)
    shown = order[: min(down, across)]
    cells = counts[counts["source"].isin(shown) & counts["target"].isin(shown)].reset_index(drop=True)
    if cells.empty:
        return sheet.nothing("source target source_name target_name positive negative total balance group")
    rows = [key for key in shown if key in set(cells["source"])]
    columns = [key for key in shown if key in set(cells["target"])]
    heads = [sheet.fit(seen.name(key), stand) for key in columns]
    high = max(text_width(head, sheet.size.font) for head in heads)
    fig = sheet.canvas(len(rows) * cell + high + 3 * sheet.size.row)
    _matrix(fig.add_subplot(), sheet, cells, rows, columns, heads)
    stances = seen.stances[seen.stances["source_key"].isin(rows) & seen.stances["target_key"].isin(columns)]
    stances = _of_dyads(stances, cells)
    data = cells.assign(group=cells["source_name"] + ARROW + cells["target_name"])
    return sheet.finish(fig, data, evidence(stances, _dyad(seen, stances)), shown=len(shown), total=len(order))


@styled
def words_deeds_relations(
    tables: Tables,
    *,
    lang: str = "vi",
    level: str = "actor",
    top: int | None = None,
    min_count: int = 1,
    size: str = "page",
) -> Figure:
    """Stances of each dyad by basis, as diverging bars. `min_count`: fewest sentences of a dyad.

    Data, a row a dyad and basis: source, target, their names, basis, positive, negative (sentences), group.
    """
    seen = view(tables, lang, level)
    sheet = Sheet("bases", "10-bases", seen, size)
    counts = stance_counts(seen).query("total >= @min_count")
    write, high = (_two_lines, 1.9) if size == "column" else (_one_line, 1)
    shown = counts.head(sheet.rows(len(counts), top, height=high * sheet.size.row, head=9)).reset_index(drop=True)
    if shown.empty:
        return sheet.nothing("source target source_name target_name basis positive negative group")
    rows = _of_dyads(seen.stances, shown)
    data = _by_basis(rows, shown)
    data["group"] = data["source_name"] + ARROW + data["target_name"]
    fig = sheet.canvas((high * len(shown) + 2.5) * sheet.size.row)
    axes = fig.subplots(1, len(BASES), sharey=True)
    names = [write(sheet, row.source_name, row.target_name) for row in shown.itertuples()]
    widest = max(text_width(line, sheet.size.font) for name in names for line in name.split("\n"))
    panel = (sheet.size.width - widest) / len(BASES) - 7
    numbers = []
    for ax, basis in zip(axes, BASES, strict=True):
        own = data[data["basis"] == basis]
        numbers.append((own["positive"].tolist(), own["negative"].tolist()))
        head(ax, sheet.say(basis), panel)
    _diverging(list(axes), sheet, numbers, panel)
    name_rows(axes[0], names, sheet.size.fixed * 12)
    return sheet.finish(fig, data, evidence(rows, _dyad(seen, rows)), shown=len(shown), total=len(counts))


@styled
def claims_and_denials(
    tables: Tables,
    *,
    lang: str = "vi",
    level: str = "actor",
    top: int | None = None,
    min_count: int = 1,
    size: str = "page",
) -> Figure:
    """Deeds told on the word of a third actor, by who claims them, and denials by the doer in the same article.

    A denial is a stance in words of the doer against the claimant whose cue denies. `min_count`: fewest acts of a row.
    Data, a row a group: claimant, source, target, their names, acts, positive, negative, denials, group.
    """
    seen = view(tables, lang, level)
    sheet = Sheet("claims", "11-claims", seen, size)
    deeds = seen.stances[seen.stances["basis"] == "deeds"]
    claimed = deeds[deeds["claimed_key"].notna() & (deeds["claimed_key"] != deeds["source_key"])]
    counts = _claims(seen, claimed).query("acts >= @min_count")
    shown = counts.head(sheet.rows(len(counts), top, height=1.5 * sheet.size.row, head=10))
    if shown.empty:
        columns = "claimant source target claimant_name source_name target_name acts positive negative denials group"
        return sheet.nothing(columns)
    shown = _by_claimant(shown)
    blocks = shown["claimant"].nunique()
    fig = sheet.canvas((1.1 * len(shown) + 1.1 * blocks + 2) * sheet.size.row)
    _claim_rows(fig.add_subplot(), sheet, shown)
    wanted = set(zip(shown["claimant"], shown["source"], shown["target"], strict=True))
    keys = zip(claimed["claimed_key"], claimed["source_key"], claimed["target_key"], strict=True)
    rows = claimed[[key in wanted for key in keys]]
    group = rows["claimed_key"].map(seen.name) + ": " + _dyad(seen, rows)
    data = shown.assign(group=shown["claimant_name"] + ": " + shown["source_name"] + ARROW + shown["target_name"])
    values = {"shown": len(shown), "total": len(counts), "unclaimed": int(deeds["claimed_key"].isna().sum())}
    return sheet.finish(fig, data, evidence(rows, group), **values)


def _matrix(ax: Axes, sheet: Sheet, cells: pd.DataFrame, rows: list[str], columns: list[str], heads: list[str]) -> None:
    tint = LinearSegmentedColormap.from_list("balance", [AGAINST, "#FFFFFF", FOR])
    small = 0.8 * sheet.size.font
    for row, source in enumerate(rows):
        for column, target in enumerate(columns):
            colour = "#D9DCDE" if source == target else "#F7F8F8"
            ax.barh(row, 1, left=column - 0.5, height=1, color=colour, edgecolor="white", linewidth=0.6)
    for cell in cells.itertuples():
        column, row = columns.index(cell.target), rows.index(cell.source)
        colour = tint(0.5 + 0.2 * cell.balance)
        ax.barh(row, 1, left=column - 0.5, height=1, color=colour, edgecolor="white", linewidth=0.6)
        texts = [f"+{cell.positive}"] * bool(cell.positive) + [f"−{cell.negative}"] * bool(cell.negative)
        ax.text(column, row, "\n".join(texts), ha="center", va="center", fontsize=small, linespacing=1.0)
    names = [sheet.fit(sheet.seen.name(key)) for key in rows]
    ax.set_yticks(range(len(rows)), names)
    ax.set_xticks(range(len(columns)), heads, rotation=90, fontsize=sheet.size.font)
    ax.set(xlim=(-0.5, max(len(columns), 4) - 0.5), ylim=(len(rows) - 0.5, -0.5))
    ax.tick_params(length=0, labeltop=True, labelbottom=False, pad=2)
    ax.spines[["left", "bottom"]].set_visible(False)


def _diverging(axes: list[Axes], sheet: Sheet, numbers: list[tuple[list[int], list[int]]], width: float) -> None:
    """Bars for to the right and against, hatched, to the left of a zero line, all axes on one scale.

    `numbers`: for each axes the values for and against by row; `width`: of one axes, in points.
    """
    small = 0.85 * sheet.size.font
    for ax, (positive, negative) in zip(axes, numbers, strict=True):
        places, look = range(len(positive)), {"height": 0.72, "linewidth": 0}
        right = ax.barh(places, positive, color=FOR, **look)
        left = ax.barh(places, [-value for value in negative], color=AGAINST, hatch=HATCH, edgecolor="white", **look)
        ax.bar_label(right, labels=_numbers(sheet, "+", positive), padding=1.5, fontsize=small)
        ax.bar_label(left, labels=_numbers(sheet, "−", negative), padding=1.5, fontsize=small)
        ax.axvline(0, color="#222222", linewidth=0.7)
        ax.set_xticks([])
        ax.grid(axis="y")
        ax.tick_params(axis="y", length=0)
        ax.spines[["left", "bottom"]].set_visible(False)
    high = max(value for positive, _ in numbers for value in positive)
    low = max(value for _, negative in numbers for value in negative)
    rooms = [text_width("−" + sheet.number(value), small) + 5 if value else 3 for value in (low, high)]
    unit = (low + high) / max(width - sum(rooms), 0.2 * width)
    for ax in axes:
        ax.set_xlim(-low - rooms[0] * unit, high + rooms[1] * unit)


def _numbers(sheet: Sheet, sign: str, values: list[int]) -> list[str]:
    return [f"{sign}{sheet.number(value)}" if value else "" for value in values]


def _two_lines(sheet: Sheet, source: str, target: str) -> str:
    return sheet.fit(source, 0.8 * sheet.size.names) + ARROW + "\n" + sheet.fit(target)


def _one_line(sheet: Sheet, source: str, target: str) -> str:
    """`source → target` in not quite half the figure; the longer name is cut first."""
    font, room = sheet.size.font, min(1.45 * sheet.size.names, 0.45 * sheet.size.width) - 4
    half = (room - text_width(ARROW, font)) / 2
    spare = [max(half - text_width(name, font), 0) for name in (target, source)]
    return ARROW.join(fit(name, half + more, font) for name, more in zip((source, target), spare, strict=True))


def _of_dyads(stances: pd.DataFrame, counts: pd.DataFrame) -> pd.DataFrame:
    wanted = set(zip(counts["source"], counts["target"], strict=True))
    keys = zip(stances["source_key"], stances["target_key"], strict=True)
    return stances[np.array([key in wanted for key in keys], dtype=bool)]


def _dyad(seen: View, stances: pd.DataFrame) -> pd.Series:
    return stances["source_key"].map(seen.name) + ARROW + stances["target_key"].map(seen.name)


def _by_basis(stances: pd.DataFrame, shown: pd.DataFrame) -> pd.DataFrame:
    """Rows of `shown` once for each basis, with the numbers for and against."""
    keys = [stances["source_key"], stances["target_key"], stances["basis"], stances["sign"]]
    counts = stances.groupby(keys).size().to_dict()
    rows = []
    for dyad in shown.itertuples():
        for basis in BASES:
            numbers = [counts.get((dyad.source, dyad.target, basis, sign), 0) for sign in (1, -1)]
            rows.append((dyad.source, dyad.target, dyad.source_name, dyad.target_name, basis, *numbers))
    names = "source target source_name target_name basis positive negative"
    return pd.DataFrame(rows, columns=names.split())


def _claims(seen: View, claimed: pd.DataFrame) -> pd.DataFrame:
    """One row for claimant, source and target, most acts first."""
    denials = _denials(seen)
    rows = []
    for (claimant, source, target), own in claimed.groupby(["claimed_key", "source_key", "target_key"]):
        denied = sum(denials.get((doc_id, source, claimant), 0) for doc_id in own["doc_id"].unique())
        positive = int((own["sign"] > 0).sum())
        keys = (claimant, source, target)
        rows.append((*keys, *map(seen.name, keys), len(own), positive, len(own) - positive, denied))
    names = "claimant source target claimant_name source_name target_name acts positive negative denials"
    counts = pd.DataFrame(rows, columns=names.split())
    order = ["acts", "claimant_name", "source_name", "target_name"]
    return counts.sort_values(order, ascending=[False, True, True, True], kind="stable")


def _denials(seen: View) -> dict[tuple[str, str, str], int]:
    words = seen.stances[(seen.stances["basis"] == "words") & (seen.stances["sign"] < 0)]
    words = words[np.array([bool(DENIAL.search(cue)) for cue in words["cue"].fillna("")], dtype=bool)]
    return words.groupby(["doc_id", "source_key", "target_key"]).size().to_dict()


def _by_claimant(shown: pd.DataFrame) -> pd.DataFrame:
    """Claimants with most acts first, and within them dyads with most acts."""
    total = shown.groupby("claimant")["acts"].transform("sum")
    order = shown.assign(total=total).sort_values(
        ["total", "claimant_name", "acts"], ascending=[False, True, False], kind="stable"
    )
    return order.drop(columns="total").reset_index(drop=True)


def _claim_rows(ax: Axes, sheet: Sheet, shown: pd.DataFrame) -> None:
    """One block of bars for each claimant, headed by the name."""
    font = sheet.size.font
    names, positive, negative, denied, heads = [], [], [], [], []
    for row in shown.itertuples():
        if not heads or heads[-1][1] != row.claimant:
            heads.append((len(names), row.claimant))
            names, positive, negative, denied = [*names, ""], [*positive, 0], [*negative, 0], [*denied, 0]
        names.append(_one_line(sheet, row.source_name, row.target_name))
        positive.append(row.positive)
        negative.append(row.negative)
        denied.append(row.denials)
    width = sheet.size.width - max(text_width(name, font) for name in names) - 12
    aside = max(text_width(sheet.say("denied", times=value), 0.85 * font) for value in denied) if any(denied) else 0
    _diverging([ax], sheet, [(positive, negative)], width - aside - 6)
    low, high = ax.get_xlim()
    edge = high
    ax.set_xlim(low, high + (high - low) * (aside + 6) / max(width - aside - 6, 1))
    ax.grid(visible=False)
    name_rows(ax, names, sheet.size.fixed * 12)
    for row, claimant in heads:
        text = fit(sheet.say("according to", actor=sheet.seen.name(claimant)), sheet.size.width - 30, font, bold=True)
        look = {"weight": "bold", "va": "center", "in_layout": False, "annotation_clip": False}
        ground = {"facecolor": "white", "edgecolor": "none", "pad": 1}
        ax.annotate(text, (4 / sheet.size.width, row), xycoords=("figure fraction", "data"), bbox=ground, **look)
    for place, times in enumerate(denied):
        if times:
            ax.text(edge, place, sheet.say("denied", times=times), va="center", fontsize=0.85 * font, style="italic")
