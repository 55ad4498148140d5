"""Coded articles: the JSON of `data/gold/coded/` with the sentences it counts in, read into spans of text."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
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
    """One article as a coder marked it. `mentions` maps (start, end) to the id of an entity."""

    doc_id: str
    text: str
    published: str | None
    sentences: list[tuple[int, int]]
    entities: dict[str, Entity]
    mentions: dict[tuple[int, int], str]
    statements: list[CodedStatement]
    stances: list[CodedStance]

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
