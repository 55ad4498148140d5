"""Finding the phrases of a word list among the tokens of a sentence."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from helpers.text import PIECE

Payload = TypeVar("Payload")

# Old and new places of the tone mark (`hoà`, `hòa`; `thuý`, `thúy`): the new one is the common form.
_OLD = "oà oá oả oã oạ oè oé oẻ oẽ oẹ uỳ uý uỷ uỹ uỵ".split()
_NEW = "òa óa ỏa õa ọa òe óe ỏe õe ọe ùy úy ủy ũy ụy".split()
_TONE = re.compile("(?<![qQ])(" + "|".join(_OLD) + r")(?![^\W\d_])")
_SIGNS = str.maketrans("–—‑−’‘“”", "----''\"\"")


@lru_cache(maxsize=100_000)
def normal(word: str) -> str:
    """The form of a word that is compared: lower case, new-style tone marks, one dash, straight quotes.

    >>> normal("Hoà"), normal("–")
    ('hòa', '-')
    """
    word = word.lower().translate(_SIGNS)
    return _TONE.sub(lambda m: _NEW[_OLD.index(m.group())], word)


def pieces(phrase: str) -> list[str]:
    """A phrase cut as the text is cut: runs of letters and digits, and single signs."""
    return PIECE.findall(phrase)


class Match(NamedTuple):
    """Tokens `first` to `last - 1` of a sentence are a phrase of the list; `payloads` are its rows."""

    first: int
    last: int
    payloads: tuple


class Phrases(Generic[Payload]):
    """An automaton over tokens (a trie walked from each token), blind to case, dashes' blanks and tone-mark style."""

    def __init__(self, rows: Iterable[tuple[str, Payload]]):
        self._root: dict = {}
        for phrase, payload in rows:
            node = self._root
            for word in pieces(phrase):
                node = node.setdefault(normal(word), {})
            node.setdefault(None, []).append(payload)

    def at(self, words: Sequence[str], first: int) -> list[Match]:
        """All phrases that begin at token `first`, shortest first; `words` are normal forms."""
        found, node = [], self._root
        for last in range(first, len(words)):
            node = node.get(words[last])
            if node is None:
                break
            if None in node:
                found.append(Match(first, last + 1, tuple(node[None])))
        return found

    def find(self, words: Sequence[str]) -> list[Match]:
        """The longest phrases from left to right, without overlap."""
        found, first = [], 0
        while first < len(words):
            matches = self.at(words, first) if words[first] in self._root else []
            if matches:
                found.append(matches[-1])
                first = matches[-1].last
            else:
                first += 1
        return found
