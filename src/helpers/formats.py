"""The formats of articles, each a function from a file to records: text, tables, JSON lines, web pages."""

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from helpers import columns
from helpers.encodings import decode
from helpers.files import FREE, RATIO, File, Skipped
from helpers.streams import LARGEST, LONGEST, csv_rows, lines

_LARGEST_BOOK = 500_000_000
Given = Mapping[str, str]


class Record(NamedTuple):
    """What a file says of one article, as it stands there; `apart`: the title stands outside the text."""

    path: str
    text: object
    title: object = None
    outlet: object = None
    published: object = None
    url: object = None
    doc_id: object = None
    apart: bool = True


def records(file: File, given: Given | None = None) -> Iterator[Record | Skipped]:
    """The articles of a file. What cannot be read comes as `Skipped`; nothing is raised.

    Args:
        given: field → column name, for tables whose names tell nothing.
    """
    reader = _READERS.get(file.suffix)
    if not reader:
        kinds = ", ".join(sorted(_READERS))
        yield Skipped(file.path, f"a kind of file that is not read: convert it to one of {kinds}")
        return
    try:
        yield from reader(file, given)
    except PermissionError:
        yield Skipped(file.path, "no permission to read it: change its rights (chmod +r)")
    except (OSError, ValueError) as error:
        yield Skipped(file.path, " ".join(str(getattr(error, "strerror", None) or error).split()))
    except Exception as error:  # what a library raises on a damaged file of its format
        yield Skipped(file.path, f"damaged ({type(error).__name__}: {error}): save it in another format")


def _load(file: File, largest: int = LARGEST) -> bytes:
    with file.open() as stream:
        data = stream.read(largest + 1)
    if len(data) > largest:
        raise ValueError(f"larger than {largest // 10**6} MB: split it into articles")
    if not data:
        raise ValueError("empty")
    return data


_FENCED = re.compile(r"\ufeff?---[ \t]*\n(.*?)\n---[ \t]*(?:\n+|\Z)", re.DOTALL)
_PLAIN = re.compile(r"(?:(?:title|outlet|source|published|date|url|doc_id|id)[ \t]*:[^\n]*\n)+\n+", re.IGNORECASE)


def _text(file: File, given: Given | None) -> Iterator[Record]:
    """A text; before it, if wanted, front matter: lines `title: …` between lines `---`, or above an empty line."""
    text = decode(_load(file)).text.replace("\r\n", "\n").replace("\r", "\n")
    head, about = _FENCED.match(text), {}
    lines = head.group(1) if head else ""
    if not head:
        head = _PLAIN.match(text)
        lines = head.group() if head else ""
    pairs = {key: value.strip().strip("\"'") for key, _, value in (line.partition(":") for line in lines.splitlines())}
    found = columns.fields(pairs)
    if head and found:
        about = {field: pairs[name] for field, name in found.items() if field in Record._fields and field != "path"}
        text = text[head.end() :]
    yield Record(**{"path": file.path, "text": text} | {k: v for k, v in about.items() if k != "text"})


def _page(file: File, given: Given | None) -> Iterator[Record | Skipped]:
    """A saved web page: its article and what it says of itself."""
    from trafilatura import bare_extraction

    html = decode(_load(file)).text
    day = {"original_date": True, "extensive_search": False, "outputformat": "%Y-%m-%d"}
    page = bare_extraction(html, with_metadata=True, include_comments=False, date_extraction_params=day)
    if page is None or not (page.text or "").strip():
        yield Skipped(file.path, "no article found in the page: save its text as .txt")
        return
    yield Record(file.path, page.text, page.title, page.sitename, page.date, page.url)


def _json_lines(file: File, given: Given | None) -> Iterator[Record | Skipped]:
    for number, line in lines(file):
        place = f"{file.path}:{number}"
        if not line.strip():
            continue
        if len(line) > 2 * LONGEST:
            yield Skipped(place, f"longer than {LONGEST:,} characters: split it into articles")
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            yield Skipped(place, "no JSON: give one object {…} on each line")
            continue
        yield _from_row(place, row, given)


