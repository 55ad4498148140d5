"""Mentions that only the speaker explains."""

from helpers.corpus import Document
from helpers.pipeline import analyse_document


def pronouns(text: str) -> set[tuple[str, str]]:
    rows = analyse_document(Document("article", text))["mentions"]
    return {(row["surface"], row["actor_id"]) for row in rows if row["form"] == "pronoun"}


def test_we_in_a_quotation_is_its_speaker() -> None:
    text = "Ông Anton Belov nói: “Chúng tôi sẽ không đóng cửa”."
    assert ("Chúng tôi", "per:anton-belov") in pronouns(text)


def test_the_parties_are_the_states_the_article_is_about() -> None:
    text = "Giao tranh giữa Armenia và Azerbaijan tiếp diễn. Nga kêu gọi các bên ngừng bắn."
    assert {actor for surface, actor in pronouns(text) if surface == "các bên"} == {"ARM", "AZE"}


def test_the_enemy_of_a_speaker_is_the_other_state() -> None:
    text = "Azerbaijan và Armenia giao tranh. Azerbaijan cho biết đã phá hủy nhiều xe tăng của đối phương."
    assert ("đối phương", "ARM") in pronouns(text)
