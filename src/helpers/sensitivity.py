"""Does a conclusion hang on a choice? The rankings again at other bars of confidence and with duplicates kept."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from helpers import labels
from helpers.charts_base import Figure
from helpers.charts_data import View, mention_counts, stance_counts, view
from helpers.codes import SIGN_WORDS
from helpers.tables import Tables

THRESHOLDS = (0.4, 0.5, 0.65)
QUESTIONS = {
    "named": "Who is named most?",
    "speaks": "Who speaks most?",
    "opposed": "Whom are most stances against?",
    "opposing": "Who takes most stances against others?",
    "quarrel": "Which pair has most stances against?",
    "friendship": "Which pair has most stances for?",
    "tone": "Are more stances for or against?",
}


def variants(tables: Tables, thresholds: Sequence[float] = THRESHOLDS) -> dict[str, Tables]:
    """The tables as they are (`as drawn`), with stances of at least some confidence, and with duplicates kept."""
    stances, documents = tables["stances"], tables["documents"]
    found: dict[str, Tables] = {"as drawn": tables}
    for bar in thresholds:
        found[f"confidence ≥ {bar:g}"] = {**tables, "stances": stances[stances["confidence"] >= bar]}
    found["duplicates kept"] = {**tables, "documents": documents.assign(duplicate_of=None)}
    return found


def redraw(
    draw: Callable[..., Figure], tables: Tables, *, thresholds: Sequence[float] = THRESHOLDS, **options: object
) -> dict[str, Figure]:
    """A figure of charts.py in each variant, named in file name and caption, which says whether the first place flips.

    Args:
        options: those of the figure.
    """
    figures, lang = {}, str(options.get("lang", "vi"))
    for variant, own in variants(tables, thresholds).items():
        figure = draw(own, **options)
        if variant != "as drawn":
            said = labels.say("sensitivity.duplicates", lang)
            if variant.startswith("confidence"):
                bar = labels.number(float(variant.split()[-1]), lang)
                said = labels.say("sensitivity.confidence", lang, bar=bar)
            old, new = _top(figures["as drawn"].data), _top(figure.data)
            if old and new:
                key = "sensitivity.holds" if old == new else "sensitivity.flips"
                said += " " + labels.say(key, lang, old=old, new=new)
            stem = variant.replace(" ≥ ", "-").replace(" ", "-")
            figure = replace(figure, name=f"{figure.name}-{stem}", caption=f"{figure.caption} {said}")
        figures[variant] = figure
    return figures


def conclusions(
    tables: Tables, *, lang: str = "vi", level: str = "side", thresholds: Sequence[float] = THRESHOLDS
) -> pd.DataFrame:
    """The answer to each of `QUESTIONS` in each variant: variant, question, answer, share (of what was counted, 0…1),
    flips (the answer differs from that of the tables as drawn). A tie names all that share the first place."""
    rows = []
    for variant, own in variants(tables, thresholds).items():
        rows += [(variant, question, *found) for question, found in _answers(view(own, lang, level)).items()]
    table = pd.DataFrame(rows, columns=["variant", "question", "answer", "share"])
    drawn = table[table["variant"] == "as drawn"].set_index("question")["answer"]
    return table.assign(flips=table["answer"] != table["question"].map(drawn))


def verdict(table: pd.DataFrame) -> str:
    """What `conclusions` found, in lines: which conclusions hold everywhere, and which flip where."""
    lines = []
    for question, rows in table.groupby("question", sort=False):
        first, flips = rows.iloc[0], rows[rows["flips"]]
        line = f"{QUESTIONS[question]} {first['answer']} ({first['share']:.0%})"
        told = "; ".join(f"{row.variant}: {row.answer} ({row.share:.0%})" for row in flips.itertuples())
        lines.append(f"FLIPS  {line}; {told}" if told else f"holds  {line}")
    return "\n".join(lines)


def _top(data: pd.DataFrame) -> str | None:
    """Who stands first in the numbers of a ranking figure, with the sign of an arrow; None where nobody does."""
    names = [column for column in data.columns if column == "name" or column.endswith("_name")]
    if data.empty or not names:
        return None
    if "sign" not in data:
        return " → ".join(map(str, data.iloc[0][names]))
    arrow = data.sort_values("sentences", ascending=False, kind="stable").iloc[0]  # drawn last, so that it is on top
    return f"{' → '.join(map(str, arrow[names]))} ({'+' if arrow['sign'] > 0 else '−'})"


def _answers(seen: View) -> Mapping[str, tuple[str, float]]:
    against = seen.stances[seen.stances["sign"] < 0]
    dyads = stance_counts(seen)
    pair = dyads["source_name"] + " → " + dyads["target_name"]
    spoken = seen.statements.loc[seen.statements["kind"] != "outlet", "key"]
    tone = seen.stances["sign"].map(SIGN_WORDS)
    mentions = mention_counts(seen)
    return {
        "named": _first(mentions.set_index("name")["mentions"]),
        "speaks": _first(spoken.map(seen.name).value_counts()),
        "opposed": _first(against["target_key"].map(seen.name).value_counts()),
        "opposing": _first(against["source_key"].map(seen.name).value_counts()),
        "quarrel": _first(dyads["negative"].set_axis(pair)),
        "friendship": _first(dyads["positive"].set_axis(pair)),
        "tone": _first(tone.value_counts()),
    }


def _first(counts: pd.Series) -> tuple[str, float]:
    """The name with the greatest count (all of a tie) and its share of the sum."""
    if counts.empty or not counts.max():
        return "nobody", 0.0
    return " = ".join(sorted(counts.index[counts == counts.max()])), float(counts.max() / counts.sum())
