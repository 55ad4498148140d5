"""The order of the stages: an article in, rows of every table out."""

from collections.abc import Iterable
from concurrent.futures import Executor
from pathlib import Path

import pandas as pd

from helpers import batches
from helpers import lexicon as lexicons
from helpers.batches import Summary
from helpers.coded import SAMPLE, coded_sample
from helpers.corpus import Document, Skipped
from helpers.dates import find_dates
from helpers.lexicon import Actor, Lexicon
from helpers.models import Models
from helpers.models import default as default_models
from helpers.paths import PROCESSED, RAW
from helpers.reading import Article, read_article
from helpers.stances import Stance, find_stances
from helpers.statements import find_statements
from helpers.tables import COLUMNS, export_csv, frame, read_tables
from helpers.voiced import voiced_mentions

Rows = dict[str, list[dict]]


def analyse_document(document: Document, lexicon: Lexicon | None = None, models: Models | None = None) -> Rows:
    """All rows of one article, by table.

    Args:
        lexicon, models: the project's own by default.
    """
    lexicon, models = lexicon or lexicons.default(), models or default_models()
    return rows_of(document, read_article(document.text, document.published, lexicon, models), lexicon, models)


def rows_of(document: Document, article: Article, lexicon: Lexicon, models: Models) -> Rows:
    """All rows of an article that has been read, by table."""
    clauses, actors = article.clauses, article.actors
    statements = find_statements(clauses, actors, lexicon, models)
    stances = find_stances(clauses, statements, actors, lexicon, models)
    mentions = sorted(
        [*article.mentions, *voiced_mentions(clauses, statements, actors)], key=lambda m: (m.start, m.end, m.actor_id)
    )
    key = {"doc_id": document.doc_id}
    return {
        "documents": [
            {
                **key,
                "title": document.title,
                "outlet": document.outlet,
                "published": document.published,
                "url": document.url,
                "path": document.path,
                "text": document.text,
                "sha256": document.sha256,
                "duplicate_of": None,
                "warning": document.warning,
            }
        ],
        "sentences": [
            {**key, "sentence": s.index, "start": s.start, "end": s.end, "text": s.text} for s in article.sentences
        ],
        "actors": [_actor_row(actor) for actor in actors.values()],
        "mentions": [
            {
                **key,
                "sentence": m.sentence,
                "start": m.start,
                "end": m.end,
                "surface": m.surface,
                "form": m.form,
                "actor_id": m.actor_id,
            }
            for m in mentions
        ],
        "statements": [key | statement._asdict() for statement in statements],
        "stances": [key | stance._asdict() for stance in sorted(stances, key=_place)],
        "dates": [key | found._asdict() for found in find_dates(article.sentences, document.published)],
        "skipped": [],
    }


def _place(stance: Stance) -> tuple:
    """Where a stance stands: rows in an order that no run changes."""
    return stance.sentence, stance.cue_start, stance.cue_end, stance.source, stance.target, stance.sign


def _actor_row(actor: Actor) -> dict:
    return {column: getattr(actor, column) for column in COLUMNS["actors"]}


def analyse_documents(
    documents: Iterable[Document | Skipped], lexicon: Lexicon | None = None, models: Models | None = None
) -> dict[str, pd.DataFrame]:
    """All tables of some articles, in memory."""
    return joined_tables(
        {"skipped": [document._asdict()]}
        if isinstance(document, Skipped)
        else analyse_document(document, lexicon, models)
        for document in documents
    )


def joined_tables(parts: Iterable[Rows]) -> dict[str, pd.DataFrame]:
    """The rows of some articles as tables; an actor of several articles once, by the fullest name."""
    rows: Rows = {name: [] for name in COLUMNS}
    for part in parts:
        for name, found in part.items():
            rows[name] += found
    actors: dict[str, dict] = {}
    for actor in rows["actors"]:
        old = actors.setdefault(actor["actor_id"], actor)
        if len(actor["name"]) > len(old["name"]):
            actors[actor["actor_id"]] = actor
    rows["actors"] = list(actors.values())
    return {name: frame(name, found) for name, found in rows.items()}


def analyse_corpus(source: Path, folder: Path, executor: Executor | None = None, **options) -> Summary:
    """Any file or folder of articles to tables in a folder, of any size; only what changed is analysed.

    Args:
        executor: who analyses; in this process by default.
        options: `given`, `progress`, `report` of `batches.run`.

    Raises:
        FileNotFoundError: there is no such file or folder.
    """
    return batches.run(source, folder, analyse_document, executor, **options)


def corpus_tables(corpus: str) -> dict[str, pd.DataFrame]:
    """The tables of `data/raw/<corpus>/`, kept in `data/processed/<corpus>/`; quick where nothing changed.

    Where people have coded a sample (`data/coding/<corpus>/`), it is the table `coded` (coded.py).
    """
    analyse_corpus(RAW / corpus, PROCESSED / corpus)
    tables = read_tables(PROCESSED / corpus)
    coded, problems = coded_sample(corpus, tables)
    for problem in problems:
        batches.tell(problem)
    return tables if coded is None else tables | {SAMPLE: coded}


def analyse(source: Path, folder: Path, *, as_csv: bool = False, **options) -> Summary:
    """`analyse_corpus`, and on request each table as CSV too."""
    summary = analyse_corpus(source, folder, **options)
    if as_csv:
        export_csv(folder)
    return summary
