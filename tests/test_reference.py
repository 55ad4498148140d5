"""Nominal and pronoun mentions bound to actors."""

from datetime import date

import pytest

from helpers import models
from helpers.clauses import quotation
from helpers.entities import resolve
from helpers.lexicon import default
from helpers.names import find_names
from helpers.reference import find_references
from helpers.text import segment


def read(text, day=None):
    """All mentions, and the actors by id."""
    views, lines = find_names(segment(text), default(), models.default())
    named, actors = resolve(views, lines, default())
    mentions = find_references(views, named, actors, default(), day, quotation(text, views))
    assert all(text[m.start : m.end] == m.surface and m.actor_id in actors for m in mentions)
    return mentions, actors


def references(text, day=None):
    """Mentions without a name as (surface, actor_id)."""
    return [(m.surface, m.actor_id) for m in read(text, day)[0] if m.form != "name"]


def test_this_country_is_the_nearest_state():
    assert ("nước này", "QAT") in references("Mỹ ca ngợi Qatar. Quân đội Mỹ cảm ơn Qatar vì nước này đã giúp đỡ.")


def test_two_countries():
    found = references("Nga và Ukraine họp kín. Hai nước không ra tuyên bố.")
    assert {actor for surface, actor in found if surface == "Hai nước"} == {"RUS", "UKR"}


def test_two_countries_are_the_pair_just_named_not_the_third():
    found = references("Armenia và Azerbaijan đụng độ. Nga kêu gọi hai nước")
    assert {actor for surface, actor in found if surface == "hai nước"} == {"ARM", "AZE"}


def test_this_country_is_none_of_several():
    found = references("Ai Cập, Bahrain và Oman họp kín. Qatar cho biết ba nước đã gây sức ép với nước này.")
    assert [actor for surface, actor in found if surface == "nước này"] == ["QAT"]


def test_pronoun_is_the_person_before():
    found = references("Tổng thống Nga Vladimir Putin đến Paris. Ông ở lại hai ngày.")
    assert ("Ông", "per:vladimir-putin") in found


def test_pronoun_after_preposition_is_not_the_subject():
    found = references("Ông Anton Belov nói rằng Jean Vasseur đã nhận tin từ ông.")
    assert ("ông", "per:anton-belov") in found


def test_this_ministry():
    found = references("Bộ Quốc phòng Nga bác bỏ tin trên. Bộ này khẳng định không nổ súng.")
    assert len(found) == 1 and found[0][0] == "Bộ này"


@pytest.mark.parametrize(
    ("day", "holder"), [(date(2017, 6, 1), "per:donald-trump"), (date(2015, 6, 1), "per:barack-obama")]
)
def test_title_names_the_holder_of_the_day(day, holder):
    assert ("Tổng thống Mỹ", holder) in references("Hôm nay Tổng thống Mỹ lên đường sang châu Âu.", day)


def test_holder_of_the_day_is_meant_by_the_bare_title_too():
    found = references("Tổng thống Mỹ lên đường sang Paris. Hôm sau, tổng thống rời Pháp.", date(2017, 6, 1))
    assert ("tổng thống", "per:donald-trump") in found


def test_title_before_an_apposed_name():
    found = references("Bộ trưởng Quốc phòng Pháp, bà Florence Parly, rời Paris.")
    assert {actor for surface, actor in found if surface.startswith("Bộ trưởng")} == {"per:florence-parly"}


@pytest.mark.parametrize(
    ("text", "surface", "person"),
    [
        ("Trung tướng Nguyễn Văn Hùng đến Hà Nội. Trung tướng cho biết sẽ ở lại.", "Trung tướng", "nguyen-van-hung"),
        ("Đại sứ Australia Harold Finch đến Đà Nẵng. Sau đó, ngài đại sứ thăm cảng.", "đại sứ", "harold-finch"),
        (
            "Chủ tịch UBND TP Hà Nội Nguyễn Đức Bền đi họp. Chủ tịch UBND TP Hà Nội về lúc năm giờ.",
            "Chủ tịch UBND TP Hà Nội",
            "nguyen-duc-ben",
        ),
        ("Đại sứ Nga tại Mỹ Anton Belov rời Paris. Đại sứ Nga đến Hà Nội.", "Đại sứ Nga", "anton-belov"),
        ("Ông Trần Văn Nam, Giám đốc Sở Y tế Hà Nội, đến. Giám đốc cho biết sẽ họp.", "Giám đốc", "tran-van-nam"),
    ],
)
def test_title_alone_is_who_was_introduced_with_it(text, surface, person):
    assert (surface, f"per:{person}") in references(text)


