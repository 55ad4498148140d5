"""Speech cues of a sentence with the actor phrases that their places call for.

A verb of saying looks for its subject to the left (`X, chức danh, hôm nay cho biết`), a preposition or noun for its
owner to the right (`theo X`, `phát biểu của X`).
"""

from functools import lru_cache
from typing import NamedTuple

from helpers.clauses import Clause, Head, is_verb_like
from helpers.lexicon import Lexicon, SpeechCue
from helpers.nominals import INSIDE, SIGNS, TIME, Nominals
from helpers.phrases import Match

_ADVERBS = {"cũng", "đã", "đều", "vừa", "còn"}
# The last syllables of words that say how one speaks (`bất ngờ`, `liên tục`, `nhiều lần`): a verb follows
_MANNER = set("ngờ tục mẽ thừng liệt gắt loạt khai lần xuyên thắn ngừng".split())
_JOINTS = {",", "và", "thời", "song", "nhưng", ";"}


class Cue(NamedTuple):
    """A speech cue in a sentence, the actors that its place calls for, or the common noun that is its subject."""

    match: Match
    row: SpeechCue
    speakers: tuple[Head, ...]
    noun: str | None = None


class Voices(Nominals):
    """One sentence as its speakers need it: actor phrases, and cues with their subjects.

    Attributes:
        appositions: phrases that only say more of a subject (`X, [Bộ trưởng Quốc phòng Nga], …`).
    """

    def __init__(self, clause: Clause, lexicon: Lexicon):
        matches = speech_matches(clause, lexicon)
        super().__init__(clause, matches)
        self.cues: list[Cue] = []
        self.appositions: set[Head] = set()
        for match, row in matches:
            self.cues.append(self._cue(match, row))

    def of(self, head: Head) -> list[Cue]:
        """The cues whose place calls for this phrase."""
        return [cue for cue in self.cues if head in cue.speakers]

    def _cue(self, match: Match, row: SpeechCue) -> Cue:
        if row.speaker == "of" and self._goes_with_verb(match):
            return Cue(match, row, self._group(self._subject(match.first - 1)))
        if row.speaker != "before":
            return Cue(match, row, self._group(self._owner(match)))
        earlier = self._shared(match.first)
        if earlier:
            return Cue(match, row, earlier.speakers, earlier.noun)
        noun = self._common_subject(match.first)
        return Cue(match, row, () if noun else self._group(self._subject(match.first)), noun)

    def _goes_with_verb(self, match: Match) -> bool:
        """Whether a noun tells with what words the subject acts (`X cắt quan hệ với cáo buộc Y …`)."""
        return (
            match.first > 1
            and self.words[match.first - 1] == "với"
            and self.words[match.last : match.last + 1] != ["của"]
        )

    def _group(self, found: Head | None) -> tuple[Head, ...]:
        """A phrase with the others of its list, also of one by mere commas (`Nga, Mỹ phản đối`)."""
        if found is None:
            return ()
        group = list(self.rows[found])
        for head in reversed([head for head in self.free if head.last < group[0].first]):
            alike = head.actor.type == found.actor.type and found.mention.form == "name" and not found.mention.title
            if not alike or self.words[head.last : group[0].first] != [","] or not self.opens(head):
                break
            group.insert(0, head)
        return tuple(group)

    def _shared(self, position: int) -> Cue | None:
        """The first verb of saying, if this one only joins it (`… cho biết …, đồng thời nhấn mạnh …`)."""
        n = position
        while n and (self.tokens[n - 1].tag == "R" or self.words[n - 1] in _ADVERBS):
            n -= 1
        if n < 2 or self.words[n - 1] not in _JOINTS:
            return None
        level = self.clause.quoted[position]
        earlier = (c for c in self.cues if c.row.speaker == "before" and self.clause.quoted[c.match.first] == level)
        return next((cue for cue in earlier if cue.speakers or cue.noun), None)

    def _common_subject(self, position: int) -> str | None:
        """The common noun before a verb that is its subject and names no actor (`các chuyên gia cho rằng`)."""
        last = position
        while last and (self.tokens[last - 1].tag == "R" or self.words[last - 1] in _ADVERBS or self.is_time(last - 1)):
            last -= 1
        n = last
        if n and self.words[n - 1] in ("này", "trên", "đó"):
            n -= 1
        while n and self.is_nominal(n - 1):
            n -= 1
        nouns = [t for t in range(n, last) if self.tokens[t].tag == "N"]
        if not nouns or not self.named.isdisjoint(range(n, last)) or not self.is_open(self.before(n)):
            return None
        end = next((t for t in range(nouns[0] + 1, last) if self.tokens[t].begins), last)
        return " ".join(self.words[nouns[0] : end])

    def _owner(self, match: Match) -> Head | None:
        """The actor phrase straight after a preposition or noun (`theo X`, `dẫn lời chức danh, ông X`)."""
        after = [head for head in self.free if head.first > match.first and head.last >= match.last]
        if not after:
            return None
        gap = [n for n in range(match.last, after[0].first) if n not in self.named]
        if sum(self.tokens[n].begins for n in gap) > 5 or any(self.words[n] in SIGNS for n in gap):
            return None
        if (
            len(after) > 1
            and after[1].actor.type == "PER"
            and after[0].mention.form == "nominal"
            and after[1].first == after[0].last + 1
        ):
            return after[1]
        return after[0]

    def _subject(self, position: int) -> Head | None:
        """The nearest phrase before a verb that stands where a subject stands; an apposition gives way to its head."""
        inside = self.clause.quoted[position]
        before = [head for head in self.free if self.end(head) <= position and self.clause.quoted[head.first] == inside]
        before = [head for head in before if self.contexts[head] != "credit"]
        closes = self.words[position - 1] == ","
        found = None
        for head in reversed(before):
            if found is None:
                found = head if self.opens(head) else None
            elif (closes or self._continues(head, found)) and self._bears(head, found):
                self.appositions.add(found)
                found = head
        return found or (before[-1] if before else None)

    def _continues(self, head: Head, found: Head) -> bool:
        """Whether what stands before `found` lets it say more of a phrase before it."""
        context = self.contexts[found]
        return context in ("(", ",", "-") or (context == "và" and self.words[head.last] in INSIDE)

    def _bears(self, head: Head, found: Head) -> bool:
        """Whether `found` only says more of `head` (`X, Bộ trưởng Quốc phòng Nga,`)."""
        between = range(head.last, self.lefts[found])
        verbs = sum(self.tokens[n].tag == "V" and self.tokens[n].begins and n not in self.named for n in between)
        if not self.opens(head) or self.contexts[head] == "(" or verbs > 1:
            return False
        if self.contexts[found] == "(":
            return True
        owned = any(word in INSIDE for word in self.words[self.lefts[head] : head.first])
        titled = found.mention.form == "name" and bool(found.mention.title)
        if found.actor.type == "PER" and (owned or head.actor.type != "PER" or titled):
            return False
        return self.words[head.last] in (",", "-", "(") or self.words[head.last] in INSIDE


