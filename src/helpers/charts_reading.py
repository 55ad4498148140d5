"""Figure of what was read: the length of each article by its day."""

import matplotlib.dates
import matplotlib.figure
import matplotlib.style
import pandas as pd

from helpers import labels
from helpers.charts_base import GREY, INK, SIZES, STYLE, Figure
from helpers.tables import Tables

_TEXT = {
    "title": ("Đã đọc những bài nào?", "Which articles were read?"),
    "caption": (
        "Mỗi chấm là một bài: ngày đăng và độ dài tính bằng tiếng; chấm rỗng là bài trùng. "
        "{dated} bài có ngày, {undated} bài không rõ ngày.",
        "Each dot is an article: day of publication and length in syllables; open dots repeat another article. "
        "{dated} articles with a date, {undated} without.",
    ),
    "length": ("Số tiếng", "Syllables"),
    "none": ("Không có bài nào rõ ngày đăng.", "No article has a date of publication."),
}


def lengths_by_day(tables: Tables, *, lang: str = "vi", size: str = "page") -> Figure:
    """Length in syllables (words between blanks) by day of publication."""
    documents = tables["documents"]
    data = documents[["doc_id", "published", "duplicate_of"]].assign(syllables=documents["text"].str.split().str.len())
    dated, look = data.dropna(subset=["published"]), SIZES[size]
    with matplotlib.style.context(STYLE), matplotlib.rc_context({"font.size": look.font}):
        fig = matplotlib.figure.Figure(figsize=(look.width / 72, 0.36 * look.width / 72), layout="constrained")
        ax = fig.add_subplot()
        repeats = dated["duplicate_of"].notna()
        for rows, filled in ((dated[~repeats], INK), (dated[repeats], "none")):
            ax.scatter(rows["published"], rows["syllables"], s=14, facecolor=filled, edgecolor=INK, linewidth=0.6)
        if len(dated):
            ax.axhline(dated["syllables"].median(), color=GREY, linewidth=0.8, linestyle=":")
            ax.set_ylim(0, dated["syllables"].max() * 1.1)
            days = pd.date_range(dated["published"].min(), dated["published"].max(), periods=5).normalize().unique()
            ax.set_xticks(matplotlib.dates.date2num(days), [labels.day(day.date(), lang) for day in days])
        else:
            ax.text(0.5, 0.5, _say("none", lang), ha="center", transform=ax.transAxes)
            ax.set_xticks([])
        ax.set_ylabel(_say("length", lang))
        ax.set_title(_say("title", lang))
        fig.draw_without_rendering()
        fig.set_layout_engine("none")
    caption = _say("caption", lang, dated=len(dated), undated=len(data) - len(dated))
    return Figure(f"00-lengths-{size}-{lang}", _say("title", lang), caption, data, fig, data.assign(sentence=0))


def _say(key: str, lang: str, **values: object) -> str:
    return _TEXT[key][labels.language(lang)].format(**values)
