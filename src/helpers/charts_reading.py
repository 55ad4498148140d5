"""Figure of what was read: the length of each article by its day."""

import matplotlib.dates
import pandas as pd

from helpers import labels
from helpers.charts_base import GREY, INK, Figure, Sheet, head, styled
from helpers.charts_data import Tables, view


@styled
def lengths_by_day(tables: Tables, *, lang: str = "vi", size: str = "page") -> Figure:
    """Length in syllables (words between blanks) by day of publication.

    Data, a row an article: doc_id, published, duplicate_of, syllables.
    """
    seen = view(tables, lang, "actor")
    sheet = Sheet("lengths", "00-lengths", seen, size)
    documents = tables["documents"]
    data = documents[["doc_id", "published", "duplicate_of"]].assign(syllables=documents["text"].str.split().str.len())
    data["published"] = pd.to_datetime(data["published"], errors="coerce")
    dated = data.dropna(subset=["published"])
    if dated.empty:
        return sheet.nothing("doc_id published duplicate_of syllables", "empty.dates" if len(data) else None)
    fig = sheet.canvas((10 if size == "column" else 13) * sheet.size.row)
    ax = fig.add_subplot()
    repeats = dated["duplicate_of"].notna()
    for rows, filled in ((dated[~repeats], INK), (dated[repeats], "none")):
        ax.scatter(
            rows["published"],
            rows["syllables"],
            s=(0.55 * sheet.size.font) ** 2,
            facecolor=filled,
            edgecolor=INK,
            linewidth=0.6,
        )
    ax.axhline(dated["syllables"].median(), color=GREY, linewidth=0.8, linestyle=":")
    ax.set_ylim(0, max(dated["syllables"].max(), 1) * 1.1)
    ax.set_yticks(ax.get_yticks()[:-1], [sheet.number(int(value)) for value in ax.get_yticks()[:-1]])
    number = {"column": 3, "page": 5, "slide": 5}[size]
    days = pd.date_range(dated["published"].min(), dated["published"].max(), periods=number).normalize().unique()
    ax.set_xticks(matplotlib.dates.date2num(days), [labels.day(day.date(), lang) for day in days])
    head(ax, sheet.say("syllables"), sheet.size.width)
    rows = data.assign(group=data["doc_id"], sentence=0)
    return sheet.finish(fig, data, rows, dated=len(dated))
