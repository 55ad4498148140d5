"""The encodings that Vietnamese fonts brought with them, TCVN3 (.VnTime) and VNI: their tables and readers."""

import re
import unicodedata
from functools import cache
from itertools import product

_GRAVE, _HOOK, _TILDE, _ACUTE, _DOT = "\u0300\u0309\u0303\u0301\u0323"

# TCVN 5712:1993 from 0xA1 on; what lies below is Windows-1252 in the .VnTime fonts.
_TCVN3_LETTERS = (
    "ĂÂÊÔƠƯĐăâêôơưđẰ\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợù"
    "ỖủũúụừửữứựỳỷỹýỵỐ"
)
# VNI writes a letter and after it a sign for its mark; these letters are one sign each.
_VNI_LETTERS = {"ô": "ơ", "ö": "ư", "ñ": "đ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI_TONES = {"ù": _ACUTE, "ø": _GRAVE, "û": _HOOK, "õ": _TILDE, "ï": _DOT}
_VNI_CIRCUMFLEX = {"â": "", "á": _ACUTE, "à": _GRAVE, "å": _HOOK, "ã": _TILDE, "ä": _DOT}
_VNI_BREVE = {"ê": "", "é": _ACUTE, "è": _GRAVE, "ú": _HOOK, "ü": _TILDE, "ë": _DOT}


@cache
def _tcvn3_table() -> dict[int, str]:
    return {0xA1 + n: letter for n, letter in enumerate(_TCVN3_LETTERS)}


def tcvn3(text: str) -> str:
    """TCVN3 that was read as Windows-1252.

    >>> tcvn3("ViÖt Nam")
    'Việt Nam'
    """
    return text.translate(_tcvn3_table())


@cache
def _vni_table() -> dict[str, str]:
    table = dict(_VNI_LETTERS)
    for vowel, (sign, tone) in product("aeouyôö", _VNI_TONES.items()):
        table[vowel + sign] = _VNI_LETTERS.get(vowel, vowel) + tone
    for vowel, (sign, tone) in product("aeo", _VNI_CIRCUMFLEX.items()):
        table[vowel + sign] = vowel + "\u0302" + tone
    for sign, tone in _VNI_BREVE.items():
        table["a" + sign] = "a\u0306" + tone
    table = {old: unicodedata.normalize("NFC", new) for old, new in table.items()}
    capitals = {old.upper(): new.upper() for old, new in table.items()}
    mixed = {old[0].upper() + old[1:]: new.upper() for old, new in table.items() if len(old) > 1}
    return table | mixed | capitals


@cache
def _vni_pattern() -> re.Pattern:
    return re.compile("|".join(sorted(map(re.escape, _vni_table()), key=len, reverse=True)))


def vni(text: str) -> str:
    """VNI that was read as Windows-1252.

    >>> vni("Vieät Nam")
    'Việt Nam'
    """
    return _vni_pattern().sub(lambda match: _vni_table()[match.group()], text)
