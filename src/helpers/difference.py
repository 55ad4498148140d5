"""What changed between two runs: tables and numbers of figures, row by row.

For two folders of tables (`data/processed/<corpus>/`) the figures' numbers are drawn anew from each; for two report
folders (`reports/<corpus>/`) the tables are those of `tables.xlsx`, the numbers those of `figures/*.csv`.
"""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from helpers.tables import Tables, read_tables

COLUMNS = "where change row old new".split()
CHANGES = {"gone": "-", "new": "+", "changed": "~"}
# what tells a row of a table from the others; of a figure the columns of text do
_KEYS = {
    "documents": ["doc_id"],
    "sentences": ["doc_id", "sentence"],
    "actors": ["actor_id"],
    "mentions": ["doc_id", "start", "end"],
    "statements": ["doc_id", "sentence", "speaker"],
    "stances": ["doc_id", "sentence", "source", "target", "sign"],
    "dates": ["doc_id", "start", "end"],
    "skipped": ["path"],
    "corrections": ["row"],
}
_DIGITS = 6


def compare(old: Path, new: Path) -> pd.DataFrame:
    """One row for each row that differs: where (table or `figure NAME`), change (gone, new, changed), row
    (its key), old and new (what differs, as `column=value`).

    Raises:
        FileNotFoundError: neither tables nor a report in one of the folders.
        ValueError: tables in one, a report in the other.
    """
    kinds = [_is_tables(folder) for folder in (old, new)]
    if kinds[0] != kinds[1]:
        raise ValueError(f"{old}, {new}: give two folders of tables, or two of reports")
    read = read_tables if kinds[0] else _read_report
    before, after = read(old), read(new)
    found = _compared(before, after)
    if kinds[0] and found:
        found += _compared(_drawn(before), _drawn(after))
    return pd.DataFrame(found, columns=COLUMNS)


def _is_tables(folder: Path) -> bool:
    if (folder / "documents.parquet").exists():
        return True
    if (folder / "tables.xlsx").exists() or any((folder / "figures").glob("*.csv")):
        return False
    raise FileNotFoundError(f"{folder}: neither tables (documents.parquet) nor a report (tables.xlsx, figures/)")


def _read_report(folder: Path) -> dict[str, pd.DataFrame]:
    book = folder / "tables.xlsx"
    found = pd.read_excel(book, sheet_name=None) if book.exists() else {}
    for path in sorted((folder / "figures").glob("*.csv")):
        if not path.stem.endswith("-evidence"):
            found[f"figure {path.stem}"] = pd.read_csv(path, encoding="utf-8-sig")
    return found


def _compared(before: Mapping[str, pd.DataFrame], after: Mapping[str, pd.DataFrame]) -> list[tuple]:
    found = []
    for name in sorted(before.keys() | after.keys(), key=lambda name: (name.startswith("figure"), name)):
        there = before.get(name, after.get(name))
        found += _rows(name, before.get(name, there.head(0)), after.get(name, there.head(0)))
    return found


def summary(changes: pd.DataFrame) -> pd.DataFrame:
    """How many rows are gone, new and changed, by table and figure."""
    counts = pd.crosstab(changes["where"], changes["change"])
    order = list(dict.fromkeys(changes["where"]))
    return counts.reindex(index=order, columns=list(CHANGES), fill_value=0)


def _drawn(tables: Tables) -> dict[str, pd.DataFrame]:
    """The numbers of every figure."""
    from helpers.export import draw_figures

    figures = draw_figures(tables, lang="en", level="side")
    return {f"figure {figure.name}": figure.data for figure in figures}


def _rows(name: str, old: pd.DataFrame, new: pd.DataFrame) -> list[tuple]:
    """The differing rows of one table; rows of one key are paired in their order."""
    keys = [key for key in _KEYS.get(name, _named(old, new)) if key in old and key in new]
    values = [column for column in dict.fromkeys([*old.columns, *new.columns]) if column not in keys]
    before, after = _by_key(old, keys), _by_key(new, keys)
    found = []
    for key in dict.fromkeys([*before, *after]):
        one, other = before.get(key), after.get(key)
        row = ", ".join(key[:-1])
        if other is None:
            found.append((name, "gone", row, _said(one, values), ""))
        elif one is None:
            found.append((name, "new", row, "", _said(other, values)))
        elif differing := [column for column in values if one.get(column, "") != other.get(column, "")]:
            found.append((name, "changed", row, _said(one, differing), _said(other, differing)))
    return found


def _named(old: pd.DataFrame, new: pd.DataFrame) -> list[str]:
    """The columns of a figure that name its rows."""
    shared = [column for column in old.columns if column in new.columns]
    numbers = [c for c in shared if any(len(t) and pd.api.types.is_numeric_dtype(t[c]) for t in (old, new))]
    doubles = {f"{column}_name" for column in shared} | ({"name"} if "key" in shared else set())
    words = [c for c in shared if c not in numbers and c not in doubles and c not in ("events", "group")]
    return [*words, "sign"] if "sign" in shared else words or shared[:1]


def _by_key(table: pd.DataFrame, keys: list[str]) -> dict[tuple, dict[str, str]]:
    """Rows as text, by their key and the number of rows before that have the same."""
    found: dict[tuple, dict[str, str]] = {}
    for row in table.to_dict("records"):
        cells = {column: _cell(value) for column, value in row.items()}
        key, n = tuple(cells[column] for column in keys), 0
        while (*key, str(n)) in found:
            n += 1
        found[*key, str(n)] = cells
    return found


def _cell(value: object) -> str:
    if pd.isna(value):
        return ""
    if isinstance(value, float):
        return f"{round(value, _DIGITS):.15g}"
    return f"{value:%Y-%m-%d}" if isinstance(value, pd.Timestamp) else str(value)


def _said(row: dict[str, str] | None, columns: list[str]) -> str:
    """Some cells of a row, the empty ones left out and long ones cut."""
    row = row or {}
    return ", ".join(f"{column}={row[column][:60]}" for column in columns if row.get(column))
