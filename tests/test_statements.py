"""Who speaks in small articles, through the whole pipeline."""

import pytest

from helpers.corpus import Document
from helpers.pipeline import analyse_document

CASES = {
    "a verb after its subject": (
        "Tổng thống Nga Vladimir Putin tuyên bố Moscow sẽ không rút quân.",
        {(0, "Vladimir Putin", "indirect")},
    ),
    "a quotation before its speaker": (
        "“Chúng tôi sẽ không lùi bước”, ông Vladimir Putin nói.",
        {(0, "Vladimir Putin", "direct")},
    ),
    "an outlet by a preposition": (
        "Theo Reuters, hai tàu chiến đã rời cảng sáng nay.",
        {(0, "Reuters", "outlet")},
    ),
    "an outlet that quotes somebody": (
        "Hãng tin TASS dẫn lời Bộ trưởng Quốc phòng Nga Sergei Shoigu cho biết cuộc tập trận đã kết thúc.",
        {(0, "TASS", "outlet"), (0, "Sergei Shoigu", "indirect")},
    ),
    "a quotation that runs on": (
        "Ngoại trưởng Mỹ Rex Tillerson nói: “Chúng tôi đã nghe quá nhiều lời hứa. "
        "Bây giờ chúng tôi cần hành động. Không ai được đứng ngoài cuộc”.",
        {(0, "Rex Tillerson", "direct"), (1, "Rex Tillerson", "direct"), (2, "Rex Tillerson", "direct")},
    ),
    "a pronoun": (
        "Thủ tướng Anh Theresa May đã tới Paris. Bà cho biết hai bên sẽ ký thỏa thuận mới.",
        {(1, "Theresa May", "indirect")},
    ),
    "officials of a state": (
        "Các quan chức Mỹ cho biết cuộc không kích diễn ra vào rạng sáng.",
        {(0, "Mỹ", "indirect")},
    ),
    "a spokesperson with a name": (
        "Người phát ngôn Bộ Ngoại giao Nga Maria Zakharova cho biết cuộc gặp bị hoãn.",
        {(0, "Maria Zakharova", "indirect")},
    ),
    "two verbs of one speaker": (
        "Thủ tướng Đức Angela Merkel cho rằng tình hình còn khó khăn, đồng thời nhấn mạnh vai trò của đối thoại.",
        {(0, "Angela Merkel", "indirect")},
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
