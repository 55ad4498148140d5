"""What leaves the project: same bytes at each run, harmless in a spreadsheet, readable by the tools it is made for."""

import csv
import json
import re
from html.parser import HTMLParser

import networkx
import openpyxl
import pandas as pd
import pytest

from helpers import calibration, charts, export, findings, report, score
from helpers.charts_data import view
from helpers.charts_reading import lengths_by_day
from helpers.paths import ROOT
from helpers.tables import COLUMNS, frame

PARAMETERS = {"lang": "vi", "level": "side"}
FOUR = (charts.mentions_by_actor, charts.who_speaks, charts.stance_matrix, charts.for_and_against)


@pytest.fixture(scope="module")
def figures(tables):
    return export.draw_figures(tables, lang="vi", level="side", functions=FOUR)


@pytest.fixture(scope="module")
def empty():
    return {name: frame(name, []) for name in COLUMNS}


def test_every_figure_comes_with_its_files(figures, tmp_path):
    written = export.save_figures(figures, tmp_path)
    endings = {".csv", ".pdf", ".png", ".svg", ".txt", "-evidence.csv"}
    names = {path.name for path in written}
    assert names == {figure.name + ending for figure in figures for ending in endings}
    assert all(path.stat().st_size for path in written)


def test_workbook_has_a_sheet_a_table_with_frozen_headers(tables, tmp_path):
    book = openpyxl.load_workbook(export.write_workbook(tables, tmp_path / "t.xlsx"))
    assert book.sheetnames == list(tables)
    for name, table in tables.items():
        sheet = book[name]
        assert sheet.freeze_panes == "A2"
        assert [cell.value for cell in sheet[1]] == list(table.columns)
        assert sheet.max_row == len(table) + 1
    day = book["documents"]["D2"].value
    assert (day.year, day.hour) == (2020, 0)
    assert book["mentions"]["C2"].data_type == "n"


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_no_cell_is_a_formula(start, tmp_path):
    table = pd.DataFrame({"title": [f'{start}HYPERLINK("http://a.b";"c")', "Nga", "https://a.b"], "n": [1, -2, 3]})
    sheet = openpyxl.load_workbook(export.write_workbook({"t": table}, tmp_path / "t.xlsx"))["t"]
    assert sheet["A2"].data_type == "s"
    assert sheet["A2"].value.startswith("'")
    assert sheet["A4"].hyperlink is None
    assert sheet["B3"].value == -2


def test_long_texts_and_empty_tables_fit(tmp_path):
    tables = {
        "long": pd.DataFrame({"text": ["a" * 40_000]}),
        "none": pd.DataFrame({"text": []}),
        "bare": pd.DataFrame(),
    }
    book = openpyxl.load_workbook(export.write_workbook(tables, tmp_path / "t.xlsx"))
    assert len(book["long"]["A2"].value) == export.LONGEST_CELL
    assert book["none"].max_row == 1


def test_a_second_run_gives_the_same_bytes(tables, figures, tmp_path):
    def everything(folder):
        graph = export.stance_graph(tables, level="side")
        written = export.save_figures(figures[:1], folder / "figures")
        written += export.write_networks(graph, folder)
        written.append(export.write_workbook(tables, folder / "tables.xlsx"))
        written.append(export.write_statement_list(export.statement_list(tables), folder / "statements.csv"))
        described = export.manifest("karabakh_2020", PARAMETERS)
        written.append(export.write_manifest(described, folder / "manifest.json", written))
        return {path.relative_to(folder): path.read_bytes() for path in written}

    assert everything(tmp_path / "one") == everything(tmp_path / "two")


@pytest.mark.parametrize("level", ["actor", "side"])
def test_network_holds_every_stance(tables, level):
    graph = export.stance_graph(tables, level=level)
    matrix = charts.stance_matrix(tables, level=level, top=1000)
    weights = sum(weight for _, _, weight in graph.edges(data="weight"))
    assert weights == len(view(tables, "vi", level).stances)
    assert weights >= matrix.data["total"].sum() > 0
    for _, _, edge in graph.edges(data=True):
        assert edge["sign"] in (1, -1)
        assert edge["weight"] >= edge["articles"] >= 1
        assert edge["start"] <= edge["end"]
    assert all(node["label"] for _, node in graph.nodes(data=True))


def test_networks_can_be_read_again(tables, tmp_path):
    graph = export.stance_graph(tables, level="side", min_count=2)
    gexf, graphml = export.write_networks(graph, tmp_path)
    assert "lastmodifieddate" not in gexf.read_text("utf-8")
    for again in (networkx.read_gexf(gexf), networkx.read_graphml(graphml, force_multigraph=True)):
        assert set(again) == set(graph)
        assert again.number_of_edges() == graph.number_of_edges()
        assert {edge["sign"] for _, _, edge in again.edges(data=True)} <= {1, -1}
    assert 'timeformat="date"' in gexf.read_text("utf-8")


def test_statement_list_is_as_discourse_network_analyzer_has_it(tables, tmp_path):
    statements = export.statement_list(tables)
    path = export.write_statement_list(statements, tmp_path / "s.csv")
    with path.open(encoding="utf-8", newline="") as file:
        read = list(csv.reader(file, delimiter=";"))
    assert read[0] == export.DNA_COLUMNS
    assert len(read) == len(statements) + 1 == len(tables["stances"]) + 1
    assert set(statements["agreement"]) <= {0, 1}
    assert statements["time"].is_monotonic_increasing
    assert statements["statement_id"].tolist() == list(range(1, len(statements) + 1))
    assert (statements["concept"] != "").all()


