"""`corrections.csv`: the rows in which a researcher overrules the software, as a file (corrections.py applies them)."""

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from helpers.codes import basis_of, sign_of
from helpers.encodings import decode
from helpers.tables import Tables

FILE = "corrections.csv"
ACTIONS = ("accept", "reject", "change", "add")
# the columns of the file: which row it is about, what it becomes (where that differs), why and by whom
KEYS = {"stances": ("source", "target", "sign"), "statements": ("speaker",)}
VALUES = {"stances": ("source", "target", "sign", "basis", "claimed_by"), "statements": ("speaker", "kind")}
_FIELDS = (*VALUES["stances"], *VALUES["statements"])
_NEEDED = "action table doc_id text_sha256 cue_start cue_end".split()
COLUMNS = (
    *_NEEDED,
    *_FIELDS,
    *(f"new_{field}" for field in _FIELDS),
    "reason",
    "by",
)
_KINDS = ("direct", "indirect", "outlet")
# digits of the hash that a row must give
_SHORTEST = 8


class Correction(NamedTuple):
    """One row of the file; `new` holds only what changes."""

    row: int
    action: str
    table: str
    doc_id: str
    text_sha256: str
    start: int
    end: int
    values: dict
    new: dict
    reason: str
    by: str


def read_corrections(path: Path) -> list[Correction]:
    """The corrections of a file; none where there is no file.

    Raises:
        ValueError: a column that is missing, or a row that cannot be understood, named as `FILE:ROW: …` (rows as in a
            spreadsheet).
    """
    if not path.is_file():
        return []
    text = decode(path.read_bytes()).text.lstrip("\ufeff")
    first = text.partition("\n")[0]
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count))
    lacking = [name for name in _NEEDED if name not in (rows.fieldnames or ())]
    if lacking and text.strip():
        raise ValueError(f"{path}:1: missing column {lacking[0]!r}")
    found = []
    for number, row in enumerate(rows, 2):
        cells = {name: (row.get(name) or "").strip() for name in COLUMNS}
        if not any(cells.values()) or not cells["action"]:
            continue
        try:
            found.append(_correction(number, cells))
        except ValueError as error:
            raise ValueError(f"{path}:{number}: {error}") from None
    return found


def _correction(number: int, cells: Mapping[str, str]) -> Correction:
    action, table = cells["action"].lower(), cells["table"].lower()
    if action not in ACTIONS:
        raise ValueError(f"action {action!r}: write {', '.join(ACTIONS)}")
    if table not in KEYS:
        raise ValueError(f"table {table!r}: write {' or '.join(KEYS)}")
    digits = cells["text_sha256"].lower().removeprefix("sha256:")
    if len(digits) < _SHORTEST:
        raise ValueError(f"text_sha256: copy {_SHORTEST} digits or more from the table documents")
    if not (cells["cue_start"].isdigit() and cells["cue_end"].isdigit()):
        raise ValueError("cue_start, cue_end: give the place of the words in the article as whole numbers")
    if not cells["reason"]:
        raise ValueError("reason: say why")
    values = {field: _value(field, cells[field]) for field in VALUES[table]}
    new = {field: _value(field, cells[f"new_{field}"]) for field in VALUES[table] if cells[f"new_{field}"]}
    if missing := [field for field in KEYS[table] if not values[field]]:
        raise ValueError(f"{', '.join(missing)}: empty")
    if action == "change" and not new:
        raise ValueError("nothing to change: fill one of the columns new_…")
    if action != "change" and new:
        raise ValueError(f"new_{next(iter(new))}: only action change takes it")
    after = values | new
    if action != "reject" and table == "stances" and not after["basis"]:
        raise ValueError("basis: empty")
    if table == "stances" and after["source"] == after["target"]:
        raise ValueError("source and target are the same")
    start, end = int(cells["cue_start"]), int(cells["cue_end"])
    about = (cells["doc_id"], digits, start, end)
    return Correction(number, action, table, *about, values, new, cells["reason"], cells["by"])


def _value(field: str, word: str) -> str | int | None:
    if not word:
        return None
    if field == "sign":
        if not sign_of(word):
            raise ValueError("sign: a stance is for or against; reject it if it is none")
        return sign_of(word)
    if field == "kind" and word not in _KINDS:
        raise ValueError(f"kind {word!r}: write {', '.join(_KINDS)}")
    return basis_of(word) if field == "basis" else word


def template(rows: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """Rows of `stances` or `statements` (or the evidence of a figure) as rows of `corrections.csv`, action and reason
    to be filled; where the action stays empty a row is passed over."""
    hashes = tables["documents"].set_index("doc_id")["sha256"]
    name = "stances" if "target" in rows else "statements"
    start = {"action": "", "table": name, "text_sha256": "sha256:" + rows["doc_id"].map(hashes).str[:16]}
    return rows.assign(**start).reindex(columns=list(COLUMNS)).fillna("").reset_index(drop=True)
