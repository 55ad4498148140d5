"""An article as statements and stances need it: sentences, names, actors, mentions, and the shape of each sentence."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from helpers.clauses import Clause, quotation
from helpers.entities import Mention, resolve
from helpers.lexicon import Actor, Lexicon
from helpers.models import Models
from helpers.names import find_names
from helpers.reference import find_references
from helpers.text import Sentence, segment


class Article(NamedTuple):
    """`named` are the mentions by name, `mentions` all of them in reading order; one clause for each sentence."""

    sentences: Sequence[Sentence]
    named: Sequence[Mention]
    mentions: Sequence[Mention]
    actors: dict[str, Actor]
    clauses: Sequence[Clause]


def read_article(
    text: str, day: date | None, lexicon: Lexicon, models: Models, sentences: Sequence[Sentence] | None = None
) -> Article:
    """Read an article up to its clauses.

    Args:
        day: of publication, for who held an office.
        sentences: those of the text, where they are at hand.
    """
    sentences = segment(text) if sentences is None else sentences
    views, spans = find_names(sentences, lexicon, models)
    named, actors = resolve(views, spans, lexicon)
    quoted = quotation(text, views)
    mentions = find_references(views, named, actors, lexicon, day, quoted)
    by_sentence = defaultdict(list)
    for mention in mentions:
        by_sentence[mention.sentence].append(mention)
    clauses = [Clause(seen, by_sentence[n], actors, quoted[n]) for n, seen in enumerate(views)]
    return Article(sentences, named, mentions, actors, clauses)
