"""Who speaks in small articles, through the whole pipeline."""

import pytest

from helpers.corpus import Document
from helpers.pipeline import analyse_document

CASES = {
    "a verb after its subject": (
        "Ông Anton Belov tuyên bố công ty sẽ không đóng cửa.",
        {(0, "Anton Belov", "indirect")},
    ),
    "a quotation before its speaker": (
        "“Chúng tôi sẽ không lùi bước”, ông Anton Belov nói.",
        {(0, "Anton Belov", "direct")},
    ),
    "an outlet by a preposition": (
        "Theo tờ Bluebird Daily, hai tàu chiến đã rời cảng sáng nay.",
        {(0, "Bluebird Daily", "outlet")},
    ),
    "an outlet that quotes somebody": (
        "Hãng tin Bluebird Daily dẫn lời ông Jean Vasseur cho biết cuộc tập trận đã kết thúc.",
        {(0, "Bluebird Daily", "outlet"), (0, "Jean Vasseur", "indirect")},
    ),
    "a quotation that runs on": (
        "Ông Jean Vasseur nói: “Chúng tôi đã nghe quá nhiều lời hứa. "
        "Bây giờ chúng tôi cần hành động. Không ai được đứng ngoài cuộc”.",
        {(0, "Jean Vasseur", "direct"), (1, "Jean Vasseur", "direct"), (2, "Jean Vasseur", "direct")},
    ),
    "a pronoun": (
        "Bà Marta Novak đã tới Paris. Bà cho biết hai bên sẽ ký thỏa thuận mới.",
        {(1, "Marta Novak", "indirect")},
    ),
    "officials of a state": (
        "Các quan chức Mỹ cho biết cuộc không kích diễn ra vào rạng sáng.",
        {(0, "Mỹ", "indirect")},
    ),
    "a spokesperson with a name": (
        "Người phát ngôn Bộ Giao thông Marta Novak cho biết cuộc gặp bị hoãn.",
        {(0, "Marta Novak", "indirect")},
    ),
    "a person with the bodies he works for": (
        "Ông Anton Belov, Trưởng phòng Đào tạo, Bệnh viện Bạch Mai cho biết thuốc đã về.",
        {(0, "Anton Belov", "indirect")},
    ),
    "a credit that runs into the text": (
        "Ảnh: Reuters Theo tờ Bluebird Daily, hai tàu chiến đã rời cảng sáng nay.",
        {(1, "Bluebird Daily", "outlet")},
    ),
    "two verbs of one speaker": (
        "Bà Marta Novak cho rằng tình hình còn khó khăn, đồng thời nhấn mạnh vai trò của đối thoại.",
        {(0, "Marta Novak", "indirect")},
    ),
    "a photo credit": ("Ảnh: Reuters", set()),
    "no words passed on": ("Tổng thống Pháp Emmanuel Macron đã tới Berlin chiều nay.", set()),
}


def spoken(text: str) -> tuple[list[dict], dict[str, str]]:
    """The statements of an article and the names of its actors."""
    rows = analyse_document(Document("d", text))
    return rows["statements"], {actor["actor_id"]: actor["name"] for actor in rows["actors"]}


@pytest.mark.parametrize(("text", "wanted"), CASES.values(), ids=CASES)
def test_speakers(text, wanted):
    statements, names = spoken(text)
    assert {(s["sentence"], names[s["speaker"]], s["kind"]) for s in statements} == wanted


@pytest.mark.parametrize(("text", "wanted"), CASES.values(), ids=CASES)
def test_offsets(text, wanted):
    statements, _ = spoken(text)
    for row in statements:
        assert text[row["cue_start"] : row["cue_end"]] == row["cue"]
        assert 0 <= row["content_start"] < row["content_end"] <= len(text)
