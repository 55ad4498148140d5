"""Bytes to text: Unicode with and without a mark, Windows-1258, the font encodings TCVN3 and VNI, and undone mojibake.

Which encoding it is, the spelling says: the one in which the marked words are Vietnamese syllables. Nothing is changed
on a guess; what none of them explains is left to charset-normalizer.
"""

import codecs
import re
import unicodedata
from collections.abc import Callable
from typing import NamedTuple

from helpers.fonts import tcvn3, vni
from helpers.vietnamese import marked_words, spelling

_CERTAIN = 0.8
_SAMPLE = 200_000
_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
# Letters that no wrong reading gives: where one stands, the text was read right.
_RIGHT = re.compile("[\u1ea0-\u1ef9]")
_ESCAPED = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


class Decoded(NamedTuple):
    """A text and what it was read as, such as `utf-8`, `tcvn3` or `mojibake`."""

    text: str
    encoding: str


def decode(data: bytes) -> Decoded:
    """The text of some bytes.

    Raises:
        ValueError: no text (a picture, a program), or in no encoding that can be told.
    """
    encoding = sniff(data[:_SAMPLE])
    try:
        text = read_as(data, encoding)
    except UnicodeDecodeError:
        encoding = sniff(data)
        try:
            text = read_as(data, encoding)
        except UnicodeDecodeError as error:
            raise ValueError(f"not {encoding} throughout: byte {error.start}") from error
    if encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"):
        return undo(text, encoding)
    return Decoded(text, encoding)


def read_as(data: bytes, encoding: str) -> str:
    """Some bytes in an encoding of `sniff`. UnicodeDecodeError if they are not in it."""
    if encoding in _FONTS:
        return _FONTS[encoding](data.decode("windows-1252", "surrogateescape"))
    return data.decode(encoding)


def sniff(sample: bytes) -> str:
    """The encoding of a file, from its beginning: a name for `read_as`. ValueError if it is no text."""
    for mark, name in _MARKS.items():
        if sample.startswith(mark):
            return name
    zeros = sample[:4000].count(0)
    if zeros > len(sample[:4000]) // 5 and len(sample) > 1:
        name = "utf-16-le" if sample[1:4000:2].count(0) > sample[:4000:2].count(0) else "utf-16-be"
        text = sample[: len(sample) // 2 * 2].decode(name, "replace")
        if "\ufffd" in text[:-1] or sum(c.isprintable() or c.isspace() for c in text) < 0.95 * len(text):
            raise ValueError("not a text (binary)")
        return name
    if len(_CONTROL.findall(sample)) > len(sample) // 200:
        raise ValueError("not a text (binary)")
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
        return "utf-8"
    except UnicodeDecodeError:
        pass
    ranked = sorted(((_fit(sample, name), name) for name in ("windows-1258", *_FONTS)), reverse=True)
    if ranked[0][0] >= _CERTAIN:
        return ranked[0][1]
    return _other(sample)


def _fit(sample: bytes, name: str) -> float:
    try:
        return spelling(unicodedata.normalize("NFC", read_as(sample, name)))
    except UnicodeDecodeError:
        return 0.0


def _other(sample: bytes) -> str:
    """An encoding of another language; Windows-1252 where that is among the likely ones."""
    from charset_normalizer import from_bytes

    likely = [name for match in from_bytes(sample) for name in match.could_be_from_charset]
    if not likely:
        raise ValueError("in no encoding that can be told: save it as UTF-8")
    return "windows-1252" if "cp1252" in likely else likely[0]


def undo(text: str, encoding: str = "utf-8") -> Decoded:
    """A text that was read in the wrong encoding and saved so, put right; any other as it is.

    Only where the whole text then is Vietnamese in its spelling, and was not before.
    """
    sample = text[:_SAMPLE]
    if sample.isascii() or _RIGHT.search(sample):
        return Decoded(text, encoding)
    better = [(_gain(sample, way(sample)), name) for name, way in _WAYS_BACK.items()]
    gain, name = max(better, default=(0, ""))
    return Decoded(_WAYS_BACK[name](text), name) if gain > 0 else Decoded(text, encoding)


def _gain(before: str, after: str) -> float:
    before, after = (unicodedata.normalize("NFC", text) for text in (before, after))
    if before == after or len(marked_words(after)) < 3 or "\ufffd" in after or spelling(after) < _CERTAIN:
        return 0.0
    return spelling(after) - spelling(before)


def _fix(text: str) -> str:
    """UTF-8 that was read as a Windows code page; ftfy with all its other changes off."""
    import ftfy

    config = ftfy.TextFixerConfig(
        unescape_html=False,
        remove_terminal_escapes=False,
        fix_encoding=True,
        restore_byte_a0=True,
        replace_lossy_sequences=False,
        decode_inconsistent_utf8=False,
        fix_c1_controls=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        uncurl_quotes=False,
        fix_line_breaks=False,
        fix_surrogates=False,
        remove_control_chars=False,
        normalization=None,
    )
    return ftfy.fix_encoding(text, config)


_FONTS = {"tcvn3": tcvn3, "vni": vni}
_WAYS_BACK = {"mojibake": _fix, **_FONTS}


def line_reader(sample: bytes) -> tuple[str, str, Callable[[str], str]]:
    """How to read a long file line by line, from its beginning: a codec, its error handler, and what to do to a line.

    Raises:
        ValueError: no text, or in no encoding that can be told.
    """
    encoding = sniff(sample)
    if encoding in _FONTS:
        return "windows-1252", "surrogateescape", _FONTS[encoding]
    if not encoding.startswith("utf-8"):
        return encoding, "replace", str
    text = sample.decode(encoding, "ignore")
    way = undo(text, encoding).encoding
    return encoding, "surrogateescape", _WAYS_BACK.get(way, _mended)


def _mended(line: str) -> str:
    """A line of UTF-8; one that is in another encoding is decoded by itself."""
    if line.isascii() or not _ESCAPED.search(line):
        return line
    try:
        return decode(line.encode("utf-8", "surrogateescape")).text
    except (ValueError, UnicodeEncodeError):
        return _ESCAPED.sub("\N{REPLACEMENT CHARACTER}", line)
