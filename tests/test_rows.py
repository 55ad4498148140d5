"""Rows of phrases: who stands in one list, and what is only told of its members."""

from helpers.clauses import Clause
from helpers.lexicon import default
from helpers.models import default as default_models
from helpers.reading import read_article


def clause(sentence: str) -> Clause:
    return read_article(f"Tin trong nước\n{sentence}", None, default(), default_models()).clauses[-1]


def rows(sentence: str) -> list[set[str]]:
    """The members of each row of more than one phrase, outside the phrases of others."""
    found: dict[tuple[int, int], set[str]] = {}
    for head in clause(sentence).heads:
        if not head.mention.modifier:
            found.setdefault((head.left, head.right), set()).add(head.actor.name)
    return [members for members in found.values() if len(members) > 1]


def test_states_in_a_row_are_one_list() -> None:
    assert rows("Nga, Pháp và Mỹ lên án Armenia.") == [{"Nga", "Pháp", "Mỹ"}]


def test_persons_with_their_posts_are_one_list() -> None:
    sentence = (
        "UBND tỉnh Lâm Hà phê bình ông Trần Văn Lộc, nguyên Giám đốc Sở Y tế; bà Nguyễn Thị Hạnh, "
        "Phó Giám đốc Sở Y tế và ông Lê Văn Bảo, Chủ tịch UBND huyện Tân Phong."
    )
    assert rows(sentence) == [{"Trần Văn Lộc", "Nguyễn Thị Hạnh", "Lê Văn Bảo"}]


def test_what_is_told_in_brackets_does_not_part_a_list() -> None:
    sentence = "Tổng thống Nga Vladimir Putin (trái) và người đồng cấp Mỹ Donald Trump gặp nhau."
    assert rows(sentence) == [{"Vladimir Putin", "Donald Trump"}]


def test_a_body_told_of_a_member_is_no_phrase_of_its_own() -> None:
    sentence = "Ông Trần Văn Lộc (cán bộ Sở Y tế Hà Nội) và bà Nguyễn Thị Hạnh bị phê bình."
    assert {head.actor.name: head.mention.modifier for head in clause(sentence).heads}["Sở Y tế Hà Nội"]


def test_a_person_with_a_post_alone_is_no_list() -> None:
    assert rows("Ông Trần Văn Lộc, Giám đốc Sở Y tế Hà Nội, phê bình bà Nguyễn Thị Hạnh.") == []


def test_a_semicolon_joins_only_phrases_of_one_type() -> None:
    assert rows("UBND huyện Tân Phong; UBND huyện Hòa Lạc bị phê bình.") == [
        {"UBND huyện Tân Phong", "UBND huyện Hòa Lạc"}
    ]
    assert rows("Mỹ tấn công Syria; Donald Trump ca ngợi quân đội.") == []
