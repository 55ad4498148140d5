"""Scores of tables made by hand, whose right values can be counted."""

import json

import pandas as pd
import pytest

from helpers.baseline import baselines
from helpers.gold import CodedArticle, CodedStance, CodedStatement, Entity
from helpers.paths import ROOT
from helpers.score import MEASURES, as_markdown, compare, load_gold, load_tables, score
from helpers.tables import frame, write_tables

TEXT = "Nga lên án Mỹ. TASS dẫn lời Nga."


def article(doc_id="a"):
    return CodedArticle(
        doc_id,
        TEXT,
        None,
        [(0, 14), (15, 32)],
        {"e1": Entity("Nga", "GPE", "RUS"), "e2": Entity("Mỹ", "GPE", "USA"), "e3": Entity("TASS", "MEDIA", None)},
        {(0, 3): "e1", (11, 13): "e2", (15, 19): "e3", (28, 31): "e1"},
        [CodedStatement(0, "e1", "indirect", "lên án"), CodedStatement(1, "e3", "outlet", "dẫn lời")],
        [CodedStance(0, "e1", "e2", -1, "words", "lên án", None)],
    )


def made(mentions, statements=(), stances=(), doc_id="a"):
    actors = {"RUS": ("GPE", "RUS"), "USA": ("GPE", "USA"), "media:tass": ("MEDIA", None), "org:x": ("ORG", None)}
    key = {"doc_id": doc_id, "sentence": 0}
    return {
        "documents": frame("documents", [{"doc_id": doc_id, "text": TEXT}]),
        "actors": frame(
            "actors", [{"actor_id": k, "name": k, "type": t, "side": s, "known": True} for k, (t, s) in actors.items()]
        ),
        "mentions": frame(
            "mentions",
            [
                {**key, "start": a, "end": b, "surface": TEXT[a:b], "form": "name", "actor_id": actor}
                for a, b, actor in mentions
            ],
        ),
        "statements": frame(
            "statements",
            [
                {**key, "speaker": who, "cue_start": at, "cue_end": at + 1, "content_start": 0, "content_end": 1}
                for at, who in statements
            ],
        ),
        "stances": frame(
            "stances",
            [
                {**key, "source": a, "target": b, "sign": sign, "cue_start": at, "cue_end": at + 1, "confidence": 1.0}
                for at, a, b, sign in stances
            ],
        ),
    }


RIGHT = [(0, 3, "RUS"), (11, 13, "USA"), (15, 19, "media:tass"), (28, 31, "RUS")]


def rows(tables, **options):
    return score([article()], tables, **options).set_index("measure")


def test_perfect_tables_score_one():
    scores = rows(made(RIGHT, [(4, "RUS"), (20, "media:tass")], [(4, "RUS", "USA", -1)]))
    counted = scores[scores["gold"] > 0]
    assert (counted["f1"] == 1).all()
    assert list(scores.index) == list(MEASURES)


def test_wrong_type_counts_as_span_only():
    scores = rows(made([(0, 3, "org:x"), *RIGHT[1:]]))
    assert scores.f1["mentions (exact span)"] == 1
    assert scores.f1["mentions typed (5 types)"] == 0.75
    assert scores.predicted["mentions of type ORG"] == 1
    assert scores.recall["mentions of type GPE"] == pytest.approx(2 / 3)


def test_pronouns_are_no_named_mentions():
    tables = made(RIGHT)
    tables["mentions"].loc[0, "form"] = "pronoun"
    assert rows(tables).recall["mentions (exact span)"] == 0.75


def test_wrong_sign_keeps_the_dyad():
    scores = rows(made(RIGHT, stances=[(4, "RUS", "USA", 1)]))
    assert scores.f1["stances (sentence, source, target, sign)"] == 0
    assert scores.f1["stances per article by side"] == 0
    assert scores.f1["stance dyads per article by side, sign ignored"] == 1


