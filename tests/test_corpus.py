"""Articles from every format, one article the same from each."""

import csv
import gzip
import io
import json
import unicodedata
import zipfile
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.columns import fields, plain
from helpers.corpus import Document, Skipped, read_articles

TITLE = "Hai nước nối lại đàm phán"
TEXT = "Đại diện hai nước gặp nhau hôm 4-10.\n\nHọ nói “sẽ còn gặp lại”, nhưng không nêu ngày."
ROW = {"Tiêu đề": TITLE, "Nội dung": TEXT, "Nguồn": "Báo Thử", "Ngày": "5/10/2020", "Link": "https://example.org/1"}
HEADER, CELLS = list(ROW), list(ROW.values())


def documents(source, **options) -> list[Document]:
    """The articles of a source in which nothing is wrong."""
    found = list(read_articles(source, **options))
    assert not [item for item in found if isinstance(item, Skipped)]
    return found


def sheet(delimiter=",") -> str:
    """The article as a CSV file."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows([HEADER, CELLS])
    return out.getvalue()


def book() -> bytes:
    """The article as an Excel workbook, with a true date."""
    from openpyxl import Workbook

    workbook = Workbook()
    workbook.active.append(HEADER)
    workbook.active.append([*CELLS[:3], date(2020, 10, 5), CELLS[4]])
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def zipped(name: str, data: bytes) -> bytes:
    """A zip archive of one file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return out.getvalue()


FRONT = f"---\ntitle: {TITLE}\noutlet: Báo Thử\npublished: 2020-10-05\nurl: https://example.org/1\n---\n\n{TEXT}"
FILES = {
    "a.txt": FRONT.encode(),
    "b.txt": FRONT.replace("---\n", "", 1).replace("---\n", "").encode("utf-16"),
    "c.csv": sheet().encode("utf-8-sig"),
    "d.csv": sheet(";").encode(),
    "e.tsv": sheet("\t").encode(),
    "f.jsonl": json.dumps(ROW, ensure_ascii=False).encode(),
    "g.xlsx": book(),
    "h.jsonl.gz": gzip.compress(json.dumps(ROW).encode()),
    "i.zip": zipped("bài/một.txt", FRONT.encode()),
    "j.zip": zipped("một.csv", sheet().encode()),
    "k.json": json.dumps([ROW]).encode(),
    "l.csv.gz": gzip.compress(sheet().encode("utf-16")),
}


@pytest.mark.parametrize("name", FILES)
def test_every_format_gives_the_same_article(tmp_path, name):
    (tmp_path / name).write_bytes(FILES[name])
    (one,) = documents(tmp_path)
    assert (one.title, one.outlet, one.published) == (TITLE, "Báo Thử", date(2020, 10, 5))
    assert (one.text, one.url) == (f"{TITLE}\n{TEXT}", "https://example.org/1")
    assert one.warning is None
    (alone,) = documents(tmp_path / name)
    assert alone == one


def test_a_saved_page(tmp_path):
    body = "".join(
        f"<p>Đoạn thứ {n} của bài, dài vừa đủ để được coi là một đoạn văn của bài báo.</p>" for n in range(9)
    )
    (tmp_path / "trang.html").write_text(
        f"<html><head><title>{TITLE}</title><meta property='og:site_name' content='Báo Thử'>"
        f"<meta property='article:published_time' content='2020-10-05T08:00:00+07:00'></head>"
        f"<body><nav>Trang chủ</nav><article><h1>{TITLE}</h1>{body}</article></body></html>",
        "utf-8",
    )
    (page,) = documents(tmp_path)
    assert (page.title, page.outlet, page.published) == (TITLE, "Báo Thử", date(2020, 10, 5))
    assert page.text.startswith(TITLE) and "Đoạn thứ 8" in page.text and "Trang chủ" not in page.text


