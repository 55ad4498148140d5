"""What the commands make of the shipped corpus: every table, and every row leads back to its characters."""

import hashlib
import io
import unicodedata

import numpy as np
import pandas as pd
import PIL.Image
import pytest

from helpers import measured, pipeline, run, score
from helpers.corpus import Document, read_articles
from helpers.paths import DOCS, RAW
from helpers.tables import COLUMNS, read_tables

SPANS = {
    "sentences": [("start", "end", "text")],
    "mentions": [("start", "end", "surface")],
    "statements": [("cue_start", "cue_end", "cue"), ("content_start", "content_end", None)],
    "stances": [("cue_start", "cue_end", "cue")],
    "dates": [("start", "end", "surface")],
}


@pytest.fixture(scope="module")
def texts(tables):
    return dict(zip(tables["documents"]["doc_id"], tables["documents"]["text"], strict=True))


def test_all_tables_have_their_columns(tables):
    assert {name: list(table.columns) for name, table in tables.items()} == {
        name: list(columns) for name, columns in COLUMNS.items()
    }


def test_every_article_is_a_document_or_skipped(tables):
    found = list(read_articles(RAW / "karabakh_2020"))
    assert len(tables["documents"]) == sum(isinstance(item, Document) for item in found) >= 25
    assert len(tables["documents"]) + len(tables["skipped"]) == len(found)
    assert tables["documents"]["doc_id"].is_unique


def test_texts_are_the_articles(tables):
    for row in tables["documents"].itertuples():
        assert unicodedata.is_normalized("NFC", row.text)
        assert "\r" not in row.text
        assert row.sha256 == hashlib.sha256(row.text.encode()).hexdigest()


@pytest.mark.parametrize("name", SPANS)
def test_every_row_slices_back_to_its_text(name, tables, texts):
    assert len(tables[name])
    for row in tables[name].to_dict("records"):
        text = texts[row["doc_id"]]
        for start, end, surface in SPANS[name]:
            assert 0 <= row[start] < row[end] <= len(text), row
            if surface:
                assert text[row[start] : row[end]] == row[surface], row


@pytest.mark.parametrize(
    ("name", "start"),
    [("mentions", "start"), ("statements", "cue_start"), ("stances", "cue_start"), ("dates", "start")],
)
def test_every_row_stands_in_its_sentence(name, start, tables):
    sentences = tables["sentences"].set_index(["doc_id", "sentence"])
    placed = tables[name].join(sentences[["start", "end"]], on=["doc_id", "sentence"], rsuffix="_of_sentence")
    first, last = ("start_of_sentence", "end_of_sentence") if "start" in tables[name] else ("start", "end")
    assert (placed[first] <= placed[start]).all()
    assert (placed[start] < placed[last]).all()


def test_every_actor_is_in_the_table(tables):
    known = set(tables["actors"]["actor_id"])
    assert tables["actors"]["actor_id"].is_unique
    for name, columns in {
        "mentions": ["actor_id"],
        "statements": ["speaker"],
        "stances": ["source", "target", "claimed_by"],
    }.items():
        for column in columns:
            assert set(tables[name][column].dropna()) <= known


def test_values_are_those_of_the_design(tables):
    assert set(tables["actors"]["type"]) <= {"PER", "ORG", "MEDIA", "GPE", "LOC"}
    assert set(tables["mentions"]["form"]) <= {"name", "nominal", "pronoun"}
    assert set(tables["statements"]["kind"]) <= {"outlet", "direct", "indirect"}
    stances = tables["stances"]
    assert set(stances["sign"]) <= {1, -1}
    assert set(stances["basis"]) <= {"words", "deeds", "relation"}
    assert stances["confidence"].between(0, 1).all()
    assert (stances["source"] != stances["target"]).all()
    assert (tables["dates"]["first_day"] <= tables["dates"]["last_day"]).all()


def test_a_second_run_gives_the_same_tables(tables, tmp_path):
    pipeline.analyse(RAW / "karabakh_2020", tmp_path)
    again = read_tables(tmp_path)
    for name, table in tables.items():
        pd.testing.assert_frame_equal(again[name], table)


def test_figures_of_the_readme_are_fresh(tables):
    for name, picture in run.shown(tables).items():
        fresh, kept = (PIL.Image.open(file).convert("L") for file in (io.BytesIO(picture), DOCS / f"{name}.png"))
        assert fresh.size == kept.size, "run `make notebooks`"
        assert np.abs(np.asarray(fresh, float) - np.asarray(kept, float)).mean() < 1, "run `make notebooks`"


def test_scores_in_captions_are_fresh(tables, coded, tmp_path):
    path = tmp_path / "scores.csv"
    measured.write_scores(score.score(coded, tables), len(coded), path)
    assert path.read_text("utf-8") == measured.SCORES.read_text("utf-8"), "run `make notebooks`"
