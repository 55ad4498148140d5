"""The words in which people write signs and bases, in sheets and corrections, as the tables write them."""

SIGNS = {
    1: ("for", "ủng hộ", "1", "+1", "+"),
    -1: ("against", "chống", "-1", "−1", "-", "−"),
    0: ("none", "không", "0"),
}
SIGN_WORDS = {sign: forms[0] for sign, forms in SIGNS.items()}
BASES = {
    "words": ("words", "lời nói"),
    "deeds": ("deeds", "việc làm"),
    "relation": ("relation", "quan hệ"),
}


def sign_of(word: str) -> int:
    """+1 for, -1 against, 0 for no stance. ValueError for any other word."""
    return _found(SIGNS, word, "sign", "for, against or none")


def basis_of(word: str) -> str:
    """`words`, `deeds` or `relation`. ValueError for any other word."""
    return _found(BASES, word, "basis", "words, deeds or relation")


def _found(words: dict, word: str, what: str, choice: str):
    plain = word.strip().removeprefix("'").lower().removesuffix(".0")
    for value, forms in words.items():
        if plain in forms:
            return value
    raise ValueError(f"{what} {word!r}: write {choice}")
