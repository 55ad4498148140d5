"""Tables and coded articles in each other's terms: whose mentions are whose, which sentence is which."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from helpers.gold import CodedArticle
from helpers.tables import Tables


class Found(NamedTuple):
    """What the tables say of one article; sentences are the coder's.

    `mentions`: actor_id by span, named ones; `actors`: (type, side) by actor_id; `statements`: sentence, speaker;
    `stances`: sentence, source, target, sign, basis.
    """

    mentions: dict[tuple[int, int], str]
    actors: dict[str, tuple[str | None, str | None]]
    statements: set[tuple[int, str]]
    stances: list[tuple[int | None, str, str, int, str | None]]


def found_by_article(articles: Sequence[CodedArticle], tables: Tables) -> dict[str, Found]:
    """What the tables say of each coded article."""
    actors = {
        row.actor_id: (_text(row.type), _text(row.side))
        for row in tables["actors"][["actor_id", "type", "side"]].itertuples()
    }
    coded = {article.doc_id: article for article in articles}
    found = {doc_id: Found({}, actors, set(), []) for doc_id in coded}

    def rows(name: str):
        table = tables[name]
        return table[table["doc_id"].isin(found)].itertuples()

    for row in rows("mentions"):
        if row.form == "name" and _text(row.actor_id):
            found[row.doc_id].mentions[int(row.start), int(row.end)] = row.actor_id
    for row in rows("statements"):
        sentence = coded[row.doc_id].sentence_at(int(row.cue_start))
        if sentence is not None and _text(row.speaker):
            found[row.doc_id].statements.add((sentence, row.speaker))
    for row in rows("stances"):
        sentence = coded[row.doc_id].sentence_at(int(row.cue_start))
        found[row.doc_id].stances.append((sentence, row.source, row.target, int(row.sign), _text(row.basis)))
    return found


def align(mentions: Mapping[tuple[int, int], str], coded: CodedArticle) -> dict[str, str]:
    """Actors as entities of the coder, by the most overlapping mentions (actor_id by span); exact spans count twice."""
    votes: dict[str, Counter] = defaultdict(Counter)
    spans = sorted(coded.mentions)
    for (start, end), actor in mentions.items():
        for first, last in spans:
            if start < last and first < end:
                votes[actor][coded.mentions[first, last]] += 1 + ((start, end) == (first, last))
    return {actor: vote.most_common(1)[0][0] for actor, vote in votes.items()}


def aligned_actors(articles: Sequence[CodedArticle], tables: Tables) -> dict[str, dict[str, str]]:
    """`align` for each article, by doc_id."""
    found = found_by_article(articles, tables)
    return {article.doc_id: align(found[article.doc_id].mentions, article) for article in articles}


def coded_rows(articles: Sequence[CodedArticle], tables: Tables) -> pd.DataFrame:
    """The codes of coded articles in the sentences and with the actors of the tables.

    One row for each stance (source, target, sign, basis, cue, cue_start, cue_end) and each statement that is not only
    an outlet's (speaker), with doc_id and sentence. An actor that the tables lack is `coded:` and its name.
    """
    known, rows = aligned_actors(articles, tables), []
    for article in articles:
        own = tables["sentences"][tables["sentences"]["doc_id"] == article.doc_id]
        actors = {coded: actor for actor, coded in reversed(known[article.doc_id].items())}
        names = {key: actors.get(key, f"coded:{about.name}") for key, about in article.entities.items()}
        for code in (*article.stances, *article.statements):
            start, end = article.sentences[code.sentence]
            at = article.text.find(code.cue, start, end) if code.cue else -1
            place = at if at >= 0 else start
            row = {"doc_id": article.doc_id, "sentence": int(own.loc[own["start"] <= place, "sentence"].max())}
            row |= {"cue": code.cue, "cue_start": place, "cue_end": place + (len(code.cue) if at >= 0 else 0)}
            if hasattr(code, "source"):
                ends = {"source": names[code.source], "target": names[code.target]}
                rows.append(row | ends | {"sign": code.sign, "basis": code.basis})
            elif code.kind != "outlet":
                rows.append(row | {"speaker": names[code.speaker]})
    columns = "doc_id sentence speaker source target sign basis cue cue_start cue_end".split()
    return pd.DataFrame(rows, columns=columns).astype({"sign": "Int64"})


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