def test_plain_files_keep_their_names_and_texts(tmp_path):
    for name in ("22721736", "b", "a", "sâu/thẳm/bài 😀"):
        path = tmp_path / f"{name}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{name}: {TEXT}\n", "utf-8")
    found = documents(tmp_path)
    assert [(d.doc_id, d.path) for d in found] == [
        ("22721736", "22721736.txt"),
        ("a", "a.txt"),
        ("b", "b.txt"),
        ("bài 😀", "sâu/thẳm/bài 😀.txt"),
    ]
    assert found[0].text == f"22721736: {TEXT}\n"


def test_metadata_beside_the_texts(tmp_path):
    (tmp_path / "một.txt").write_text(TEXT, "utf-8")
    (tmp_path / "hai.txt").write_text("Một bài khác, không có trong bảng.", "utf-8")
    (tmp_path / "metadata.csv").write_text(
        f'path,title,outlet,published,url\nmột.txt,"{TITLE}",X,2020-10-05,\n', "utf-8"
    )
    _, one = documents(tmp_path)
    assert (one.title, one.outlet, one.published, one.text) == (TITLE, "X", date(2020, 10, 5), TEXT)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        for path in tmp_path.iterdir():
            packed.write(path, f"tin/{path.name}")
    other = tmp_path / "zip"
    other.mkdir()
    (other / "tin.zip").write_bytes(archive.getvalue())
    assert [d.published for d in documents(other)] == [None, date(2020, 10, 5)]


def test_nfc_and_line_ends_and_no_other_change(tmp_path):
    text = "  Hoà  bình\t“…”\u00a0– Thuý\r\nDòng hai\rDòng ba \n"
    (tmp_path / "a.txt").write_bytes(unicodedata.normalize("NFD", text).encode())
    (one,) = documents(tmp_path)
    assert one.text == "  Hoà  bình\t“…”\u00a0– Thuý\nDòng hai\nDòng ba \n"


def test_a_title_that_the_text_begins_with_stands_once(tmp_path):
    rows = [{"title": TITLE.upper(), "text": f"{TITLE}\n{TEXT}", "id": 7}, {"title": "", "text": TEXT, "id": 8.0}]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    first, second = documents(tmp_path)
    assert (first.doc_id, first.text) == ("7", f"{TITLE}\n{TEXT}")
    assert (second.doc_id, second.text, second.title) == ("8", TEXT, None)


def test_rows_without_an_id_are_numbered(tmp_path):
    (tmp_path / "tin.csv").write_text(f'text\n"{TEXT}"\nBài thứ hai ở đây.\n', "utf-8")
    assert [d.doc_id for d in documents(tmp_path)] == ["tin-2", "tin-5"]


def test_column_names():
    assert plain("  Nội dung ") == "noi_dung"
    assert fields(["id", "Nội dung", "Tiêu đề", "Báo", "Ngày đăng"]) == {
        "doc_id": "id",
        "text": "Nội dung",
        "title": "Tiêu đề",
        "outlet": "Báo",
        "published": "Ngày đăng",
    }


def test_columns_that_are_given(tmp_path):
    (tmp_path / "a.csv").write_text(f'cột 1,cột 2\nmã,"{TEXT}"\n', "utf-8")
    (one,) = documents(tmp_path, given={"text": "cột 2", "doc_id": "cột 1"})
    assert (one.doc_id, one.text) == ("mã", TEXT)


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=("Cs",)), min_size=1), min_size=1, max_size=5))
def test_any_texts_in_a_table_come_back(tmp_path_factory, texts):
    path = tmp_path_factory.mktemp("any") / "a.jsonl"
    path.write_text("\n".join(json.dumps({"text": text}) for text in texts), "utf-8")
    for item in read_articles(path):
        if isinstance(item, Document):
            row = int(item.doc_id.rpartition("-")[2]) - 1
            assert item.text == unicodedata.normalize("NFC", texts[row].replace("\r\n", "\n").replace("\r", "\n"))
