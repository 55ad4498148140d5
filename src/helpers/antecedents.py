"""The actors that a phrase without a name can stand for: those named before it, nearest first, alone or in lists.

What fits is asked for by reference.py, phrase by phrase.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from helpers.bodies import Bodies
from helpers.entities import STATE_KINDS, Mention
from helpers.names import View
from helpers.phrases import Match
from helpers.posts import Posts

BARE = ("ông", "bà")
_SERIES = ([], [","], ["và"], ["cùng"], [",", "và"], ["cùng", "với"])
WINDOW = 3
FAR = 12


class Antecedents:
    """What has been read so far, and what the whole article tells: titles, forms of address, lists, quotations.

    `read` holds the mentions of the last sentences, `persons` where each person was last named.

    Args:
        lines: the named mentions of each sentence.
        posts: who holds which title.
        quoted: for each sentence, which tokens stand inside quotation marks.
    """

    def __init__(
        self,
        views: Sequence[View],
        lines: Sequence[Sequence[Mention]],
        posts: Posts,
        quoted: Sequence[Sequence[bool]],
    ):
        self.views, self.posts, self.inside = views, posts, quoted
        self.actors, self.lexicon = posts.actors, posts.lexicon
        mentions = [mention for line in lines for mention in line]
        self.bodies = Bodies(mentions, self.actors, self.lexicon)
        self.lists = [(n, row) for n, line in enumerate(lines) for row in self._lists(views[n], line)]
        self.cues: dict[int, list[tuple[Match, set[str]]]] = {}
        self.read: list[Mention] = []  # of the last sentences
        self.persons: dict[str, tuple[int, int]] = {}  # where each person was last named
        self.address: dict[str, str] = {}
        for mention in mentions:
            if mention.title and mention.title.word in BARE:
                self.address[mention.actor_id] = mention.title.word

    def _lists(self, seen: View, line: Sequence[Mention]) -> Iterator[list[str]]:
        """The lists of actors of one type in a sentence (`Nga, Pháp (nước chủ nhà) và Mỹ`)."""
        row: list[Mention] = []
        for mention in (*(mention for mention in line if not mention.modifier), None):
            if mention and row:
                joint = [word for word in seen.words[row[-1].last : mention.np_first] if word not in "()"]
                alike = self.actors[mention.actor_id].type == self.actors[row[-1].actor_id].type
                if alike and joint in _SERIES:
                    row.append(mention)
                    continue
            members = list(dict.fromkeys(member.actor_id for member in row))
            if len(members) > 1:
                yield members
            row = [mention] if mention else []

    def nearest(self, fits, position: tuple[int, int], count: int = 1) -> list[str]:
        """The last `count` different actors before a position that fit, nearest last."""
        found: list[str] = []
        for mention in reversed(self.read):
            if position[0] - mention.sentence > WINDOW:
                break
            if mention.actor_id not in found and fits(mention):
                found.append(mention.actor_id)
                if len(found) == count:
                    break
        return found[::-1]

    def is_state(self, mention: Mention) -> bool:
        return self.actors[mention.actor_id].kind in STATE_KINDS

    def nearest_states(self, position: tuple[int, int], count: int) -> list[str]:
        """The last `count` different states before a position; a body named after its state counts for that state.

        One state alone is none of several meant by one phrase (`bốn nước … nước này`).
        """
        found: list[str] = []
        spans = Counter((mention.sentence, mention.first) for mention in self.read)
        for mention in reversed(self.read):
            if position[0] - mention.sentence > WINDOW or len(found) == count:
                break
            if count == 1 and spans[mention.sentence, mention.first] > 1:
                continue
            actor = self.actors[mention.actor_id]
            state = mention.actor_id if self.is_state(mention) else actor.side if actor.type == "ORG" else None
            if state and state not in found and state in self.actors:
                found.append(state)
            elif state and state not in found and state in self.lexicon.actors and actor.type == "ORG":
                self.actors[state] = self.lexicon.actors[state]
                found.append(state)
        return found[::-1]

    def two_states(self, position: tuple[int, int]) -> list[str]:
        """The last two states before a position; a pair just named goes before a third (`Nga kêu gọi hai nước`)."""
        here = {mention.actor_id for mention in self.read if mention.sentence == position[0] and self.is_state(mention)}
        if len(here) < 2 and (row := self.listed_states(position[0], 2, 2)):
            return row
        pair = self.nearest_states(position, 2)
        return pair if len(pair) == 2 else []

    def two_persons(self, roles: Collection[str], position: tuple[int, int]) -> list[str]:
        """The last two persons before a position, of some roles if two of the last four have them."""
        near = self.nearest(self.is_person, position, 4)
        holders = [person for person in near if self.posts.has_role(person, roles)]
        pair = (holders if len(holders) > 1 else near)[-2:]
        return pair if len(pair) == 2 else []

    def is_region(self, mention: Mention) -> bool:
        return self.actors[mention.actor_id].kind == "region" and not mention.modifier

    def listed_states(self, sentence: int, size: int | None, reach: int | None) -> list[str]:
        """The states of the last list at most `reach` sentences before one, of a size if one is told.

        With a size and no limit, else those of the first such list after it.
        """
        rows = [(at, row) for at, row in self.lists if all(self.actors[key].kind in STATE_KINDS for key in row)]
        fitting = [(at, row) for at, row in rows if size in (None, len(row))]
        before = [row for at, row in fitting if at < sentence and (reach is None or sentence - at <= reach)]
        after = [row for at, row in fitting if at > sentence and size and reach is None]
        return (before[-1:] or after[:1] or [[]])[0]

    def subject_before(self, sentence: int) -> list[str]:
        """The group that the sentence before begins with, or the members of the list; no outlets."""
        free = (mention for mention in self.read if mention.sentence == sentence - 1 and not mention.modifier)
        first = next(free, None)
        if first is None:
            return []
        rows = [row for at, row in self.lists if at == sentence - 1 and first.actor_id in row]
        if rows and self.actors[first.actor_id].type in ("PER", "ORG", "GPE"):
            return rows[0]
        return [first.actor_id] if self.is_group(first) else []

    def listed_here(self, position: tuple[int, int]) -> list[str]:
        """The members of the only list of a sentence, if it stands before a position."""
        rows = [row for at, row in self.lists if at == position[0]]
        here = {mention.actor_id for mention in self.read if mention.sentence == position[0]}
        return rows[0] if len(rows) == 1 and here.issuperset(rows[0]) else []

    def body(self, starts: Sequence[str] | None, position: tuple[int, int]) -> list[str]:
        """The last body before a position whose name begins with some words; an outlet for None."""
        if starts is None:
            return self.nearest(lambda mention: self.actors[mention.actor_id].type == "MEDIA", position)
        for mention in reversed(self.read):
            if position[0] - mention.sentence > FAR:
                break
            if self.bodies.begins(mention.actor_id, starts):
                return [mention.actor_id]
        return []

    def is_group(self, mention: Mention) -> bool:
        actor = self.actors[mention.actor_id]
        return not mention.modifier and (actor.kind in (*STATE_KINDS, "region") or actor.type == "ORG")

    def is_person(self, mention: Mention) -> bool:
        return self.actors[mention.actor_id].type == "PER"

    def person(self, phrase: str, position: tuple[int, int], subject: str | None) -> list[str]:
        """The person a pronoun or noun stands for, as far as the article tells how each is addressed."""
        wanted = {"ông": "ông", "bà": "bà"}.get(phrase.split()[0])
        fitting = []
        for mention in reversed(self.read):
            if position[0] - mention.sentence > WINDOW:
                break
            if (
                self.is_person(mention)
                and mention.actor_id != subject
                and (not wanted or self.address.get(mention.actor_id) in (wanted, None))
            ):
                fitting.append(mention)
        speaks = phrase in BARE and self.speaks(position[0], position[1], position[1] + len(phrase.split()))
        best = max(fitting, key=lambda mention: self._fitness(mention, phrase, position, speaks), default=None)
        return [best.actor_id] if best else []

    def _fitness(self, mention: Mention, phrase: str, position: tuple[int, int], speaks: bool) -> int:
        """How well a person suits a pronoun: near; for a bare one first in its sentence and, if the pronoun speaks, a
        speaker; not only quoted, if the pronoun is not."""
        sentence, token = position
        quoted = self.inside[sentence][token]
        fitness = mention.sentence - sentence
        if phrase in BARE:
            same = (other for other in self.read if other.sentence == mention.sentence and not other.modifier)
            fitness += not any(self.is_person(other) and other.np_first < mention.np_first for other in same)
            if speaks and not quoted and self.speaks(mention.sentence, mention.np_first, mention.last):
                fitness += 2
        if self.inside[mention.sentence][mention.first] and not quoted:
            fitness -= 2
        return fitness

    def speaks(self, sentence: int, first: int, last: int) -> bool:
        """Whether a speech cue outside quotation marks stands straight behind or before a phrase."""
        words, inside = self.views[sentence].words, self.inside[sentence]
        if sentence not in self.cues:
            found = self.lexicon.speech_cues.find(words)
            self.cues[sentence] = [(match, {row.speaker for row in match.payloads}) for match in found]
        for match, rows in self.cues[sentence]:
            if inside[match.first]:
                continue
            if (
                "before" in rows
                and 0 <= match.first - last <= 4
                and not {",", ";", ".", "rằng"}.intersection(words[last : match.first])
            ):
                return True
            if rows - {"before"} and 0 <= first - match.last <= 1:
                return True
        return False
