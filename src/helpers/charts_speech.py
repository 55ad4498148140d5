"""Figures of who speaks: quoted or reported, and through which outlets."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from helpers.charts_base import FOR, INK, Figure, Sheet, head, horizontal_bars, name_rows, styled, text_width
from helpers.charts_data import Tables, View, evidence, ranked, view

NOBODY = "#BBBBBB"


@styled
def who_speaks(
    tables: Tables,
    *,
    lang: str = "vi",
    level: str = "actor",
    top: int | None = None,
    min_count: int = 1,
    size: str = "page",
) -> Figure:
    """Speakers by sentences with their words, quoted and reported; outlets left out. `min_count`: fewest sentences.

    Data, a row a speaker: key, name, statements, direct, indirect, quoted (share, 0…1).
    """
    seen = view(tables, lang, level)
    sheet = Sheet("speakers", "05-speakers", seen, size)
    spoken = seen.statements[seen.statements["kind"] != "outlet"]
    counts = _speakers(seen, spoken).query("statements >= @min_count")
    shown = counts.head(sheet.rows(len(counts), top, height=sheet.size.row))
    if shown.empty:
        return sheet.nothing("key name statements direct indirect quoted")
    fig = sheet.canvas((len(shown) + 2) * sheet.size.row)
    kinds = ("direct", "indirect")
    widths, unit = _panels(sheet, [sheet.say(kind) for kind in kinds], [int(shown[kind].max()) for kind in kinds])
    axes = fig.subplots(1, 2, sharey=True, width_ratios=widths)
    for ax, kind, colour, width in zip(axes, kinds, (FOR, INK), widths, strict=True):
        texts = [sheet.number(value) if value else "" for value in shown[kind]]
        horizontal_bars(ax, shown[kind], texts, width, color=colour)
        ax.set_xlim(0, width / unit)
        head(ax, sheet.say(kind), width + 6)
    name_rows(axes[0], [sheet.fit(name) for name in shown["name"]], sheet.size.fixed * 12)
    rows = spoken[spoken["key"].isin(shown["key"])]
    return sheet.finish(fig, shown, evidence(rows, rows["key"].map(seen.name)), shown=len(shown), total=len(counts))


@styled
def through_whom(
    tables: Tables,
    *,
    lang: str = "vi",
    level: str = "actor",
    top: int | None = None,
    min_count: int = 1,
    size: str = "page",
) -> Figure:
    """Flows from outlets to the speakers of the same sentence. `min_count`: fewest sentences of a flow.

    Data, a row a flow: outlet, speaker (keys; `""` nobody, `"*"` others), outlet_name, speaker_name, sentences, group.
    """
    seen = view(tables, lang, level)
    sheet = Sheet("outlets", "06-outlets", seen, size)
    links = _links(seen)
    outlets = _order(links["outlet_key"])
    top = top or {"column": 8, "page": 12, "slide": 10}[size]
    kept = sheet.rows(len(outlets), top, height=1.6 * sheet.size.row, head=12)
    links = links[links["outlet_key"].isin(outlets[:kept])]
    speakers = [key for key in _order(links["speaker_key"]) if key][:kept]
    links = links.assign(speaker_key=links["speaker_key"].where(links["speaker_key"].isin(["", *speakers]), "*"))
    flows = links.groupby(["outlet_key", "speaker_key"]).size().reset_index(name="sentences")
    flows = flows.set_axis(["outlet", "speaker", "sentences"], axis=1).query("sentences >= @min_count")
    if flows.empty:
        return sheet.nothing("outlet speaker outlet_name speaker_name sentences group")
    left = [key for key in outlets if key in set(flows["outlet"])]
    right = [key for key in [*speakers, "*", ""] if key in set(flows["speaker"])]
    fig = sheet.canvas((max(len(left), len(right)) + 2) * 1.7 * sheet.size.row)
    _flows(fig.add_subplot(), sheet, flows, left, right)
    data = flows.assign(
        outlet_name=flows["outlet"].map(seen.name),
        speaker_name=flows["speaker"].map(lambda key: _speaker(key, sheet)),
    ).sort_values(["sentences", "outlet_name", "speaker_name"], ascending=[False, True, True])
    data["group"] = data["outlet_name"] + " → " + data["speaker_name"]
    group = links["outlet_key"].map(seen.name) + " → " + links["speaker_key"].map(lambda key: _speaker(key, sheet))
    return sheet.finish(fig, data, evidence(links, group), shown=len(left), total=len(outlets))


def _speakers(seen: View, spoken: pd.DataFrame) -> pd.DataFrame:
    counts = pd.crosstab(spoken["key"], spoken["kind"]).reindex(columns=["direct", "indirect"], fill_value=0)
    counts = counts.rename_axis(columns=None).reset_index()
    counts.insert(1, "name", counts["key"].map(seen.name).astype(object))
    counts.insert(2, "statements", counts["direct"] + counts["indirect"])
    return ranked(counts.assign(quoted=counts["direct"] / counts["statements"]), "statements")


def _panels(sheet: Sheet, heads: list[str], most: list[int]) -> tuple[list[float], float]:
    """Widths in points of two panels on one scale, and the points of a unit; a panel has room for its head."""
    size = sheet.size
    whole = size.width - size.names - 24
    rooms = [text_width(sheet.number(value), size.font) + 6 for value in most]
    least = [text_width(text, size.font, bold=True) + 4 for text in heads]
    unit = (whole - sum(rooms)) / max(sum(most), 1)
    first = max(most[0] * unit + rooms[0], least[0])
    second = max(whole - first, least[1])
    first = whole - second
    spare = [(width - room) / max(value, 1) for width, room, value in zip((first, second), rooms, most, strict=True)]
    return [first, second], min(spare)


def _links(seen: View) -> pd.DataFrame:
    """Outlet and speaker (keys, `""` for nobody) of each sentence that cites an outlet, with the outlet's cue."""
    rows = seen.statements
    place = ["doc_id", "sentence"]
    cited = rows[rows["kind"] == "outlet"].drop_duplicates([*place, "key"])
    cited = cited.rename(columns={"key": "outlet_key", "speaker": "outlet"})
    spoken = rows[rows["kind"] != "outlet"].drop_duplicates([*place, "key"])
    spoken = spoken.rename(columns={"key": "speaker_key"})[[*place, "speaker", "speaker_key"]]
    links = cited.merge(spoken, on=place, how="left")
    links["speaker_key"] = links["speaker_key"].astype(object).where(links["speaker_key"].notna(), "")
    return links[[*place, "outlet", "speaker", "cue", "cue_start", "cue_end", "outlet_key", "speaker_key"]]


