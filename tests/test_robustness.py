"""Bad input: one clear line each, the rest goes on, nothing outside is touched."""

import gzip
import io
import json
import os
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers.corpus import Document, Skipped, read_articles
from helpers.pipeline import analyse_document
from helpers.tables import harmless

GOOD = "Người phát ngôn nói hai nước sẽ nối lại đàm phán vào tuần tới."


@pytest.fixture
def folder(tmp_path):
    """A folder with one good article, which must be read whatever lies beside it."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "z_good.txt").write_text(GOOD, "utf-8")
    return corpus


def read(folder) -> tuple[list[Document], list[Skipped]]:
    """Documents and skipped inputs; every reason is one line."""
    found = list(read_articles(folder))
    skipped = [item for item in found if isinstance(item, Skipped)]
    assert all(item.reason and "\n" not in item.path + item.reason for item in skipped)
    return [item for item in found if isinstance(item, Document)], skipped


def zipped(**files: bytes) -> bytes:
    """A zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


BAD_FILES = {
    "empty.txt": (b"", "empty"),
    "blank.txt": (b" \n\t\n", "empty"),
    "signs.txt": (b"--- *** ---", "empty"),
    "binary.txt": (bytes(range(256)) * 20, "binary"),
    "picture.png": (b"\x89PNG", "not read"),
    "paper.pdf": (b"%PDF-1.7", "not read"),
    "long.txt": (b"a " * 25_000_000, "split"),
    "long.jsonl": (b'{"text": "' + b"a" * 50_000_000 + b'"}', "split"),
    "long.csv": (b"text\n" + b"a" * 50_000_000, "split"),
    "broken.jsonl": (b'{"text": "abc', "no JSON"),
    "list.jsonl": (b"[1, 2]", "no object"),
    "deep.json": (b"[" * 200_000, "JSON"),
    "number.jsonl": (b'{"text": 12}', "no text"),
    "null.jsonl": (b'{"text": null}', "empty"),
    "column.csv": ("tên,ngày\nA,B\n".encode(), "no column 'text'; it has tên, ngày"),
    "column.jsonl": (b'{"name": "A"}', "no column"),
    "broken.zip": (b"PK\x03\x04 and no more", "damaged"),
    "broken.gz": (b"\x1f\x8b\x08 and no more", "not read"),
    "broken.txt.gz": (b"\x1f\x8b\x08 and no more", "damaged"),
    "cut.txt.gz": (gzip.compress(GOOD.encode())[:-10], "damaged"),
    "broken.xlsx": (b"PK\x03\x04 and no more", "damaged"),
    "no.xlsx": (zipped(a=b"b"), "damaged"),
    "page.html": (b"<html><body></body></html>", "no article"),
    "bomb.txt.gz": (gzip.compress(bytes(80_000_000)), "split|unpack|binary"),
    "bomb.jsonl.gz": (gzip.compress(b" " * 80_000_000), "unpacks to more"),
    "bomb.zip": (zipped(**{"a.jsonl": b" " * 80_000_000}), "unpacks to more"),
    "bomb.xlsx": (zipped(**{"xl/a.xml": b" " * 80_000_000}), "unpacks to more"),
    "inner.zip": (zipped(**{"a.zip": zipped(b=b"c")}), "archive in an archive"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_is_named_with_its_reason(folder, name):
    data, reason = BAD_FILES[name]
    (folder / name).write_bytes(data)
    documents, skipped = read(folder)
    assert [d.doc_id for d in documents] == ["z_good"]
    assert len(skipped) == 1 and skipped[0].path.startswith(name)
    assert any(part in skipped[0].reason for part in reason.split("|")), skipped


def test_a_broken_row_costs_itself_only(folder):
    rows = [
        "text,title",
        f"{GOOD},một",
        f'"{GOOD} không đóng,hai',
        f"{GOOD},ba,thừa",
        f'"{GOOD}\nhai dòng",bốn',
        f"{GOOD},năm",
    ]
    (folder / "a.csv").write_text("\n".join(rows), "utf-8")
    documents, skipped = read(folder)
    assert [d.title for d in documents] == ["một", "bốn", "năm", None]
    assert [item.path for item in skipped] == ["a.csv:3", "a.csv:4"]
    assert "not closed" in skipped[0].reason and "3 cells" in skipped[1].reason


def test_a_broken_line_costs_itself_only(folder):
    lines = [json.dumps({"text": GOOD}), "{", json.dumps({"text": GOOD})]
    (folder / "a.jsonl").write_text("\n".join(lines), "utf-8")
    documents, skipped = read(folder)
    assert [d.doc_id for d in documents] == ["a-1", "a-3", "z_good"]
    assert [item.path for item in skipped] == ["a.jsonl:2"]


def test_no_permission(folder, monkeypatch):
    (folder / "closed.txt").write_text(GOOD, "utf-8")
    opened = Path.open

    def closed(path, *arguments, **options):
        if path.name == "closed.txt":
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *arguments, **options)

    monkeypatch.setattr(Path, "open", closed)
    documents, skipped = read(folder)
    assert len(documents) == 1
    assert skipped == [Skipped("closed.txt", "no permission to read it: change its rights (chmod +r)")]


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_links_lead_nowhere(folder):
    (folder.parent / "outside.txt").write_text("Không thuộc tập này.", "utf-8")
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "self").symlink_to(folder / "self")
    (folder / "out.txt").symlink_to(folder.parent / "outside.txt")
    (folder / "gone.txt").symlink_to(folder / "nothing.txt")
    (folder / "inside.txt").symlink_to(folder / "z_good.txt")
    documents, skipped = read(folder)
    assert [d.doc_id for d in documents] == ["inside", "z_good"]
    assert [item.path for item in skipped] == ["gone.txt", "loop", "out.txt", "self"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes there")
def test_a_pipe_is_not_waited_for(folder):
    os.mkfifo(folder / "pipe.txt")
    documents, skipped = read(folder)
    assert len(documents) == 1 and "pipe" in skipped[0].reason


def test_names_of_every_kind(folder):
    names = ["bài có dấu", "with spaces", "emoji 😀", "=SUM(A1)", "a.b.c", "-rf", "'quote\""]
    for name in names:
        (folder / f"{name}.txt").write_text(GOOD, "utf-8")
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("../../escaped.txt", GOOD)
        packed.writestr("/etc/absolute.txt", GOOD)
        packed.writestr("C:\\windows\\drive.txt", GOOD)
    (folder / "evil.zip").write_bytes(archive.getvalue())
    before = sorted(folder.parent.rglob("*"))
    documents, skipped = read(folder)
    assert not skipped
    assert {d.doc_id for d in documents} == {*names, "z_good", "escaped", "absolute", "drive"}
    assert sorted(folder.parent.rglob("*")) == before


def test_two_articles_of_one_id(folder):
    rows = [{"id": "x", "text": GOOD}, {"id": "x", "text": GOOD + " Thêm."}, {"id": "x-2", "text": GOOD}]
    (folder / "a.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    documents, _ = read(folder)
    assert [d.doc_id for d in documents] == ["x", "x-2", "x-2-2", "z_good"]
    assert documents[0].warning is None and "'x' was taken" in documents[1].warning


def test_a_date_that_is_none_and_another_language(folder):
    english = "The spokesman said that both countries would resume their talks next week in the capital of the region."
    rows = [{"text": GOOD, "date": "hôm nào đó"}, {"text": english}]
    (folder / "a.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    first, second, good = read(folder)[0]
    assert first.published is None and "no date: 'hôm nào đó'" in first.warning
    assert "another language" in second.warning
    assert good.warning is None


def test_lone_surrogates_do_not_stop_the_tables(folder):
    (folder / "a.jsonl").write_text('{"text": "Ông \\ud800 nói.", "title": "\\udfff"}', "utf-8")
    first, _ = read(folder)[0]
    first.text.encode()
    first.title.encode()
    assert "replaced" in first.warning


def test_nothing_at_all(tmp_path):
    with pytest.raises(FileNotFoundError):
        list(read_articles(tmp_path / "no such folder"))
    assert list(read_articles(tmp_path)) == []


def test_cells_that_a_spreadsheet_would_run():
    for cell in ("=1+1", "+84", "-2", "@SUM(A1)", "\t=1", "\r=1"):
        assert harmless(cell) == f"'{cell}"
    for cell in ("Ông nói", "", None, 5, -1):
        assert harmless(cell) == cell


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary(max_size=400), st.sampled_from(["txt", "csv", "tsv", "jsonl", "json", "html", "xlsx", "zip", "txt.gz"])
)
def test_any_bytes_in_any_file(tmp_path, data, kind):
    path = tmp_path / f"any.{kind}"
    path.write_bytes(data)
    for item in read_articles(path):
        assert isinstance(item, Document | Skipped)


ALPHABET = st.one_of(
    st.characters(exclude_categories=("Cs",)),
    st.sampled_from(["\n", ". ", *"ông bà nói rằng, Nga tấn công Ukraine. “Mỹ” (ngày 27/9) Ảnh: Reuters\n".split(" ")]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(ALPHABET, max_size=60).map(" ".join))
def test_any_text_in_the_pipeline(text):
    text = "".join(text)
    rows = analyse_document(Document("a", text))
    for row in rows["sentences"] + rows["mentions"] + rows["dates"]:
        assert text[row["start"] : row["end"]] == row.get("surface", row.get("text"))
    for row in rows["statements"] + rows["stances"]:
        assert text[row["cue_start"] : row["cue_end"]] == row["cue"]
    for row in rows["statements"]:
        assert 0 <= row["content_start"] <= row["content_end"] <= len(text)
    known = {row["actor_id"] for row in rows["actors"]}
    assert {row["actor_id"] for row in rows["mentions"]} <= known
