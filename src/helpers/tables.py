"""The tables every figure rests on: their columns, written and read as Parquet (CSV on request)."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

Tables = Mapping[str, pd.DataFrame]

_TEXT, _COUNT, _FLAG, _REAL, _DAY = "string", "int64", "bool", "float64", "day"
COLUMNS: dict[str, dict[str, str]] = {
    "documents": {
        "doc_id": _TEXT,
        "title": _TEXT,
        "outlet": _TEXT,
        "published": _DAY,
        "url": _TEXT,
        "path": _TEXT,
        "text": _TEXT,
        "sha256": _TEXT,
        "duplicate_of": _TEXT,
        "warning": _TEXT,
    },
    "sentences": {"doc_id": _TEXT, "sentence": _COUNT, "start": _COUNT, "end": _COUNT, "text": _TEXT},
    "actors": {
        "actor_id": _TEXT,
        "name": _TEXT,
        "name_en": _TEXT,
        "type": _TEXT,
        "side": _TEXT,
        "wikidata": _TEXT,
        "known": _FLAG,
    },
    "mentions": {
        "doc_id": _TEXT,
        "sentence": _COUNT,
        "start": _COUNT,
        "end": _COUNT,
        "surface": _TEXT,
        "form": _TEXT,
        "actor_id": _TEXT,
    },
    "statements": {
        "doc_id": _TEXT,
        "sentence": _COUNT,
        "speaker": _TEXT,
        "kind": _TEXT,
        "cue": _TEXT,
        "cue_start": _COUNT,
        "cue_end": _COUNT,
        "content_start": _COUNT,
        "content_end": _COUNT,
    },
    "stances": {
        "doc_id": _TEXT,
        "sentence": _COUNT,
        "source": _TEXT,
        "target": _TEXT,
        "sign": _COUNT,
        "basis": _TEXT,
        "cue": _TEXT,
        "cue_start": _COUNT,
        "cue_end": _COUNT,
        "claimed_by": _TEXT,
        "event": _TEXT,
        "confidence": _REAL,
        "rule": _TEXT,
    },
    "dates": {
        "doc_id": _TEXT,
        "sentence": _COUNT,
        "start": _COUNT,
        "end": _COUNT,
        "surface": _TEXT,
        "first_day": _DAY,
        "last_day": _DAY,
    },
    "skipped": {"path": _TEXT, "reason": _TEXT},
}
# where the corpus has a corrections.csv: what became of its rows (corrections.py); statements and stances then have a
# column `correction` (accepted, changed, added, or null)
CORRECTIONS = "corrections"


_ARROW = {
    _TEXT: pa.string(),
    _COUNT: pa.int64(),
    _FLAG: pa.bool_(),
    _REAL: pa.float64(),
    _DAY: pa.date32(),
}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def schema(name: str) -> pa.Schema:
    """The Arrow schema of a table."""
    return pa.schema([(column, _ARROW[kind]) for column, kind in COLUMNS[name].items()])


def frame(name: str, rows: list[dict]) -> pd.DataFrame:
    """Rows as a data frame with exactly the columns and types of a table; days are `datetime64` at midnight."""
    return typed(name, pd.DataFrame(rows, columns=list(COLUMNS[name])))


def typed(name: str, table: pd.DataFrame) -> pd.DataFrame:
    """A data frame with the types of a table."""
    for column, kind in COLUMNS[name].items():
        if kind == _DAY:
            table[column] = pd.to_datetime(table[column]).astype("datetime64[us]")
        else:
            table[column] = table[column].astype(kind)
    return table


def write_tables(tables: Tables, folder: Path, *, as_csv: bool = False) -> None:
    """Write each table as `folder/NAME.parquet`, or `NAME.csv`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        if as_csv:
            _write_csv(table, folder / f"{name}.csv")
        else:
            pq.write_table(pa.Table.from_pandas(table, schema(name), preserve_index=False), folder / f"{name}.parquet")


def read_tables(folder: Path) -> dict[str, pd.DataFrame]:
    """All tables of a folder.

    Raises:
        FileNotFoundError: a table is missing.
    """
    tables = {name: typed(name, pd.read_parquet(folder / f"{name}.parquet")) for name in COLUMNS}
    if (folder / f"{CORRECTIONS}.parquet").exists():
        tables[CORRECTIONS] = pd.read_parquet(folder / f"{CORRECTIONS}.parquet")
    return tables


def export_csv(folder: Path) -> None:
    """Every table of a folder beside it as CSV, piece by piece."""
    for name in (name for name in (*COLUMNS, CORRECTIONS) if (folder / f"{name}.parquet").exists()):
        target, new = folder / f"{name}.csv", folder / f".{name}.csv.new"
        new.unlink(missing_ok=True)
        with pq.ParquetFile(folder / f"{name}.parquet") as file:
            _write_csv(file.schema_arrow.empty_table().to_pandas(), new)
            for batch in file.iter_batches(10_000):
                _write_csv(batch.to_pandas(), new, mode="a", header=False)
        new.replace(target)


def harmless(cell: object) -> object:
    """A cell that a spreadsheet will not run as a formula: what begins with `= + - @` gets an apostrophe before it."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def _write_csv(table: pd.DataFrame, path: Path, **options) -> None:
    words = table.select_dtypes(["object", "string"]).columns
    safe = table.assign(**{column: table[column].map(harmless, na_action="ignore") for column in words})
    safe.to_csv(path, index=False, date_format="%Y-%m-%d", encoding="utf-8", lineterminator="\n", **options)
