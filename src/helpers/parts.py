"""Finished work on disk: what a batch of articles gave, in a folder of Parquet files that appears whole or not."""

import hashlib
import json
import shutil
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from importlib.metadata import version
from itertools import groupby
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from helpers.corpus import Document
from helpers.paths import LEXICON, MODELS
from helpers.tables import schema

# What an article gave, each row with the key of its article as `doc_id`.
NAMES = ("sentences", "actors", "mentions", "statements", "stances", "dates")
# Modules on which no table depends, beside all that begin with `charts` or `_`.
_APART = frozenset(
    "ablation agreement alignment baseline batches bench breakdown calibration check cluster coded columns corpus "
    "design difference encodings errors estimates evidence files fonts formats gold labels new recorded rehearsal "
    "report run sampling score sensitivity sheets streams train vietnamese".split()
)


@cache
def code_version() -> str:
    """A hash of all that the analysis of an article depends on: modules, models, lexicon, underthesea."""
    here = Path(__file__).parent.glob("*.py")
    modules = (path for path in here if path.stem not in _APART and not path.stem.startswith(("charts", "_")))
    digest = hashlib.sha256(f"{version('underthesea')} {version('underthesea_core')}".encode())
    for path in [*sorted(modules), *sorted(MODELS.glob("*")), *sorted(LEXICON.glob("*.csv"))]:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def article_key(document: Document) -> str:
    """A hash of what the analysis of an article depends on; articles of the same text and day share it."""
    return hashlib.sha256(f"{code_version()}\0{document.published}\0{document.text}".encode()).hexdigest()


def part_schema(name: str) -> pa.Schema:
    """The schema of a table in a part: that of the table, and the key of the article first."""
    if name == "sketches":
        return pa.schema([("doc_id", pa.string()), ("sketch", pa.binary())])
    columns = [field for field in schema(name) if field.name != "doc_id"]
    return pa.schema([("doc_id", pa.string()), *columns])


class Parts:
    """The parts of a folder.

    Args:
        folder: made if it is not there; only this run may write into it.
    """

    def __init__(self, folder: Path):
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        for left in folder.glob(".*"):  # by a run that was killed
            shutil.rmtree(left, ignore_errors=True)
        self.places: dict[str, Path] = {}
        for part in sorted(folder.iterdir()):
            keys = part / "keys.json"
            if keys.is_file():
                self.places |= dict.fromkeys(json.loads(keys.read_text("utf-8")), part)

    def add(self, keys: Sequence[str], files: dict[str, bytes]) -> None:
        """Keep what the articles of some keys gave: Parquet files by name of the table."""
        name = hashlib.sha256("".join(keys).encode()).hexdigest()[:32]
        new, part = self.folder / f".{name}", self.folder / name
        new.mkdir()
        for table, data in files.items():
            (new / f"{table}.parquet").write_bytes(data)
        (new / "keys.json").write_text(json.dumps(list(keys)), "utf-8")
        shutil.rmtree(part, ignore_errors=True)
        new.rename(part)
        self.places |= dict.fromkeys(keys, part)

    def drop(self, used: Iterable[str]) -> None:
        """Remove the parts that hold none of the used keys."""
        kept = {self.places[key] for key in used if key in self.places}
        for part in self.folder.iterdir():
            if part not in kept:
                shutil.rmtree(part, ignore_errors=True)

    def rows(self, key: str, name: str) -> pa.Table:
        """What an article gave for a table. FileNotFoundError for a part that somebody removed."""
        table, places = _read(self.places[key] / f"{name}.parquet")
        return table.slice(*places.get(key, (0, 0)))


@lru_cache(24)
def _read(path: Path) -> tuple[pa.Table, dict[str, tuple[int, int]]]:
    """A table of a part, and from where how many rows of it belong to each article."""
    table = pq.read_table(path)
    places, start = {}, 0
    for key, rows in groupby(table["doc_id"].to_pylist()):
        size = sum(1 for _ in rows)
        places[key] = (start, size)
        start += size
    return table, places
