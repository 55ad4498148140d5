"""Samples for people to code: random, repeatable, with known chances; sheets that are written, filled and read."""

import openpyxl
import pandas as pd
import pytest

from helpers.coded import HIDDEN, coded_sample, completed, corpus_of, read_sheets
from helpers.sampling import allocate, draw, population
from helpers.sheets import coding_sheet, write_sheets
from news import news

LINES = ["Nga lên án Mỹ.", "Ông Lavrov nói thêm.", "Hai bên họp ở Paris.", "Mỹ ủng hộ Pháp.", "Trời mưa ở Đức."]


@pytest.fixture
def small():
    stances = [("a", 0, "RUS", "USA", -1), ("a", 3, "USA", "FRA", 1), ("b", 0, "RUS", "USA", -1)]
    return news({"a": LINES, "b": LINES}, stances, [("a", 1, "per:lavrov"), ("b", 1, "per:lavrov")])


@pytest.fixture
def sheet(small):
    return coding_sheet(small, draw(small, 10), corpus="nhỏ")


def fill(path, target, **cells):
    """A copy of a workbook with some lines filled: no=((speaker, source, target, sign, basis), …)."""
    book = openpyxl.load_workbook(path)
    page = book["coding"]
    heads = [cell.value for cell in page[1]]
    for row in range(2, page.max_row + 1):
        lines = cells.get(f"no{page.cell(row, 1).value}", [])
        if lines:
            values = dict(zip(("speaker", "source", "target", "sign", "basis"), lines.pop(0), strict=True))
            for name, value in values.items():
                page.cell(row, heads.index(name) + 1, value)
    book.save(target)
    return target


def place(sheet, doc_id, sentence) -> str:
    """`no7`: the number under which a sentence stands."""
    row = sheet[(sheet["doc_id"] == doc_id) & (sheet["sentence_no"] == sentence)].iloc[0]
    return f"no{row['no']}"


def test_strata_are_what_the_software_found(small):
    letters = population(small).set_index("unit")["stratum"].to_dict()
    assert [letters[f"a#{n}"] for n in range(5)] == ["A", "B", "C", "A", "C"]
    assert population(small, "article")["unit"].tolist() == ["a", "b"]


def test_duplicates_are_not_drawn(small):
    documents = small["documents"].assign(duplicate_of=[None, "a"])
    assert set(population(small | {"documents": documents})["doc_id"]) == {"a"}


def test_chances_are_known_and_samples_repeat(small):
    sample = draw(small, 6, seed=1)
    pd.testing.assert_frame_equal(sample, draw(small, 6, seed=1))
    assert not sample.equals(draw(small, 6, seed=2))
    assert (sample["probability"] == sample["drawn"] / sample["size"]).all()
    assert (1 / sample["probability"]).sum() == pytest.approx(10)
    assert sample["unit"].is_unique


def test_every_unit_is_drawn_as_often_as_its_chance_says(small):
    drawn = pd.concat([draw(small, 6, seed=seed) for seed in range(150)])
    share = drawn["unit"].value_counts() / 150
    assert share.to_dict() == pytest.approx(drawn.groupby("unit")["probability"].first().to_dict(), abs=0.15)


def test_half_of_the_sample_has_stances_where_there_are_enough():
    assert allocate({"A": 500, "B": 500, "C": 500}, 200) == {"A": 100, "B": 50, "C": 50}
    assert allocate({"A": 10, "B": 500, "C": 500}, 200) == {"A": 10, "B": 95, "C": 95}
    assert allocate({"A": 10, "B": 3}, 200) == {"A": 10, "B": 3}


def test_a_sample_of_nothing_is_refused(small):
    with pytest.raises(ValueError, match="two units"):
        draw(small, 1)
    with pytest.raises(ValueError, match="unit must be one of"):
        draw(small, 5, unit="word")


def test_workbook_hides_what_a_coder_must_not_see(small, sheet, tmp_path):
    path, twin, machine = write_sheets(small, sheet, tmp_path / "sample.xlsx")
    book = openpyxl.load_workbook(path)
    page = book["coding"]
    assert {page.title: page.sheet_state for page in book} == {
        "coding": "visible",
        "guide": "visible",
        "lists": "hidden",
        "machine": "hidden",
    }
    assert page.freeze_panes == "B2"
    heads = {cell.value: cell.column_letter for cell in page[1]}
    hidden = [n for group in page.column_dimensions.values() if group.hidden for n in range(group.min, group.max + 1)]
    assert [cell.value for cell in page[1] if cell.column in hidden] == HIDDEN
    choices = {str(rule.sqref).split(":")[0][0]: rule.formula1 for rule in page.data_validations.dataValidation}
    assert choices[heads["sign"]] == '"ủng hộ,chống,không"'
    assert choices[heads["basis"]] == '"lời nói,việc làm,quan hệ"'
    assert choices[heads["target"]].startswith("lists!$")
    assert "Nga [RUS]" in [cell.value for cell in book["lists"]["A"]]
    assert not set(pd.read_csv(machine)["sign"].dropna()) - {"for", "against"}
    assert list(pd.read_csv(twin, encoding="utf-8-sig").columns) == list(sheet.columns)
    first = path.read_bytes()
    assert write_sheets(small, sheet, path)[0].read_bytes() == first


