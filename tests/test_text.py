"""Where sentences begin and end."""

import pytest

from helpers.text import sentence_spans


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
