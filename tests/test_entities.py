"""Names bound to actors: short and full forms, acronyms, bodies of states, sides."""

import pytest

from helpers.entities import resolve, slug
from helpers.forms import is_short_of, misspells, shortens
from helpers.lexicon import default
from helpers.names import Span
from helpers.text import segment
from helpers.views import view


def article(text, *names):
    """Resolve given names `(surface, type)`, each wherever it stands, and return actor_ids by surface, and actors."""
    views, lines = [], []
    for sentence in segment(text):
        line = []
        for surface, type_ in names:
            at = sentence.text.find(surface)
            while at >= 0:
                start, end = sentence.start + at, sentence.start + at + len(surface)
                inside = [n for n, t in enumerate(sentence.tokens) if start <= t.start < end]
                line.append(Span(inside[0], inside[-1] + 1, type_))
                at = sentence.text.find(surface, at + 1)
        longest = sorted(line, key=lambda s: s.first - s.last)
        kept = [s for n, s in enumerate(longest) if not any(o.first < s.last and s.first < o.last for o in longest[:n])]
        views.append(view(sentence, default()))
        lines.append(sorted(kept))
    mentions, actors = resolve(views, lines, default())
    return {mention.surface: mention.actor_id for mention in mentions}, actors


@pytest.mark.parametrize(
    ("short", "full", "result"),
    [
        (["trump"], ["donald", "trump"], True),
        (["h", "rouhani"], ["hassan", "rouhani"], True),
        (["donald", "trump"], ["donald", "trump"], False),
        (["trump"], ["mike", "pence"], False),
    ],
)
def test_short_form_of_a_person(short, full, result):
    assert is_short_of(short, full) is result


def test_slips_of_the_pen():
    assert misspells(["borell"], ["josep", "borrell"]) and misspells(["kubela"], ["dmytro", "kuleba"])
    assert not misspells(["nam"], ["nan"]) and not misspells(["lavrov"], ["lukashenko"])


@pytest.mark.parametrize(
    ("short", "full", "result"),
    [
        ("Sở TN & MT", "Sở Tài nguyên và Môi trường Hà Nội", True),
        ("CLB Bóng đá Hà Nội", "Câu lạc bộ Bóng đá Hà Nội", True),
        ("Sở Y tế", "Sở Giáo dục Hà Nội", False),
    ],
)
def test_short_form_of_a_body(short, full, result):
    assert shortens(short.split(), full.split()) is result


def test_slug():
    assert slug("Bộ Quốc phòng Đức") == "bo-quoc-phong-duc"


def test_forms_of_one_state_and_person():
    ids, actors = article(
        "Hoa Kỳ hoan nghênh. Mỹ và Donald Trump im lặng. Ông Trump rời đi.",
        ("Hoa Kỳ", "GPE"), ("Mỹ", "GPE"), ("Donald Trump", "PER"), ("Trump", "PER"),
    )  # fmt: skip
    assert ids["Hoa Kỳ"] == ids["Mỹ"] == "USA"
    assert ids["Trump"] == ids["Donald Trump"]
    assert actors[ids["Trump"]].side == "USA"


def test_two_people_of_one_surname_stay_apart():
    ids, _ = article("Ông Ivan Zorbek gặp bà Anna Zorbek.", ("Ivan Zorbek", "PER"), ("Anna Zorbek", "PER"))
    assert ids["Ivan Zorbek"] != ids["Anna Zorbek"]


def test_acronym_in_brackets_is_the_body_before_it():
    ids, _ = article(
        "Liên minh Thợ mỏ Zembla (LTZ) họp. LTZ phản đối.", ("Liên minh Thợ mỏ Zembla", "ORG"), ("LTZ", "ORG")
    )
    assert ids["LTZ"] == ids["Liên minh Thợ mỏ Zembla"]


def test_bare_ministry_is_that_of_the_state_spoken_of():
    ids, actors = article(
        "Moscow phản đối Nga bị ép. Bộ Quốc phòng Nga lên tiếng. Bộ Quốc phòng nói thêm.",
        ("Moscow", "GPE"), ("Nga", "GPE"), ("Bộ Quốc phòng Nga", "ORG"), ("Bộ Quốc phòng", "ORG"),
    )  # fmt: skip
    assert ids["Bộ Quốc phòng"] == ids["Bộ Quốc phòng Nga"]
    assert actors[ids["Bộ Quốc phòng"]].side == "RUS"


def test_body_without_any_state_is_domestic():
    ids, actors = article("Sở Xây dựng yêu cầu báo cáo.", ("Sở Xây dựng", "ORG"))
    assert actors[ids["Sở Xây dựng"]].side == "VNM"


def test_company_stands_for_no_state():
    ids, actors = article("Công ty Gạch Sao Mai ở Hà Nội đóng cửa.", ("Công ty Gạch Sao Mai", "ORG"), ("Hà Nội", "GPE"))
    assert actors[ids["Công ty Gạch Sao Mai"]].side is None


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("Bộ trưởng Quốc phòng Pháp Jean Zorbek phát biểu.", "FRA"),
        ("Jean Zorbek, Bộ trưởng Quốc phòng Pháp, phát biểu.", "FRA"),
        ("Ca sĩ Pháp Jean Zorbek biểu diễn.", None),
        ("Ông Jean Zorbek sống ở Pháp.", None),
    ],
)
def test_side_of_a_person(text, side):
    ids, actors = article(text, ("Pháp", "GPE"), ("Jean Zorbek", "PER"))
    assert actors[ids["Jean Zorbek"]].side == side


def test_place_is_in_the_state_beside_it():
    ids, actors = article(
        "Giao tranh ở Zembla (Syria), Nga lo ngại.", ("Zembla", "GPE"), ("Syria", "GPE"), ("Nga", "GPE")
    )
    assert actors[ids["Zembla"]].side == "SYR"
