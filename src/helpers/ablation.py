"""What each part is worth: the coded articles analysed without it, and scored again.

A part is taken out by a stand-in in its place; the models are those that were trained with it. So the table says what
the finished software loses without the part, and not how good software made without it could be.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import date
from unittest.mock import patch

import pandas as pd

from helpers import entities, frames, pipeline, reading
from helpers.corpus import Document
from helpers.gold import CodedArticle
from helpers.lexicon import Lexicon
from helpers.linear import Linear, Twin
from helpers.models import Models
from helpers.names import Span, view
from helpers.phrases import Phrases
from helpers.score import score
from helpers.tables import Tables

MEASURES = (
    "mentions typed (5 types)",
    "side of matched mentions",
    "statements (sentence, speaker)",
    "stances (sentence, source, target, sign)",
    "stances per article by side",
)
WHOLE = "whole"
ABLATIONS = {
    "no lexicon": "no actors, titles, offices or name parts; the cues stay, since without them nothing is said",
    "no resolution": "every form is an actor of its own; titles, pronouns and `nước này` are bound to nobody",
    "no voice rule": "passive and noun cues (`bị B lên án`) are read as active ones",
    "no model": "statements: every candidate stands; stances: every reading of every cue stands, with the sign of the "
    "cue (of the first, where cues differ); names: those of the lexicon alone",
}


def ablations(articles: Sequence[CodedArticle]) -> pd.DataFrame:
    """F1 of `MEASURES` for the whole software and without each part: index part, a column for each measure."""
    rows = {WHOLE: _scores(articles, pipeline.analyse_documents(_documents(articles)))}
    for part in ABLATIONS:
        rows[part] = _scores(articles, without(part, articles))
    return pd.DataFrame(rows).T.rename_axis("part")


def without(part: str, articles: Sequence[CodedArticle]) -> Tables:
    """The tables of coded articles as the software finds them without a part (a key of `ABLATIONS`)."""
    lexicon = _BareLexicon() if part == "no lexicon" else None
    models = _NoModels() if part == "no model" else None
    with _replaced(part):
        return pipeline.analyse_documents(_documents(articles), lexicon, models)


@contextmanager
def _replaced(part: str) -> Iterator[None]:
    stand_ins = {
        "no resolution": [(reading, "resolve", _each_form), (reading, "find_references", _names_only)],
        "no voice rule": [(frames, "_voice", lambda clause, match: "active")],
        "no model": [(reading, "find_names", _lexicon_names)],
    }
    with ExitStack() as stack:
        for module, name, stand_in in stand_ins.get(part, ()):
            stack.enter_context(patch.object(module, name, stand_in))
        yield


def _scores(articles: Sequence[CodedArticle], tables: Tables) -> pd.Series:
    return score(articles, tables, draws=0).set_index("measure").loc[list(MEASURES), "f1"]


def _documents(articles: Sequence[CodedArticle]) -> list[Document]:
    days = [date.fromisoformat(article.published) if article.published else None for article in articles]
    return [Document(article.doc_id, article.text, published=day) for article, day in zip(articles, days, strict=True)]


def _each_form(views, spans, lexicon):
    """`entities.resolve`, but each form of an actor is an actor."""
    mentions, actors = entities.resolve(views, spans, lexicon)
    forms = {mention: f"{mention.actor_id}/{mention.surface}" for mention in mentions}
    found = {form: replace(actors[mention.actor_id], actor_id=form) for mention, form in forms.items()}
    return [replace(mention, actor_id=form) for mention, form in forms.items()], found


def _names_only(views, named, *_):
    """`reference.find_references`, but nothing refers."""
    return list(named)


def _lexicon_names(sentences, lexicon, models):
    """`names.find_names`, but a name is what the lexicon has, with the type it has there."""
    views, lines = [view(sentence, lexicon) for sentence in sentences], []
    for seen in views:
        line: list[Span] = []
        for match in seen.names:
            plain = [alias for alias in match.payloads if not alias.context]
            if plain and not (line and match.first < line[-1].last):
                line.append(Span(match.first, match.last, lexicon.actors[plain[0].actor_id].type))
        lines.append(line)
    return views, lines


class _BareLexicon(Lexicon):
    """The lexicon with its cues only."""

    actors = {}
    aliases = []
    offices = {}
    name_parts = {}
    body_pairs = frozenset()

    titles = Phrases([])


class _Even(Linear):
    """A model that knows nothing: every candidate is as likely as not."""

    def __init__(self):
        self._weights, self._bias = {}, 0.0


class _EvenTwin(Twin):
    """Two models that know nothing: every option is as likely as the others."""

    def __init__(self):
        self._weights, self._bias, self._kept = {}, 0j, self.weigh


class _NoModels(Models):
    """Models that know nothing but what the cues say."""

    statements = again = _Even()
    choices = pairs = cases = _EvenTwin()
