"""Coded articles: the JSON of `data/gold/` and `data/training/` and the CSV of the latter, read into spans of text."""

import csv
import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path


@dataclass(frozen=True)
class Entity:
    """A thing the coder found in one article."""

    name: str
    type: str
    side: str | None


@dataclass(frozen=True)
class CodedStatement:
    """Somebody's words passed on in a sentence; `speaker` is the id of an entity."""

    sentence: int
    speaker: str
    kind: str
    cue: str


@dataclass(frozen=True)
class CodedStance:
    """One source for or against one target in a sentence; actors are ids of entities, `sign` is +1 or -1."""

    sentence: int
    source: str
    target: str
    sign: int
    basis: str
    cue: str
    claimed_by: str | None


@dataclass(frozen=True)
class CodedArticle:
    """One article as a coder marked it. `mentions` maps (start, end) to the id of an entity.

    `whole` is false of an article in which only statements and stances are coded.
    """

    doc_id: str
    text: str
    published: str | None
    sentences: list[tuple[int, int]]
    entities: dict[str, Entity]
    mentions: dict[tuple[int, int], str]
    statements: list[CodedStatement]
    stances: list[CodedStance]
    whole: bool = True

    def sentence_at(self, position: int) -> int | None:
        """The number of the sentence that holds a character of the text, or None between sentences."""
        for n, (start, end) in enumerate(self.sentences):
            if start <= position < end:
                return n
        return None


def _nth(text: str, start: int, end: int, surface: str, occurrence: int) -> tuple[int, int]:
    at = start - 1
    for _ in range(occurrence):
        at = text.find(surface, at + 1, end)
        if at < 0:
            raise ValueError(f"no occurrence {occurrence} of {surface!r} in {text[start:end]!r}")
    return at, at + len(surface)


def read_coded(path: Path, texts: Mapping[str, str] | None = None) -> CodedArticle:
    """One coded article.

    Args:
        path: `coded/ID.json`; its sentences are in `../docs/ID.sent.json`, its text in `../docs/ID.txt`.
        texts: texts by doc_id, for articles whose text is kept elsewhere.

    Raises:
        ValueError: a mention that is not in its sentence.
    """
    coded = json.loads(path.read_text("utf-8"))
    doc_id, docs = coded["doc_id"], path.parents[1] / "docs"
    cut = json.loads((docs / f"{doc_id}.sent.json").read_text("utf-8"))
    text = texts[doc_id] if texts and doc_id in texts else (docs / f"{doc_id}.txt").read_text("utf-8")
    sentences = [(start, end) for start, end in cut["sentences"]]
    day = str(cut.get("date") or "")
    if len(day) == 8 and day.isdigit():
        day = f"{day[:4]}-{day[4:6]}-{day[6:]}"
    return CodedArticle(
        doc_id,
        text,
        day or None,
        sentences,
        {e["id"]: Entity(e["name"], e["type"], e.get("side")) for e in coded["entities"]},
        {_nth(text, *sentences[s], surface, n): entity for s, surface, n, entity in coded["mentions"]},
        [CodedStatement(s["sent"], s["speaker"], s["kind"], s["cue"]) for s in coded["statements"]],
        [
            CodedStance(
                s["sent"],
                s["source"],
                s["target"],
                1 if s["sign"] == "+" else -1,
                s["basis"],
                s["cue"],
                s.get("claimed_by"),
            )
            for s in coded["stances"]
        ],
    )


def read_gold(folder: Path, texts: Mapping[str, str] | None = None) -> list[CodedArticle]:
    """All coded articles of a folder that holds `coded/` and `docs/`, by doc_id."""
    return [read_coded(path, texts) for path in sorted((folder / "coded").glob("*.json"))]


def read_written(folder: Path) -> list[CodedArticle]:
    """The articles of a folder like `data/training/` that were written for it and lie beside their codes; in those of
    `sides/` and `events/` only statements and stances count."""
    others = read_gold(folder / "sides") + read_gold(folder / "events")
    return read_gold(folder) + [replace(article, whole=False) for article in others]


def read_training(folder: Path, texts: Mapping[str, str]) -> list[CodedArticle]:
    """The articles of a folder like `data/training/` whose text is at hand: statements and stances only.

    Args:
        texts: texts by doc_id; one whose hash is not that of the coded text is left out.
    """
    rows: dict[str, dict[str, list[dict]]] = {}
    for name in ("articles", "actors", "statements", "stances"):
        rows[name] = defaultdict(list)
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                rows[name][row["doc_id"]].append(row)
    found = []
    for doc_id, (about,) in sorted(rows["articles"].items()):
        text = texts.get(doc_id)
        if text is None or hashlib.sha256(text.encode()).hexdigest() != about["sha256"]:
            continue
        starts = [int(start) for start in about["sentences"].split()]
        number = {start: n for n, start in enumerate(starts)}
        actors = rows["actors"][doc_id]
        found.append(
            CodedArticle(
                doc_id,
                text,
                None,
                list(zip(starts, [*starts[1:], len(text)], strict=True)),
                {row["actor"]: Entity(row["name"], row["type"], row["side"] or None) for row in actors},
                {(int(row["start"]), int(row["end"])): row["actor"] for row in actors},
                [
                    CodedStatement(number[int(row["sentence"])], row["speaker"], row["kind"], row["cue"])
                    for row in rows["statements"][doc_id]
                ],
                [
                    CodedStance(
                        number[int(row["sentence"])],
                        row["source"],
                        row["target"],
                        int(row["sign"]),
                        row["basis"],
                        row["cue"],
                        row["claimed_by"] or None,
                    )
                    for row in rows["stances"][doc_id]
                ],
                whole=False,
            )
        )
    return found
