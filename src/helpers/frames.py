"""What a stance can be made of: the cues of a sentence and the parties that may stand before or behind them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from helpers import syntax
from helpers.clauses import PREPOSITIONS, Clause, Head, is_verb_like
from helpers.lexicon import Actor, Lexicon, StanceCue
from helpers.phrases import Match

FIRST_PERSON = {"tôi", "ta", "mình"}
_VOICE_STOPS = set(", ; : ( ) khi sau trước rằng mà để vì nhưng và là".split())
_NOMINAL = set("việc sự cuộc vụ lời lệnh hành những các hoạt".split())
_NEGATIONS = {"không", "chưa", "chẳng", "đừng", "ngừng", "ngưng", "thôi", "hết", "khỏi", "phủ", "bác", "tránh"}


@dataclass(frozen=True, eq=False)
class Party:
    """Actors that stand as one: a phrase, a row of phrases (`Nga, Pháp và Mỹ`), or actors understood without any.

    `left` and `right` are the tokens of the row (both -1 if understood); `implied` says how it is understood.
    """

    actors: tuple[Actor, ...]
    head: Head | None
    left: int
    right: int
    implied: str


@dataclass(frozen=True, eq=False)
class Cue:
    """A stance cue in a sentence with its frame, its voice, and whether a negation stands before it."""

    match: Match
    row: StanceCue
    voice: str
    negated: bool

    @cached_property
    def sign(self) -> int:
        return 1 if self.row.sign == "+" else -1

    @cached_property
    def kind(self) -> str:
        """Verb or noun, with the voice."""
        return f"{self.row.pos}.{self.voice}"


class Standing(NamedTuple):
    """How a party stands to a cue.

    Tokens `low` to `high - 1` lie between the two, with `others` phrases and `verbs` verbs (3 counts for more); `prep`
    is the preposition before the party. `role` is what it is to the cue: `subject`, `agent`, `object`, a preposition;
    or how it is understood. `spot` tells its place in short: side, how many phrases between, the preposition.
    """

    side: str
    low: int
    high: int
    others: int
    verbs: int
    prep: str
    role: str
    spot: str


@dataclass(frozen=True, eq=False)
class Scene:
    """One sentence with what a stance in it can be made of: its cues, its parties, and who speaks in it.

    `reading` tells for each party what it is to the verbs of the sentence.
    """

    clause: Clause
    cues: Sequence[Cue]
    parties: Sequence[Party]
    reading: syntax.Reading
    speaking: frozenset[str]

    @cached_property
    def standings(self) -> dict[tuple[Party, Cue], Standing]:
        """How each party stands to each cue."""
        return {(party, cue): self._standing(party, cue) for party in self.parties for cue in self.cues}

    def _standing(self, party: Party, cue: Cue) -> Standing:
        if party.head is None:
            return Standing("unsaid", 0, 0, 0, 0, "-", f"unsaid:{party.implied.split()[0]}", party.implied)
        clause, first, last = self.clause, cue.match.first, cue.match.last
        left = party.right <= first
        low, high = (party.right, first) if left else (last, party.left)
        others, verbs = min(clause.heads_between(low, high), 3), min(clause.verbs_between(low, high), 3)
        before = clause.words[party.left - 1] if party.left else "^"
        prep = before if before in PREPOSITIONS else "-"
        side = "left" if left else "right"
        role = syntax.role(self.reading, party.left, first, last, verbs)
        spot = f"{side}{min(others, 2)}{prep}{'m' if party.head.mention.modifier else ''}"
        return Standing("inside" if low > high else side, low, high, others, verbs, prep, role, spot)

    def role(self, party: Party, cue: Cue) -> str:
        """What a party is to a cue."""
        return self.standings[party, cue].role

    def spot(self, party: Party, cue: Cue) -> str:
        """The place of a party to a cue in short."""
        return self.standings[party, cue].spot


def find_cues(clause: Clause, lexicon: Lexicon) -> list[Cue]:
    """Stance cues of a sentence outside names, with the reading (verb or noun) that its tag favours."""
    taken = {n for h in clause.heads if h.mention.form == "name" for n in range(h.mention.first, h.mention.last)}
    found = []
    for match in lexicon.stance_cues.find(clause.words):
        if not taken.isdisjoint(range(match.first, match.last)):
            continue
        verb = is_verb_like(clause.tokens[match.first].tag)
        rows = [row for row in match.payloads if row]
        readings = [row for row in rows if (row.pos == "V") == verb] or rows
        negated = bool(_NEGATIONS.intersection(clause.words[max(0, match.first - 3) : match.first]))
        for row in {row.sign: row for row in readings}.values():
            found.append(Cue(match, row, _voice(clause, match), negated))
    return found


def _voice(clause: Clause, match: Match) -> str:
    """`passive` after `bị` or `được` (with or without the agent between), `noun` after a nominaliser, else `active`."""
    words = clause.words
    for n in range(match.first - 1, max(-1, match.first - 13), -1):
        if words[n] == "bị" or (words[n] == "được" and n >= match.first - 8):
            return "passive"
        if words[n] in _VOICE_STOPS or (clause.tokens[n].tag == "V" and n < match.first - 1):
            break
    if any(word in _NOMINAL for word in words[max(0, match.first - 2) : match.first]):
        return "noun"
    return "active"
