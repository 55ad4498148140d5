"""The signed network: actors around an ellipse, friends side by side, arrows inside, names outside."""

import math

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch
from matplotlib.path import Path

from helpers.charts_base import AGAINST, FOR, INK, Figure, Sheet, styled, text_width
from helpers.charts_data import Tables, evidence, involvement, stance_counts, view

# arrows at most, those of most sentences: more are a hairball
ARROWS = {"column": 24, "page": 48, "slide": 40}
SIGNS = {1: " + ", -1: " − "}
LOOKS = {1: {"color": FOR, "linestyle": "-"}, -1: {"color": AGAINST, "linestyle": (0, (3, 1.6))}}


@styled
def stance_network(
    tables: Tables,
    *,
    lang: str = "vi",
    level: str = "actor",
    top: int | None = None,
    min_count: int = 1,
    size: str = "page",
) -> Figure:
    """Arrows from source to target, for (solid) and against (dashed). `min_count`: fewest sentences of an arrow.

    Without `top` as many arrows as can be told apart, those of most sentences; with it all arrows between these.

    Data, a row an arrow: source, target, sign, sentences, source_name, target_name, group (as in the evidence).
    """
    seen = view(tables, lang, level)
    sheet = Sheet("network", "08-network", seen, size)
    edges = _edges(stance_counts(seen)).query("sentences >= @min_count")
    order, arrows = involvement(edges.rename(columns={"sentences": "total"})), len(edges)
    if top is None:
        edges = _strongest(edges, order, ARROWS[size])
    kept = order[: sheet.rows(len(order), top, height=0.65 * sheet.size.row, head=8)]
    edges = edges[edges["source"].isin(kept) & edges["target"].isin(kept)]
    shown = [key for key in kept if key in set(edges["source"]) | set(edges["target"])]
    if edges.empty:
        return sheet.nothing("source target sign source_name target_name sentences group", drawn=0, arrows=0)
    drawn = {"drawn": len(edges), "arrows": arrows}
    ring = _friends_side_by_side(shown, edges)
    high = max(-(-len(ring) // 2) * 1.3 + 2, 16 if size == "column" else 24) * sheet.size.row
    fig = sheet.canvas(high + sheet.size.row, **drawn)
    high = 72 * fig.get_figheight() - 4.5 * sheet.size.row
    _draw(fig.add_subplot(), sheet, ring, edges, high)
    data = edges.assign(source_name=edges["source"].map(seen.name), target_name=edges["target"].map(seen.name))
    data["group"] = data["source_name"] + data["sign"].map(SIGNS) + data["target_name"]
    wanted = set(zip(edges["source"], edges["target"], edges["sign"], strict=True))
    rows = seen.stances
    rows = rows[[key in wanted for key in zip(rows["source_key"], rows["target_key"], rows["sign"], strict=True)]]
    group = rows["source_key"].map(seen.name) + rows["sign"].map(SIGNS) + rows["target_key"].map(seen.name)
    most = int(edges["sentences"].max())
    return sheet.finish(fig, data, evidence(rows, group), most=most, shown=len(ring), total=len(order), **drawn)


def _edges(counts: pd.DataFrame) -> pd.DataFrame:
    """One row for source, target and sign, fewest sentences first, so that thick arrows are drawn last."""
    parts = [
        counts[["source", "target"]].assign(sign=sign, sentences=counts[column])
        for sign, column in ((1, "positive"), (-1, "negative"))
    ]
    edges = pd.concat(parts).query("sentences > 0")
    return edges.sort_values(["sentences", "source", "target", "sign"], kind="stable").reset_index(drop=True)


def _strongest(edges: pd.DataFrame, order: list[str], number: int) -> pd.DataFrame:
    """The edges of most sentences, of as many the ones between the actors that come first; in the order given."""
    rank = {key: place for place, key in enumerate(order)}
    places = edges.assign(place=edges["source"].map(rank) + edges["target"].map(rank))
    first = places.sort_values(["sentences", "place"], ascending=[False, True], kind="stable").index[:number]
    return edges.loc[sorted(first)]


def _friends_side_by_side(keys: list[str], edges: pd.DataFrame) -> list[str]:
    """An order around a ring in which stances for span short ways and stances against long ones.

    Pairs change places as long as that lowers the sum of sentences × sign × steps around the ring (hill climbing from
    the order given; whole numbers only, so every machine finds the same order).
    """
    size, place = len(keys), {key: rank for rank, key in enumerate(keys)}
    weight = np.zeros((size, size), dtype=int)
    for edge in edges.itertuples():
        for ends in ((edge.source, edge.target), (edge.target, edge.source)):
            weight[place[ends[0]], place[ends[1]]] += edge.sign * edge.sentences
    steps = np.abs(np.subtract.outer(range(size), range(size)))
    steps = np.minimum(steps, size - steps)
    ring = list(range(size))
    best = (weight * steps).sum()
    improved = True
    while improved:
        improved = False
        for first in range(size):
            for second in range(first + 1, size):
                trial = ring.copy()
                trial[first], trial[second] = trial[second], trial[first]
                cost = (weight[np.ix_(trial, trial)] * steps).sum()
                if cost < best:
                    ring, best, improved = trial, cost, True
    return [keys[rank] for rank in ring]


def _places(number: int) -> list[tuple[float, float]]:
    """Points of a unit circle from the top down its right half and up its left half, evenly spaced in height.

    Names beside the points never share a line on the same side, so that they cannot overlap.
    """
    right = -(-number // 2)
    halves = []
    for count, side in ((right, 1), (number - right, -1)):
        heights = [1 - (2 * rank + 1) / count for rank in range(count)]
        half = [(side * math.sqrt(1 - height**2), height) for height in heights]
        halves += half if side > 0 else half[::-1]
    return halves


def _draw(ax: Axes, sheet: Sheet, ring: list[str], edges: pd.DataFrame, high: float) -> None:
    """The axes count in points, so that ends of arrows and names keep clear of the dots."""
    size, wide = sheet.size, sheet.size.width - 12
    places = dict(zip(ring, _places(len(ring)), strict=True))
    names = {key: min(text_width(sheet.seen.name(key), size.font) + 10, 0.3 * wide) for key in ring}
    half = (min((wide / 2 - names[key]) / max(abs(x), 0.5) for key, (x, _) in places.items()), high / 2 - size.row)
    points = {key: (x * half[0], y * half[1]) for key, (x, y) in places.items()}
    ax.axis("off")
    ax.set(xlim=(-wide / 2, wide / 2), ylim=(-high / 2, high / 2 + size.row), aspect="equal")
    most, calm = edges["sentences"].max(), min(1, math.sqrt(60 / len(edges)))
    for edge in edges.itertuples():
        thick = (0.5 + 2.2 * calm * math.sqrt(edge.sentences / most)) * size.font / 7
        strength = 0.5 + 0.45 * calm * math.sqrt(edge.sentences / most)
        ends = points[edge.source], points[edge.target]
        _arrow(ax, ends, _bend(*ends, edge.sign), edge.sign, thick, strength)
    totals = edges.groupby("source")["sentences"].sum().add(edges.groupby("target")["sentences"].sum(), fill_value=0)
    for key, (x, y) in points.items():
        side = 1 if x >= 0 else -1
        room = wide / 2 - abs(x) - 8
        text = sheet.fit(sheet.seen.name(key), room)
        ax.plot(x, y, "o", markersize=2 + 3 * math.sqrt(totals[key] / totals.max()), color=INK, zorder=4)
        ax.text(x + side * 6, y, text, ha="left" if side > 0 else "right", va="center")
    _key(ax, sheet, -wide / 2, high / 2 + 0.5 * size.row)


def _bend(start: tuple, end: tuple, sign: int) -> tuple:
    """Where a curve bends to, towards the middle of the figure; each direction and sign has a bend of its own."""
    (x0, y0), (x1, y1) = start, end
    inward, aside = (0.55, 0.06) if sign > 0 else (0.4, 0.12)
    return inward * (x0 + x1) / 2 - aside * (y1 - y0), inward * (y0 + y1) / 2 + aside * (x1 - x0)


def _arrow(ax: Axes, ends: tuple[tuple, tuple], middle: tuple, sign: int, thick: float, strength: float) -> None:
    """A curve with a head at its second end, clear of the dot there; thickness in points, strength 0…1."""
    start, end = ends
    along = np.subtract(end, middle) / (math.dist(end, middle) or 1)
    across = np.array([-along[1], along[0]])
    long = 4 + 1.6 * thick
    tip = np.subtract(end, 3 * along)
    base = tip - long * along
    curve = Path([start, middle, tuple(base)], [Path.MOVETO, Path.CURVE3, Path.CURVE3])
    ax.add_patch(FancyArrowPatch(path=curve, arrowstyle="-", linewidth=thick, alpha=strength, **LOOKS[sign]))
    corners = np.array([tip, base + 0.4 * long * across, base - 0.4 * long * across])
    ax.fill(*corners.T, color=LOOKS[sign]["color"], linewidth=0, zorder=3)


def _key(ax: Axes, sheet: Sheet, x: float, y: float) -> None:
    """Both kinds of arrow with their meaning, in a line from (x, y) to the right."""
    for sign, text in ((1, f"+ {sheet.say('for')}"), (-1, f"− {sheet.say('against')}")):
        _arrow(ax, ((x + 1, y), (x + 34, y)), (x + 17, y), sign, 1.4, 0.9)
        ax.text(x + 36, y, text, va="center", color=LOOKS[sign]["color"])
        x += 50 + text_width(text, sheet.size.font)
