"""What is wrong in the lexicon and the corpora, each as `file:row: …`; rows count as in a spreadsheet (header: 1)."""

import csv
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pycountry

from helpers.columns import NAMES, fields, plain
from helpers.corpus import Skipped, read_articles
from helpers.days import parse_day
from helpers.lexicon import SEPARATOR, display
from helpers.overruled import FILE, read_corrections
from helpers.paths import LEXICON, RAW, ROOT
from helpers.phrases import normal, pieces

Row = dict[str, str]
Rows = list[tuple[int, Row]]

KINDS = {
    "GPE": "state territory former_state self_declared capital city province us_state region",
    "LOC": "territory region sea feature base building",
    "ORG": "seat igo bloc organ ministry armed_forces armed_group party company ngo school club people",
    "MEDIA": "outlet agency broadcaster platform photo",
    "PER": "leader minister diplomat military politician opposition lawmaker activist monarch cleric spokesperson "
    "igo_official other_person",
}
# roles that several persons hold at a time
_SHARED = re.compile(r"deputy_|vice_|lawmaker|senator|member|ambassador|spokesperson|party_official|envoy|adviser")
_EVENTS = (
    "AGREE SUPPORT CONCEDE COOPERATE AID RETREAT "
    "REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT"
)
_GOLDSTEIN = (
    "-10.0 -9.2 -8.7 -8.3 -7.6 -7.0 -6.9 -5.8 -5.6 -5.2 -5.0 -4.9 -4.4 -4.1 -4.0 -3.8 -3.4 -3.0 -2.4 -2.2 -1.9 "
    "-1.1 -0.1 0.6 1.8 1.9 2.8 2.9 3.0 3.4 3.6 4.5 5.2 5.4 6.5 7.4 8.3"
)
# of each kind of title, what may stand in `takes`; "_" is an empty cell
_TAKES = {
    "office": "state org place _",
    "leader_word": "state org place _",
    "org_head": "ORG MEDIA LOC",
    "admin_unit": "GPE LOC _",
    "feature": "GPE LOC _",
} | dict.fromkeys(("rank", "honorific", "person_noun", "media_noun", "state_noun", "uncoded", "thing"), "_")


class Sheet(NamedTuple):
    """What a CSV file must look like. `values`: the words a column may hold, "_" for an empty cell."""

    columns: str
    optional: str = ""
    needed: str = ""
    unique: str = ""
    values: dict[str, str] = {}


LEXICON_SHEETS = {
    "actors.csv": Sheet(
        "actor_id name name_en type side kind aliases context_aliases wikidata",
        needed="actor_id name",
        unique="actor_id",
        values={"type": " ".join(KINDS), "kind": " ".join(KINDS.values())},
    ),
    "titles.csv": Sheet(
        "word role kind takes side_rule note",
        needed="word",
        unique="word kind",
        values={"kind": " ".join(_TAKES), "takes": " ".join(_TAKES.values()), "side_rule": "state none _"},
    ),
    "offices.csv": Sheet(
        "actor_id role of first_day last_day",
        optional="note",
        needed="actor_id role of first_day",
        unique="actor_id role of first_day",
    ),
    "name_parts.csv": Sheet(
        "part kind",
        needed="part",
        unique="part kind",
        values={"kind": "surname middle given surname_zh surname_kr"},
    ),
    "stance_cues.csv": Sheet(
        "cue pos sign basis event goldstein source target target_preps mutual complement strength note",
        needed="cue",
        unique="cue pos sign",
        values={
            "pos": "V N A",
            "sign": "+ -",
            "basis": "words deeds relation",
            "event": f"{_EVENTS} _",
            "goldstein": _GOLDSTEIN,
            "source": "subject of object speaker",
            "target": "object prep either subject",
            "mutual": "yes maybe _",
            "complement": "claim demand help report _",
            "strength": "sure weak",
        },
    ),
    "speech_cues.csv": Sheet(
        "cue pos speaker kind content strength note",
        needed="cue",
        unique="cue pos kind",
        values={
            "pos": "V N P",
            "speaker": "before after of",
            "kind": "speech outlet quote",
            "content": "that object quote",
            "strength": "sure weak",
        },
    ),
}


def check(lexicon: Path = LEXICON, raw: Path = RAW) -> list[str]:
    """Everything that is wrong in a lexicon folder and a folder of corpora; empty when all is well."""
    return [*check_lexicon(lexicon), *check_corpora(raw)]


