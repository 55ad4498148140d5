"""One sentence as its speakers need it: speech cues with the actor phrases that their places call for.

A verb of saying looks for its subject to the left (`X, chức danh, hôm nay cho biết`), a preposition or noun for its
owner to the right (`theo X`, `phát biểu của X`). Tags and a few closed word classes stand in for a parse.
"""

from typing import NamedTuple

from helpers.clauses import Clause, Head, is_verb_like
from helpers.lexicon import Lexicon, SpeechCue
from helpers.phrases import Match

CLOSING = set('”»"')
SIGNS = set('“”«»",.:;()[]-?!…')
_LINKS = {
    "và", "nhưng", "song", "còn", "khi", "nếu", "vì", "do", "rằng", "mà", "là", "thì", "để", "sau", "trước", "tuy", "dù",
    "cũng", "mặc", "đồng", "theo", "hiện", "nay", "bị", "gồm", "như",
}  # fmt: skip
_ADVERBS = {"cũng", "đã", "đều", "vừa", "còn"}
_JOINTS = {",", "và", "thời", "song", "nhưng", ";"}
_PREPOSITIONS = {"về", "trong", "với", "cho", "từ", "giữa", "bởi", "trên", "qua"}
_TIME = {
    "ngày",
    "hôm",
    "sáng",
    "chiều",
    "tối",
    "trưa",
    "tuần",
    "tháng",
    "năm",
    "nay",
    "qua",
    "đây",
    "đó",
    "này",
    "trước",
    "ngay",
}
_OPEN = {"^", "quote", "time", "cited", "cue:that|before", "R", "C", "T", "P", "X", "I"}
_INSIDE = {"của", "thuộc", "tại", "ở"}
_CREDITS = {"ảnh", "nguồn", "video", "clip", "họa"}
_TELLING = {"rằng", "về", "với", "bị", "của", "được", "các", "những", "không", "để", "sẽ"}
_NOUN_TAGS = {"N", "Nc", "Nu", "L", "M", "Nb", "Ny", "Np"}


class Cue(NamedTuple):
    """A speech cue in a sentence, the actors that its place calls for, or the common noun that is its subject."""

    match: Match
    row: SpeechCue
    speakers: tuple[Head, ...]
    noun: str | None = None


