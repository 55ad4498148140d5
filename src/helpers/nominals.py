"""The noun phrases of actors in a sentence: where each begins, what stands before it, which lists they form.

Tags and a few closed word classes stand in for a parse.
"""

from collections.abc import Sequence

from helpers.clauses import Clause, Head
from helpers.lexicon import SpeechCue
from helpers.phrases import Match

CLOSING = set('”»"')
SIGNS = set('“”«»",.:;()[]-?!…')
INSIDE = {"của", "thuộc", "tại", "ở"}
TIME = set("ngày hôm sáng chiều tối trưa tuần tháng năm nay qua đây đó này trước ngay".split())
_LINKS = set(
    "và nhưng song còn khi nếu vì do rằng mà là thì để sau trước tuy dù cũng mặc đồng theo hiện nay bị gồm như".split()
)
_PREPOSITIONS = {"về", "trong", "với", "cho", "từ", "giữa", "bởi", "trên", "qua"}
_OPEN = {"^", "quote", "time", "cited", "cue:that|before", "R", "C", "T", "P", "X", "I"}
_CREDITS = {"ảnh", "nguồn", "video", "clip", "họa"}
_TELLING = {"rằng", "về", "với", "bị", "của", "được", "các", "những", "không", "để", "sẽ"}
# Nouns that a verb may follow inside a name's phrase (`công ty bảo mật X`, `lực lượng cứu hộ X`)
_WORKING = {("công", "ty"), ("tập", "đoàn"), ("tổ", "chức"), ("lực", "lượng"), ("cơ", "quan"), ("chuyên", "gia")}
_WORKING_SHORT = {"hãng", "nhóm", "nhà", "quỹ", "đội", "phe"}
_NOUN_TAGS = {"N", "Nc", "Nu", "L", "M", "Nb", "Ny", "Np"}


class Nominals:
    """The actor phrases of one sentence.

    Attributes:
        free: phrases that are no part of another.
        lefts: where the noun phrase of each begins, with nouns that are no title (`giới chức | Nga`).
        contexts: what stands before it: a boundary, a time, a preposition, a verb, a cue.
        rows: the list that it is a member of.
    """

    def __init__(self, clause: Clause, matches: Sequence[tuple[Match, SpeechCue]]):
        self.clause, self.words, self.tokens = clause, clause.words, clause.tokens
        self.named = {n for head in clause.heads for n in range(head.first, head.last)}
        self._ends = {head.last: head.actor.type for head in clause.heads}
        self._cued = {match.last: row for match, row in matches}
        self._spoken = {n for match, _ in matches for n in range(match.first, match.last)}
        self.lefts = {head: self._left(head) for head in clause.heads}
        outer = [head for head in clause.heads if not head.mention.modifier]
        self.free = [head for head in outer if not self._is_inner(head, outer)]
        self.rows = self._rows()
        self.contexts = {head: self._context(self.rows.get(head, (head,))[0]) for head in clause.heads}

    def _rows(self) -> dict[Head, tuple[Head, ...]]:
        """The list each free phrase is a member of (`Nga, Pháp và Mỹ`): of one type, the last after `và`."""
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

    def is_office(self, head: Head) -> bool:
        """Whether a phrase names the holder of an office by the body or place alone (`Chủ tịch UBND tỉnh`)."""
        titles = [
            m
            for m in self.clause.seen.titles
            if self.lefts[head] <= m.first <= head.first and m.last <= head.mention.first
        ]
        return head.actor.type != "PER" and any(m.payloads[0].kind in ("office", "leader_word", "rank") for m in titles)

    def is_press(self, head: Head) -> bool:
        """Whether a phrase stands for the press of a place (`truyền thông Séc`)."""
        phrase = " ".join(self.words[self.lefts[head] : head.mention.first])
        return head.actor.type in ("GPE", "LOC") and any(noun in phrase for noun in ("truyền thông", "báo chí"))

    def opens(self, head: Head) -> bool:
        """Whether an actor stands where a subject stands."""
        return self.is_open(self.contexts[head])

    def is_open(self, context: str) -> bool:
        """Whether what stands before a phrase lets it be a subject."""
        return context in _OPEN or context in SIGNS or context in _LINKS

    def is_time(self, n: int) -> bool:
        """Whether a token belongs to a time expression."""
        word = self.words[n]
        return word in TIME or word.isdigit() or (word in ("/", "-", ".") and self.words[n - 1].isdigit())

    def tag(self, n: int) -> str:
        """The tag of a token, or the word itself if it is a sign or a telling one, or a mark of the sentence's edge."""
        if not 0 <= n < len(self.words):
            return "^" if n < 0 else "$"
        return self.words[n] if self.words[n] in SIGNS or self.words[n] in _TELLING else self.tokens[n].tag

    def is_nominal(self, n: int, head: Head | None = None) -> bool:
        """Whether a token can stand in a noun phrase before its actor; a place or body leads on only to a person."""
        word, tag = self.words[n], self.tokens[n].tag
        if word in SIGNS or word in TIME or word in _PREPOSITIONS or word.isdigit() or n in self._spoken:
            return False
        if tag in _NOUN_TAGS or (tag == "V" and self._works(n)):
            return True
        if n == 0 or self.tokens[n - 1].tag not in _NOUN_TAGS | {"A"} or self.words[n - 1] in TIME:
            return False
        owner = self._ends.get(n)
        return tag == "A" or (
            word in INSIDE and (not owner or (owner != "PER" and head is not None and head.actor.type == "PER"))
        )

    def _works(self, n: int) -> bool:
        """Whether a verb stands right after a noun whose work it names (`công ty bảo mật X`)."""
        while n and not self.tokens[n].begins:
            n -= 1
        return self.words[n - 1] in _WORKING_SHORT or tuple(self.words[max(0, n - 2) : n]) in _WORKING

    def before(self, n: int) -> str:
        """What stands before a token: a boundary, a time, a preposition, a verb, a cue."""
        if n == 0:
            return "^"
        word, tag = self.words[n - 1], self.tokens[n - 1].tag
        if n in self._cued:
            row = self._cued[n]
            return "cited" if row.content == "quote" or row.kind == "quote" else f"cue:{row.content}|{row.speaker}"
        if word in CLOSING or (word in "-," and n > 1 and self.words[n - 2] in CLOSING):
            return "quote"
        if word in SIGNS or word in _LINKS:
            return word
        if word in TIME or word.isdigit():
            return "time"
        if word in _PREPOSITIONS:
            return "prep"
        return {"V": "verb", "E": "prep"}.get(tag, tag)

    def _context(self, head: Head) -> str:
        """What stands before the noun phrase of an actor."""
        n = self.lefts[head]
        if n > 1 and self.words[n - 1] == ":" and self.words[n - 2] in _CREDITS:
            return "credit"
        return "^" if self._starts(n, head) else self.before(n)

    def _left(self, head: Head) -> int:
        """Where the noun phrase of an actor begins, with nouns that are no title (`giới chức | Nga`)."""
        n = min(
            [head.first, *(h.first for h in self.clause.heads if h.first < head.first < h.last <= head.mention.first)]
        )
        while n and not self._starts(n, head) and self.is_nominal(n - 1, head):
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

    def _is_inner(self, head: Head, outer: Sequence[Head]) -> bool:
        """Whether a phrase is part of that of a named person (`[Chánh Thanh tra Sở Y tế] Nguyễn Văn A`)."""
        return any(
            other.actor.type == "PER" and self.lefts[other] <= head.first and head.last <= other.mention.first
            for other in outer
            if other.key != head.key and other.mention.form == "name"
        )
