"""A corpus of any size through the pipeline: read, analysed in batches by any executor, kept, merged into tables.

Each article is analysed once for its text and day; what it gave is kept in a part on disk before the next is asked for.
A run that dies goes on where it stopped; a second one does what changed.
"""

import hashlib
import io
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from contextlib import contextmanager
from dataclasses import asdict, replace
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq
from tqdm import tqdm

from helpers.corpus import Document, Skipped, read_articles
from helpers.corrections import Corrections
from helpers.duplicates import sketch
from helpers.merge import GROUP, SPOOL, finished, merge, publish, spooled
from helpers.parts import NAMES, Parts, article_key, code_version, part_schema

pa.set_memory_pool(pa.system_memory_pool())  # the default one keeps what it once had
BATCH = 32
IN_FLIGHT = 64
Analyse = Callable[[Document], dict[str, list[dict]]]
Report = Callable[[str], None]


class Summary(NamedTuple):
    """What a run did: the rows of each table, how many articles were analysed now, and where the tables are."""

    rows: dict[str, int]
    analysed: int
    folder: Path


class _Result(NamedTuple):
    """What a batch gave: the keys of its articles, Parquet files by table, and why an article failed, by key."""

    keys: list[str]
    files: dict[str, bytes]
    failed: dict[str, str]


def tell(line: str) -> None:
    """A line to stderr."""
    print(line, file=sys.stderr)


def run(
    source: Path,
    folder: Path,
    analyse: Analyse,
    executor: Executor | None = None,
    *,
    given: Mapping[str, str] | None = None,
    progress: bool | None = None,
    report: Report = tell,
) -> Summary:
    """The tables of all articles of a file or folder, in `folder`.

    Args:
        analyse: the rows of one article, by table; where there is an executor, a function of a module.
        executor: who analyses; in this process by default.
        given: which column of a table of articles holds what, where its name does not tell.
        progress: a bar on stderr; by default where there is much to do.
        report: what is told, line by line, of inputs that were skipped or are odd.

    Raises:
        FileNotFoundError: there is no such file or folder.
        ValueError: the tables would lie among the articles.
    """
    if folder.resolve().is_relative_to(source.resolve()) and source.is_dir():
        raise ValueError(f"{folder}: lies inside {source}; name a folder outside the articles")
    work = folder / ".work"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    try:
        spool = work / "articles.parquet"
        corrections = Corrections(source, report)
        skipped, keys, digest = _read(read_articles(source, given), spool, report)
        digest += corrections.digest
        if rows := finished(folder, digest):
            return Summary(rows, 0, folder)
        parts = Parts(folder / "parts")
        missing = keys.difference(parts.places)
        failed = _analyse(spool, missing, parts, analyse, executor, progress)
        for reason in sorted(set(failed.values())):
            report(reason)
        rows = merge(spool, parts, skipped, failed, work, corrections)
        publish(work, folder, rows, None if failed else digest)
        parts.drop(keys)
        return Summary(rows, len(missing), folder)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _read(found: Iterator[Document | Skipped], spool: Path, report: Report) -> tuple[list[dict], set[str], str]:
    """Put all articles into a file; the skipped inputs, the keys of the articles, and a hash of it all."""
    skipped, keys, digest = [], set(), hashlib.sha256(code_version().encode())
    with pq.ParquetWriter(spool, SPOOL) as writer:
        while items := list(islice(found, GROUP)):
            rows = []
            for item in items:
                if isinstance(item, Skipped):
                    report(f"skipped {item.path}: {item.reason}")
                    skipped.append(item._asdict())
                    digest.update(repr(item).encode())
                    continue
                if item.warning:
                    report(f"{item.path}: {item.warning}")
                key = article_key(item)
                rows.append(asdict(item) | {"sha256": item.sha256, "key": key})
                keys.add(key)
                digest.update(repr((item.doc_id, item.title, item.outlet, item.url, item.path, item.warning)).encode())
                digest.update(key.encode())
            writer.write_table(pa.Table.from_pylist(rows, SPOOL))
    return skipped, keys, digest.hexdigest()


