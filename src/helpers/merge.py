"""The tables of a corpus from the parts of its articles, streamed in their order: always the same bytes."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from helpers import lexicon as lexicons
from helpers.corrections import Corrections
from helpers.duplicates import find_duplicates
from helpers.parts import NAMES, Parts
from helpers.tables import COLUMNS, CORRECTIONS, schema

GROUP = 200
MANIFEST = "manifest.json"
SPOOL = pa.schema([*schema("documents"), ("key", pa.string())])


def spooled(spool: Path) -> Iterator[list[dict]]:
    """The articles that were read, `GROUP` at a time."""
    with pq.ParquetFile(spool) as file:
        for batch in file.iter_batches(GROUP):
            yield batch.to_pylist()


def merge(
    spool: Path,
    parts: Parts,
    skipped: list[dict],
    failed: Mapping[str, str],
    folder: Path,
    corrections: Corrections,
) -> dict[str, int]:
    """Write all tables into a folder.

    Args:
        spool: the articles in their order, with their keys.
        parts: what each article gave, by key.
        skipped: rows of the table `skipped`, from reading.
        failed: keys of articles whose analysis failed, and why; they are left out and named in `skipped`.
        corrections: what a researcher overrules; what became of it is a table of its own.

    Returns:
        The number of rows of each table.
    """
    repeats = _repeats(spool, parts, failed)
    skipped, actors, number = list(skipped), {}, 0
    writers = {name: pq.ParquetWriter(folder / f"{name}.parquet", corrections.schema(name)) for name in COLUMNS}
    rows = dict.fromkeys(COLUMNS, 0)

    def write(name: str, table: pa.Table) -> None:
        rows[name] += table.num_rows
        if table.num_rows:
            writers[name].write_table(table.combine_chunks())

    for articles in spooled(spool):
        kept, found = [], {name: [corrections.schema(name).empty_table()] for name in NAMES if name != "actors"}
        for article in articles:
            key = article["key"]
            if key in failed:
                skipped.append({"path": article["path"], "reason": failed[key]})
                continue
            kept.append({**article, "duplicate_of": repeats.get(number)})
            number += 1
            own = {name: parts.rows(key, name) for name in NAMES}
            own = {
                name: part.set_column(0, "doc_id", pa.repeat(pa.scalar(article["doc_id"]), len(part)))
                for name, part in own.items()
            }
            own = corrections.apply(article, own, lexicons.default())
            for name, tables in found.items():
                tables.append(own[name])
            for actor in [*own["actors"].drop_columns("doc_id").to_pylist(), *corrections.actors]:
                actors[actor["actor_id"]] = min(actor, actors.get(actor["actor_id"], actor), key=_least_full)
        write("documents", pa.Table.from_pylist(kept, schema("documents")))
        for name, tables in found.items():
            write(name, pa.concat_tables(tables))
    write("actors", pa.Table.from_pylist([actors[actor_id] for actor_id in sorted(actors)], schema("actors")))
    write("skipped", pa.Table.from_pylist(skipped, schema("skipped")))
    for writer in writers.values():
        writer.close()
    if corrections:
        corrections.table().to_parquet(folder / f"{CORRECTIONS}.parquet", index=False)
    return rows


def _least_full(actor: Mapping) -> tuple:
    """A key by which the fullest row of an actor comes first: known, with the longest name, not all in capitals."""
    name = actor["name"] or ""
    return (
        not actor["known"],
        -len(name),
        name.isupper(),
        actor["side"] is None,
        name,
        json.dumps(actor, sort_keys=True),
    )


def _repeats(spool: Path, parts: Parts, failed: Mapping[str, str]) -> dict[int, str]:
    """Number of an article → id of the article that it repeats: the earliest published, then the first."""
    ids, days, sketches = [], [], []
    for articles in spooled(spool):
        for article in articles:
            if article["key"] not in failed:
                ids.append(article["doc_id"])
                days.append(article["published"] or date.max)
                sketches.append(np.frombuffer(parts.rows(article["key"], "sketches")["sketch"][0].as_py(), "u4"))
    return {number: ids[original] for number, original in find_duplicates(sketches, days).items()}


def finished(folder: Path, digest: str) -> dict[str, int] | None:
    """The number of rows of each table, if the folder holds the whole tables of exactly these articles."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
        whole = all((folder / f"{name}.parquet").stat().st_size == size for name, size in manifest["sizes"].items())
        return manifest["rows"] if whole and manifest["digest"] == digest else None
    except (OSError, ValueError, KeyError):
        return None


def publish(new: Path, folder: Path, rows: dict[str, int], digest: str | None) -> None:
    """Put finished tables in the place of old ones; without a digest they are made again by the next run."""
    (folder / MANIFEST).unlink(missing_ok=True)
    paths = {name: new / f"{name}.parquet" for name in (*COLUMNS, CORRECTIONS)}
    sizes = {name: path.stat().st_size for name, path in paths.items() if name in COLUMNS or path.exists()}
    (folder / f"{CORRECTIONS}.parquet").unlink(missing_ok=True)
    for name, path in paths.items():
        (folder / f"{name}.csv").unlink(missing_ok=True)
        if path.exists():
            path.replace(folder / path.name)
    if digest:
        (new / MANIFEST).write_text(json.dumps({"digest": digest, "rows": rows, "sizes": sizes}), "utf-8")
        (new / MANIFEST).replace(folder / MANIFEST)
