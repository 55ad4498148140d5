"""Nominal and pronoun mentions bound to actors."""

from datetime import date

import pytest

from helpers import models
from helpers.entities import resolve
from helpers.lexicon import default
from helpers.names import find_names
from helpers.reference import find_references
from helpers.text import segment


def references(text, day=None):
    """Mentions without a name as (surface, actor_id)."""
    views, lines = find_names(segment(text), default(), models.default())
    named, actors = resolve(views, lines, default())
    mentions = find_references(views, named, actors, default(), day)
    assert all(text[m.start : m.end] == m.surface and m.actor_id in actors for m in mentions)
    return [(m.surface, m.actor_id) for m in mentions if m.form != "name"]


def test_this_country_is_the_nearest_state():
    assert ("nước này", "QAT") in references("Mỹ ca ngợi Qatar. Quân đội Mỹ cảm ơn Qatar vì nước này đã giúp đỡ.")


def test_two_countries():
    found = references("Nga và Ukraine họp kín. Hai nước không ra tuyên bố.")
    assert {actor for surface, actor in found if surface == "Hai nước"} == {"RUS", "UKR"}


def test_pronoun_is_the_person_before():
    found = references("Tổng thống Nga Vladimir Putin đến Paris. Ông nói sẽ ở lại hai ngày.")
    assert ("Ông", "per:vladimir-putin") in found


def test_pronoun_after_preposition_is_not_the_subject():
    found = references("Ông Vladimir Putin nói rằng Donald Trump đã nhận tin từ ông.")
    assert ("ông", "per:vladimir-putin") in found


def test_this_ministry():
    found = references("Bộ Quốc phòng Nga bác bỏ tin trên. Bộ này khẳng định không nổ súng.")
    assert len(found) == 1 and found[0][0] == "Bộ này"


@pytest.mark.parametrize(
    ("day", "holder"), [(date(2017, 6, 1), "per:donald-trump"), (date(2015, 6, 1), "per:barack-obama")]
)
def test_title_names_the_holder_of_the_day(day, holder):
    assert ("Tổng thống Mỹ", holder) in references("Hôm nay Tổng thống Mỹ lên đường sang châu Âu.", day)


def test_title_before_an_apposed_name():
    found = references("Bộ trưởng Quốc phòng Pháp, bà Florence Parly, rời Paris.")
    assert {actor for surface, actor in found if surface.startswith("Bộ trưởng")} <= {"per:florence-parly"}


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
