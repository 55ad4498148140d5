"""What a stance can be made of: the cues of a sentence and the parties that may stand before or behind them."""

from collections import Counter
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from helpers import syntax
from helpers.clauses import PREPOSITIONS, Clause, Head, is_verb_like
from helpers.entities import STATE_KINDS
from helpers.lexicon import Actor, Lexicon, StanceCue
from helpers.phrases import Match, Phrases

FIRST_PERSON = {"tôi", "ta", "mình"}
ENEMIES = ("đối phương", "kẻ thù", "phe kia", "phía bên kia", "kẻ địch", "quân địch")
_ENEMIES = Phrases((phrase, True) for phrase in ENEMIES)
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


def find_scene(
    clauses: Sequence[Clause], index: int, speaking: Iterable[str], actors: dict[str, Actor], lexicon: Lexicon
) -> Scene | None:
    """A sentence as stances see it, or None if it has no cue.

    Args:
        speaking: actor_ids of who speaks in it (statements.py).
    """
    clause = clauses[index]
    cues = find_cues(clause, lexicon)
    if not cues:
        return None
    said = frozenset(speaking)
    parties = find_parties(clauses, index, said, actors)
    phrases = [(party.left, party.right) for party in parties if party.head]
    verbs = {cue.match.first for cue in cues if cue.row.pos == "V"}
    return Scene(clause, cues, parties, syntax.read(clause, phrases, verbs), said)


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


def find_parties(clauses: Sequence[Clause], index: int, speakers: Set[str], actors: dict[str, Actor]) -> list[Party]:
    """The parties of a sentence: its phrases and rows, reporting outlets aside, then those it leaves unsaid.

    Args:
        speakers: actor_ids of who speaks in it (statements.py).
    """
    clause = clauses[index]
    rows: dict[tuple[int, int], list[Head]] = {}
    for head in clause.heads:
        if not head.mention.modifier and not (head.actor.type == "MEDIA" and head.key in speakers):
            rows.setdefault((head.left, head.right), []).append(head)
    parties = [
        Party(tuple({h.key: h.actor for h in heads}.values()), heads[0], left, right, "")
        for (left, right), heads in rows.items()
    ]
    return parties + _unsaid(clauses, index, speakers, actors)


def _leading(clauses: Sequence[Clause]) -> list[Actor]:
    """The two actors that an article names most, outlets and places without a government aside."""
    actors = {head.key: head.actor for clause in clauses for head in clause.heads}
    counts = Counter(head.key for clause in clauses for head in clause.heads if not head.mention.modifier)
    return [actors[key] for key, _ in counts.most_common(6) if actors[key].type in ("GPE", "ORG", "PER")][:2]


def rival(clauses: Sequence[Clause], actor: Actor) -> Actor | None:
    """The state other than an actor's own that an article names most: whom he means by `đối phương`."""
    heads = [head for clause in clauses for head in clause.heads]
    others = [h.actor for h in heads if h.actor.kind in STATE_KINDS and h.actor.side != actor.side]
    return max(others, key=others.count) if others else None


def _unsaid(clauses: Sequence[Clause], index: int, speakers: Set[str], actors: dict[str, Actor]) -> list[Party]:
    """Speakers without a phrase, the state they speak for, the enemy they mean, the actors of the sentences before."""
    clause = clauses[index]
    here = {head.key for head in clause.heads}
    found: dict[str, Party] = {}

    def add(actor: Actor, implied: str) -> None:
        if actor.actor_id not in here:
            found.setdefault(actor.actor_id, Party((actor,), None, -1, -1, implied))

    states = {actor.side: actor for actor in actors.values() if actor.kind in STATE_KINDS and actor.side}
    first_person = bool(FIRST_PERSON.intersection(clause.words))
    enemy = bool(_ENEMIES.find(clause.words))
    for speaker in sorted(speakers):
        actor = actors[speaker]
        if actor.type == "MEDIA":
            continue
        add(actor, "speaker")
        state = states.get(actor.side)
        if state and (first_person or actor.type == "ORG"):
            add(state, f"speaker's state {'we' if first_person else ''}")
        other = rival(clauses, actor) if enemy else None
        if other:
            add(other, "enemy")
    for back in (1, 2):
        if index >= back:
            free = [h for h in clauses[index - back].heads if not h.mention.modifier and h.actor.type != "MEDIA"]
            for place, head in zip(("first", "last"), free[:1] + free[-1:], strict=False):
                add(head.actor, f"back {back} {place}")
    for rank, actor in enumerate(_leading(clauses)):
        add(actor, f"leading {rank}")
    return list(found.values())
