"""What the tables say, in sentences built from them: the notebooks print these, so that no finding can go stale.

Each function gives some lines of plain English with the names of actors in `lang`; a corpus with nothing to tell of
gives a line that says so.
"""

import pandas as pd

from helpers import labels, measured
from helpers.charts_data import View, mention_counts, ranked, stance_counts, view
from helpers.tables import Tables


def reading(tables: Tables) -> str:
    """How many articles were read, from when, how long, and what is missing."""
    documents, skipped = tables["documents"], tables["skipped"]
    if documents.empty:
        return f"No article was read; {len(skipped)} inputs were skipped."
    days, words = documents["published"].dropna(), documents["text"].str.split().str.len()
    lines = [f"{_some(len(documents), 'article')} read, {_some(len(skipped), 'input')} skipped."]
    if len(days):
        undated = len(documents) - len(days)
        lines.append(f"Published from {_day(days.min())} to {_day(days.max())}; {undated} without a date.")
    else:
        lines.append("No article has a date: nothing can be shown over time.")
    lines.append(f"Half of them have at most {words.median():.0f} syllables; the longest has {words.max()}.")
    lines.append(f"{documents['duplicate_of'].notna().sum()} repeat another article and are left out of every count.")
    lines.append(f"The outlet is known for {documents['outlet'].notna().sum()} of {len(documents)}.")
    return "\n".join(lines)


def names(tables: Tables, *, lang: str = "vi") -> str:
    """How many actors there are, of which types, how many forms the most varied has, and what the lexicon lacks."""
    seen = view(tables, lang, "actor")
    if seen.mentions.empty:
        return "No name was found."
    actors = tables["actors"].set_index("actor_id").loc[sorted(seen.mentions["key"].unique())]
    forms = seen.mentions.groupby("key")["surface"].nunique()
    varied = min(forms.index, key=lambda key: (-forms[key], key))
    lacking = actors.index[~actors["known"].astype(bool)]
    share = seen.mentions["key"].isin(lacking).mean()
    counts = actors["type"].value_counts()
    kinds = ", ".join(f"{counts[kind]} {kind}" for kind in sorted(counts.index, key=lambda kind: (-counts[kind], kind)))
    surfaces = ", ".join(sorted(seen.mentions.loc[seen.mentions["key"] == varied, "surface"].unique()))
    return "\n".join(
        [
            f"{_some(len(seen.mentions), 'mention')} by name of {_some(len(actors), 'actor')}: {kinds}.",
            f"{seen.name(varied)} is written in {_some(int(forms[varied]), 'form')}: {surfaces}.",
            f"The lexicon lacks {len(lacking)} of the actors; they make up {share:.0%} of the mentions.",
        ]
    )


def mentions(tables: Tables, *, lang: str = "vi", level: str = "actor") -> str:
    """Who is named most, how concentrated that is, and who is named together most often."""
    seen = view(tables, lang, level)
    counts = mention_counts(seen)
    if counts.empty:
        return "Nobody is named."
    first, top = counts.iloc[0], counts.head(5)
    share = top["mentions"].sum() / counts["mentions"].sum()
    lines = [
        f"{first['name']} is named most: {first['mentions']} times, in {first['share']:.0%} of the articles.",
        f"The first {len(top)} ({', '.join(top['name'])}) get {share:.0%} of all mentions.",
        f"{(counts['mentions'] == 1).sum()} of {len(counts)} are named only once.",
    ]
    pair = _closest(seen)
    return "\n".join([*lines, f"{pair[0]} and {pair[1]} share most sentences: {pair[2]}."] if pair else lines)


def speakers(tables: Tables, *, lang: str = "vi", level: str = "actor") -> str:
    """Who speaks most, how much of it is quoted, and which outlet passes on most."""
    seen = view(tables, lang, level)
    spoken = seen.statements[seen.statements["kind"] != "outlet"]
    if spoken.empty:
        return "No sentence passes on anybody's words."
    first, times = _most(spoken["key"], seen)
    sentences = tables["sentences"]
    total = sentences["doc_id"].isin(seen.documents["doc_id"]).sum()
    share = len(spoken[["doc_id", "sentence"]].drop_duplicates()) / max(total, 1)
    lines = [
        f"{share:.0%} of the sentences pass on somebody's words.",
        f"{first} speaks most often: {times} of {len(spoken)} statements.",
        f"{(spoken['kind'] == 'direct').mean():.0%} of the statements hold words in quotation marks.",
    ]
    outlets = seen.statements[seen.statements["kind"] == "outlet"]
    if len(outlets):
        outlet, cited = _most(outlets["key"], seen)
        lines.append(f"{outlet} is the outlet cited most: {cited} of {len(outlets)} times.")
    silent = mention_counts(seen)
    silent = silent[~silent["key"].isin(spoken["key"])]
    kinds = tables["actors"].set_index("actor_id")["type"]
    silent = silent[silent["key"].map(kinds).fillna("GPE").isin(["PER", "ORG", "GPE"])]
    if len(silent):
        lines.append(f"{silent['name'].iloc[0]} is named {silent['mentions'].iloc[0]} times and never speaks.")
    return "\n".join(lines)


def stances(tables: Tables, *, lang: str = "vi", level: str = "actor") -> str:
    """How many stances, the strongest opposition and support, and how much rests on somebody's word."""
    seen = view(tables, lang, level)
    counts = stance_counts(seen)
    if counts.empty:
        return "No stance was found."
    rows, against = seen.stances, (seen.stances["sign"] < 0).mean()
    lines = [f"{_some(len(rows), 'stance')} between {_some(len(counts), 'dyad')}; {against:.0%} are against."]
    for column, word in (("negative", "against"), ("positive", "for")):
        best = counts.sort_values([column, "source_name", "target_name"], ascending=[False, True, True]).iloc[0]
        if best[column]:
            dyad = f"{best['source_name']} → {best['target_name']}"
            lines.append(f"Most often {word}: {dyad}, {_some(int(best[column]), 'sentence')}.")
    both = counts[(counts["positive"] > 0) & (counts["negative"] > 0)]
    lines.append(f"{len(both)} of {len(counts)} dyads have both signs.")
    claimed = int(rows["claimed_key"].notna().sum())
    lines.append(f"{claimed} stances stand on the word of somebody other than the source.")
    return "\n".join(lines)


def error(what: str, *, level: str = "actor") -> str:
    """How often the software was right about `mentions`, `statements` or `stances` on the coded articles."""
    return measured.error(what, level, "en") or f"How well {what} are found was not measured."


def _closest(seen: View) -> tuple[str, str, int] | None:
    """The two that most sentences name together, and the number of these sentences."""
    place = ["doc_id", "sentence"]
    named = seen.mentions[[*place, "key"]].drop_duplicates()
    pairs = named.merge(named, on=place).query("key_x < key_y")
    counts = pairs.groupby(["key_x", "key_y"]).size()
    if counts.empty:
        return None
    first, second = min(counts.index, key=lambda pair: (-counts[pair], pair))
    return seen.name(first), seen.name(second), int(counts[first, second])


def _most(keys: pd.Series, seen: View) -> tuple[str, int]:
    counts = keys.value_counts().rename_axis("key").reset_index(name="times")
    counts = ranked(counts.assign(name=counts["key"].map(seen.name).astype(object)), "times")
    return counts["name"].iloc[0], int(counts["times"].iloc[0])


def _day(day: pd.Timestamp) -> str:
    return labels.day(day.date(), "en")


def _some(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