def check_lexicon(folder: Path) -> list[str]:
    """What is wrong in the CSV files of a lexicon folder."""
    messages: list[str] = []
    found: dict[str, Rows] = {}
    for name, sheet in LEXICON_SHEETS.items():
        path = folder / name
        if not path.exists():
            messages.append(f"{_shown(path)}: missing; it has the columns {', '.join(sheet.columns.split())}")
            continue
        found[name] = _read(path, sheet, messages)
    for name, rows in found.items():
        by_row = [(n, text) for n, text in _RULES[name](rows, found)]
        messages += [f"{_shown(folder / name)}:{n}: {text}" for n, text in sorted(by_row)]
    return messages


def check_corpora(folder: Path) -> list[str]:
    """What is wrong in each corpus, a folder of articles in `folder`."""
    messages: list[str] = []
    for corpus in sorted(path for path in folder.glob("*") if path.is_dir() and not path.name.startswith(".")):
        for path in sorted(corpus.rglob("metadata.csv")):
            header, lines = _lines(path, messages)
            messages += [f"{_shown(path)}:{n}: {text}" for n, text in _metadata(header, lines, path.parent)]
        messages += _articles(corpus)
        try:
            read_corrections(corpus / FILE)
        except ValueError as error:
            messages.append(str(error).replace(str(corpus), _shown(corpus), 1))
    return messages


def _articles(corpus: Path) -> Iterator[str]:
    """What the reader of articles skips or changes."""
    articles = 0
    try:
        for item in read_articles(corpus):
            path = _shown(corpus / item.path) if item.path else _shown(corpus)
            if isinstance(item, Skipped):
                yield f"{path}: not read: {item.reason}"
                continue
            articles += 1
            if item.warning:
                yield f"{path}: {item.warning}"
    except (OSError, ValueError) as error:
        yield f"{_shown(corpus)}: cannot be read: {error}"
    else:
        if not articles:
            yield f"{_shown(corpus)}: no article in it"


def _shown(path: Path) -> str:
    path = path.resolve()
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else str(path)


