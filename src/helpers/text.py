"""Sentences and tagged tokens of an article, with offsets into its untouched text.

underthesea's `word_tokenize` rewrites what it reads (`Hoà` becomes `Hòa`, `1.2L` becomes `1.2 L`) and gives no
offsets. Its parts are used here one by one instead: its pattern finds syllables in the text as it stands, its two
CRF models join and tag them, and only the models see a normalised copy.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

# The end of a sentence: a stop with what closes it, before a blank and something that can open a sentence.
STOP = re.compile(r"(?:[.!?…]+|\.\.\.)[\"”’»')\]]*(?=\s)|[.!?…][\"”»](?=[^\s\w.,;:)\]–-]|\w)|\n+")
OPENER = re.compile(r"[\s\"“‘'«(\[–—-]*(.)")
# A stop after these ends no sentence.
ABBREVIATION = re.compile(
    r"(?:^|[\s(\[“\"‘'/])(?:TP|Tp|TS|ThS|Th\.S|PGS|GS|BS|KS|CN|LS|ĐB|NSND|NSƯT|Mr|Mrs|Ms|Dr|St|Jr|Sr|vs|Q|P|H|X|No|"
    r"Gen|Lt|Col|Sgt|[A-ZĐ]|(?:[A-ZĐ]\.)+[A-ZĐ])\.$"
)
# A credit of a picture that runs into the text (`Ảnh: Reuters Theo báo cáo …`, `(Nguồn: AFP) Ngày 5/6 …`).
_PICTURE = r"(?:Ảnh|Nguồn|Nguồn ảnh|Đồ họa|Video|Clip)(?: minh họa| tư liệu| chụp màn hình)?"
_BEGINNING = (
    r"(?:Theo|Hôm|Ngày|Trong|Tại|Sau|Trước|Nếu|Khi|Đây|Đó|Các|Những|Một|Ông|Bà|Về|Với|Trên|Tờ|Kênh|Hãng|Người|"
    r"Việc|Cuộc|Vụ|Giới|Cùng|Ngoài|Để|Do|Phó|Tuy nhiên|Phát biểu|Trả lời|Tuyên bố|Thông tin|Thông báo|Bản tin|Báo cáo|"
    r"Nhiều|Hàng|Vị|Quyền|Đại diện|Đại sứ|Lãnh đạo|Nhà lãnh đạo|Thủ lĩnh|Chủ tịch|Tổng thống|Thủ tướng|Ngoại trưởng|"
    r"Bộ trưởng|Thứ trưởng|Quốc vương|Chính phủ|Chính quyền|Quân đội|Cảnh sát|Cơ quan|Lực lượng|Máy bay|Khả năng|"
    r"Mục tiêu)\b"
    r"|(?:Hiện|Hai|Từ|Như|Hồi|Tàu|Mới|Cả|Đáng|Kể|Sáng|Chiều|Tối) (?P<next>.)"
)
CREDIT = re.compile(
    rf"[(\[]{_PICTURE}\s?:[^()\[\]\n]{{1,60}}[)\]](?=\s)"
    rf"|(?<![(\[])\b{_PICTURE}\s?: ?[^\s.,;:()\n][^.,;:()\n]{{0,40}}?(?=\s(?:{_BEGINNING}))"
)
PIECE = re.compile(r"[^\W_]+(?:̀|́|̉|̃|̣)*|[^\w\s]|_")


class Token(NamedTuple):
    """A run of letters and digits, or one sign: offsets in the article, its form, the tag of its word (VLSP tag set:
    N, Np, V, A, E, C, CH …) and whether it begins that word."""

    start: int
    end: int
    text: str
    tag: str
    begins: bool


@dataclass(frozen=True)
class Sentence:
    """A sentence of an article: its number from 0, its offsets, its text and its tokens."""

    index: int
    start: int
    end: int
    text: str
    tokens: tuple[Token, ...]


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Offsets of the sentences of a text, in order, without the blanks around them; line ends always part.

    >>> [text[a:b] for text in ["Ông đến TP. Vinh. Bà ở lại."] for a, b in sentence_spans(text)]
    ['Ông đến TP. Vinh.', 'Bà ở lại.']
    """
    spans, start = [], 0
    credits = (m for m in CREDIT.finditer(text) if _opens(text, m.end()) and not (m["next"] or "").isupper())
    for stop in sorted([*STOP.finditer(text), *credits], key=lambda match: match.end()):
        line_end = stop.group().startswith("\n")
        if stop.re is STOP and not line_end:
            if not text.startswith("\n", stop.end()) and not _opens(text, stop.end()):
                continue
            if stop.group() == "." and ABBREVIATION.search(text, max(start, stop.end() - 12), stop.end()):
                continue
        spans.append((start, stop.start() if line_end else stop.end()))
        start = stop.end()
    spans.append((start, len(text)))
    return [(a, b) for a, b in (_strip(text, a, b) for a, b in spans) if a < b]


def _opens(text: str, at: int) -> bool:
    """Whether what stands at `at` can open a sentence: a capital or a number, after any opening signs."""
    first = OPENER.match(text, at)
    return bool(first) and (first.group(1).isupper() or first.group(1).isdigit())


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


@cache
def _tagger(folder: str, name: str):
    """One of underthesea's CRF models; `pos_tag(model="v2.0")` would fail on its second call."""
    from underthesea.models.fast_crf_sequence_tagger import FastCRFSequenceTagger

    tagger = FastCRFSequenceTagger()
    tagger.load(str(files("underthesea").joinpath("pipeline", folder, "models", name)))
    return tagger


@cache
def _normal_form():
    """underthesea's normalisation of a syllable, whose results are kept."""
    from underthesea.pipeline.text_normalize import token_normalize

    return lru_cache(maxsize=100_000)(token_normalize)


def words(text: str) -> list[tuple[int, int, str]]:
    """The words of a sentence as underthesea segments and tags them: (start, end, tag), offsets in `text` as it is."""
    from underthesea.pipeline.word_tokenize.regex_tokenize import patterns

    normal = _normal_form()
    syllables = [(m.start(), m.end(), normal(m.group())) for m in patterns.finditer(text) if m.group()]
    if not syllables:
        return []
    joins = _tagger("word_tokenize", "ws_crf_vlsp2013_20230727").predict([[form] for _, _, form in syllables])
    spans: list[list] = []
    for (start, end, form), join in zip(syllables, joins, strict=True):
        if join == "I-W" and spans:
            spans[-1][1] = end
            spans[-1][2] += " " + form
        else:
            spans.append([start, end, form])
    tags = _tagger("pos_tag", "pos_crf_vlsp2013_20230303").predict([[form] for *_, form in spans])
    return [(start, end, tag.removeprefix("B-")) for (start, end, _), tag in zip(spans, tags, strict=True)]


def read_sentence(text: str, index: int, start: int, end: int) -> Sentence:
    """Tokens and tags of `text[start:end]`."""
    part = text[start:end]
    tagged = words(part)
    tokens, n, seen = [], 0, -1
    for piece in PIECE.finditer(part):
        while n + 1 < len(tagged) and tagged[n][1] <= piece.start():
            n += 1
        tag = tagged[n][2] if tagged else "X"
        tokens.append(Token(start + piece.start(), start + piece.end(), piece.group(), tag, n != seen))
        seen = n
    return Sentence(index, start, end, part, tuple(tokens))


def segment(text: str) -> list[Sentence]:
    """The sentences of an article, each tagged once.

    Returns:
        Sentences in order; their offsets and those of their tokens slice back into `text`.
    """
    return [read_sentence(text, n, a, b) for n, (a, b) in enumerate(sentence_spans(text))]
