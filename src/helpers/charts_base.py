"""What all figures share: sizes in print, colours, the sheet with title and caption, and saving."""

import base64
import functools
import html
import io
import re
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import matplotlib.figure
import matplotlib.style
import pandas as pd
import PIL.Image
from matplotlib.axes import Axes
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextToPath

from helpers import labels
from helpers.charts_data import View
from helpers.measured import error

STYLE = "helpers.actorstance"

# Okabe and Ito's vermilion and a darker blue than theirs, so that grey print tells them apart too; for and against
# differ in hatching, line style or sign as well
FOR, AGAINST = "#00558A", "#D55E00"
INK, GREY, PALE = "#56646E", "#777777", "#E4E7E9"
HATCH = "//////"

# what each figure counts, for the error that its caption tells
COUNTED = (
    dict.fromkeys(("mentions", "types", "attention", "together", "certainty"), "mentions")
    | dict.fromkeys(("speakers", "outlets"), "statements")
    | dict.fromkeys(("matrix", "network", "balance", "bases", "claims"), "stances")
)

POINTS_PER_MM = 72 / 25.4


@dataclass(frozen=True)
class Size:
    """One format of the figures: width, greatest height and room for names, and the font size, all in points."""

    width: float
    height: float
    font: float
    names: float
    rows: int
    fixed: bool = False

    @property
    def row(self) -> float:
        """Height of a row of text, in points."""
        return 1.45 * self.font


SIZES = {
    "column": Size(85 * POINTS_PER_MM, 235 * POINTS_PER_MM, 7, 76, 12),
    "page": Size(178 * POINTS_PER_MM, 235 * POINTS_PER_MM, 7.5, 130, 20),
    "slide": Size(720, 405, 13, 190, 12, fixed=True),
}


@dataclass(frozen=True)
class Figure:
    """One figure with what stands behind it.

    `data`: the numbers drawn; `evidence`: the rows of the tables that were counted, with `group` (name of the bar,
    cell or edge, as in the column `group` or `name` of the data), `doc_id` and `sentence`. Shows itself in a notebook
    with its caption.
    """

    name: str
    title: str
    caption: str
    data: pd.DataFrame
    fig: matplotlib.figure.Figure
    evidence: pd.DataFrame

    def _repr_html_(self) -> str:
        picture = base64.b64encode(screen_png(self.fig)).decode("ascii")
        alt, caption = html.escape(f"{self.title} {self.caption}"), html.escape(self.caption)
        width = round(self.fig.get_figwidth() * 96)
        return (
            f'<figure style="margin:0;max-width:{width}px"><img alt="{alt}" style="width:100%" '
            f'src="data:image/png;base64,{picture}"><figcaption>{caption}</figcaption></figure>'
        )


