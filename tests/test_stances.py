"""Who is for or against whom, on sentences a reader understands at a glance."""

from types import SimpleNamespace

import pytest

from helpers.corpus import Document
from helpers.pipeline import analyse_document
from helpers.stances import Candidate, Case


def stances(text: str) -> set[tuple[str, int, str]]:
    """Source, sign and target of each stance of a text."""
    found = analyse_document(Document("article", text))["stances"]
    return {(row["source"], row["sign"], row["target"]) for row in found}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nga lên án Mỹ.", ("RUS", -1, "USA")),
        ("Mỹ áp lệnh trừng phạt đối với Iran.", ("USA", -1, "IRN")),
        ("Thổ Nhĩ Kỳ tuyên bố ủng hộ Azerbaijan.", ("TUR", 1, "AZE")),
        ("Armenia cáo buộc Azerbaijan vi phạm lệnh ngừng bắn.", ("ARM", -1, "AZE")),
        ("Nga là đồng minh của Armenia.", ("RUS", 1, "ARM")),
        ("Iran bị Mỹ chỉ trích.", ("USA", -1, "IRN")),
    ],
)
def test_a_plain_stance_is_found(text: str, expected: tuple[str, int, str]) -> None:
    assert expected in stances(text)


@pytest.mark.parametrize(
    "text",
    [
        "Xung đột giữa Armenia và Azerbaijan bùng phát.",
        "Armenia và Azerbaijan cáo buộc lẫn nhau.",
    ],
)
def test_a_mutual_stance_holds_both_ways(text: str) -> None:
    assert stances(text) >= {("ARM", -1, "AZE"), ("AZE", -1, "ARM")}


@pytest.mark.parametrize("text", ["Tổng thống Pháp thăm Đức.", "Hà Nội là thủ đô của Việt Nam."])
def test_news_without_a_side_taken_has_no_stance(text: str) -> None:
    assert stances(text) == set()


def test_who_condemns_an_attack_is_against_the_attacker_only() -> None:
    assert stances("Nga lên án việc Mỹ tấn công Syria.") == {("RUS", -1, "USA"), ("USA", -1, "SYR")}


def test_praise_of_one_s_own_is_no_stance_towards_the_other() -> None:
    assert ("ARM", 1, "AZE") not in stances("Armenia và Azerbaijan ca ngợi binh sĩ nước mình.")


def test_a_cue_slices_back_and_carries_its_frame() -> None:
    text = "Nga lên án Mỹ."
    row = analyse_document(Document("article", text))["stances"][0]
    assert text[row["cue_start"] : row["cue_end"]] == row["cue"]
    assert row["basis"] == "words"
    assert 0 < row["confidence"] <= 1
    assert row["rule"]


def test_an_act_that_one_side_reports_stands_on_its_word() -> None:
    text = "Bộ Quốc phòng Armenia cho biết Azerbaijan đã tấn công các vị trí của Armenia."
    rows = analyse_document(Document("article", text))["stances"]
    deeds = [row for row in rows if row["basis"] == "deeds" and row["source"] == "AZE"]
    assert deeds
    assert all(row["claimed_by"] is not None for row in deeds)


def test_who_is_criticised_in_a_list_is_each_of_its_members() -> None:
    text = (
        "UBND tỉnh Lâm Hà phê bình ông Trần Văn Lộc, nguyên Giám đốc Sở Y tế; bà Nguyễn Thị Hạnh, "
        "Phó Giám đốc Sở Y tế và ông Lê Văn Bảo, Chủ tịch UBND huyện Tân Phong."
    )
    assert {(sign, target) for _, sign, target in stances(text)} == {
        (-1, "per:tran-van-loc"),
        (-1, "per:nguyen-thi-hanh"),
        (-1, "per:le-van-bao"),
    }


def test_the_agent_of_a_headline_stands_in_the_first_sentence() -> None:
    text = (
        "Khởi tố nguyên Giám đốc Sở Y tế Trần Văn Lộc\n"
        "Cơ quan Cảnh sát điều tra Công an tỉnh Lâm Hà vừa khởi tố ông Trần Văn Lộc, nguyên Giám đốc Sở Y tế."
    )
    found = analyse_document(Document("article", text))["stances"]
    assert {(row["sentence"], row["sign"], row["target"]) for row in found} == {
        (0, -1, "per:tran-van-loc"),
        (1, -1, "per:tran-van-loc"),
    }


def test_two_experts_meet_at_the_mean_of_their_log_odds() -> None:
    class Expert:
        def __init__(self, score: complex):
            self.score = lambda groups, features: score

    class Experts:
        pairs, cases = Expert(complex(-9, 1)), Expert(complex(-9, 3))

    against = SimpleNamespace(sign=-1)
    candidate = Candidate(0, None, "RUS", "USA", [Case(against, [], [])], [], [])
    (option,) = candidate.options(Experts())
    assert (option.sign, option.score, option.proposal) == (-1, 2, against)


def test_a_doubtful_stance_is_likelier_where_the_article_repeats_it() -> None:
    doubtful = "Căng thẳng giữa Nga và Mỹ được nhắc tới."
    repeated, other = "Nga lên án Mỹ. Mỹ trừng phạt Nga.", "Tổng thống Pháp thăm Đức. Ông Macron gặp bà Merkel."

    def confidence(text: str) -> float:
        rows = analyse_document(Document("article", text))["stances"]
        return sum(row["confidence"] for row in rows if row["sentence"] == 0 and row["source"] == "RUS")

    assert confidence(f"{doubtful} {repeated}") > confidence(f"{doubtful} {other}")
