"""The shape of a sentence as statements and stances need it: actors as phrases, cues, quotations, what lies between."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from helpers.entities import Mention
from helpers.lexicon import Actor
from helpers.names import View
from helpers.rows import find_rows
from helpers.text import Token

_MARKS, _OPENING = set('"“”«»'), {"“", "«"}
_BREAKS = {
    ";": "stop", ":": "colon", "(": "bracket", ")": "bracket", "nhưng": "but", "song": "but", "rằng": "that",
    "khi": "when", "sau": "when", "trước": "when", "nếu": "if", "vì": "because", "do": "by", "bởi": "by",
    "mà": "which", "để": "to", "nhằm": "to", "trong": "in", "của": "of", "bị": "passive", "được": "passive",
    "không": "not", "chưa": "not", "chẳng": "not", "đối": "towards", "về": "about", "cho": "for", "là": "is",
    "giữa": "between", "từ": "from", "tại": "at", "ở": "at", ",": "comma", "và": "and", "với": "with", "như": "as",
    "sẽ": "will", "đã": "did", "có": "have", "nhau": "mutual", "vào": "into", "chống": "against", "cùng": "with",
    "theo": "per", "thể": "may", "muốn": "want", "hai": "two", "cả": "both", "lẫn": "mutual", "nên": "should",
    "phải": "must", "đừng": "not", "việc": "nominal", "sự": "nominal", "cuộc": "nominal", "các": "plural",
    "những": "plural",
}  # fmt: skip
PREPOSITIONS = set(
    "với vào của bởi do từ giữa cho tới đến về chống trước nhằm bị được phía khỏi ở tại trên và để theo là rằng".split()
)

_NOMINAL_TAGS = {"N", "Nc", "Nu", "Np", "Ny", "Nb", "L", "M", "P", "A", "Z"}


@dataclass(frozen=True, eq=False)
class Head:
    """An actor's phrase in a sentence: tokens `first` to `last - 1` with its titles, and the mention it rests on.

    `left` and `right` are the ends of the row it stands in (`Nga, Pháp và Mỹ`).
    """

    mention: Mention
    actor: Actor
    first: int
    last: int
    left: int
    right: int
    order: int

    @property
    def key(self) -> str:
        return self.mention.actor_id


class Clause:
    """One sentence with its heads and quotation marks.

    Args:
        seen: what the word lists say of the sentence.
        mentions: its mentions, resolved.
        quoted: for each token, whether it stands inside a quotation.
    """

    def __init__(self, seen: View, mentions: Sequence[Mention], actors: dict[str, Actor], quoted: Sequence[bool]):
        self.seen, self.words, self.tokens, self.quoted = seen, seen.words, seen.sentence.tokens, quoted
        self.heads = self._heads(mentions, actors)
        free = sorted({(h.first, h.last) for h in self.heads if not h.mention.modifier})
        self._firsts, self._lasts = [first for first, _ in free], [last for _, last in free]
        self._marks = [_BREAKS[word] for word in self.words if word in _BREAKS]
        # How many of a kind stand before each token
        self._marked = [0, *accumulate(word in _BREAKS for word in self.words)]
        self._commas = [0, *accumulate(word == "," for word in self.words)]
        self._verbs = [0, *accumulate(token.tag == "V" and token.begins for token in self.tokens)]
        self._governors, self._first_verbs = self._hooks(), self._acts()

    def _heads(self, mentions: Sequence[Mention], actors: dict[str, Actor]) -> list[Head]:
        ordered = sorted(mentions, key=lambda m: (m.np_first, m.last))
        rows, passing = find_rows(self.words, [m for m in ordered if not m.modifier], actors)
        return [
            Head(
                replace(m, modifier=True) if m in passing else m,
                actors[m.actor_id],
                m.np_first,
                m.last,
                *rows.get(m, (m.np_first, m.last)),
                n,
            )
            for n, m in enumerate(ordered)
        ]

    @property
    def is_title(self) -> bool:
        """Whether it is a headline: the first sentence, without a full stop."""
        return self.seen.sentence.index == 0 and self.words[-1:] != ["."]

    def tag(self, n: int) -> str:
        """The tag of a token, or a sign for the edges of the sentence."""
        if 0 <= n < len(self.tokens):
            return self.words[n] if not self.words[n][0].isalnum() else self.tokens[n].tag
        return "^" if n < 0 else "$"

    def verbs_between(self, start: int, end: int) -> int:
        """How many verbs begin in tokens `start` to `end - 1`."""
        return self._verbs[max(start, end)] - self._verbs[start]

    def governor(self, left: int) -> tuple[str, int]:
        """What a phrase that begins at token `left` hangs on, past the nouns it belongs to (`lực lượng vũ trang Nga`).

        Returns:
            A preposition, a sign or joint, `V` for a verb, `^` for the beginning; and its token (-1 for the beginning).
        """
        return self._governors[left]

    def _hooks(self) -> list[tuple[str, int]]:
        """What a phrase that begins at each token hangs on."""
        found = [("^", -1)]
        for n, (word, token) in enumerate(zip(self.words, self.tokens, strict=True)):
            inner = token.tag in _NOMINAL_TAGS and word not in _BREAKS
            found.append(found[n] if inner else ("V" if token.tag == "V" and word not in _BREAKS else word, n))
        return found

    def first_verb(self, right: int) -> int | None:
        """The token where the verb of a phrase that ends before token `right` begins, as far as no break is met."""
        return self._first_verbs[right]

    def _acts(self) -> list[int | None]:
        """The verb of a phrase that ends before each token."""
        verb, found = None, [None]
        for n in reversed(range(len(self.words))):
            if self.tokens[n].tag == "V" and self.words[n] not in ("bị", "được", "có", "là"):
                verb = n
            elif self.words[n] in ",;:()" or n in self._firsts:
                verb = None
            found.append(verb)
        return found[::-1]

    def heads_between(self, start: int, end: int) -> int:
        """How many other actor phrases stand in tokens `start` to `end - 1`."""
        low, high = bisect_left(self._firsts, start), bisect_left(self._firsts, end)
        return sum(last <= end for last in self._lasts[low:high])

    def marks_between(self, start: int, end: int) -> list[str]:
        """What kinds of joints and breaks stand in tokens `start` to `end - 1`, each once, in order."""
        return list(dict.fromkeys(self._marks[self._marked[start] : self._marked[end]]))

    def commas_between(self, start: int, end: int) -> int:
        return self._commas[max(start, end)] - self._commas[start]

    def offsets(self, first: int, last: int) -> tuple[int, int]:
        """Offsets in the article of tokens `first` to `last - 1`."""
        return self.tokens[first].start, self.tokens[last - 1].end


def bucket(distance: int) -> str:
    """A distance in tokens as one of a few sizes."""
    for limit in (0, 1, 2, 3, 5, 8, 12, 20):
        if distance <= limit:
            return f"<={limit}"
    return ">20"


def is_verb_like(tag: str) -> bool:
    return tag in ("V", "Vy", "A")


def quotation(text: str, views: Sequence[View]) -> list[list[bool]]:
    """For each sentence, which tokens stand inside quotation marks; a line end closes what was left open by mistake.

    A straight mark opens or closes by the blank beside it; a pair of them may stand inside a quotation. A quotation of
    several paragraphs opens each anew, so an open one ends with its line.
    """
    marks, inside, inner, last_end = [], False, False, 0
    for seen in views:
        if "\n" in text[last_end : seen.sentence.start]:
            inside = inner = False
        last_end = seen.sentence.end
        line = []
        for token in seen.sentence.tokens:
            line.append(inside or token.text in _MARKS)
            if token.text in _MARKS:
                opens = _opens(text, token, inside)
                if token.text == '"' and inside and opens != inner:
                    inner = opens
                else:
                    inside, inner = opens, False
        marks.append(line)
    return marks


def _opens(text: str, mark: Token, inside: bool) -> bool:
    """Whether a quotation mark opens: by its form, by the blank beside it, else if none is open."""
    if mark.text != '"':
        return mark.text in _OPENING
    before, after = text[mark.start - 1 : mark.start].strip(), text[mark.end : mark.end + 1].strip()
    return not inside if bool(before) == bool(after) else bool(after)