@dataclass(frozen=True)
class Sheet:
    """An empty figure of one kind (`key` names its texts), for one view of the tables and one size."""

    key: str
    stem: str
    seen: View
    size_name: str

    @property
    def size(self) -> Size:
        """The format in points."""
        return SIZES[self.size_name]

    def say(self, text: str, **values: object) -> str:
        """A text of labels.py in the language of the figure."""
        return labels.say(text, self.seen.lang, **values)

    def number(self, value: float) -> str:
        """A number as written in the language of the figure."""
        return labels.number(value, self.seen.lang)

    def fit(self, name: str, width: float | None = None) -> str:
        """A name cut with `…` to a width in points (default: the room for names of the format)."""
        return fit(name, width or self.size.names - 4, self.size.font)

    def rows(self, total: int, top: int | None, *, height: float, columns: int = 1, head: float = 8) -> int:
        """How many of `total` rows of a `height` in points to show: `top` of them, if the format has room.

        `head`: the height of all other parts of the figure, in lines.
        """
        room = int((self.size.height - head * self.size.row) / height) * columns
        return max(min(total, self.size.rows if top is None else top, room), 0)

    def canvas(self, height: float, **values: object) -> matplotlib.figure.Figure:
        """A figure with its title, as wide as the format and `height` points high below the title."""
        size = self.size
        title = wrap(self.say(f"{self.key}.title", **values), size.width - 8, 1.2 * size.font, bold=True)
        lines = title.count("\n") + 1
        whole = size.height if size.fixed else min(height + lines * 1.6 * size.font + 2 * size.row, size.height)
        fig = matplotlib.figure.Figure(figsize=(size.width / 72, whole / 72), layout="constrained")
        fig.suptitle(title, x=4 / size.width, ha="left")
        note = self.say(f"{self.key}.note", **values)
        if self.seen.articles == 1:
            note += f" {self.say('basis.article', articles=1)}."
        note = wrap(note, size.width - 8, 0.85 * size.font)
        fig.supxlabel(note, x=4 / size.width, ha="left", color=GREY, linespacing=1.3)
        return fig

    def nothing(self, columns: str, why: str | None = None, **values: object) -> Figure:
        """A figure that says why there is nothing to draw; its data has the same columns as when there is."""
        articles = self.seen.articles
        why = why or ("empty.documents", "empty.row")[articles] if articles < 2 else why or "empty.rows"
        fig = self.canvas(5 * self.size.row, **values)
        text = wrap(self.say(why, articles=articles), self.size.width - 30, self.size.font)
        fig.supxlabel("")
        fig.text(0.5, 0.4, text, ha="center", va="center", color=GREY)
        empty = pd.DataFrame(columns=["group", "doc_id", "sentence"])
        return self._figure(fig, pd.DataFrame(columns=columns.split()), empty, self.say(why, articles=articles), values)

    def finish(self, fig: matplotlib.figure.Figure, data: pd.DataFrame, rows: pd.DataFrame, **values: object) -> Figure:
        """Fixes the layout and joins figure, data, evidence and caption (`values` fill the caption)."""
        told = error(COUNTED[self.key], self.seen.level, self.seen.lang) if self.key in COUNTED else ""
        return self._figure(fig, data, rows, self.say(f"{self.key}.caption", **values), values, told)

    def _figure(self, fig, data, rows, caption: str, values: dict, told: str = "") -> Figure:
        for _ in range(2):
            fig.draw_without_rendering()
        fig.set_layout_engine("none")
        side = "-by-side" if self.seen.level == "side" else ""
        return Figure(
            name=f"{self.stem}{side}-{self.size_name}-{self.seen.lang}",
            title=self.say(f"{self.key}.title", **values),
            caption=" ".join(filter(None, (caption, self._basis(), told))),
            data=data.reset_index(drop=True),
            fig=fig,
            evidence=rows,
        )

    def _basis(self) -> str:
        seen = self.seen
        parts = [self.say("basis.article" if seen.articles == 1 else "basis.articles", articles=seen.articles)]
        if seen.period:
            days = [labels.day(value, seen.lang) for value in dict.fromkeys(seen.period)]
            parts.append("–".join(days))
        undated = int(seen.documents["published"].isna().sum())
        if undated:
            parts.append(self.say("basis.undated", undated=undated))
        if seen.corrected:
            parts.append(self.say("basis.corrected", corrected=seen.corrected))
        parts.append(self.say("basis.duplicates", duplicates=seen.duplicates))
        return "; ".join([", ".join(parts[:2]), *parts[2:]]) + "."


def styled(function: Callable[..., Figure]) -> Callable[..., Figure]:
    """Draws a figure in the project's style, whatever the style around it, at the font size of its format."""

    @functools.wraps(function)
    def draw(tables, *, size: str = "page", **options) -> Figure:
        if size not in SIZES:
            raise ValueError(f"size must be one of {', '.join(SIZES)}, not {size!r}")
        with matplotlib.style.context(STYLE), matplotlib.rc_context({"font.size": SIZES[size].font}):
            return function(tables, size=size, **options)

    return draw


def horizontal_bars(ax: Axes, values: pd.Series, texts: list[str], width: float, **look: object) -> None:
    """Bars from zero to the right, one row each from the top, with `texts` at their ends.

    `width`: that of the axes in points, by which room is left for the texts.
    """
    size = matplotlib.rcParams["font.size"] * 0.9
    bars = ax.barh(range(len(values)), values, **({"color": INK, "height": 0.72} | look))
    ax.bar_label(bars, labels=texts, padding=2, fontsize=size)
    room = max(text_width(text, size) for text in texts) + 5
    ax.set_xlim(0, max(values.max(), 1e-9) / max(1 - room / width, 0.2))
    ax.tick_params(axis="y", length=0)
    ax.set_xticks([])
    ax.spines["bottom"].set_visible(False)