class Voices:
    """One sentence as its speakers need it: phrases with their nouns, cues with their subjects."""

    def __init__(self, clause: Clause, lexicon: Lexicon):
        self.clause, self.words, self.tokens = clause, clause.words, clause.tokens
        self.free = [head for head in clause.heads if not head.mention.modifier]
        self._named = {n for head in clause.heads for n in range(head.first, head.last)}
        self._ends = {head.last: head.actor.type for head in clause.heads}
        matches = speech_matches(clause, lexicon)
        self._cued = {match.last: row for match, row in matches}
        self._spoken = {n for match, _ in matches for n in range(match.first, match.last)}
        self.lefts = {head: self._left(head) for head in clause.heads}
        self.free = [head for head in self.free if not self._is_inner(head)]
        self.rows = self._rows()
        self.contexts = {head: self._context(self.rows.get(head, (head,))[0]) for head in clause.heads}
        self.cues: list[Cue] = []
        for match, row in matches:
            self.cues.append(self._cue(match, row))

    def _rows(self) -> dict[Head, tuple[Head, ...]]:
        """For each free phrase the list it is a member of (`Nga, Pháp và Mỹ`): members of one type, the last after `và`."""
        rows: dict[Head, tuple[Head, ...]] = {}
        for n, head in enumerate(self.free):
            row = [head]
            for other in self.free[n + 1 :]:
                joint = self.words[row[-1].last : self.lefts[other]]
                if joint not in ([","], ["và"], ["cùng"], ["-"]) or other.actor.type != head.actor.type:
                    break
                row.append(other)
                if joint != [","]:
                    for member in row:
                        rows.setdefault(member, tuple(row))
        return {head: rows.get(head, (head,)) for head in self.free}

    def end(self, head: Head) -> int:
        """Where the list of a phrase ends."""
        return self.rows.get(head, (head,))[-1].last

    def of(self, head: Head) -> list[Cue]:
        """The cues whose place calls for this phrase."""
        return [cue for cue in self.cues if head in cue.speakers]

    def is_office(self, head: Head) -> bool:
        """Whether a phrase names the holder of an office by the body or place alone (`Chủ tịch UBND tỉnh`)."""
        titles = [m for m in self.clause.seen.titles if self.lefts[head] <= m.first <= head.first and m.last <= head.mention.first]
        return head.actor.type != "PER" and any(m.payloads[0].kind in ("office", "leader_word", "rank") for m in titles)

    def is_press(self, head: Head) -> bool:
        """Whether a phrase stands for the press of a place (`truyền thông Séc`)."""
        phrase = " ".join(self.words[self.lefts[head] : head.mention.first])
        return head.actor.type in ("GPE", "LOC") and any(noun in phrase for noun in ("truyền thông", "báo chí"))

    def _is_inner(self, head: Head) -> bool:
        """Whether a phrase is part of that of a named person (`[Chánh Thanh tra Sở Y tế] Nguyễn Văn A`)."""
        return any(
            other.actor.type == "PER" and self.lefts[other] <= head.first and head.last <= other.mention.first
            for other in self.free
            if other.key != head.key and other.mention.form == "name"
        )

    def _cue(self, match: Match, row: SpeechCue) -> Cue:
        if row.speaker != "before":
            return Cue(match, row, self._group(self._owner(match)))
        earlier = self._shared(match.first)
        if earlier:
            return Cue(match, row, earlier.speakers, earlier.noun)
        noun = self._common_subject(match.first)
        return Cue(match, row, () if noun else self._group(self._subject(match.first)), noun)

    def _is_time(self, n: int) -> bool:
        word = self.words[n]
        return word in _TIME or word.isdigit() or word in ("/", "-", ".") and self.words[n - 1].isdigit()

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
        while last and (
            self.tokens[last - 1].tag == "R" or self.words[last - 1] in _ADVERBS or self._is_time(last - 1)
        ):
            last -= 1
        n = last
        if n and self.words[n - 1] in ("này", "trên", "đó"):
            n -= 1
        while n and self._is_nominal(n - 1):
            n -= 1
        nouns = [t for t in range(n, last) if self.tokens[t].tag == "N"]
        if not nouns or not self._named.isdisjoint(range(n, last)) or not self._is_open(self._before(n)):
            return None
        end = next((t for t in range(nouns[0] + 1, last) if self.tokens[t].begins), last)
        return " ".join(self.words[nouns[0] : end])

    def _left(self, head: Head) -> int:
        """Where the noun phrase of an actor begins, with nouns that are no title (`giới chức | Nga`)."""
        n = min(
            [head.first, *(h.first for h in self.clause.heads if h.first < head.first < h.last <= head.mention.first)]
        )
        while n and not self._starts(n, head) and self._is_nominal(n - 1, head):
            n -= 1
        return n

    def _starts(self, n: int, head: Head) -> bool:
        """Whether a common noun with a capital after a name begins a sentence (a caption runs into the text)."""
        return (
            0 < n < head.mention.first
            and self.clause.seen.capitals[n]
            and self.tokens[n].tag != "Np"
            and (n in self._ends or self.words[n - 1] == ")")
        )

    def _is_nominal(self, n: int, head: Head | None = None) -> bool:
        """Whether a token can stand in a noun phrase before its actor; a place or body leads on only to a person."""
        word, tag = self.words[n], self.tokens[n].tag
        if word in SIGNS or word in _TIME or word in _PREPOSITIONS or word.isdigit() or n in self._spoken:
            return False
        if tag in _NOUN_TAGS:
            return True
        if n == 0 or self.tokens[n - 1].tag not in _NOUN_TAGS | {"A"} or self.words[n - 1] in _TIME:
            return False
        owner = self._ends.get(n)
        return (
            tag == "A"
            or word in _INSIDE
            and (not owner or owner != "PER" and head is not None and head.actor.type == "PER")
        )

    def _context(self, head: Head) -> str:
        """What stands before the noun phrase of an actor."""
        n = self.lefts[head]
        if n > 1 and self.words[n - 1] == ":" and self.words[n - 2] in _CREDITS:
            return "credit"
        return "^" if self._starts(n, head) else self._before(n)

    def _before(self, n: int) -> str:
        """What stands before a token: a boundary, a time, a preposition, a verb, a cue."""
        if n == 0:
            return "^"
        word, tag = self.words[n - 1], self.tokens[n - 1].tag
        if n in self._cued:
            row = self._cued[n]
            return "cited" if row.content == "quote" or row.kind == "quote" else f"cue:{row.content}|{row.speaker}"
        if word in CLOSING or word in "-," and n > 1 and self.words[n - 2] in CLOSING:
            return "quote"
        if word in SIGNS or word in _LINKS:
            return word
        if word in _TIME or word.isdigit():
            return "time"
        if word in _PREPOSITIONS:
            return "prep"
        return {"V": "verb", "E": "prep"}.get(tag, tag)

    def opens(self, head: Head) -> bool:
        """Whether an actor stands where a subject stands."""
        return self._is_open(self.contexts[head])

    def _is_open(self, context: str) -> bool:
        return context in _OPEN or context in SIGNS or context in _LINKS

    def _owner(self, match: Match) -> Head | None:
        """The actor phrase straight after a preposition or noun (`theo X`, `phát biểu của X`, `dẫn lời chức danh, ông X`)."""
        after = [head for head in self.free if head.first > match.first and head.last >= match.last]
        if not after:
            return None
        gap = self.words[match.last : after[0].first]
        if len(gap) > 6 or any(word in SIGNS for word in gap):
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
        """The nearest phrase before a verb that stands where a subject stands; one in apposition gives way to its head."""
        inside = self.clause.quoted[position]
        before = [head for head in self.free if self.end(head) <= position and self.clause.quoted[head.first] == inside]
        before = [head for head in before if self.contexts[head] != "credit"]
        closes = self.words[position - 1] == ","
        found = None
        for head in reversed(before):
            if found is None:
                found = head if self.opens(head) else None
            elif (closes or self.contexts[found] in ("(", ",", "-")) and self._bears(head, found):
                found = head
        return found or (before[-1] if before else None)

    def _bears(self, head: Head, found: Head) -> bool:
        """Whether `found` only says more of `head` (`X, Bộ trưởng Quốc phòng Nga,`)."""
        between = range(head.last, self.lefts[found])
        verbs = sum(self.tokens[n].tag == "V" and self.tokens[n].begins and n not in self._named for n in between)
        if not self.opens(head) or self.contexts[head] == "(" or verbs > 1:
            return False
        if self.contexts[found] == "(":
            return True
        owned = any(word in _INSIDE for word in self.words[self.lefts[head] : head.first])
        titled = found.mention.form == "name" and bool(found.mention.title)
        if found.actor.type == "PER" and (owned or head.actor.type != "PER" or titled):
            return False
        return self.words[head.last] in (",", "-", "(") or self.words[head.last] in _INSIDE

    def tag(self, n: int) -> str:
        """The tag of a token, or the word itself if it is a sign or a telling one, or a mark of the sentence's edge."""
        if not 0 <= n < len(self.words):
            return "^" if n < 0 else "$"
        return self.words[n] if self.words[n] in SIGNS or self.words[n] in _TELLING else self.tokens[n].tag


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
        or clause.words[match.first - 1] in _TIME
        or before == "M"
        and after in (".", "$")
        or any(head.last == match.first for head in clause.heads)
    ):
        return after != "$" and clause.words[match.last] == "của"
    return not is_verb_like(clause.tokens[match.first].tag) or before in ("L", "M")
