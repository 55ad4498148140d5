"""The order of the stages: an article in, rows of every table out."""

from collections import defaultdict
from collections.abc import Iterable
from concurrent.futures import Executor
from pathlib import Path

import pandas as pd

from helpers import batches
from helpers import lexicon as lexicons
from helpers.batches import Summary
from helpers.clauses import Clause, quotation
from helpers.coded import SAMPLE, coded_sample
from helpers.corpus import Document, Skipped
from helpers.dates import find_dates
from helpers.entities import resolve
from helpers.lexicon import Actor, Lexicon
from helpers.models import Models
from helpers.models import default as default_models
from helpers.names import find_names
from helpers.paths import PROCESSED, RAW
from helpers.reference import find_references
from helpers.stances import Stance, find_stances
from helpers.statements import find_statements
from helpers.tables import COLUMNS, export_csv, frame, read_tables
from helpers.text import segment
from helpers.voiced import voiced_mentions

Rows = dict[str, list[dict]]


def analyse_document(document: Document, lexicon: Lexicon | None = None, models: Models | None = None) -> Rows:
    """All rows of one article, by table.

    Args:
        lexicon, models: the project's own by default.
    """
    lexicon, models = lexicon or lexicons.default(), models or default_models()
    sentences = segment(document.text)
    views, spans = find_names(sentences, lexicon, models)
    named, actors = resolve(views, spans, lexicon)
    mentions = find_references(views, named, actors, lexicon, document.published)
    quoted = quotation(document.text, views)
    by_sentence = defaultdict(list)
    for mention in mentions:
        by_sentence[mention.sentence].append(mention)
    clauses = [Clause(seen, by_sentence[n], actors, quoted[n]) for n, seen in enumerate(views)]
    statements = find_statements(clauses, actors, lexicon, models)
    stances = find_stances(clauses, statements, actors, lexicon, models)
    mentions = sorted(
        [*mentions, *voiced_mentions(clauses, statements, actors)], key=lambda m: (m.start, m.end, m.actor_id)
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
        "sentences": [{**key, "sentence": s.index, "start": s.start, "end": s.end, "text": s.text} for s in sentences],
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
        "dates": [key | found._asdict() for found in find_dates(sentences, document.published)],
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
    rows: Rows = {name: [] for name in COLUMNS}
    for document in documents:
        if isinstance(document, Skipped):
            rows["skipped"].append(document._asdict())
            continue
        for name, found in analyse_document(document, lexicon, models).items():
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

    Where people have coded a sample (`data/coding/<corpus>/`), it is the table `coded` (sheets.py).
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