def head(ax: Axes, text: str, width: float, **look: object) -> None:
    """A title of a panel, on as many lines as its width in points calls for."""
    ax.set_title(wrap(text, width, matplotlib.rcParams["font.size"], bold=True), **look)


def name_rows(ax: Axes, names: list[str], slots: int = 0) -> None:
    """Names as labels of the rows 0, 1, … from the top; at least `slots` rows high, so that few bars stay slim."""
    ax.set_yticks(range(len(names)), names)
    ax.set_ylim(max(len(names), slots) - 0.5, -0.5)
    ax.tick_params(axis="y", length=0)


@functools.cache
def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Width in points of one line of text in DejaVu Sans of a size in points."""
    font = FontProperties(family="DejaVu Sans", weight="bold" if bold else "normal", size=size)
    return TextToPath().get_text_width_height_descent(text, font, ismath=False)[0] if text else 0.0


def fit(text: str, width: float, size: float, *, bold: bool = False) -> str:
    """The text, or as much of it as fits into a width in points, ending in `…`."""
    text = " ".join(text.split())
    if text_width(text, size, bold=bold) <= width:
        return text
    while text and text_width(text + "…", size, bold=bold) > width:
        text = text[:-1].rstrip()
    return text + "…"


def wrap(text: str, width: float, size: float, *, bold: bool = False) -> str:
    """The text on as many lines as a width in points calls for."""
    letters = max(int(1.2 * len(text) * width / max(text_width(text, size, bold=bold), 1)), 4)
    lines = textwrap.wrap(text, letters, break_long_words=False)
    while letters > 4 and any(text_width(line, size, bold=bold) > width for line in lines):
        letters -= 1
        lines = textwrap.wrap(text, letters, break_long_words=False)
    return "\n".join(lines)


def save_figure(figure: Figure, folder: str | Path) -> list[Path]:
    """Writes PNG (300 dpi), SVG, PDF, the numbers as CSV and the caption as text; the same bytes at each run.

    Makes the folder if need be; files of the same name are overwritten. Returns the five paths.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{figure.name}.{ending}" for ending in ("png", "svg", "pdf", "csv", "txt")]
    for path in paths[:3]:
        _write(figure.fig, path, path.suffix[1:])
    safe_cells(figure.data).to_csv(paths[3], index=False, encoding="utf-8-sig", lineterminator="\n")
    paths[4].write_text(f"{figure.title}\n{figure.caption}\n", encoding="utf-8", newline="\n")
    return paths


def safe_cells(frame: pd.DataFrame) -> pd.DataFrame:
    """The table with an apostrophe before every text cell that a spreadsheet would run as a formula (OWASP's rule)."""
    formula = re.compile(r"[=+\-@\t\r]")
    safe = lambda cell: "'" + cell if isinstance(cell, str) and formula.match(cell) else cell  # noqa: E731
    texts = [column for column in frame.columns if not pd.api.types.is_numeric_dtype(frame[column])]
    return frame.assign(**{column: frame[column].map(safe) for column in texts})


def screen_png(fig: matplotlib.figure.Figure) -> bytes:
    """The figure as a PNG of 64 colours, a quarter of the bytes that full colour takes: notebooks stay small."""
    full, small = io.BytesIO(), io.BytesIO()
    _write(fig, full, "png", dpi=144)
    with PIL.Image.open(full) as picture:
        picture.convert("RGB").quantize(64, dither=PIL.Image.Dither.NONE).save(small, "png", optimize=True)
    return small.getvalue()


def _write(fig: matplotlib.figure.Figure, file: Path | io.BytesIO, kind: str, dpi: int = 300) -> None:
    undated = {"png": {"Software": None}, "svg": {"Date": None}, "pdf": {"CreationDate": None}}
    with matplotlib.style.context(STYLE):
        fig.savefig(file, format=kind, dpi=dpi, metadata=undated[kind])
