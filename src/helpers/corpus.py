"""Articles from files: what a researcher brings becomes documents, and what cannot be read is named with its reason."""

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from helpers import columns
from helpers.days import parse_day
from helpers.encodings import decode
from helpers.files import File, Skipped, walk
from helpers.formats import Record, records
from helpers.streams import LONGEST, csv_rows
from helpers.vietnamese import is_vietnamese

__all__ = ["Document", "Skipped", "clean", "read_articles"]

_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Document:
    """One article. `text` is in Unicode NFC with `\\n` line ends; all offsets of all tables count in it.

    `warning`: what a reader of the tables should know (a date that is none, an id that was taken).
    """

    doc_id: str
    text: str
    title: str | None = None
    outlet: str | None = None
    published: date | None = None
    url: str | None = None
    path: str | None = None
    warning: str | None = None

    @cached_property
    def sha256(self) -> str:
        """Hash of the text, in hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def clean(text: str) -> str:
    """A text in NFC with `\\n` line ends, otherwise as it was."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def read_articles(source: Path, given: Mapping[str, str] | None = None) -> Iterator[Document | Skipped]:
    """Every article of a file or folder, in the order of its paths.

    A `metadata.csv` beside files of one article each (columns path, title, outlet, published, url) describes them.

    Args:
        given: which column of a table holds what (`{"text": "Bài"}`), where its name does not tell.

    Raises:
        FileNotFoundError: there is no such file or folder.
    """
    taken: set[str] = set()
    folder, about = None, {}
    for file in walk(source):
        if isinstance(file, Skipped):
            yield file
            continue
        if file.folder != folder:
            folder = file.folder
            about, fault = _metadata(file)
            if fault:
                yield fault
        for record in records(file, given):
            if isinstance(record, Record):
                sidecar = about.get(file.path.rpartition("/")[2]) if record.path == file.path else None
                yield _document(record, sidecar or {}, file, taken)
            else:
                yield record


def _metadata(file: File) -> tuple[dict[str, dict[str, str]], Skipped | None]:
    """The rows of the `metadata.csv` beside a file, by the name of the file that they describe."""
    try:
        with file.neighbour("metadata.csv") as stream:
            text = decode(stream.read(100_000_000)).text
    except (FileNotFoundError, KeyError):
        return {}, None
    except (OSError, ValueError) as error:
        return {}, Skipped(f"{file.path.rpartition('/')[0]}/metadata.csv".lstrip("/"), f"cannot be read: {error}")
    rows = [row for _, row in csv_rows(iter(list(enumerate(text.splitlines(keepends=True), 1)))) if row]
    header = next((row for row in rows if isinstance(row, list)), [])
    found = columns.fields(header)
    if "path" not in found:
        return {}, Skipped(f"{file.path.rpartition('/')[0]}/metadata.csv".lstrip("/"), "no column 'path'")
    named = [dict(zip(header, row, strict=True)) for row in rows if isinstance(row, list) and len(row) == len(header)]
    return {
        unicodedata.normalize("NFC", row[found["path"]]): {f: row[name] for f, name in found.items()} for row in named
    }, None


def _document(record: Record, sidecar: Mapping[str, str], file: File, taken: set[str]) -> Document | Skipped:
    """A record made clean, or why it is no article."""
    if not isinstance(record.text, str):
        return Skipped(record.path, "empty" if record.text is None else "the text is no text but a number or a list")
    warnings = []
    text, title = clean(record.text), _cell(record.title)
    if _SURROGATES.search(text):
        text = _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", text)
        warnings.append("characters that are none were replaced")
    if not any(c.isalnum() for c in text):
        return Skipped(record.path, "empty")
    if len(text) > LONGEST:
        return Skipped(record.path, f"longer than {LONGEST:,} characters: split it into articles")
    if title and record.apart and not _plain(text).startswith(_plain(title)):
        text = f"{title}\n{text}"
    if not is_vietnamese(text):
        warnings.append("hardly any Vietnamese letters: another language, or its marks are lost")
    values = {field: _cell(getattr(record, field)) or _cell(sidecar.get(field)) for field in ("title", "outlet", "url")}
    written = record.published or sidecar.get("published")
    try:
        published = parse_day(written)
    except (ValueError, OverflowError):
        published = None
        warnings.append(f"no date: {_cell(written)!r:.60}; write it as 2020-10-05")
    doc_id = _cell(record.doc_id) or _stem(record, file)
    if doc_id in taken:
        wanted, n = doc_id, 2
        while (doc_id := f"{wanted}-{n}") in taken:
            n += 1
        warnings.append(f"the id {wanted!r} was taken: this article is {doc_id!r}")
    taken.add(doc_id)
    return Document(doc_id, text, published=published, path=record.path, warning="; ".join(warnings) or None, **values)


def _stem(record: Record, file: File) -> str:
    """The id of an article that has none: the name of its file, and the row if there are several in it."""
    _, _, row = record.path[len(file.path) :].rpartition(":")
    return (_cell(file.stem) or "article") + (f"-{row}" if record.path != file.path else "")


def _cell(value: object) -> str | None:
    """A cell as one line of text; None where nothing is in it."""
    if value is None or value != value:
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", clean(str(value)))
    return " ".join("".join(c if c.isprintable() or c.isspace() else " " for c in text).split()) or None


def _plain(text: str) -> str:
    return " ".join(text[:2000].split()).casefold()