def _json(file: File, given: Given | None) -> Iterator[Record | Skipped]:
    """A JSON file of one article, or a list of them."""
    try:
        rows = json.loads(decode(_load(file, 50 * LONGEST)).text)
    except RecursionError:
        raise ValueError("JSON that is nested too deeply") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"no JSON ({error}): give a list of objects, or .jsonl") from None
    if isinstance(rows, list):
        yield from (_from_row(f"{file.path}:{number}", row, given) for number, row in enumerate(rows, 1))
    else:
        yield _from_row(file.path, rows, given)


def _from_row(place: str, row: object, given: Given | None) -> Record | Skipped:
    """A record from named cells."""
    if not isinstance(row, dict):
        return Skipped(place, 'no object with names: give {"text": …}')
    found = columns.fields(row, given)
    if found.get("text") not in row:
        return Skipped(place, _no_text(row, found))
    cells = {field: row.get(name) for field, name in found.items() if field in Record._fields and field != "path"}
    return Record(place, **cells)


def _no_text(names, found: Mapping[str, object]) -> str:
    wanted = found.get("text", "text")
    return f"no column {wanted!r}; it has {', '.join(map(str, names))[:200]}: rename one, or name it in the call"


def _from_table(file: File, rows: Iterator[tuple[int, list | str]], given: Given | None) -> Iterator[Record | Skipped]:
    """Records from numbered rows, the first of which names the columns; a row that is a text says what is wrong."""
    header = None
    for number, row in rows:
        place = f"{file.path}:{number}"
        if isinstance(row, str):
            yield Skipped(place, row)
        elif not any(cell not in (None, "") for cell in row):
            continue
        elif header is None:
            header = [cell if cell not in (None, "") else f"column {n}" for n, cell in enumerate(row, 1)]
            found = columns.fields(header, given)
            if found.get("text") not in header:
                raise ValueError(_no_text(header, found))
        elif len(row) != len(header):
            yield Skipped(place, f"broken row: {len(row)} cells where the header has {len(header)}")
        else:
            yield _from_row(place, dict(zip(header, row, strict=True)), given)
    if header is None:
        raise ValueError("empty")


def _csv(file: File, given: Given | None) -> Iterator[Record | Skipped]:
    yield from _from_table(file, csv_rows(lines(file), "\t" if file.suffix == ".tsv" else ""), given)


def _book(file: File, given: Given | None) -> Iterator[Record | Skipped]:
    """An Excel workbook: every sheet whose first row names a column of texts."""
    import warnings

    from openpyxl import load_workbook

    data = _load(file, _LARGEST_BOOK)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(member.file_size for member in archive.infolist()) > max(FREE, RATIO * len(data)):
            raise ValueError(f"unpacks to more than {RATIO} times its size: save it as .csv")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            for sheet in book.worksheets:
                rows = ((n, list(row)) for n, row in enumerate(sheet.iter_rows(values_only=True), 1))
                named = file._replace(path=f"{file.path}/{sheet.title}" if len(book.worksheets) > 1 else file.path)
                try:
                    yield from _from_table(named, rows, given)
                except ValueError as error:
                    yield Skipped(named.path, str(error))
    except (KeyError, TypeError, AttributeError, SyntaxError) as error:
        raise ValueError(f"damaged workbook ({error}): save it as .csv") from error


_READERS: dict[str, Callable[[File, Given | None], Iterator[Record | Skipped]]] = {
    ".txt": _text,
    ".html": _page,
    ".htm": _page,
    ".csv": _csv,
    ".tsv": _csv,
    ".jsonl": _json_lines,
    ".ndjson": _json_lines,
    ".json": _json,
    ".xlsx": _book,
}