def _analyse(
    spool: Path,
    missing: set[str],
    parts: Parts,
    analyse: Analyse,
    executor: Executor | None,
    progress: bool | None,
) -> dict[str, str]:
    """Analyse the articles whose keys are missing, and keep what they gave; the failed ones and why."""
    failed: dict[str, str] = {}
    size = max(1, min(BATCH, len(missing) // 16))
    quiet = not (progress if progress is not None else len(missing) > 100)
    with tqdm(total=len(missing), unit=" articles", disable=quiet, dynamic_ncols=True) as bar:
        for result in _results(_batches(spool, set(missing), size), analyse, executor):
            if result.keys:
                parts.add(result.keys, result.files)
            failed |= result.failed
            bar.update(len(result.keys) + len(result.failed))
    return failed


def _batches(spool: Path, missing: set[str], size: int) -> Iterator[list[tuple[str, Document]]]:
    """The missing articles by key, some at a time; of articles that share a key, the first."""
    batch = []
    for articles in spooled(spool):
        for row in articles:
            if row["key"] in missing:
                missing.remove(row["key"])
                batch.append((row["key"], Document(row["doc_id"], row["text"], published=row["published"])))
                if len(batch) == size:
                    yield batch
                    batch = []
    if batch:
        yield batch


def _results(batches: Iterator[list], analyse: Analyse, executor: Executor | None) -> Iterator[_Result]:
    """What the batches give, as they finish; no more are handed out than `IN_FLIGHT`, so that memory stays flat."""
    if executor is None:
        yield from (analyse_batch(batch, analyse) for batch in batches)
        return
    running: set[Future] = set()
    try:
        while True:
            running |= {
                executor.submit(analyse_batch, batch, analyse) for batch in islice(batches, IN_FLIGHT - len(running))
            }
            if not running:
                return
            done, running = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                yield future.result()
    finally:
        for future in running:
            future.cancel()


def analyse_batch(batch: list[tuple[str, Document]], analyse: Analyse) -> _Result:
    """What a batch of articles gives, ready to be kept; an article that makes the analysis fail is named with it."""
    rows: dict[str, list[dict]] = {name: [] for name in (*NAMES, "sketches")}
    keys, failed = [], {}
    for key, document in batch:
        try:
            found = analyse(replace(document, doc_id=key))
        except Exception as error:
            failed[key] = f"the analysis failed ({type(error).__name__}: {error}); please report the article"
            continue
        keys.append(key)
        for name in NAMES:
            rows[name] += ({**row, "doc_id": key} for row in found[name])
        rows["sketches"].append({"doc_id": key, "sketch": sketch(document.text).tobytes()})
    return _Result(keys, {name: _parquet(name, found) for name, found in rows.items()}, failed)


def _parquet(name: str, rows: list[dict]) -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows, part_schema(name)), out)
    return out.getvalue()


@contextmanager
def workers(number: int = 1, scheduler: str | None = None) -> Iterator[Executor | None]:
    """Who does the work: this process, a pool of processes, or the workers of a dask.distributed scheduler.

    Raises:
        ValueError: no such scheduler, or distributed is not installed.
    """
    if scheduler:
        try:
            from distributed import Client
        except ModuleNotFoundError:
            raise ValueError("distributed is not installed; install it with: pip install -e '.[cluster]'") from None
        try:
            client = Client(scheduler, timeout="10s")
        except OSError as error:
            raise ValueError(f"{scheduler}: no dask scheduler answers there") from error
        with client:
            yield client.get_executor()
    elif number > 1:
        from concurrent.futures import ProcessPoolExecutor

        with ProcessPoolExecutor(number) as pool:
            yield pool
    else:
        yield None
