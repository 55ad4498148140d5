"""Names: look-up in the lexicon, form features, spans, and the trained model on sentences of our own."""

import pytest

from helpers import models
from helpers.lexicon import Alias, default
from helpers.name_features import document_hints, is_vietnamese, shape
from helpers.names import Span, agree, find_names, spans, tidy
from helpers.text import segment
from helpers.views import case_fits, title_for, view


def seen(text):
    (sentence,) = segment(text)
    return view(sentence, default())


def span(view_, words, type_):
    first = next(n for n in range(len(view_.words)) if view_.words[n : n + len(words)] == words)
    return Span(first, first + len(words), type_)


def found(text):
    """Names of a text as (surface, type)."""
    sentences = segment(text)
    _, lines = find_names(sentences, default(), models.default())
    return [
        (text[s.tokens[a].start : s.tokens[b - 1].end], type_)
        for s, line in zip(sentences, lines, strict=True)
        for a, b, type_ in line
    ]


@pytest.mark.parametrize(
    ("form", "tokens", "initial", "fits"),
    [
        ("Mỹ", ["Mỹ"], False, True),
        ("Mỹ", ["mỹ"], False, False),
        ("EU", ["Eu"], False, False),
        ("NATO", ["Nato"], False, True),
        ("Điện Kremlin", ["điện", "Kremlin"], False, True),
        ("Liên Hợp Quốc", ["Liên", "hợp", "quốc"], False, True),
        ("Nhà Trắng", ["Nhà", "trắng"], True, False),
    ],
)
def test_case_of_names(form, tokens, initial, fits):
    assert case_fits(Alias(form, "x", False), tokens, initial) is fits


@pytest.mark.parametrize(
    ("text", "expected"), [("Nga", "Xx"), ("NATO", "XX"), ("tàu", "x"), ("A", "X"), ("VnExpress", "xX"), ("25", "0")]
)
def test_shape(text, expected):
    assert shape(text) == expected


def test_spelling_tells_foreign_words():
    assert is_vietnamese("nguyễn") and is_vietnamese("quang")
    assert not is_vietnamese("lavrov") and not is_vietnamese("trump")


def test_lookup_is_blind_to_spelling_variants():
    assert {a.actor_id for m in seen("Tàu Hoa Kỳ rời Thổ Nhĩ Kỳ.").names for a in m.payloads} >= {"USA", "TUR"}


def test_titles_are_not_taken_from_inside_words_or_small_letters():
    words = seen("Họ yêu cầu ông ấy gặp gs tại đây.")
    covered = {words.words[n] for match in words.titles for n in range(match.first, match.last)}
    assert "cầu" not in covered and "gs" not in covered


def test_the_name_decides_what_a_title_means():
    match = next(m for m in seen("Hôm qua lãnh đạo Nga lên tiếng.").titles if len(m.payloads) > 1)
    assert title_for(match, "PER").kind != title_for(match, "GPE").kind


def test_labels_to_spans():
    assert spans(["B-PER", "I-PER", "O", "B-GPE", "B-GPE"]) == [(0, 2, "PER"), (3, 4, "GPE"), (4, 5, "GPE")]


def test_pair_of_known_names_is_two():
    sentence = seen("Hội nghị ASEAN-Australia khai mạc.")
    pair = span(sentence, ["asean", "-", "australia"], "ORG")
    assert [s.type for s in tidy(sentence, [pair], default())] == ["ORG", "GPE"]


def test_initials_are_one_person():
    sentence = seen("Tổng thống H.Rouhani phát biểu.")
    parts = [span(sentence, ["h", "."], "PER"), span(sentence, ["rouhani"], "PER")]
    (whole,) = tidy(sentence, parts, default())
    assert sentence.words[whole.first : whole.last] == ["h", ".", "rouhani"]


def test_name_goes_on_behind_a_middle_initial():
    sentence = seen("Cựu tổng thống George W. Bush phát biểu.")
    parts = [span(sentence, ["george", "w"], "PER"), span(sentence, ["bush"], "PER")]
    (whole,) = tidy(sentence, parts, default())
    assert sentence.words[whole.first : whole.last] == ["george", "w", ".", "bush"]


def test_unknown_name_has_one_type_in_an_article():
    text = "Ông Salim Zorbek đến dự. Hôm sau Zorbek rời đi."
    views = [view(sentence, default()) for sentence in segment(text)]
    lines = [[span(views[0], ["salim", "zorbek"], "PER")], [span(views[1], ["zorbek"], "GPE")]]
    assert agree(views, lines)[1][0].type == "PER"


def test_hints_of_an_article():
    views = [view(sentence, default()) for sentence in segment("Ông Zorbek đến. Cục Thanh Sát (CTS) mừng Zorbek.")]
    hints = document_hints(views)
    assert "PER" in hints.words["zorbek"]
    assert {kind for match in hints.runs.find(["cts"]) for kind in match.payloads} >= {"ACRONYM"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tổng thống Mỹ Donald Trump gặp ông Sergei Lavrov.", {("Mỹ", "GPE"), ("Donald Trump", "PER")}),
        ("Bộ Quốc phòng Nga bác bỏ cáo buộc của Ukraine.", {("Bộ Quốc phòng Nga", "ORG"), ("Ukraine", "GPE")}),
        ("Theo hãng tin Reuters, NATO sẽ họp tại Brussels.", {("Reuters", "MEDIA"), ("NATO", "ORG")}),
        ("Quan hệ Nga - Thổ xấu đi vì Syria.", {("Nga", "GPE"), ("Thổ", "GPE"), ("Syria", "GPE")}),
        ("Ông Trần Quốc Bảo làm việc với UBND TP.HCM.", {("Trần Quốc Bảo", "PER"), ("UBND TP.HCM", "ORG")}),
        ("Giá xăng hôm nay tăng mạnh.", set()),
    ],
)
def test_model_finds_names(text, expected):
    names = set(found(text))
    assert expected <= names if expected else not names


def test_every_offset_slices_back():
    text = "Đại sứ Nga tại Liên Hợp Quốc, ông Petrov, rời New York.\nẢnh: AFP"
    assert all(surface and surface in text for surface, _ in found(text))


def test_a_name_and_its_owner_are_two_names():
    sentence = seen("Các đồng chủ tịch Nhóm Minsk của OSCE gặp nhau.")
    first, last = sentence.words.index("nhóm"), sentence.words.index("osce") + 1
    found = tidy(sentence, [Span(first, last, "ORG")], default())
    assert [(s.first, s.last) for s in found] == [(first, first + 2), (last - 1, last)]


@pytest.mark.parametrize(("text", "size"), [("Israel là một đối tác.", 1), ("Ai Cập kêu gọi hòa giải.", 2)])
def test_a_foreign_state_is_found_wherever_it_stands(text, size):
    assert tidy(seen(text), [], default()) == [Span(0, size, "GPE")]


def test_a_state_in_a_slogan_is_none():
    assert tidy(seen("Chính sách “một Trung Quốc” không đổi."), [], default()) == []
