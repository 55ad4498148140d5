"""What was measured at training, on coded articles whose texts are not shipped: read as it was recorded.

`python -m helpers train` writes crossvalidation.csv beside the weights, and with `--curve` learning.csv too; nothing
else in the project changes them.
"""

from pathlib import Path

import matplotlib.figure
import matplotlib.style
import matplotlib.ticker
import pandas as pd

from helpers import labels
from helpers.charts_base import AGAINST, FOR, INK, SIZES, STYLE, Figure
from helpers.paths import CROSSVALIDATION, LEARNING, MODELS

# the measures that are drawn, told apart by colour, mark and line
_LOOKS = {
    "mentions typed (5 types)": (INK, "o", "-"),
    "statements (sentence, speaker)": (FOR, "s", "--"),
    "stances (sentence, source, target, sign)": (AGAINST, "D", ":"),
    "stances per article by side": ("black", "^", "-."),
}
_TEXT = {
    "title": ("Thêm bài mã hóa thì được gì?", "What do more coded articles bring?"),
    "caption": (
        "F1 khi huấn luyện bằng một phần các bài đã mã hóa, đo bằng kiểm định chéo theo bài; ghi lại lúc huấn luyện "
        "({articles} bài), không tính lại ở đây.",
        "F1 of models trained on a share of the coded articles, cross-validated by article; recorded at training "
        "({articles} articles), not measured anew here.",
    ),
    "across": ("Số bài dùng để huấn luyện", "Articles trained on"),
    "missing": (
        "Chưa có: lệnh «train» chưa ghi lại đường học ở bản này.",
        "Not there: training has not recorded a learning curve in this version.",
    ),
}


def recorded(name: str, folder: Path = MODELS) -> pd.DataFrame | None:
    """What training recorded, None where it recorded nothing.

    `CROSSVALIDATION`: group, articles, measure, precision, recall, f1, f1_low, f1_high; the measures are those of
    `score.score` and of `breakdown.by_basis_and_sign`. `LEARNING`: share, articles, measure, precision, recall, f1.
    """
    path = folder / name
    return pd.read_csv(path) if path.exists() else None


def crossvalidated(folder: Path = MODELS) -> pd.DataFrame:
    """The recorded F1 by measure (rows) and group of articles (columns, with their number); empty without a record."""
    table = recorded(CROSSVALIDATION, folder)
    if table is None:
        return pd.DataFrame(columns=["not recorded in this version"])
    table = table.assign(column=table["group"].astype(str) + " (" + table["articles"].astype(str) + ")")
    wide = table.pivot_table(index="measure", columns="column", values="f1", sort=False)
    return wide.rename_axis(index=None, columns=None)


def learning_figure(*, lang: str = "vi", size: str = "column", folder: Path = MODELS) -> Figure:
    """The recorded F1 by number of articles trained on, a line a measure; without a record a figure that says so.

    Data: share, articles, measure, precision, recall, f1.
    """
    look, data = SIZES[size], recorded(LEARNING, folder)
    say = {key: texts[labels.language(lang)] for key, texts in _TEXT.items()}
    data = pd.DataFrame(columns="share articles measure precision recall f1".split()) if data is None else data
    data = data[data["measure"].isin(_LOOKS)].reset_index(drop=True)
    shown = len(data) > 0
    with matplotlib.style.context(STYLE), matplotlib.rc_context({"font.size": look.font}):
        height = 0.75 * look.width if shown else 5 * look.row
        fig = matplotlib.figure.Figure(figsize=(look.width / 72, height / 72), layout="constrained")
        fig.suptitle(say["title"], x=4 / look.width, ha="left")
        if shown:
            _lines(fig.add_subplot(), data, say["across"], lang)
        else:
            fig.text(0.5, 0.4, say["missing"], ha="center", va="center", wrap=True)
        fig.draw_without_rendering()
        fig.set_layout_engine("none")
    caption = say["caption"].format(articles=int(data["articles"].max())) if shown else say["missing"]
    evidence = pd.DataFrame(columns=["group", "doc_id", "sentence"])
    return Figure(f"14-learning-{size}-{lang}", say["title"], caption, data, fig, evidence)


def _lines(ax, data: pd.DataFrame, across: str, lang: str) -> None:
    for measure, rows in data.sort_values("articles").groupby("measure", sort=False):
        colour, mark, line = _LOOKS[measure]
        ax.plot(rows["articles"], rows["f1"], line, marker=mark, color=colour, markersize=4, label=measure)
    ax.set(ylim=(0, 1), xlim=(0, None), xlabel=across, ylabel="F1")
    ax.yaxis.set_major_formatter(matplotlib.ticker.FuncFormatter(lambda value, _: labels.number(value, lang)))
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1), frameon=False, ncols=1)
