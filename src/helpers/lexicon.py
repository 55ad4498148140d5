"""The lexicon in `data/lexicon/`: what a researcher edits, read into look-up structures."""

import csv
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from helpers.paths import LEXICON
from helpers.phrases import Phrases, normal, pieces

SEPARATOR = "|"


@dataclass(frozen=True)
class Actor:
    """A thing that articles name: one row of the table `actors`. `kind` is finer than `type` and stays inside."""

    actor_id: str
    name: str
    type: str
    side: str | None = None
    name_en: str | None = None
    wikidata: str | None = None
    known: bool = False
    kind: str = ""


class Alias(NamedTuple):
    """A form of an actor; `context`: it counts only where the words around it call for the actor's type."""

    form: str
    actor_id: str
    context: bool


class Title(NamedTuple):
    """A title or common noun that stands before a name or begins one (a row of `titles.csv`)."""

    word: str
    role: str
    kind: str
    takes: str
    side_rule: str


class Office(NamedTuple):
    """A term of office (a row of `offices.csv`); `last_day` None while it lasts."""

    actor_id: str
    role: str
    of: str
    first_day: date
    last_day: date | None


class StanceCue(NamedTuple):
    """A word that carries a stance, with its frame (a row of `stance_cues.csv`)."""

    cue: str
    pos: str
    sign: str
    basis: str
    event: str
    goldstein: str
    source: str
    target: str
    target_preps: str
    mutual: str
    complement: str
    strength: str
    note: str


class SpeechCue(NamedTuple):
    """A word that passes on what somebody says (a row of `speech_cues.csv`)."""

    cue: str
    pos: str
    speaker: str
    kind: str
    content: str
    strength: str


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file of the lexicon, as text."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def not_in(note: str) -> list[str]:
    """The longer phrases in which a cue does not count, from its note (`not in: phòng chống|chống dịch; …`)."""
    if not note.startswith("not in:"):
        return []
    return [phrase.strip() for phrase in note.removeprefix("not in:").split(";")[0].split(SEPARATOR)]


def display(name: str) -> str:
    """A name without what tells it from its namesakes (`Georgia [bang]` is shown as `Georgia`)."""
    return name.split(" [")[0]


def _records(kind, path: Path) -> list:
    return [kind(**{field: row.get(field) or "" for field in kind._fields}) for row in rows(path)]


class Lexicon:
    """All word lists of a folder; look-ups are built when first asked for."""

    def __init__(self, folder: Path = LEXICON):
        self.folder = folder

    @cached_property
    def actors(self) -> dict[str, Actor]:
        """Actors by id."""
        return {
            row["actor_id"]: Actor(
                row["actor_id"],
                display(row["name"]),
                row["type"],
                row["side"] or None,
                row["name_en"] or None,
                row["wikidata"] or None,
                True,
                row["kind"],
            )
            for row in rows(self.folder / "actors.csv")
        }

    @cached_property
    def aliases(self) -> list[Alias]:
        """Every form of every actor; a form in `context_aliases` counts by context only, even if it is the name."""
        found = []
        for row in rows(self.folder / "actors.csv"):
            context = row["context_aliases"].split(SEPARATOR)
            plain = {row["name"], *row["aliases"].split(SEPARATOR)}.difference(context)
            found += [Alias(form, row["actor_id"], False) for form in sorted(plain) if form and display(form) == form]
            found += [Alias(form, row["actor_id"], True) for form in context if form]
        return found

    @cached_property
    def names(self) -> Phrases[Alias]:
        """Automaton over the forms of actors."""
        return Phrases((alias.form, alias) for alias in self.aliases)

    @cached_property
    def state_forms(self) -> dict[str, list[list[str]]]:
        """The forms of each state, as words to compare."""
        forms = defaultdict(list)
        for alias in self.aliases:
            if self.actors[alias.actor_id].kind == "state":
                forms[alias.actor_id].append([normal(word) for word in pieces(alias.form)])
        return dict(forms)

    @cached_property
    def titles(self) -> Phrases[Title]:
        """Automaton over titles and heads of names."""
        return Phrases((title.word, title) for title in _records(Title, self.folder / "titles.csv"))

    @cached_property
    def stance_cues(self) -> Phrases[StanceCue]:
        """Automaton over stance cues; a phrase in which a cue does not count (note: `not in: …`) has payload None."""
        cues = _records(StanceCue, self.folder / "stance_cues.csv")
        blocked = {phrase for cue in cues for phrase in not_in(cue.note)}
        return Phrases([(cue.cue, cue) for cue in cues] + [(phrase, None) for phrase in sorted(blocked)])

    @cached_property
    def speech_cues(self) -> Phrases[SpeechCue]:
        """Automaton over speech cues."""
        return Phrases((cue.cue, cue) for cue in _records(SpeechCue, self.folder / "speech_cues.csv"))

    @cached_property
    def offices(self) -> dict[tuple[str, str], list[Office]]:
        """Terms of office by (role, actor_id of the state or body), earliest first."""
        terms = defaultdict(list)
        for row in rows(self.folder / "offices.csv"):
            last = date.fromisoformat(row["last_day"]) if row["last_day"] else None
            first = date.fromisoformat(row["first_day"])
            terms[row["role"], row["of"]].append(Office(row["actor_id"], row["role"], row["of"], first, last))
        return {key: sorted(offices, key=lambda office: office.first_day) for key, offices in terms.items()}

    @cached_property
    def name_parts(self) -> dict[str, frozenset[str]]:
        """Parts of personal names by kind (`surname`, `middle`, `given`, `surname_zh`, `surname_kr`)."""
        parts = defaultdict(set)
        for row in rows(self.folder / "name_parts.csv"):
            parts[row["kind"]].add(row["part"].lower())
        return {kind: frozenset(words) for kind, words in parts.items()}

    @cached_property
    def parts_of(self) -> dict[str, tuple[str, ...]]:
        """The kinds of personal-name part that a word can be."""
        kinds = defaultdict(list)
        for kind, words in self.name_parts.items():
            for word in words:
                kinds[word].append(kind)
        return {word: tuple(sorted(found)) for word, found in kinds.items()}

    @cached_property
    def body_pairs(self) -> frozenset[str]:
        """Pairs of words that follow each other inside the name of a body (`điều tra`, `và đào`)."""
        forms = [alias.form for alias in self.aliases if self.actors[alias.actor_id].type == "ORG"]
        forms += [row["word"] for row in rows(self.folder / "titles.csv") if row["kind"] == "org_head"]
        return frozenset(f"{a} {b}" for form in forms for a, b in pairwise([normal(word) for word in pieces(form)]))

    def holder(self, role: str, of: str, day: date | None) -> str | None:
        """Who held an office on a day: an actor_id, or None where the lexicon does not say."""
        if day is None:
            return None
        for office in self.offices.get((role, of), ()):
            if office.first_day <= day and (office.last_day is None or day <= office.last_day):
                return office.actor_id
        return None


@cache
def default() -> Lexicon:
    """The project's own lexicon, read once in a process."""
    return Lexicon()
