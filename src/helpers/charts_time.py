"""Figures over time: attention to actors, and stances for and against one of them."""

from datetime import date

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.transforms import blended_transform_factory

from helpers import labels
from helpers.charts_base import (
    AGAINST,
    FOR,
    GREY,
    HATCH,
    INK,
    PALE,
    Figure,
    Sheet,
    fit,
    styled,
    text_width,
    wrap,
)
from helpers.charts_data import Tables, View, evidence, mention_counts, view

PEAKS = 4
LONGEST = 5


@styled
def attention_over_time(
    tables: Tables,
    *,
    lang: str = "vi",
    level: str = "actor",
    top: int | None = None,
    min_count: int = 1,
    size: str = "page",
) -> Figure:
    """Articles that name each actor, over all articles of the day, week or month. `min_count`: fewest mentions.

    Data, a row an actor and time: key, name, period (its first day), articles, all_articles.
    """
    seen = view(tables, lang, level)
    sheet = Sheet("attention", "03-attention", seen, size)
    columns = {"column": 1, "page": 2, "slide": 3}[size]
    unit, bins = _bins(seen)
    everything = _all_articles(seen, bins, unit)
    words = {"unit": sheet.say(f"unit.{unit}"), "most": int(everything.max()) if len(bins) else 0}
    counts = mention_counts(seen).query("mentions >= @min_count")
    panel = 3.2 * sheet.size.row
    default = {"column": 8, "page": 16, "slide": 12}[size]
    shown = counts.head(sheet.rows(len(counts), top or default, height=panel, columns=columns, head=7))
    if shown.empty or not len(bins):
        why = None if shown.empty else "empty.dates"
        return sheet.nothing("key name period articles all_articles", why, **words)
    data = _attention(seen, shown, everything, unit)
    lines = -(-len(shown) // columns)
    fig = sheet.canvas(lines * panel + 2 * sheet.size.row, **words)
    axes = fig.subplots(lines, columns, sharex=True, sharey=True, squeeze=False)
    width = sheet.size.width / columns - 22
    for place, ax in enumerate(axes.flat):
        if place < len(shown):
            _attention_panel(ax, sheet, data[data["key"] == shown["key"].iloc[place]], width)
        else:
            ax.spines[["left", "bottom"]].set_visible(False)
            ax.tick_params(length=0)
        ax.set_yticks([])
    for ax in axes[-1]:
        _time_axis(ax, bins, unit, lang, width)
    rows = seen.mentions[seen.mentions["key"].isin(shown["key"]) & seen.mentions["published"].notna()]
    rows = evidence(rows, rows["key"].map(seen.name))
    return sheet.finish(fig, data, rows, shown=len(shown), total=len(counts), **words)


@styled
def for_and_against(
    tables: Tables,
    *,
    actor: str | None = None,
    lang: str = "vi",
    level: str = "actor",
    min_count: int = 1,
    size: str = "page",
) -> Figure:
    """Stances towards one actor over time, with the busiest times told below.

    `actor`: its key (actor_id, or code of a side at level "side"); by default the target of most dated stances.
    `min_count`: fewest stances of a time that is told below.
    Data, a row a time: period (its first day), positive, negative (sentences), events (in words), group.
    """
    seen = view(tables, lang, level)
    dated = seen.stances.dropna(subset=["published"])
    counts = (dated if len(dated) else seen.stances)["target_key"].value_counts()
    chosen = actor or min(counts.index, key=lambda key: (-counts[key], key), default=None)
    sheet = Sheet("balance", "09-balance" + _file_part(actor), seen, size)
    unit, bins = _bins(seen)
    words = {"unit": sheet.say(f"unit.{unit}"), "actor": seen.name(chosen) if chosen else sheet.say("some actor")}
    rows = dated[dated["target_key"] == chosen]
    if rows.empty:
        why = "empty.dates" if len(seen.stances) and not len(bins) else None
        return sheet.nothing("period positive negative events group", why, **words)
    data = _balance(seen, rows, bins, unit)
    data["group"] = [_when(day, unit, sheet) for day in data["period"]]
    told = _peaks(data, min_count)
    texts = _told(sheet, data, told)
    high = sum(map(_lines, texts)) + 0.1
    fig = sheet.canvas((14 + high) * sheet.size.row, **words)
    above, below = fig.subplots(2, 1, height_ratios=[max(11, 18 * sheet.size.fixed - high), high])
    _balance_panel(above, sheet, data, told)
    _time_axis(above, bins, unit, lang, sheet.size.width - 30)
    _tell(below, sheet, texts)
    group = [_when(period.start_time.date(), unit, sheet) for period in _periods(rows["published"], unit)]
    return sheet.finish(fig, data, evidence(rows, pd.Series(group, index=rows.index)), **words)


def _bins(seen: View) -> tuple[str, pd.PeriodIndex]:
    """Days for up to 45 days, weeks (from Monday) for up to 400, else months; none without dates."""
    if not seen.period:
        return "D", pd.PeriodIndex([], freq="D")
    first, last = seen.period
    days = (last - first).days
    unit = "D" if days <= 45 else "W" if days <= 400 else "M"
    return unit, pd.period_range(first, last, freq=unit)


def _periods(published: pd.Series, unit: str) -> pd.Series:
    return published.dt.to_period(unit)


def _all_articles(seen: View, bins: pd.PeriodIndex, unit: str) -> pd.Series:
    published = seen.documents["published"].dropna()
    return _periods(published, unit).value_counts().reindex(bins, fill_value=0)


def _attention(seen: View, shown: pd.DataFrame, everything: pd.Series, unit: str) -> pd.DataFrame:
    bins = everything.index
    named = seen.mentions.dropna(subset=["published"]).drop_duplicates(["doc_id", "key"])
    parts = []
    for row in shown.itertuples():
        own = _periods(named.loc[named["key"] == row.key, "published"], unit).value_counts()
        articles = own.reindex(bins, fill_value=0).to_numpy()
        days = [period.start_time.date() for period in bins]
        part = {"key": row.key, "name": row.name, "period": days, "articles": articles, "all_articles": everything}
        parts.append(pd.DataFrame(part).reset_index(drop=True))
    return pd.concat(parts, ignore_index=True)


def _attention_panel(ax: Axes, sheet: Sheet, data: pd.DataFrame, width: float) -> None:
    places = range(len(data))
    ax.bar(places, data["all_articles"], width=0.9, color=PALE)
    ax.bar(places, data["articles"], width=0.9, color=INK)
    total = f"{sheet.number(int(data['articles'].sum()))} {sheet.say('articles')}"
    small = 0.9 * sheet.size.font
    room = width - text_width(total, small) - 6
    ax.set_title(fit(data["name"].iloc[0], room, sheet.size.font, bold=True))
    ax.set_title(total, loc="right", fontsize=small, weight="normal", color=GREY)
    ax.spines["left"].set_visible(False)


def _time_axis(ax: Axes, bins: pd.PeriodIndex, unit: str, lang: str, width: float) -> None:
    """Ticks at even steps, no more than have room, in the language's short form of dates."""
    texts = [labels.moment(period.start_time.date(), unit, lang) for period in bins]
    size = ax.xaxis.get_ticklabels()[0].get_fontsize() if ax.xaxis.get_ticklabels() else 6
    room = max(text_width(text, size) for text in texts) * 1.5
    step = max(-(-len(bins) * room // width), 1)
    places = range(0, len(bins), int(step))
    ax.set_xticks(places, [texts[place] for place in places])
    ax.tick_params(axis="x", labelbottom=True)
    ax.set_xlim(-0.8, max(len(bins), 8) - 0.2)


def _balance(seen: View, rows: pd.DataFrame, bins: pd.PeriodIndex, unit: str) -> pd.DataFrame:
    periods = _periods(rows["published"], unit)
    records = []
    for period in bins:
        own = rows[periods == period]
        records.append(
            {
                "period": period.start_time.date(),
                "positive": int((own["sign"] > 0).sum()),
                "negative": int((own["sign"] < 0).sum()),
                "events": _events(seen, own),
            }
        )
    return pd.DataFrame(records)


def _events(seen: View, rows: pd.DataFrame) -> str:
    """Who was for or against, most often first, each with the most frequent event or cue: `Iran −3 (bác bỏ)`."""
    parts = []
    for (source, sign), own in rows.groupby(["source_key", "sign"]):
        told = own["event"].dropna() if own["event"].notna().any() else own["cue"].dropna()
        how = "" if told.empty else f" ({_event(told.mode().min(), seen.lang)})"
        parts.append((-len(own), f"{seen.name(source)} {'+' if sign > 0 else '−'}{len(own)}{how}"))
    return ", ".join(text for _, text in sorted(parts))


def _event(event: str, lang: str) -> str:
    words = (labels.say(event, lang) if labels.known(event) else event).split()
    return " ".join(words[:LONGEST]) + ("…" if len(words) > LONGEST else "")


def _peaks(data: pd.DataFrame, min_count: int) -> list[int]:
    """Positions of the busiest times, in the order of time."""
    total = data["positive"] + data["negative"]
    busy = total[total >= max(min_count, 1)].sort_values(ascending=False, kind="stable")
    return sorted(busy.index[:PEAKS])


def _balance_panel(ax: Axes, sheet: Sheet, data: pd.DataFrame, told: list[int]) -> None:
    places = data.index
    ax.bar(places, data["positive"], width=0.85, color=FOR)
    ax.bar(places, -data["negative"], width=0.85, color=AGAINST, hatch=HATCH, edgecolor="white", linewidth=0)
    ax.axhline(0, color="#222222", linewidth=0.7)
    high, low = data["positive"].max(), data["negative"].max()
    reach = max(high, low)
    ax.set_ylim(-low - 0.08 * reach, high + 0.25 * reach)
    for rank, place in enumerate(told, start=1):
        text = {"ha": "center", "fontsize": 0.85 * sheet.size.font, "weight": "bold"}
        ax.annotate(
            str(rank), (place, data["positive"][place]), (0, 2), textcoords="offset points", va="bottom", **text
        )
    ax.spines[["left", "bottom"]].set_visible(False)
    ax.set_yticks([-low, 0, high] if low and high else [0, high] if high else [-low, 0])
    ax.set_yticklabels([_signed(value, sheet) for value in ax.get_yticks()], fontsize="small")
    ax.tick_params(length=0)
    ax.set_title(f"+ {sheet.say('for')} {sheet.number(int(data['positive'].sum()))}", color=FOR)
    against = f"− {sheet.say('against')} {sheet.number(int(data['negative'].sum()))}"
    ax.set_title(against, color=AGAINST, loc="right")


def _signed(value: float, sheet: Sheet) -> str:
    return ("+" if value > 0 else "") + sheet.number(int(value))


def _when(first: date, unit: str, sheet: Sheet) -> str:
    moment = labels.moment(first, unit, sheet.seen.lang)
    return sheet.say("week of", day=moment) if unit == "W" else moment


def _told(sheet: Sheet, data: pd.DataFrame, told: list[int]) -> list[str]:
    """The busiest times in words, each on two lines at most."""
    small, texts = 0.9 * sheet.size.font, []
    for rank, place in enumerate(told, start=1):
        when = data["group"][place]
        first, *rest = wrap(f"{rank}  {when}: {data['events'][place]}", sheet.size.width - 16, small).split("\n")
        texts.append("\n".join([first, fit(" ".join(rest), sheet.size.width - 16, small)] if rest else [first]))
    return texts


def _tell(ax: Axes, sheet: Sheet, texts: list[str]) -> None:
    ax.axis("off")
    ax.set(xlim=(0, 1), ylim=(max(sum(map(_lines, texts)), 0.1), 0))
    place_in = blended_transform_factory(ax.figure.transFigure, ax.transData)
    look = {"va": "top", "fontsize": 0.9 * sheet.size.font, "transform": place_in, "in_layout": False}
    top = 0.0
    for text in texts:
        ax.text(8 / sheet.size.width, top, text, **look)
        top += _lines(text)


def _lines(text: str) -> float:
    return 1.3 + text.count("\n")


def _file_part(actor: str | None) -> str:
    return "" if actor is None else "-" + "".join(letter if letter.isalnum() else "-" for letter in actor.lower())