def _order(keys: pd.Series) -> list[str]:
    counts = keys.value_counts()
    return sorted(counts.index, key=lambda key: (-counts[key], key))


def _speaker(key: str, sheet: Sheet) -> str:
    return {"": sheet.say("no speaker"), "*": sheet.say("other speakers")}.get(key) or sheet.seen.name(key)


def _flows(ax: Axes, sheet: Sheet, flows: pd.DataFrame, left: list[str], right: list[str]) -> None:
    """Bands between two columns of names (a Sankey diagram); every name has at least a row of its own."""
    size = sheet.size
    wide = min(1.2 * size.names, 0.38 * size.width)
    names = [[sheet.seen.name(key) for key in left], [_speaker(key, sheet) for key in right]]
    rows = max(len(left), len(right))
    scale = 0.7 * rows / flows["sentences"].sum()
    tops = [
        _stack([flows.loc[flows[end] == key, "sentences"].sum() * scale for key in keys], rows)
        for end, keys in (("outlet", left), ("speaker", right))
    ]
    room = wide / (size.width - 8)
    ends = (room, 1 - room)
    ax.axis("off")
    ax.set(xlim=(0, 1), ylim=(max(max(top + height for top, height in side) for side in tops) + 0.2, -1))
    for column, align, x, heading in zip(tops, ("right", "left"), ends, ("outlet", "speaker"), strict=True):
        texts = names[heading == "speaker"]
        keys = (left, right)[heading == "speaker"]
        step = (-5 if align == "right" else 5) / size.width
        ax.text(x + step, -0.8, sheet.say(heading), ha=align, va="center", weight="bold")
        for (top, height), text, key in zip(column, texts, keys, strict=True):
            ax.add_patch(_band((x, x), (top, top), height, color=INK, linewidth=1.5))
            total = sheet.number(int(flows.loc[flows[heading] == key, "sentences"].sum()))
            text = sheet.fit(text, wide - text_width("  " + total, size.font) - 4)
            text = f"{text}  {total}" if align == "right" else f"{total}  {text}"
            ax.text(x + step, top + height / 2, text, ha=align, va="center", style="normal" if key else "italic")
    _bands(ax, flows, scale, (left, right), tops, ends)


def _bands(ax: Axes, flows: pd.DataFrame, scale: float, keys: tuple, tops: list, ends: tuple) -> None:
    used = [
        {key: top for key, (top, _) in zip(column, side, strict=True)} for column, side in zip(keys, tops, strict=True)
    ]
    ranks = [{key: rank for rank, key in enumerate(column)} for column in keys]
    order = sorted(flows.itertuples(), key=lambda flow: (ranks[0][flow.outlet], ranks[1][flow.speaker]))
    for flow in order:
        height = flow.sentences * scale
        starts = used[0][flow.outlet], used[1][flow.speaker]
        colour = NOBODY if flow.speaker in ("", "*") else FOR
        ax.add_patch(_band(ends, starts, height, facecolor=colour, alpha=0.45, linewidth=0.3, edgecolor="white"))
        used[0][flow.outlet] += height
        used[1][flow.speaker] += height


def _stack(heights: list[float], rows: int) -> list[tuple[float, float]]:
    """Top and height of each bar of a column, one below the other, centres at least a row apart."""
    slots = [max(height + 0.15, 1) for height in heights]
    spare = max(rows * 1.25 - sum(slots), 0) / max(len(slots), 1)
    places, top = [], spare / 2
    for height, slot in zip(heights, slots, strict=True):
        places.append((top + (slot - height) / 2, height))
        top += slot + spare
    return places


def _band(ends: tuple[float, float], tops: tuple[float, float], height: float, **look: object) -> PathPatch:
    (x0, x1), (y0, y1) = ends, tops
    middle = (x0 + x1) / 2
    points = [(x0, y0), (middle, y0), (middle, y1), (x1, y1)]
    points += [(x1, y1 + height), (middle, y1 + height), (middle, y0 + height), (x0, y0 + height), (x0, y0)]
    curve = [Path.CURVE4] * 3
    return PathPatch(Path(points, [Path.MOVETO, *curve, Path.LINETO, *curve, Path.CLOSEPOLY]), **look)
