"""Which sentences a stance can stand in, and with which parties: those named in it, and those it leaves unsaid."""

from collections import Counter
from collections.abc import Iterable, Sequence, Set

from helpers import syntax
from helpers.clauses import Clause, Head
from helpers.entities import STATE_KINDS
from helpers.frames import FIRST_PERSON, Party, Scene, find_cues
from helpers.lexicon import Actor, Lexicon
from helpers.phrases import Phrases

ENEMIES = ("đối phương", "kẻ thù", "phe kia", "phía bên kia", "kẻ địch", "quân địch")
_ENEMIES = Phrases((phrase, True) for phrase in ENEMIES)


def rival(clauses: Sequence[Clause], actor: Actor) -> Actor | None:
    """The state other than an actor's own that an article names most: whom he means by `đối phương`."""
    heads = [head for clause in clauses for head in clause.heads]
    others = [h.actor for h in heads if h.actor.kind in STATE_KINDS and h.actor.side != actor.side]
    return max(others, key=others.count) if others else None


class Scenes:
    """The sentences of an article as stances see them."""

    def __init__(self, clauses: Sequence[Clause], actors: dict[str, Actor], lexicon: Lexicon):
        self.clauses, self.actors, self.lexicon = clauses, actors, lexicon
        self._leading = self._most_named()
        self._states = {actor.side: actor for actor in actors.values() if actor.kind in STATE_KINDS and actor.side}

    def _most_named(self) -> dict[Actor, str]:
        """The two actors that the article names most, outlets and places without a government aside; and the two
        bodies and two persons."""
        heads = [head for clause in self.clauses for head in clause.heads if not head.mention.modifier]
        counts = Counter(head.key for head in heads if head.actor.type in ("GPE", "ORG", "PER"))
        ranked = [self.actors[key] for key, _ in counts.most_common()]
        found = {actor: f"leading {rank}" for rank, actor in enumerate(ranked[:2])}
        for type_ in ("ORG", "PER"):
            for actor in [actor for actor in ranked if actor.type == type_][:2]:
                found.setdefault(actor, f"most {type_}")
        return found

    def at(self, index: int, speaking: Iterable[str]) -> Scene | None:
        """A sentence with its cues and parties, or None if it has no cue.

        Args:
            speaking: actor_ids of who speaks in it (statements.py).
        """
        clause = self.clauses[index]
        cues = find_cues(clause, self.lexicon)
        if not cues:
            return None
        said = frozenset(speaking)
        parties = _named(clause) + self._unsaid(index, said)
        phrases = [(party.left, party.right) for party in parties if party.head]
        verbs = {cue.match.first for cue in cues if cue.row.pos == "V"}
        return Scene(clause, cues, parties, syntax.read(clause, phrases, verbs), said)

    def _unsaid(self, index: int, speakers: Set[str]) -> list[Party]:
        """Speakers without a phrase, the state they speak for, the enemy they mean, the actors of the sentences before
        (of a headline: of the first sentence), those the article names most."""
        clause = self.clauses[index]
        here = {head.key for head in clause.heads}
        found: dict[str, Party] = {}

        def add(actor: Actor, implied: str) -> None:
            if actor.actor_id not in here:
                found.setdefault(actor.actor_id, Party((actor,), None, -1, -1, implied))

        first_person = bool(FIRST_PERSON.intersection(clause.words))
        enemy = bool(_ENEMIES.find(clause.words))
        for speaker in sorted(speakers):
            actor = self.actors[speaker]
            if actor.type == "MEDIA":
                continue
            add(actor, "speaker")
            state = self._states.get(actor.side)
            if state and (first_person or actor.type == "ORG"):
                add(state, f"speaker's state {'we' if first_person else ''}")
            other = rival(self.clauses, actor) if enemy else None
            if other:
                add(other, "enemy")
        for back in (1, 2):
            if index >= back:
                free = self._free(index - back)
                for place, head in zip(("first", "last"), free[:1] + free[-1:], strict=False):
                    add(head.actor, f"back {back} {place}")
        if index == 0 and len(self.clauses) > 1:
            for place, head in enumerate(self._free(1)[:4]):
                add(head.actor, "next first" if place == 0 else "next")
        for actor, implied in self._leading.items():
            add(actor, implied)
        return list(found.values())

    def _free(self, index: int) -> list[Head]:
        """The phrases of a sentence that are no part of another, outlets aside."""
        return [h for h in self.clauses[index].heads if not h.mention.modifier and h.actor.type != "MEDIA"]


def _named(clause: Clause) -> list[Party]:
    """The phrases and rows of a sentence."""
    rows: dict[tuple[int, int], list[Head]] = {}
    for head in clause.heads:
        if not head.mention.modifier:
            rows.setdefault((head.left, head.right), []).append(head)
    return [
        Party(tuple({h.key: h.actor for h in heads}.values()), heads[0], left, right, "")
        for (left, right), heads in rows.items()
    ]
