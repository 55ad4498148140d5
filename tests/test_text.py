"""Where sentences and quotations begin and end."""

import pytest

from helpers import models
from helpers.clauses import quotation
from helpers.lexicon import default
from helpers.names import find_names
from helpers.text import segment, sentence_spans


@pytest.mark.parametrize(
    ("credit", "opening"),
    [
        ("Ảnh: AFP", "Theo báo cáo, mực nước đã giảm."),
        ("Ảnh minh họa: Reuters", "Trong khi đó, giá gạo tăng."),
        ("Nguồn ảnh: TTXVN", "Thủ tướng đã thăm tỉnh Hà Giang."),
        ("(Ảnh: AP)", "Hai bên chưa bình luận."),
        ("(Nguồn: EPA/TTXVN)", "Quốc hội họp hôm nay."),
        ("Ảnh: Minh Phong", "Hôm 5/6, cầu đã thông xe."),
    ],
)
def test_a_credit_is_parted_from_the_text_it_runs_into(credit, opening):
    text = f"Tàu rời cảng. {credit} {opening}"
    assert [text[start:end] for start, end in sentence_spans(text)] == ["Tàu rời cảng.", credit, opening]


@pytest.mark.parametrize(
    "text",
    ["Ảnh: Hải quân Mỹ.", "Bức ảnh (Ảnh: Reuters) đã lan truyền.", "Theo nguồn tin của AFP, Hà Nội có mưa."],
)
def test_a_credit_that_runs_into_nothing_parts_nothing(text):
    assert sentence_spans(text) == [(0, len(text))]


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("Ông nói: “Tôi về”. Bà đi.", ["“Tôi về”"]),
        ('“Bà gọi đó là "quà" sao”, ông hỏi.', ['“Bà gọi đó là "quà" sao”']),
        ('Ông nói: “Tôi về", rồi ông đi.', ['“Tôi về"']),
        ('"Tôi về. Bà ở lại", ông nói.', ['"Tôi về.', 'Bà ở lại"']),
        ("Ông nói: “Tôi về.\nBà đi.", ["“Tôi về."]),
    ],
)
def test_what_stands_inside_quotation_marks(text, inside):
    views, _ = find_names(segment(text), default(), models.default())
    found = []
    for seen, marks in zip(views, quotation(text, views), strict=True):
        quoted = [token for token, mark in zip(seen.sentence.tokens, marks, strict=True) if mark]
        found += [text[quoted[0].start : quoted[-1].end]] if quoted else []
    assert found == inside
