"""What the figures count: the tables without duplicates, with a key and a name for each actor or side."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from helpers import labels
from helpers.tables import CORRECTIONS

Tables = Mapping[str, pd.DataFrame]

TYPES = ("GPE", "PER", "ORG", "MEDIA", "LOC")
LEVELS = ("actor", "side")


@dataclass(frozen=True)
class View:
    """The tables as one figure sees them.

    `mentions` (by name only) and `statements` have a column `key`; `stances` has `source_key`, `target_key` and
    `claimed_key`: an actor_id, or at level "side" the code of the state if the actor has one. Stances of a key
    towards itself are left out. Every table has `published`. `names` maps keys to names in `lang`; `corrected` counts
    rows that a researcher corrected.
    """

    documents: pd.DataFrame
    mentions: pd.DataFrame
    statements: pd.DataFrame
    stances: pd.DataFrame
    names: Mapping[str, str]
    duplicates: int
    corrected: int
    lang: str
    level: str

    @property
    def articles(self) -> int:
        """Number of articles, duplicates not counted."""
        return len(self.documents)

    @property
    def period(self) -> tuple[date, date] | None:
        """First and last day of publication, None without any date."""
        days = self.documents["published"].dropna()
        return (days.min().date(), days.max().date()) if len(days) else None

    def name(self, key: str) -> str:
        """The name of a key; the key itself when it has none."""
        return self.names.get(key, key)


def view(tables: Tables, lang: str, level: str) -> View:
    """Prepares the tables of DESIGN.md for a figure; ValueError for an unknown language or level."""
    labels.language(lang)
    if level not in LEVELS:
        raise ValueError(f"level must be one of {', '.join(LEVELS)}, not {level!r}")
    documents = tables["documents"]
    kept = documents[documents["duplicate_of"].isna()]
    kept = kept.assign(published=pd.to_datetime(kept["published"], errors="coerce"))
    actors = tables["actors"]
    mentions = _dated(tables["mentions"], kept)
    stances = _dated(tables["stances"], kept)
    stances = stances.assign(
        source_key=_keys(stances["source"], actors, level),
        target_key=_keys(stances["target"], actors, level),
        claimed_key=_keys(stances["claimed_by"], actors, level),
    )
    statements = _dated(tables["statements"], kept)
    mentions = mentions[mentions["form"] == "name"]
    return View(
        documents=kept,
        mentions=mentions.assign(key=_keys(mentions["actor_id"], actors, level)),
        statements=statements.assign(key=_keys(statements["speaker"], actors, level)),
        stances=stances[stances["source_key"] != stances["target_key"]],
        names=_names(actors, lang, level),
        duplicates=len(documents) - len(kept),
        corrected=int((tables[CORRECTIONS]["status"] == "applied").sum()) if CORRECTIONS in tables else 0,
        lang=lang,
        level=level,
    )


def ranked(frame: pd.DataFrame, value: str) -> pd.DataFrame:
    """Rows by falling `value`; ties by name, so that the order is the same at each run."""
    return frame.sort_values([value, "name"], ascending=[False, True], kind="stable").reset_index(drop=True)


def mention_counts(seen: View) -> pd.DataFrame:
    """One row an actor or side: key, name, mentions, articles, share (of all articles, 0…1), ranked."""
    groups = seen.mentions.groupby("key")
    counts = groups.agg(mentions=("doc_id", "size"), articles=("doc_id", "nunique")).reset_index()
    counts.insert(1, "name", counts["key"].map(seen.name).astype(object))
    return ranked(counts.assign(share=counts["articles"] / max(seen.articles, 1)), "mentions")


def stance_counts(seen: View) -> pd.DataFrame:
    """One row a dyad: source, target (keys), source_name, target_name, positive, negative, total, balance (−1…+1)."""
    rows = seen.stances
    counts = pd.DataFrame(
        {
            "source": rows["source_key"],
            "target": rows["target_key"],
            "positive": (rows["sign"] > 0).astype(int),
            "negative": (rows["sign"] < 0).astype(int),
        }
    )
    counts = counts.groupby(["source", "target"], as_index=False).sum()
    total = counts["positive"] + counts["negative"]
    counts = counts.assign(total=total, balance=(counts["positive"] - counts["negative"]) / total)
    for place, end in enumerate(("source", "target"), start=2):
        counts.insert(place, f"{end}_name", counts[end].map(seen.name).astype(object))
    order = ["total", "source_name", "target_name"]
    return counts.sort_values(order, ascending=[False, True, True], kind="stable").reset_index(drop=True)


def involvement(counts: pd.DataFrame) -> list[str]:
    """Keys of a table of dyads by the number of stances that they take or receive, most first."""
    taken = counts.groupby("source")["total"].sum()
    received = counts.groupby("target")["total"].sum()
    total = taken.add(received, fill_value=0)
    return sorted(total.index, key=lambda key: (-total[key], key))


def evidence(rows: pd.DataFrame, group: pd.Series) -> pd.DataFrame:
    """The rows behind a figure, as they stand in their table, after the `group` (bar, cell, edge) they count in."""
    kept = [column for column in rows.columns if column != "published" and not column.endswith("key")]
    rows = rows[kept].sort_values(["doc_id", "sentence"], kind="stable")
    rows.insert(0, "group", group.reindex(rows.index).astype(object))
    return rows.reset_index(drop=True)


def _dated(rows: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    published = dict(zip(documents["doc_id"], documents["published"], strict=True))
    rows = rows[rows["doc_id"].isin(published)]
    days = [published[doc_id] for doc_id in rows["doc_id"]]
    return rows.assign(published=pd.Series(days, index=rows.index, dtype="datetime64[ns]"))


def _keys(actor_ids: pd.Series, actors: pd.DataFrame, level: str) -> pd.Series:
    if level == "actor":
        return actor_ids.astype(object)
    sides = actors.dropna(subset=["side"]).set_index("actor_id")["side"].to_dict()
    return actor_ids.astype(object).map(lambda actor_id: sides.get(actor_id, actor_id))


def _names(actors: pd.DataFrame, lang: str, level: str) -> dict[str, str]:
    chosen = actors["name"]
    if lang == "en":
        chosen = actors["name_en"].where(actors["name_en"].notna() & (actors["name_en"] != ""), actors["name"])
    names = dict(zip(actors["actor_id"], chosen, strict=True))
    if level == "side":
        states = {side: labels.country(side, lang) for side in actors["side"].dropna().unique()}
        names = names | {side: names.get(side, state) for side, state in states.items()}
    return names
