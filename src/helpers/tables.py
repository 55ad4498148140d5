"""The tables every figure rests on: their columns, written and read as Parquet (CSV on request)."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

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


def frame(name: str, rows: list[dict]) -> pd.DataFrame:
    """Rows as a data frame with exactly the columns and types of a table; days are `datetime64` at midnight."""
    columns = COLUMNS[name]
    table = pd.DataFrame(rows, columns=list(columns))
    for column, kind in columns.items():
        table[column] = pd.to_datetime(table[column]) if kind == _DAY else table[column].astype(kind)
    return table


def write_tables(tables: Tables, folder: Path, *, as_csv: bool = False) -> None:
    """Write each table as `folder/NAME.parquet`, or `NAME.csv`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        if as_csv:
            table.to_csv(folder / f"{name}.csv", index=False, date_format="%Y-%m-%d")
        else:
            table.to_parquet(folder / f"{name}.parquet", index=False)


def read_tables(folder: Path) -> dict[str, pd.DataFrame]:
    """All tables of a folder.

    Raises:
        FileNotFoundError: a table is missing.
    """
    return {name: pd.read_parquet(folder / f"{name}.parquet") for name in COLUMNS}
