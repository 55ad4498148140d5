"""How Vietnamese a text looks: the share of its marked words that Vietnamese spelling allows."""

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[^\W\d_]+")
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_ONSET = "b|ch|c|d|đ|gh|gi|g|h|kh|k|l|m|ngh|ng|nh|n|ph|p|qu|q|r|s|th|tr|t|v|x|"
_NUCLEUS = (
    "a|ă|â|e|ê|i|o|ô|ơ|u|ư|y|ai|ao|au|ay|âu|ây|eo|êu|ia|iê|iu|oa|oă|oe|oi|oo|ôi|ơi|ua|uâ|uê|ui|uô|uơ|uy|uya|uyê|ưa|ưi|"
    "ươ|ưu|yê|iêu|yêu|oai|oay|oao|oeo|uây|uôi|uyu|ươi|ươu"
)
_SYLLABLE = re.compile(rf"(?:{_ONSET})(?:{_NUCLEUS})(?:ch|c|k|m|ng|nh|n|p|t|)")
# Letters that Vietnamese has and its neighbours in Latin script lack.
_OWN = frozenset("ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉĩịọỏốồổỗộớờởỡợụủũứừửữựỳỷỹỵ")


@lru_cache(20_000)
def is_syllable(word: str) -> bool:
    """Whether Vietnamese spelling allows a word: an onset, vowels that go together, a coda, at most one tone."""
    plain, tones = _TONES.subn("", unicodedata.normalize("NFD", word.lower()))
    return tones <= 1 and bool(_SYLLABLE.fullmatch(unicodedata.normalize("NFC", plain)))


def marked_words(text: str) -> list[str]:
    """The words of a text with a letter beyond ASCII."""
    return [word for word in _WORD.findall(text) if not word.isascii()]


def spelling(text: str) -> float:
    """The share (0…1) of the marked words that are Vietnamese syllables; 0 where there are none."""
    words = marked_words(text)
    return sum(map(is_syllable, words)) / len(words) if words else 0.0


def is_vietnamese(text: str) -> bool:
    """Whether a text has the marks that Vietnamese cannot do without; true of a text too short to tell."""
    words = _WORD.findall(text[:20_000])
    marked = sum(not word.isascii() and not _OWN.isdisjoint(word.lower()) for word in words)
    return len(words) < 12 or marked >= 0.1 * len(words)