def test_what_a_coder_fills_in_is_read(small, sheet, tmp_path):
    path = write_sheets(small, sheet, tmp_path / "sample.xlsx")[0]
    lines = {
        place(sheet, "a", 0): [
            ("none", "Nga [RUS]", "Mỹ [USA]", "chống", "lời nói"),
            (None, "FRA", "Đức", "for", "deeds"),
        ],
        place(sheet, "a", 2): [("không", None, None, "không", None)],
        place(sheet, "b", 1): [("Một người lạ", None, None, None, None)],
    }
    coded, problems = read_sheets([fill(path, tmp_path / "anna.xlsx", **lines)], small)
    assert not problems
    assert set(coded["coder"]) == {"anna"}
    own = coded.set_index(["doc_id", "sentence"])
    taken = own.loc[[("a", 0)], ["source", "target", "sign", "basis"]].to_numpy().tolist()
    assert taken == [["RUS", "USA", -1, "words"], ["FRA", "DEU", 1, "deeds"]]
    assert own.loc[[("a", 2)], ["speaker", "sign"]].to_numpy().tolist() == [["none", 0]]
    assert own.loc[[("b", 1)], "speaker"].tolist() == ["other:mot-nguoi-la"]
    assert own.loc[[("b", 4)], "sign"].isna().all()
    assert set(completed(coded)["unit"]) == {"a#0", "a#2"}
    assert set(completed(coded, ("speaker",))["unit"]) == {"a#0", "a#2", "b#1"}


def test_csv_twin_reads_like_the_workbook(small, sheet, tmp_path):
    path, twin, _ = write_sheets(small, sheet, tmp_path / "sample.xlsx")
    columns = ["unit", "doc_id", "sentence", "stratum", "size"]
    one, other = (read_sheets([file], small)[0][columns] for file in (path, twin))
    pd.testing.assert_frame_equal(one, other)
    assert corpus_of(path) == corpus_of(twin) == "nhỏ"


def test_an_article_counts_when_all_its_sentences_are_coded(small, tmp_path):
    sheet = coding_sheet(small, draw(small, 2, unit="article"), corpus="nhỏ")
    assert sheet.groupby("unit")["no"].nunique().to_dict() == {"a": 5, "b": 5}
    path = write_sheets(small, sheet, tmp_path / "sample.xlsx")[0]
    nothing = (None, None, None, "none", None)
    lines = {place(sheet, "a", n): [nothing] for n in range(5)} | {place(sheet, "b", 0): [nothing]}
    coded, _ = read_sheets([fill(path, tmp_path / "anna.xlsx", **lines)], small)
    assert set(completed(coded)["unit"]) == {"a"}


def test_an_article_of_which_a_sentence_has_changed_is_not_coded_throughout(small, tmp_path):
    sheet = coding_sheet(small, draw(small, 2, unit="article"), corpus="nhỏ")
    path = write_sheets(small, sheet, tmp_path / "sample.xlsx")[0]
    lines = {place(sheet, doc_id, n): [(None, None, None, "none", None)] for doc_id in ("a", "b") for n in range(5)}
    changed = small["sentences"].copy()
    changed.loc[(changed["doc_id"] == "a") & (changed["sentence"] == 4), "text"] = "Trời nắng ở Đức."
    filled = fill(path, tmp_path / "anna.xlsx", **lines)
    coded, problems = read_sheets([filled], small | {"sentences": changed})
    assert len(problems) == 1
    assert set(completed(coded)["unit"]) == {"b"}


def test_a_coder_sees_two_sentences_before_and_after(sheet):
    shown = sheet[sheet["sentence"] == "Hai bên họp ở Paris."].iloc[0]
    assert (shown["before"], shown["after"]) == (" ".join(LINES[:2]), " ".join(LINES[3:]))


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ((None, "Nga", "Mỹ", "maybe", None), "sign 'maybe': write for, against or none"),
        ((None, "Nga", None, "for", None), "a stance needs source and target"),
        ((None, "Nga", "Mỹ", None, None), "source or target without a sign"),
        ((None, "Nga", "RUS", "for", None), "source and target are the same"),
        ((None, "Nga", "Mỹ", "for", "feelings"), "basis 'feelings'"),
    ],
)
def test_a_line_that_says_nothing_clear_is_named(small, sheet, tmp_path, line, message):
    path = write_sheets(small, sheet, tmp_path / "sample.xlsx")[0]
    with pytest.raises(ValueError, match=rf"anna.xlsx:\d+: {message}"):
        read_sheets([fill(path, tmp_path / "anna.xlsx", no3=[line])], small)


def test_a_sentence_that_has_changed_is_reported_and_left_out(small, sheet, tmp_path):
    path = write_sheets(small, sheet, tmp_path / "sample.xlsx")[0]
    changed = small["sentences"].assign(text=small["sentences"]["text"].replace({"Mỹ ủng hộ Pháp.": "Mỹ chống Pháp."}))
    coded, problems = read_sheets([path], small | {"sentences": changed})
    assert len(problems) == 2
    assert all("its sentence has changed" in problem for problem in problems)
    assert not {"a#3", "b#3"} & set(coded["unit"])


def test_a_corpus_has_its_filled_sheets_beside_the_blank_one(small, sheet, tmp_path):
    path = write_sheets(small, sheet, tmp_path / "nhỏ" / "sample.xlsx")[0]
    assert coded_sample("nhỏ", small, tmp_path) == (None, [])
    fill(path, path.with_name("anna.xlsx"), no1=[(None, None, None, "none", None)])
    coded, _ = coded_sample("nhỏ", small, tmp_path)
    assert set(coded["coder"]) == {"anna"}