def test_actor_that_aligns_with_nothing_is_wrong():
    scores = rows(made(RIGHT, [(4, "org:x")]))
    measure = scores.loc["statements (sentence, speaker)"]
    assert (measure.found, measure.predicted, measure.gold) == (0, 1, 2)


def test_empty_tables_score_zero():
    scores = rows(made([]))
    assert (scores["f1"] == 0).all()


def test_intervals_hold_the_estimate_and_are_seeded():
    good, bad = made(RIGHT), made(RIGHT[:1], doc_id="b")
    tables = {name: pd.concat([good[name], bad[name]]).drop_duplicates() for name in good}
    articles = [article("a"), article("b")]
    scores = score(articles, tables)
    row = scores.set_index("measure").loc["mentions (exact span)"]
    assert row.f1_low < row.f1 < row.f1_high
    pd.testing.assert_frame_equal(scores, score(articles, tables))
    assert score(articles[:1], tables)["f1_low"].isna().all()


def test_systems_side_by_side():
    scores = compare([article()], {"one": made(RIGHT), "two": made(RIGHT[:1])})
    lines = as_markdown(scores).splitlines()
    assert lines[0] == "| measure | one | two |"
    assert lines[2].endswith("| 0.40 |")


def write_gold(folder, doc_id="a"):
    (folder / "coded").mkdir(parents=True, exist_ok=True)
    (folder / "docs").mkdir(exist_ok=True)
    coded = {"doc_id": doc_id, "entities": [{"id": "e1", "name": "Nga", "type": "GPE", "side": "RUS"}]}
    coded |= {"mentions": [[0, "Nga", 1, "e1"]], "statements": [], "stances": []}
    (folder / "coded" / f"{doc_id}.json").write_text(json.dumps(coded), "utf-8")
    (folder / "docs" / f"{doc_id}.sent.json").write_text(json.dumps({"sentences": [[0, 14], [15, 32]]}), "utf-8")


def test_gold_takes_texts_from_the_tables(tmp_path):
    write_gold(tmp_path)
    articles, problems = load_gold(tmp_path, made(RIGHT)["documents"])
    assert (articles[0].text, problems) == (TEXT, [])


def test_articles_that_cannot_be_scored_are_named(tmp_path):
    write_gold(tmp_path)
    write_gold(tmp_path, "missing")
    (tmp_path / "docs" / "a.txt").write_text("another text", "utf-8")
    articles, problems = load_gold(tmp_path, made(RIGHT)["documents"])
    assert not articles
    assert "a: left out, its text in the tables is not the one coded" in problems[0]
    assert "not in the tables: missing (1 of 2 coded articles)" in problems[1]
    with pytest.raises(FileNotFoundError, match="no coded articles"):
        load_gold(tmp_path / "docs", made(RIGHT)["documents"])


@pytest.mark.parametrize("as_csv", [False, True])
def test_tables_are_read_from_both_formats(tmp_path, as_csv):
    tables = made(RIGHT, [(4, "RUS")], [(4, "RUS", "USA", -1)])
    write_tables(tables, tmp_path, as_csv=as_csv)
    expected = score([article()], tables)
    pd.testing.assert_frame_equal(score([article()], load_tables(tmp_path)), expected)
    with pytest.raises(FileNotFoundError, match="no table documents"):
        load_tables(tmp_path / "none")


def test_readme_states_these_scores(tables, coded):
    """To renew them: python -m helpers score --baseline --markdown."""
    texts = {article.doc_id: article.text for article in coded}
    scores = compare(coded, {"these notebooks": tables} | baselines(texts, tables))
    readme = (ROOT / "README.md").read_text("utf-8")
    _, _, rest = readme.partition("<!-- scores")
    stated, _, _ = rest.partition("-->")[2].partition("<!-- /scores")
    assert stated.strip() == as_markdown(scores)


def test_shipped_coding_scores_well(tables, coded):
    scores = score(coded, tables).set_index("measure")
    assert len(coded) >= 9
    assert scores.f1["mentions typed (5 types)"] > 0.9
    assert scores.f1["statements (sentence, speaker)"] > 0.8
