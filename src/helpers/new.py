"""A corpus of one's own: articles from anywhere into `data/raw/<corpus>/`, with a report of what was read."""

import json
import re
import shutil
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from helpers.corpus import Document, Skipped, read_articles
from helpers.paths import RAW

ARTICLES = "articles.jsonl"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


def new_corpus(
    corpus: str,
    inputs: Sequence[Path],
    *,
    given: Mapping[str, str] | None = None,
    folder: Path = RAW,
    report: Callable[[str], None] = print,
) -> int:
    """Bring articles into `data/raw/<corpus>/articles.jsonl`, one a line, clean and with their metadata.

    Args:
        corpus: letters, digits, `_` and `-`.
        inputs: files and folders of articles, in any form that can be read.
        given: which column of a table holds what, where its name does not tell.
        report: what is told, line by line.

    Returns:
        The number of articles; with none, nothing is made.

    Raises:
        ValueError: a name that is none, or of a corpus that is there already.
        FileNotFoundError: there is no such input.
    """
    if not _NAME.fullmatch(corpus):
        raise ValueError(f"{corpus!r}: name a corpus with letters, digits, _ and - only, such as bien_dong_2024")
    target, work = folder / corpus, folder / f".{corpus}.new"
    if target.exists():
        raise ValueError(f"{target}: there is a corpus of that name; choose another, or remove it")
    if missing := [path for path in inputs if not path.exists()]:
        raise FileNotFoundError(2, "no such file or folder", str(missing[0]))
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    try:
        count = _write(work / ARTICLES, inputs, given, report)
        if count:
            work.rename(target)
            report(f"{target}: {count} articles; now: make run CORPUS={corpus}")
        return count
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _write(path: Path, inputs: Sequence[Path], given: Mapping[str, str] | None, report: Callable[[str], None]) -> int:
    counts, days, characters, taken = Counter(), [], 0, set()
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for item in (item for source in inputs for item in read_articles(source, given)):
            if isinstance(item, Skipped):
                counts["skipped"] += 1
                report(f"skipped {item.path}: {item.reason}")
                continue
            if item.warning:
                counts["with a warning"] += 1
                report(f"{item.path}: {item.warning}")
            counts["read"] += 1
            counts["with a title"] += item.title is not None
            counts["with an outlet"] += item.outlet is not None
            characters += len(item.text)
            if item.published:
                days.append(item.published)
            file.write(json.dumps(_row(item, _free(item.doc_id, taken)), ensure_ascii=False) + "\n")
    if counts["read"]:
        span = f", {min(days)} to {max(days)}" if days else ""
        report(
            f"{counts['read']} articles read, {counts['skipped']} inputs skipped, {counts['with a warning']} warnings; "
            f"{counts['with a title']} with a title, {counts['with an outlet']} with an outlet, "
            f"{len(days)} with a date{span}; {characters // counts['read']} characters on average"
        )
    return counts["read"]


def _row(document: Document, doc_id: str) -> dict[str, str | None]:
    day = document.published.isoformat() if document.published else None
    row = {"doc_id": doc_id, "title": document.title, "outlet": document.outlet, "published": day, "url": document.url}
    return {key: value for key, value in row.items() if value} | {"text": document.text}


def _free(doc_id: str, taken: set[str]) -> str:
    """An id that no article of another input has."""
    free, n = doc_id, 2
    while free in taken:
        free, n = f"{doc_id}-{n}", n + 1
    taken.add(free)
    return free