def _lines(path: Path, messages: list[str]) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The header of a CSV file and its numbered rows that have all cells; what is wrong goes to `messages`."""
    name = _shown(path)
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        messages.append(f"{name}: not UTF-8 (byte {error.start}); save it as CSV UTF-8")
        return [], []
    first = text.split("\n", 1)[0]
    separator = ";" if first.count(";") > first.count(",") else ","
    lines = list(csv.reader(text.splitlines(keepends=True), delimiter=separator))
    header, rows = lines[0] if lines else [], []
    for n, cells in enumerate(lines[1:], 2):
        if len(cells) == len(header):
            rows.append((n, cells))
        elif any(cells):
            size = f"{len(cells)} cells, the header has {len(header)}"
            messages.append(f"{name}:{n}: {size}; put cells with a {separator!r} in quotes")
    if separator == ";" and path.name in LEXICON_SHEETS:
        messages.append(f"{name}:1: cells are parted by semicolons; save it with commas")
        return [], []
    return header, rows


def _read(path: Path, sheet: Sheet, messages: list[str]) -> Rows:
    """The rows of a CSV file of the lexicon; what is wrong with its form and its cells goes to `messages`."""
    name = _shown(path)
    before = len(messages)
    header, lines = _lines(path, messages)
    if not header and len(messages) > before:
        return []
    wanted, allowed = sheet.columns.split(), [*sheet.columns.split(), *sheet.optional.split()]
    twice = [column for column in dict.fromkeys(header) if header.count(column) > 1]
    messages += [f"{name}:1: unknown column {column!r}" for column in header if column not in allowed]
    messages += [f"{name}:1: missing column {column!r}" for column in wanted if column not in header]
    messages += [f"{name}:1: column {column!r} stands twice" for column in twice]
    unique, needed = sheet.unique.split(), sheet.needed.split()
    rows, first = [], {}
    for n, cells in lines:
        row = dict.fromkeys(allowed, "") | dict(zip(header, cells, strict=True))
        rows.append((n, row))
        messages += [f"{name}:{n}: {text}" for text in _cells(row, sheet, header)]
        key = tuple(row[column] for column in unique)
        if all(row[column] for column in needed) and key in first:
            messages.append(f"{name}:{n}: the same {' and '.join(unique)} as row {first[key]}: {', '.join(key)}")
        first.setdefault(key, n)
    return rows


def _cells(row: Row, sheet: Sheet, header: list[str]) -> Iterator[str]:
    for column, cell in row.items():
        if not isinstance(cell, str) or column not in header:
            continue
        if not unicodedata.is_normalized("NFC", cell):
            yield f"{column} is not in Unicode NFC: {cell!r}"
        if cell != cell.strip():
            yield f"{column} has blanks around it: {cell!r}"
    for column in sheet.needed.split():
        if column in header and not row[column].strip():
            yield f"{column} is empty"
    for column, words in sheet.values.items():
        allowed = ["" if word == "_" else word for word in words.split()]
        if column in header and row[column] not in allowed:
            choice = ", ".join(word or "(empty)" for word in dict.fromkeys(allowed))
            yield f"{column} is {row[column]!r}; it can be {choice}"


@cache
def _codes() -> frozenset[str]:
    return frozenset({country.alpha_3 for country in pycountry.countries} | {"XKX"})


def _key(form: str) -> tuple[str, ...]:
    """A form as the look-up compares it: without case, kind of dash, blanks beside dashes, place of the tone mark."""
    return tuple(normal(piece) for piece in pieces(form))


def _actors(rows: Rows, found: dict[str, Rows]) -> Iterator[tuple[int, str]]:
    plain: dict[tuple[str, ...], tuple[int, str]] = {}
    for n, row in rows:
        type_, kind, actor_id, side = row["type"], row["kind"], row["actor_id"], row["side"]
        if side and side not in _codes():
            yield n, f"side is {side!r}, which is no ISO 3166-1 alpha-3 code (nor XKX)"
        if type_ in KINDS and kind in " ".join(KINDS.values()).split() and kind not in KINDS[type_].split():
            yield n, f"kind {kind!r} does not go with type {type_}; it can be {', '.join(KINDS[type_].split())}"
        if kind in ("state", "territory") and actor_id not in _codes():
            yield n, f"actor_id is {actor_id!r}; of a {kind} it is the ISO 3166-1 alpha-3 code (or XKX)"
        if not re.fullmatch(r"[A-Z][A-Z0-9-]*|(per|org|media|gpe|loc):[a-z0-9]+(-[a-z0-9]+)*", actor_id):
            yield n, f"actor_id is {actor_id!r}; write a code in capitals, or type:name in small letters and hyphens"
        elif ":" in actor_id and actor_id.split(":")[0] != type_.lower():
            yield n, f"actor_id {actor_id!r} begins with another type than {type_}"
        if row["wikidata"] and not re.fullmatch(r"Q[1-9]\d*", row["wikidata"]):
            yield n, f"wikidata is {row['wikidata']!r}, not a Q and a number"
        for column in ("aliases", "context_aliases"):
            forms = row[column].split(SEPARATOR) if row[column] else []
            if any(form != form.strip() or not form for form in forms):
                yield n, f"{column} has an empty form or a blank beside {SEPARATOR!r}"
        by_context = row["context_aliases"].split(SEPARATOR)
        anywhere = dict.fromkeys(f for f in (row["name"], *row["aliases"].split(SEPARATOR)) if f not in by_context)
        for form in anywhere:
            if not form.strip() or display(form) != form:
                continue
            other = plain.setdefault(_key(form), (n, form))
            if other[0] != n:
                same = "" if other[1] == form else f" (there {other[1]!r})"
                yield n, f"{form!r} is also a form of row {other[0]}{same}; make it a context alias in one of them"


def _titles(rows: Rows, found: dict[str, Rows]) -> Iterator[tuple[int, str]]:
    for n, row in rows:
        kind, takes = row["kind"], row["takes"]
        allowed = _TAKES.get(kind, " ".join(_TAKES.values())).split()
        if (takes or "_") not in allowed:
            choice = ", ".join("(empty)" if word == "_" else word for word in allowed)
            yield n, f"takes is {takes!r}; for {kind} it can be {choice}"
        if row["role"] and kind not in ("office", "leader_word"):
            yield n, f"role is {row['role']!r}; only office and leader_word have one"
        if bool(row["side_rule"]) != (kind == "org_head") and kind in _TAKES:
            cell = row["side_rule"] or "(empty)"
            yield n, f"side_rule is {cell}; org_head needs state or none, other kinds have it empty"


def _offices(rows: Rows, found: dict[str, Rows]) -> Iterator[tuple[int, str]]:
    actors = {row["actor_id"]: row for _, row in found.get("actors.csv", [])}
    roles = {row["role"] for _, row in found.get("titles.csv", [])}
    terms, told = defaultdict(list), set()
    for n, row in rows:
        if actors and row["actor_id"] not in actors:
            yield n, f"actor_id {row['actor_id']!r} is not in actors.csv"
        elif actors and actors[row["actor_id"]]["type"] != "PER":
            yield n, f"actor_id {row['actor_id']!r} is not a person in actors.csv"
        for column, known, where in (("of", actors, "actors.csv"), ("role", roles, "titles.csv")):
            if known and row[column] and row[column] not in known and row[column] not in told:
                told.add(row[column])
                yield n, f"{column} is {row[column]!r}, which is not in {where}"
        days = []
        for column in ("first_day", "last_day"):
            try:
                days.append(date.fromisoformat(row[column]) if row[column] else date.max)
            except ValueError:
                yield n, f"{column} is {row[column]!r}; write a day as 2020-10-05"
        if len(days) == 2 and days[1] < days[0]:
            yield n, f"last_day {days[1]} is before first_day {days[0]}"
        elif len(days) == 2:
            terms[row["role"], row["of"]].append((*days, n, row))
    for (role, of), held in terms.items():
        if _SHARED.match(role):
            continue
        held.sort(key=lambda term: term[:3])
        for number, (_, last, n, row) in enumerate(held):
            for begins, _, m, other in held[number + 1 :]:
                if begins <= last and not ("shared" in row["note"] and "shared" in other["note"]):
                    one, two = sorted((n, m))
                    remedy = "correct a day, or write `shared` in the note of both"
                    yield two, f"the term overlaps that of row {one} ({role} of {of}); {remedy}"


def _cues(rows: Rows, found: dict[str, Rows]) -> Iterator[tuple[int, str]]:
    for n, row in rows:
        cue = row["cue"]
        if cue != cue.lower():
            yield n, f"cue {cue!r} has capitals; write it in small letters"
        if cue.strip() and " ".join(cue.split()) == cue and _key(cue) != tuple(pieces(cue.lower())):
            yield n, f"cue {cue!r} has an old tone mark or an unusual dash; write {' '.join(_key(cue))!r}"
        preps = row.get("target_preps")
        if preps is None:
            continue
        if row["target"] == "prep" and not preps:
            yield n, "target_preps is empty, but target is prep"
        if any(form != form.strip() or not form for form in preps.split(SEPARATOR)) and preps:
            yield n, f"target_preps has an empty form or a blank beside {SEPARATOR!r}"


def _nothing(rows: Rows, found: dict[str, Rows]) -> Iterator[tuple[int, str]]:
    return iter(())


_RULES: dict[str, Callable[[Rows, dict[str, Rows]], Iterator[tuple[int, str]]]] = {
    "actors.csv": _actors,
    "titles.csv": _titles,
    "offices.csv": _offices,
    "name_parts.csv": _nothing,
    "stance_cues.csv": _cues,
    "speech_cues.csv": _cues,
}


def _metadata(header: list[str], lines: list[tuple[int, list[str]]], folder: Path) -> Iterator[tuple[int, str]]:
    """Faults of a `metadata.csv`. Columns that nothing reads are welcome, unless they look misspelt."""
    found = fields(header)
    if "path" not in found:
        yield 1, "missing column 'path'"
        return
    names = " ".join(NAMES.values()).split()
    for column in header:
        near = get_close_matches(plain(column), names, 1, 0.8)
        if column not in found.values() and plain(column) not in names and near:
            yield 1, f"unknown column {column!r}; is it {near[0]!r}?"
    first: dict[str, int] = {}
    for n, cells in lines:
        row = dict(zip(header, cells, strict=True))
        path, published = row[found["path"]], row[found["published"]] if "published" in found else ""
        if not path.strip():
            yield n, "path is empty"
        elif path in first:
            yield n, f"the same path as row {first[path]}: {path}"
        elif not (folder / path).is_file():
            yield n, f"path is {path!r}, and there is no such file"
        first.setdefault(path, n)
        try:
            parse_day(published)
        except ValueError:
            yield n, f"published is {published!r}; write a day as 2020-10-05"