def test_bare_title_is_of_him_who_has_it_without_a_state():
    found = references(
        "Thủ tướng Nguyễn Xuân Phúc tiếp Thủ tướng Australia Malcolm Turnbull. Thủ tướng đến lúc năm giờ."
    )
    assert ("Thủ tướng", "per:nguyen-xuan-phuc") in found


def test_bare_title_is_not_of_him_who_has_another_word_for_it():
    found = references("Tổng thống Mỹ Donald Trump tiếp Chủ tịch nước Trần Đại Quang. Tổng thống đến lúc năm giờ.")
    assert ("Tổng thống", "per:donald-trump") in found


def test_title_opens_the_next_clause():
    found = references("Thủ tướng Nguyễn Xuân Phúc tiếp Bộ trưởng Bộ Công an Tô Lâm, Thủ tướng đến lúc năm giờ.")
    assert ("Thủ tướng", "per:nguyen-xuan-phuc") in found


def test_title_of_this_country():
    found = references("Ngoại trưởng Iran Javad Zarif đến Paris. Mỹ và Iran họp. Ngoại trưởng nước này rời Paris.")
    assert ("Ngoại trưởng nước này", "per:mohammad-javad-zarif") in found


def test_pronoun_that_speaks_is_who_spoke():
    found = references("Ông Anton Belov rời Paris. Ông Jean Vasseur nói rằng ông Belov đã về. Ông cho biết sẽ gọi.")
    assert ("Ông", "per:jean-vasseur") in found


@pytest.mark.parametrize(
    ("text", "surface", "body"),
    [
        ("Bệnh viện Bạch Mai họp với Bộ Y tế. Bệnh viện cam kết sửa sai.", "Bệnh viện", "Bệnh viện Bạch Mai"),
        ("Trường Đại học Bách khoa gặp Bộ Giáo dục. Sau đó nhà trường cho biết sẽ sửa.", "nhà trường", "Trường Đại"),
        ("Tờ New York Times viết về Mỹ. Theo tờ báo, thuế sẽ giảm.", "tờ báo", "New York Times"),
    ],
)
def test_noun_alone_is_the_body_whose_name_begins_with_it(text, surface, body):
    mentions, actors = read(text)
    assert [actors[m.actor_id].name.startswith(body) for m in mentions if m.surface == surface] == [True]


@pytest.mark.parametrize("phrase", ["các công ty", "một công ty", "công ty mẹ", "công ty bảo mật"])
def test_noun_that_is_no_body_named_before(phrase):
    assert references(f"Công ty Địa ốc Hòa Bình họp. Hôm nay {phrase} cho biết sẽ sửa.") == []


@pytest.mark.parametrize("phrase", ["Bốn nước", "Bốn nước Arab", "Các nước này", "Họ"])
def test_group_is_the_list_before(phrase):
    found = references(f"Ai Cập, Bahrain, Kuwait và Oman họp kín. {phrase} kêu gọi Qatar trả lời.")
    assert {actor for surface, actor in found if surface == phrase} == {"EGY", "BHR", "KWT", "OMN"}


def test_group_is_the_subject_before():
    mentions, actors = read("Phương Tây chỉ trích Nga về Ukraine. Họ kêu gọi Nga đối thoại.")
    assert [actors[m.actor_id].name for m in mentions if m.surface == "Họ"] == ["phương Tây"]


def test_two_leaders():
    found = references("Tổng thống Nga Vladimir Putin gặp Tổng thống Mỹ Donald Trump. Hai nhà lãnh đạo không họp báo.")
    assert {actor for surface, actor in found if surface == "Hai nhà lãnh đạo"} == {
        "per:vladimir-putin",
        "per:donald-trump",
    }


@pytest.mark.parametrize(
    "text",
    [
        "Ông Vladimir Putin thắng cuộc bầu cử tổng thống.",
        "Nga muốn hòa bình với các nước trên thế giới.",
        "Bộ Y tế họp. Trên cơ sở đó, giá thuốc giảm.",
    ],
)
def test_what_refers_to_nobody(text):
    assert references(text) == []
