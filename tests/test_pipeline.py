"""One article and one corpus through the whole pipeline."""

import json
from datetime import date

import pandas as pd
import pytest

from helpers import pipeline, reading
from helpers.corpus import Document
from helpers.new import new_corpus
from helpers.tables import COLUMNS, read_tables

TEXT = (
    "Nga và Ukraine nối lại đàm phán\n"
    "Ngày 4-10, ông Anton Belov nói rằng ông ủng hộ đàm phán với Ukraine. "
    "“Chúng tôi sẽ không nhượng bộ”, bà Marta Novak tuyên bố. Theo tờ Bluebird Daily, Mỹ lên án Nga."
)


def write(folder, **rows) -> None:
    """Articles by id into a JSONL file."""
    lines = [json.dumps({"id": doc_id, "text": text}) for doc_id, text in rows.items()]
    (folder / "a.jsonl").write_text("\n".join(lines), "utf-8")


@pytest.fixture
def source(tmp_path):
    """An empty folder for articles."""
    folder = tmp_path / "articles"
    folder.mkdir()
    return folder


def test_every_row_can_be_traced_to_its_characters():
    rows = pipeline.analyse_document(Document("a", TEXT, published=date(2020, 10, 5)))
    assert set(rows) == set(COLUMNS)
    for name, found in rows.items():
        assert all(set(row) == set(COLUMNS[name]) for row in found), name
    for row in rows["sentences"] + rows["mentions"] + rows["dates"]:
        assert TEXT[row["start"] : row["end"]] == row.get("surface", row.get("text"))
    for row in rows["statements"] + rows["stances"]:
        assert TEXT[row["cue_start"] : row["cue_end"]] == row["cue"]
    assert {row["actor_id"] for row in rows["mentions"]} >= {"RUS", "UKR", "USA"}
    assert [row["first_day"] for row in rows["dates"]] == [date(2020, 10, 4)]


def test_tables_have_their_columns_and_types(source, tmp_path):
    write(source, x=TEXT, y=TEXT.replace("4-10", "5-10"))
    summary = pipeline.analyse(source, tmp_path / "out", as_csv=True)
    tables = read_tables(tmp_path / "out")
    assert {name: list(table.columns) for name, table in tables.items()} == {n: list(c) for n, c in COLUMNS.items()}
    assert {name: len(table) for name, table in tables.items()} == summary.rows
    assert list(tables["documents"]["doc_id"]) == ["x", "y"]
    assert tables["documents"]["published"].dtype == tables["dates"]["first_day"].dtype == "datetime64[us]"
    assert tables["actors"]["actor_id"].is_unique and tables["actors"]["actor_id"].is_monotonic_increasing
    known = set(tables["actors"]["actor_id"])
    assert known >= set(tables["mentions"]["actor_id"]) | set(tables["stances"]["source"])
    sheet = pd.read_csv(tmp_path / "out" / "mentions.csv")
    assert len(sheet) == len(tables["mentions"]) and list(sheet) == list(COLUMNS["mentions"])


def test_duplicates_are_marked(source, tmp_path):
    body = " ".join(f"Câu thứ {n} của bản tin nói về điều thứ {n * n} mà hai bên đã bàn." for n in range(30))
    other = " ".join(f"Một tin khác hẳn, đoạn {n}, kể chuyện mùa màng và thời tiết năm {n * 7}." for n in range(30))
    write(
        source,
        first=f"Hai bên gặp nhau\n{body}",
        copy=f"Hai bên gặp nhau\n{body}",
        headline=f"Nóng: cuộc gặp được chờ đợi đã diễn ra\n{body} Ảnh: Reuters",
        other=f"Mùa màng\n{other}",
    )
    pipeline.analyse(source, tmp_path / "out")
    documents = read_tables(tmp_path / "out")["documents"].set_index("doc_id")["duplicate_of"]
    assert documents.dropna().to_dict() == {"copy": "first", "headline": "first"}