@lru_cache(maxsize=64)
def voices_of(clause: Clause, lexicon: Lexicon) -> Voices:
    """The voices of a sentence, kept while its neighbours are read."""
    return Voices(clause, lexicon)


def speech_matches(clause: Clause, lexicon: Lexicon) -> list[tuple[Match, SpeechCue]]:
    """Speech cues of a sentence outside names and not cut out of longer words, with the reading that its place favours.

    A cue that quotes another (`dẫn lời`) has two rows, for the outlet before it and the one quoted after it.
    """
    taken = {
        n for head in clause.heads if head.mention.form == "name" for n in range(head.mention.first, head.mention.last)
    }
    found = []
    done = 0
    for first in range(len(clause.words)):
        matches = [
            match for match in lexicon.speech_cues.at(clause.words, first) if taken.isdisjoint(range(first, match.last))
        ]
        if first < done or not matches:
            continue
        match = matches[-1]
        last = match.last
        whole = clause.tokens[first].begins and (last == len(clause.tokens) or clause.tokens[last].begins)
        if not whole and last - first == 1:
            continue
        done = last
        rows = {row.pos: row for row in match.payloads}
        if "P" in rows:
            found += [(match, row) for row in rows.values()]
        elif len(rows) == 1:
            found.append((match, match.payloads[0]))
        else:
            found.append((match, rows["N" if _is_noun(clause, match) else "V"]))
    return found


def _is_noun(clause: Clause, match: Match) -> bool:
    """Whether a cue that is verb and noun is a noun: by the word before and after it, else by its tag."""
    before, after = clause.tag(match.first - 1), clause.tag(match.last)
    if match.first == 0 and after != "$" and clause.words[match.last] not in ("của", "này", "trên", "chung"):
        return False
    if (
        before in ("Np", "Ny", "R", "P")
        or (match.first and clause.words[match.first - 1] in _MANNER)
        or (match.first and clause.words[match.first - 1] in TIME)
        or (before == "M" and after in (".", "$"))
        or any(head.last == match.first for head in clause.heads)
    ):
        return after != "$" and clause.words[match.last] == "của"
    return not is_verb_like(clause.tokens[match.first].tag) or before in ("L", "M")
