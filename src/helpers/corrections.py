"""What a researcher overrules: rows of `corrections.csv` beside the articles win over the software in every table.

A correction is bound to the article's id and the hash of its text, to the sentence in which its cue stands, and to the
actors: it survives new runs and new versions, and where the text has changed it is reported and not applied.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd
import pyarrow as pa

from helpers.lexicon import Lexicon
from helpers.overruled import COLUMNS, FILE, KEYS, VALUES, Correction, read_corrections
from helpers.tables import Tables, frame, schema

_MARK = {"accept": "accepted", "change": "changed", "add": "added"}


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

    def _apply(self, correction, article, sentence, rows: list[dict], known: set[str], lexicon) -> tuple[str, Mapping]:
        """What became of a correction, and its row as the software had it (empty if it had none); `rows` are changed in
        place."""
        if not article["sha256"].startswith(correction.text_sha256):
            return "text changed", {}
        if sentence is None or not correction.start < correction.end <= sentence["end"]:
            return "no such place", {}
        key = KEYS[correction.table]
        own = [row for row in rows if row["sentence"] == sentence["sentence"]]

        def same(row: Mapping, values: Mapping) -> bool:
            return all(row[field] == values[field] for field in key)

        old = next((row for row in own if same(row, correction.values)), None)
        had = dict(old) if old and old.get("correction") not in ("changed", "added") else {}
        if correction.action == "reject":
            if old:
                rows.remove(old)
            return "applied" if old else "not needed", had
        values = correction.values | correction.new
        parties = [values.get(field) for field in ("source", "target", "claimed_by", "speaker") if values.get(field)]
        for actor_id in parties:
            if actor_id not in known and actor_id not in lexicon.actors:
                return f"unknown actor {actor_id}", {}
            if actor_id not in known:
                self.actors.append(_actor_row(lexicon.actors[actor_id]))
        if old:
            row, changes = old, dict(correction.new)
        else:
            row, changes = _row(correction, article, sentence), {f: v for f, v in values.items() if v is not None}
        if correction.table == "stances":
            changes["confidence"] = 1.0
        mark = _MARK[correction.action] if old else "added"
        twin = next((other for other in own if other is not old and same(other, row | changes)), None)
        if twin:  # what the row becomes is there already
            if old:
                rows.remove(old)
            row, mark = twin, twin.get("correction") or "accepted"
        row |= changes | {"correction": mark}
        if not (old or twin):
            rows.append(row)
            rows.sort(key=lambda r: (r["sentence"], r["cue_start"], r["cue_end"]))
        return "applied", had

    def _note(self, correction: Correction, status: str, had: Mapping, sentence: Mapping | None) -> None:
        if status not in ("applied", "not needed"):
            self.report(f"{FILE}:{correction.row}: not applied, {status} ({correction.doc_id})")
        new = {f"new_{field}": value for field, value in correction.new.items()}
        self._done.append(
            {
                **{"row": correction.row, "action": correction.action, "table": correction.table, "status": status},
                **{"doc_id": correction.doc_id, "sentence": sentence["sentence"] if sentence else None},
                **{"cue_start": correction.start, "cue_end": correction.end, "found": bool(had)},
                **{field: had.get(field, value) for field, value in correction.values.items()},
                **new,
                **{"reason": correction.reason, "by": correction.by},
            }
        )

    def table(self) -> pd.DataFrame:
        """What became of each correction, by row of the file; `found`: the software had the row, which then stands here
        as it had it."""
        for left in list(self._own.values()):
            for correction in left:
                self._note(correction, "no such article", {}, None)
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
