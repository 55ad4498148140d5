"""Forms of one name: short and full, initials, slips of the pen, and the slug that makes an id of it."""

import re
import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher

_LINKS = {"và", "&", ",", "-", "/", ".", "các", "của"}


def slug(name: str) -> str:
    """A name in small ASCII letters with hyphens.

    >>> slug("Bộ Quốc phòng Đức")
    'bo-quoc-phong-duc'
    """
    plain = unicodedata.normalize("NFD", name.lower().replace("đ", "d")).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or f"u{'-'.join(f'{ord(c):x}' for c in name)}"


def is_short_of(short: Sequence[str], full: Sequence[str]) -> bool:
    """Whether a person's form can be short for another: its end (`Trump`), its beginning (`Tập`, `Kim`), or an
    initial and the end (`H.Rouhani`)."""
    if len(short) == 2 and len(short[0]) == 1 and len(full) > 1:
        return short[1] == full[-1] and full[0].startswith(short[0])
    if len(short) >= len(full):
        return False
    return list(short) == list(full[-len(short) :]) or list(short) == list(full[: len(short)])


def misspells(short: Sequence[str], full: Sequence[str]) -> bool:
    """Whether a foreign surname is another with a slip of the pen (`Borell`, `Borrell`)."""
    if len(short) != 1 or len(short[0]) < 5:
        return False
    return any(
        len(part) > 4
        and part[0] == short[0][0]
        and (sorted(part) == sorted(short[0]) or SequenceMatcher(None, short[0], part).ratio() >= 0.88)
        for part in full
    )


def shortens(short: Sequence[str], full: Sequence[str]) -> bool:
    """Whether a body's name is short for a fuller one: its beginning, with any words cut to initials.

    >>> shortens(["Sở", "TN", "&", "MT"], ["Sở", "Tài", "nguyên", "và", "Môi", "trường", "Hà", "Nội"])
    True
    """
    rest = [word for word in full if word.lower() not in _LINKS]
    for word in short:
        if word.lower() in _LINKS:
            continue
        if rest and word.lower() == rest[0].lower():
            rest = rest[1:]
        elif (
            word.isupper()
            and 1 < len(word) <= len(rest)
            and word == "".join(part[0].upper() for part in rest[: len(word)])
        ):
            rest = rest[len(word) :]
        else:
            return False
    return True
