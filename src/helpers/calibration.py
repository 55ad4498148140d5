"""How far the confidence of a stance can be trusted: of those given as 0.8 sure, are eight in ten right?"""

from collections.abc import Sequence

import matplotlib.figure
import matplotlib.style
import numpy as np
import pandas as pd

from helpers import labels
from helpers.alignment import aligned_actors
from helpers.charts_base import GREY, INK, SIZES, STYLE, Figure
from helpers.gold import CodedArticle
from helpers.tables import Tables

# Wilson's interval at 95%
_Z = 1.959964
_TEXT = {
    "title": ("Độ tin cậy có đáng tin không?", "Can the confidence be trusted?"),
    "caption": (
        "Mỗi chấm là {groups} nhóm lập trường xếp theo độ tin cậy: trung bình của nhóm (ngang) và tỷ lệ đúng so với "
        "các bài đã mã hóa (dọc, khoảng 95 % theo Wilson). Chấm trên đường chéo: đúng bằng mức tự đánh giá. "
        "{articles} bài, {stances} lập trường.",
        "Stances in {groups} groups by confidence: mean of the group (across) and share that the coders have too (up, "
        "95% interval by Wilson). A dot on the diagonal is as often right as it claims. "
        "{articles} articles, {stances} stances.",
    ),
    "across": ("Độ tin cậy", "Confidence"),
    "up": ("Tỷ lệ đúng", "Share right"),
    "none": ("Không có lập trường nào để so.", "There are no stances to compare."),
}


def judged(articles: Sequence[CodedArticle], tables: Tables) -> pd.DataFrame:
    """The stances of coded articles with two columns more.

    `right`: the coder has the same source, target and sign in that sentence; `right_in_article`: anywhere in the
    article.
    """
    known, parts = aligned_actors(articles, tables), []
    for article in articles:
        aligned = known[article.doc_id]
        coded = {(stance.sentence, stance.source, stance.target, stance.sign) for stance in article.stances}
        anywhere = {stance[1:] for stance in coded}
        own = tables["stances"][tables["stances"]["doc_id"] == article.doc_id]
        keys = [
            (article.sentence_at(row.cue_start), aligned.get(row.source), aligned.get(row.target), row.sign)
            for row in own.itertuples()
        ]
        right, near = [key in coded for key in keys], [key[1:] in anywhere for key in keys]
        parts.append(own.assign(right=right, right_in_article=near))
    return (
        pd.concat(parts, ignore_index=True)
        if parts
        else tables["stances"].head(0).assign(right=[], right_in_article=[])
    )


def calibration(rows: pd.DataFrame, *, column: str = "right", groups: int = 5) -> pd.DataFrame:
    """Stances in groups of equal size by confidence: stances, confidence (mean), share right, low, high."""
    rows = rows.sort_values(["confidence", "doc_id", "cue_start"], kind="stable")
    parts = [part for part in np.array_split(np.arange(len(rows)), groups) if len(part)]
    table = []
    for part in parts:
        own = rows.iloc[part]
        number, share = len(own), float(own[column].mean())
        low, high = _wilson(share, number)
        table.append((number, float(own["confidence"].mean()), share, low, high))
    return pd.DataFrame(table, columns=["stances", "confidence", "right", "low", "high"])


def calibration_figure(
    articles: Sequence[CodedArticle], tables: Tables, *, lang: str = "vi", groups: int = 5, size: str = "column"
) -> Figure:
    """The share of right stances by confidence, with the diagonal on which a trustworthy confidence lies."""
    rows = judged(articles, tables)
    data = calibration(rows, groups=groups)
    look = SIZES[size]
    values = {"groups": len(data), "articles": len(articles), "stances": len(rows)}
    with matplotlib.style.context(STYLE), matplotlib.rc_context({"font.size": look.font}):
        side = min(look.width, look.height)
        fig = matplotlib.figure.Figure(figsize=(side / 72, side / 72), layout="constrained")
        ax = fig.add_subplot()
        ax.plot([0, 1], [0, 1], color=GREY, linewidth=0.8, linestyle=":")
        if len(data):
            ax.vlines(data["confidence"], data["low"], data["high"], color=GREY, linewidth=1.6)
            ax.plot(data["confidence"], data["right"], "o-", color=INK, markersize=4, linewidth=0.8)
        else:
            ax.text(0.5, 0.4, _say("none", lang), ha="center")
        ticks = [0, 0.25, 0.5, 0.75, 1]
        ax.set_xticks(ticks, [labels.number(tick, lang) for tick in ticks])
        ax.set_yticks(ticks, [labels.percent(tick, lang) for tick in ticks])
        ax.set(xlim=(0, 1), ylim=(0, 1.02), xlabel=_say("across", lang), ylabel=_say("up", lang))
        ax.set_title(_say("title", lang))
        fig.draw_without_rendering()
        fig.set_layout_engine("none")
    evidence = rows.assign(group=np.where(rows["right"], "right", "wrong"))
    name = f"13-calibration-{size}-{lang}"
    return Figure(name, _say("title", lang), _say("caption", lang, **values), data, fig, evidence)


def _say(key: str, lang: str, **values: object) -> str:
    return _TEXT[key][labels.language(lang)].format(**values)


def _wilson(share: float, number: int) -> tuple[float, float]:
    """The 95% interval of a share of `number` cases (Wilson 1927)."""
    scale = 1 + _Z**2 / number
    middle = (share + _Z**2 / (2 * number)) / scale
    half = _Z * np.sqrt(share * (1 - share) / number + _Z**2 / (4 * number**2)) / scale
    return max(middle - half, 0.0), min(middle + half, 1.0)
