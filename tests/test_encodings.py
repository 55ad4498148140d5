"""Bytes in every encoding that Vietnamese newsrooms have used give the same text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.encodings import decode, line_reader, undo
from helpers.fonts import tcvn3, vni
from helpers.vietnamese import is_syllable, is_vietnamese, spelling

# Written for this test: every vowel with every tone, and what may stand around them.
TEXT = (
    "Ngày 27-9, Tổng thống nói “đất nước sẽ ổn”, rồi bà đi thẳng ra biển Đông; nhiều người ở lại chờ, "
    "kể cả phóng viên.\n"
    "Ừ, ấy là lẽ dĩ nhiên: mỗi quốc gia đều giữ bí mật của mình, dù quỹ ấy nhỏ, kỹ lưỡng và tẻ nhạt."
)
LETTERS = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ"


def windows_1258(text: str) -> bytes:
    """Letters with one mark as they are, a second mark (the tone) as a sign of its own."""
    out = []
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        tone = "".join(c for c in parts if c in "\u0300\u0301\u0303\u0309\u0323")
        out.append(unicodedata.normalize("NFC", "".join(c for c in parts if c not in tone)) + tone)
    return "".join(out).encode("cp1258")


def font(text: str, read) -> bytes:
    """Bytes in a font encoding, by its own table turned round."""
    signs = [chr(n) for n in range(0xA1, 0x100)]
    forms = signs + [a + b for a in "aeouyôöAEOUYÔÖ" for b in signs]
    table = {}
    for form in forms:
        table.setdefault(read(form), form)
    return "".join(table.get(c, c) for c in text).encode("cp1252")


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8-sig"),
        (TEXT.encode("utf-16"), "utf-16"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("utf-32"), "utf-32"),
        (windows_1258(TEXT), "windows-1258"),
        (font(TEXT.replace("Ổ", "ổ").replace("Ừ", "ừ"), tcvn3), "tcvn3"),
        (font(TEXT, vni), "vni"),
        (TEXT.encode().decode("latin-1").encode(), "mojibake"),
        (font(TEXT, vni).decode("cp1252").encode(), "vni"),
    ],
)
def test_every_encoding(data, encoding):
    decoded = decode(data)
    assert decoded.encoding == encoding
    assert unicodedata.normalize("NFC", decoded.text).casefold() == TEXT.casefold()


def test_the_tables_hold_every_letter():
    assert tcvn3("¸µ¶·¹¨¾»¼½Æ©ÊÇÈÉË®") == "áàảãạăắằẳẵặâấầẩẫậđ"
    assert vni("aùaøaûaõaïaêaéaèaúaüaëaâaáaàaåaãaäñ") == "áàảãạăắằẳẵặâấầẩẫậđ"
    for read in (tcvn3, vni):
        apart = " ".join(LETTERS)
        assert read(font(apart, read).decode("cp1252")) == apart


def test_what_is_right_stays():
    for text in (TEXT, "São Paulo, Ängelholm và Ørsted: ông Nguyễn ở đó", "Élysée, déjà vu", "1 000 €", ""):
        assert undo(text).text == text


def test_nothing_is_undone_on_a_guess():
    half = TEXT + TEXT.encode().decode("latin-1")
    assert decode(half.encode()).text == half


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n" + bytes(range(256)), bytes(1000), b"\x7fELF" + bytes(range(32)) * 9]
)
def test_a_binary_is_no_text(data):
    with pytest.raises(ValueError, match="binary"):
        decode(data)


def test_another_language_is_read_too():
    french = "Le président a déclaré à l'Élysée qu'il était très préoccupé par l'été à l'étranger."
    assert decode(french.encode("cp1252")).text == french
    assert not is_vietnamese(french * 5)


def test_a_foreign_line_in_a_file_of_utf8():
    codec, errors, convert = line_reader(TEXT.encode())
    line = (TEXT.split("\n")[0].encode() + b" \xff\n").decode(codec, errors)
    assert convert(line).endswith("\N{REPLACEMENT CHARACTER}\n") or "\ufffd" not in convert(line)


def test_spelling():
    assert all(map(is_syllable, ["nghiêng", "Việt", "khuya", "giếng", "quyền", "ngoằn", "Đắk"]))
    assert not any(map(is_syllable, ["ViÖt", "thaáng", "bầấ", "éclair"]))
    assert spelling(TEXT) == 1


@given(st.binary(max_size=300))
def test_any_bytes(data):
    try:
        text = decode(data).text
    except ValueError as error:
        assert "\n" not in str(error)
    else:
        assert isinstance(text, str)


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), max_size=200))
def test_unicode_with_a_mark_comes_back(text):
    assert undo(text).encoding in ("utf-8", "mojibake", "tcvn3", "vni")
    if any("\u1ea0" <= c <= "\u1ef9" for c in text):
        assert decode(text.encode()).text == text
