"""Articles from files: what a researcher brings becomes documents, and what cannot be read is named with its reason."""

import csv
import hashlib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import NamedTuple


@dataclass(frozen=True)
class Document:
    """One article. `text` is in Unicode NFC with `\\n` line ends; all offsets of all tables count in it."""

    doc_id: str
    text: str
    title: str | None = None
    outlet: str | None = None
    published: date | None = None
    url: str | None = None
    path: str | None = None

    @cached_property
    def sha256(self) -> str:
        """Hash of the text, in hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()


class Skipped(NamedTuple):
    """An input that gave no document, and why."""

    path: str
    reason: str


def clean(text: str) -> str:
    """A text in NFC with `\\n` line ends, otherwise as it was."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def read_articles(source: Path) -> Iterator[Document | Skipped]:
    """Every article of a file or folder, in the order of its paths.

    A `metadata.csv` beside text files (columns path, title, outlet, published, url) describes them.
    """
    paths = sorted(source.rglob("*.txt")) if source.is_dir() else [source]
    about: dict[Path, dict[str, str]] = {}
    for sheet in {path.parent / "metadata.csv" for path in paths}:
        if sheet.exists():
            with sheet.open(encoding="utf-8-sig", newline="") as file:
                about |= {sheet.parent / row["path"]: row for row in csv.DictReader(file)}
    for path in paths:
        row = about.get(path, {})
        text = clean(path.read_text("utf-8-sig"))
        if not text.strip():
            yield Skipped(str(path), "empty")
            continue
        day = date.fromisoformat(row["published"]) if row.get("published") else None
        yield Document(path.stem, text, row.get("title") or None, row.get("outlet") or None, day, row.get("url") or None, str(path))