def test_manifest_names_what_went_in(tmp_path):
    described = export.manifest("karabakh_2020", PARAMETERS)
    assert described["parameters"] == PARAMETERS
    assert "data/raw/karabakh_2020/seed_karabakh.txt" in described["inputs"]
    assert "data/lexicon/actors.csv" in described["lexicon"]
    assert "src/helpers/export.py" in described["code"]
    assert described["versions"]["underthesea"]
    (tmp_path / "a.txt").write_text("a", "utf-8")
    path = export.write_manifest(described, tmp_path / "manifest.json", [tmp_path / "a.txt"])
    read = json.loads(path.read_text("utf-8"))
    assert list(read["outputs"]) == ["a.txt"]
    assert str(ROOT) not in path.read_text("utf-8")


class Page(HTMLParser):
    """What a page holds: ids, links, pictures and headings."""

    def __init__(self, text: str):
        super().__init__()
        self.ids, self.links, self.pictures, self.heads, self.sources = [], [], [], [], []
        self.lang = None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        has = dict(attributes)
        self.ids += [has["id"]] if "id" in has else []
        self.links += [has["href"]] if tag == "a" else []
        self.pictures += [has] if tag == "img" else []
        self.heads += [int(tag[1])] if re.fullmatch(r"h[1-6]", tag) else []
        self.sources += [has["src"]] if "src" in has else []
        self.lang = has.get("lang") if tag == "html" else self.lang


@pytest.fixture(scope="module")
def page(figures, tables, coded):
    scores = score.score(coded, tables, draws=20)
    return report.report_page(figures, tables, corpus="karabakh_2020", lang="vi", scores=scores, parameters=PARAMETERS)


def test_page_needs_nothing_from_outside(page):
    found = Page(page)
    assert all(source.startswith("data:") for source in found.sources)
    assert "@import" not in page and "url(http" not in page
    assert len(page) < 3_000_000


def test_page_can_be_used_without_seeing_it(page, figures):
    found = Page(page)
    assert found.lang == "vi"
    assert len(found.pictures) == len(figures)
    assert all(len(picture["alt"]) > 20 for picture in found.pictures)
    assert len(set(found.ids)) == len(found.ids)
    inside = {link[1:] for link in found.links if link.startswith("#")}
    assert inside <= set(found.ids)
    assert found.heads[0] == 1 and found.heads.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in zip(found.heads, found.heads[1:], strict=False))
    assert page.count("<th scope=") > 10


def test_page_shows_figures_numbers_and_sentences(page, figures):
    for figure in figures:
        assert figure.title in page
    assert 'class="cue"' in page
    assert "F1".lower() in page.lower()


def test_page_in_english(figures, tables):
    english = report.report_page(figures, tables, corpus="<b>", lang="en")
    assert 'lang="en"' in english
    assert "<b>" not in english.partition("<main")[0]
    with pytest.raises(ValueError, match="lang must be"):
        report.report_page(figures, tables, corpus="a", lang="fr")


def test_an_empty_corpus_exports_too(empty, tmp_path):
    figures = export.draw_figures(empty, functions=FOUR)
    export.save_figures(figures, tmp_path)
    export.write_workbook(empty, tmp_path / "t.xlsx")
    assert export.statement_list(empty).empty
    export.write_networks(export.stance_graph(empty), tmp_path)
    assert "<main" in report.report_page(figures, empty, corpus="none")


@pytest.mark.parametrize("level", ["actor", "side"])
def test_findings_are_sentences_with_numbers_of_the_tables(tables, level):
    named = findings.mentions(tables, lang="vi", level=level)
    first = charts.mentions_by_actor(tables, lang="vi", level=level).data.iloc[0]
    assert named.startswith(f"{first['name']} is named most: {first['mentions']} times")
    assert "speaks most often" in findings.speakers(tables, level=level)
    assert "Most often against" in findings.stances(tables, level=level)
    assert f"{len(tables['documents'])} articles read" in findings.reading(tables)
    assert "is written in" in findings.names(tables)


def test_findings_of_an_empty_corpus_say_so(empty):
    told = [findings.reading(empty), findings.names(empty), findings.mentions(empty)]
    told += [findings.speakers(empty), findings.stances(empty)]
    assert all(len(text.splitlines()) == 1 and text.endswith(".") for text in told)


def test_judged_stances_agree_with_the_score(tables, coded):
    judged = calibration.judged(coded, tables)
    scores = score.score(coded, tables, draws=0).set_index("measure")
    keys = judged[judged["right"]].drop_duplicates(["doc_id", "sentence", "source", "target", "sign"])
    assert len(keys) >= scores.loc["stances (sentence, source, target, sign)", "found"]
    assert (judged["right"].astype(bool) <= judged["right_in_article"].astype(bool)).all()


def test_calibration_groups_are_equal_and_intervals_hold_the_share():
    rows = pd.DataFrame({"confidence": [n / 100 for n in range(100)], "right": [n >= 50 for n in range(100)]})
    rows = rows.assign(doc_id="a", cue_start=range(100))
    table = calibration.calibration(rows, groups=4)
    assert table["stances"].tolist() == [25] * 4
    assert table["right"].tolist() == [0, 0, 1, 1]
    assert ((table["low"] <= table["right"]) & (table["right"] <= table["high"])).all()
    assert calibration.calibration(rows.head(0)).empty


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_figures_of_reading_and_calibration(tables, coded, empty, lang, tmp_path):
    for figure in (
        lengths_by_day(tables, lang=lang),
        lengths_by_day(empty, lang=lang),
        calibration.calibration_figure(coded, tables, lang=lang),
        calibration.calibration_figure([], empty, lang=lang),
    ):
        first = [path.read_bytes() for path in charts.save_figure(figure, tmp_path)]
        assert [path.read_bytes() for path in charts.save_figure(figure, tmp_path)] == first
        assert figure.title and figure.caption
