"""What a researcher overrules: rows of `corrections.csv` beside the articles win over the software in every table.

A correction is bound to the article's id and the hash of its text, to the sentence in which its cue stands, and to the
actors: it survives new runs and new versions, and where the text has changed it is reported and not applied.
"""

import csv
import hashlib
import io
from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pyarrow as pa

from helpers.codes import basis_of, sign_of
from helpers.encodings import decode
from helpers.lexicon import Lexicon
from helpers.tables import Tables, frame, schema

FILE = "corrections.csv"
ACTIONS = ("accept", "reject", "change", "add")
# the columns of the file: which row it is about, what it becomes (where that differs), why and by whom
KEYS = {"stances": ("source", "target", "sign"), "statements": ("speaker",)}
VALUES = {"stances": ("source", "target", "sign", "basis", "claimed_by"), "statements": ("speaker", "kind")}
_FIELDS = (*VALUES["stances"], *VALUES["statements"])
COLUMNS = (
    *"action table doc_id text_sha256 cue_start cue_end".split(),
    *_FIELDS,
    *(f"new_{field}" for field in _FIELDS),
    "reason",
    "by",
)
_MARK = {"accept": "accepted", "change": "changed", "add": "added"}
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
        ValueError: a row that cannot be understood, named as `FILE:ROW: …` (rows as in a spreadsheet).
    """
    if not path.is_file():
        return []
    text = decode(path.read_bytes()).text.lstrip("\ufeff")
    first = text.partition("\n")[0]
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count))
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
    if len(cells["text_sha256"]) < _SHORTEST:
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
    if action == "add" and table == "stances" and not values["basis"]:
        raise ValueError("basis: empty")
    after = values | new
    if table == "stances" and after["source"] == after["target"]:
        raise ValueError("source and target are the same")
    start, end = int(cells["cue_start"]), int(cells["cue_end"])
    about = (cells["doc_id"], cells["text_sha256"].lower(), start, end)
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


class Corrections:
    """The corrections of a corpus on their way into its tables.

    Args:
        source: the folder of the articles.
        report: is told of each correction that cannot be applied, in one line.
    """

    def __init__(self, source: Path, report: Callable[[str], None]):
        path = source / FILE
        self.report = report
        self.digest = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        self._own: dict[str, list[Correction]] = defaultdict(list)
        for correction in read_corrections(path):
            self._own[correction.doc_id].append(correction)
        self._done: list[dict] = []
        self.actors: list[dict] = []

    def __bool__(self) -> bool:
        return bool(self.digest)

    def schema(self, name: str) -> pa.Schema:
        """The schema of a table: where there are corrections, statements and stances say what was corrected."""
        marked = self and name in KEYS
        return schema(name).append(pa.field("correction", pa.string())) if marked else schema(name)

    def apply(self, article: Mapping, found: Mapping[str, pa.Table], lexicon: Lexicon) -> dict[str, pa.Table]:
        """The tables of an article, corrected. `article`: doc_id, text and sha256."""
        if not self:
            return dict(found)
        rows = {name: found[name].to_pylist() for name in KEYS}
        sentences = found["sentences"].to_pylist()
        known = {row["actor_id"] for row in found["actors"].to_pylist()}
        for correction in self._own.pop(article["doc_id"], ()):
            sentence = next((s for s in sentences if s["start"] <= correction.start < s["end"]), None)
            status, had = self._apply(correction, article, sentence, rows[correction.table], known, lexicon)
            self._note(correction, status, had, sentence)
        return dict(found) | {name: pa.Table.from_pylist(rows[name], self.schema(name)) for name in KEYS}

    def _apply(self, correction, article, sentence, rows: list[dict], known: set[str], lexicon) -> tuple[str, bool]:
        """What became of a correction, and whether the software had its row; `rows` are changed in place."""
        if not article["sha256"].startswith(correction.text_sha256):
            return "text changed", False
        if sentence is None or not correction.start < correction.end <= sentence["end"]:
            return "no such place", False
        key = KEYS[correction.table]
        own = [row for row in rows if row["sentence"] == sentence["sentence"]]

        def same(row: Mapping, values: Mapping) -> bool:
            return all(row[field] == values[field] for field in key)

        old = next((row for row in own if same(row, correction.values)), None)
        if correction.action == "reject":
            if old:
                rows.remove(old)
            return "applied" if old else "not needed", old is not None
        values = correction.values | correction.new
        parties = [values.get(field) for field in ("source", "target", "claimed_by", "speaker") if values.get(field)]
        for actor_id in parties:
            if actor_id not in known and actor_id not in lexicon.actors:
                return f"unknown actor {actor_id}", False
            if actor_id not in known:
                self.actors.append(_actor_row(lexicon.actors[actor_id]))
        row = old or _row(correction, article, sentence)
        set_ = {field: value for field, value in values.items() if value is not None}
        if old:
            set_ = correction.new
        if correction.table == "stances":
            set_ = set_ | {"confidence": 1.0}
        others = [other for other in own if other is not old and same(other, row | set_)]
        for other in others:
            rows.remove(other)
        row |= set_ | {"correction": _MARK[correction.action] if old else "added"}
        if not old:
            rows.append(row)
            rows.sort(key=lambda r: (r["sentence"], r["cue_start"], r["cue_end"]))
        return "applied", old is not None

    def _note(self, correction: Correction, status: str, had: bool, sentence: Mapping | None) -> None:
        if status not in ("applied", "not needed"):
            self.report(f"{FILE}:{correction.row}: not applied, {status} ({correction.doc_id})")
        new = {f"new_{field}": value for field, value in correction.new.items()}
        self._done.append(
            {
                **{"row": correction.row, "action": correction.action, "table": correction.table, "status": status},
                **{"doc_id": correction.doc_id, "sentence": sentence["sentence"] if sentence else None},
                **{"cue_start": correction.start, "cue_end": correction.end, "found": had},
                **correction.values,
                **new,
                **{"reason": correction.reason, "by": correction.by},
            }
        )

    def table(self) -> pd.DataFrame:
        """What became of each correction, by row of the file; `found`: the software had the row."""
        for left in list(self._own.values()):
            for correction in left:
                self._note(correction, "no such article", False, None)
        self._own.clear()
        names = ["row", "action", "table", "status", "found", *COLUMNS[2:3], "sentence", *COLUMNS[4:]]
        table = pd.DataFrame(self._done, columns=names).sort_values("row", ignore_index=True)
        whole = ["row", "sentence", "cue_start", "cue_end", "sign", "new_sign"]
        types = dict.fromkeys(names, "string") | dict.fromkeys(whole, "Int64") | {"found": "bool"}
        return table.astype(types)


def machine_tables(tables: Tables) -> dict[str, pd.DataFrame]:
    """The tables as the software alone gave them: what was corrected is undone.

    Estimates and agreement need them: a correction is made with a look at the software's coding, so it must not stand
    in for an independent code.
    """
    done = tables.get("corrections")
    if done is None:
        return dict(tables)
    undone = dict(tables)
    overruled = done[(done["status"] == "applied") & done["found"] & done["action"].isin(["reject", "change"])]
    for name, fields in VALUES.items():
        kept = tables[name][~tables[name]["correction"].isin(["changed", "added"])]
        back = overruled.loc[overruled["table"] == name, ["doc_id", "sentence", "cue_start", "cue_end", *fields]]
        numbers = {"content_start": back["cue_start"], "content_end": back["cue_end"]} if name == "statements" else {}
        rows = frame(name, back.assign(**numbers, **({} if numbers else {"confidence": 1.0})).to_dict("records"))
        undone[name] = pd.concat([kept, rows], ignore_index=True) if len(rows) else kept
    return undone


def template(rows: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """Rows of `stances` or `statements` (or the evidence of a figure) as rows of `corrections.csv`, action and reason
    to be filled; where the action stays empty a row is passed over."""
    hashes = tables["documents"].set_index("doc_id")["sha256"]
    name = "stances" if "target" in rows else "statements"
    start = {"action": "", "table": name, "text_sha256": rows["doc_id"].map(hashes).str[:16]}
    return rows.assign(**start).reindex(columns=list(COLUMNS)).fillna("").reset_index(drop=True)


def _row(correction: Correction, article: Mapping, sentence: Mapping) -> dict:
    """A row that the software lacks."""
    row = dict.fromkeys(schema(correction.table).names)
    row |= {"doc_id": article["doc_id"], "sentence": sentence["sentence"]}
    row |= {"cue_start": correction.start, "cue_end": correction.end}
    row["cue"] = article["text"][correction.start : correction.end]
    if correction.table == "statements":
        return row | {"kind": "indirect", "content_start": sentence["start"], "content_end": sentence["end"]}
    return row | {"rule": "correction"}


def _actor_row(actor) -> dict:
    return {field: getattr(actor, field) for field in schema("actors").names}