def test_of_a_story_the_earliest_is_the_original(source, tmp_path):
    body = " ".join(f"Câu thứ {n} của bản tin nói về điều thứ {n * n} mà hai bên đã bàn." for n in range(30))
    rows = [{"id": "late", "date": "2020-10-06", "text": body}, {"id": "early", "date": "2020-10-05", "text": body}]
    (source / "a.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    pipeline.analyse(source, tmp_path / "out")
    documents = read_tables(tmp_path / "out")["documents"].set_index("doc_id")["duplicate_of"]
    assert documents.dropna().to_dict() == {"late": "early"}


def test_what_is_skipped_and_what_is_odd_is_told(source, tmp_path):
    write(source, x=TEXT)
    (source / "b.txt").write_text("", "utf-8")
    (source / "c.txt").write_text(f"---\ndate: hôm nào\n---\n{TEXT} Hết.", "utf-8")
    told = []
    summary = pipeline.analyse(source, tmp_path / "out", report=told.append)
    assert told == ["skipped b.txt: empty", "c.txt: no date: 'hôm nào'; write it as 2020-10-05"]
    tables = read_tables(tmp_path / "out")
    assert tables["skipped"].to_dict("records") == [{"path": "b.txt", "reason": "empty"}]
    assert summary.rows["documents"] == 2
    assert tables["documents"].set_index("doc_id").loc["c", "warning"].startswith("no date")


def test_an_article_that_fails_does_not_stop_the_others(source, tmp_path, monkeypatch):
    write(source, x=TEXT, y="Hỏng ở đây.")
    whole = reading.segment

    def failing(text):
        if "Hỏng" in text:
            raise KeyError("hỏng")
        return whole(text)

    monkeypatch.setattr(reading, "segment", failing)
    told = []
    summary = pipeline.analyse(source, tmp_path / "out", report=told.append)
    assert summary.rows["documents"] == 1 and "KeyError" in told[0]
    assert read_tables(tmp_path / "out")["skipped"]["path"].tolist() == ["a.jsonl:2"]
    monkeypatch.setattr(reading, "segment", whole)
    assert pipeline.analyse(source, tmp_path / "out").rows["documents"] == 2


def test_nothing_is_written_among_the_articles(source):
    write(source, x=TEXT)
    with pytest.raises(ValueError, match="outside"):
        pipeline.analyse(source, source / "out")
    with pytest.raises(FileNotFoundError):
        pipeline.analyse(source / "nothing", source.parent / "out")


def test_corpus_tables(source, tmp_path, monkeypatch):
    monkeypatch.setattr(pipeline, "RAW", source.parent)
    monkeypatch.setattr(pipeline, "PROCESSED", tmp_path / "processed")
    write(source, x=TEXT)
    first = pipeline.corpus_tables("articles")
    again = pipeline.corpus_tables("articles")
    for name, table in first.items():
        pd.testing.assert_frame_equal(table, again[name])


def test_a_new_corpus(source, tmp_path):
    write(source, x=TEXT)
    (source / "b.txt").write_text(f"---\ntitle: Một bài\npublished: 5/10/2020\n---\n{TEXT} Thêm.", "utf-8")
    (source / "c.txt").write_bytes(bytes(range(256)))
    told, raw = [], tmp_path / "raw"
    assert new_corpus("thử"[:2] + "u", [source], folder=raw, report=told.append) == 2
    assert told[0].startswith("skipped c.txt: not a text") and told[1].startswith("2 articles read, 1 inputs skipped")
    rows = [json.loads(line) for line in (raw / "thu" / "articles.jsonl").read_text("utf-8").splitlines()]
    assert rows[1]["published"] == "2020-10-05" and rows[1]["text"].startswith("Một bài\n")
    for name in ("thu", "../x", "a/b", "", "-x", "có dấu"):
        with pytest.raises(ValueError):
            new_corpus(name, [source], folder=raw)
    assert sorted(path.name for path in raw.iterdir()) == ["thu"]
    (source / "a.jsonl").unlink()
    (source / "b.txt").unlink()
    assert new_corpus("none", [source], folder=raw, report=told.append) == 0
    assert not (raw / "none").exists()
