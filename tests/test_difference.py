"""What changed between two runs, row by row."""

import pandas as pd
import pytest

from helpers.__main__ import main
from helpers.difference import compare, summary
from helpers.export import write_workbook
from helpers.tables import write_tables
from news import news

LINES = ["Nga lên án Mỹ.", "Mỹ ủng hộ Pháp."]
OLD = [("a", 0, "RUS", "USA", -1), ("b", 0, "RUS", "USA", -1)]


def written(folder, stances):
    write_tables(news({"a": LINES, "b": LINES}, stances), folder)
    return folder


def test_equal_tables_do_not_differ(tmp_path, capsys):
    old, new = written(tmp_path / "old", OLD), written(tmp_path / "new", OLD)
    assert compare(old, new).empty
    assert main(["diff", str(old), str(new)]) == 0
    assert capsys.readouterr().out == "No row differs.\n"


def test_a_row_gone_and_a_new_one_are_named_with_the_figures_that_follow(tmp_path):
    old, new = written(tmp_path / "old", OLD), written(tmp_path / "new", [OLD[0], ("b", 1, "USA", "FRA", 1)])
    found = compare(old, new)
    rows = found[found["where"] == "stances"].set_index("change")["row"].to_dict()
    assert rows == {"gone": "b, 0, RUS, USA, -1", "new": "b, 1, USA, FRA, 1"}
    matrix = found[found["where"].str.startswith("figure 07-matrix")].set_index("row")
    assert matrix.loc["RUS, USA", ["change", "old", "new"]].tolist() == [
        "changed",
        "negative=2, total=2",
        "negative=1, total=1",
    ]
    assert matrix.loc["USA, FRA", "change"] == "new"
    assert not found["where"].isin(["mentions", "documents"]).any()
    counts = summary(found).loc["stances"]
    assert counts.to_dict() == {"gone": 1, "new": 1, "changed": 0}


def test_a_changed_cell_shows_both_values(tmp_path):
    old = written(tmp_path / "old", OLD)
    tables = news({"a": LINES, "b": LINES}, OLD)
    tables["stances"].loc[1, "confidence"] = 0.9
    write_tables(tables, tmp_path / "new")
    row = compare(old, tmp_path / "new").iloc[0]
    assert (row["where"], row["change"], row["old"], row["new"]) == (
        "stances",
        "changed",
        "confidence=0.6",
        "confidence=0.9",
    )


def test_a_large_number_that_grows_by_one_has_changed(tmp_path):
    for name, number in (("old", 1_234_567.0), ("new", 1_234_568.0)):
        (tmp_path / name / "figures").mkdir(parents=True)
        table = pd.DataFrame({"key": ["RUS"], "mentions": [number]})
        table.to_csv(tmp_path / name / "figures" / "01-mentions-page-vi.csv", index=False, encoding="utf-8-sig")
    row = compare(tmp_path / "old", tmp_path / "new").iloc[0]
    assert (row["old"], row["new"]) == ("mentions=1234567", "mentions=1234568")


def test_reports_are_compared_by_their_files(tmp_path, capsys):
    for name, number in (("old", 1), ("new", 2)):
        (tmp_path / name / "figures").mkdir(parents=True)
        write_workbook({"stances": news({"a": LINES}, OLD[:number][:1])["stances"]}, tmp_path / name / "tables.xlsx")
        table = pd.DataFrame({"key": ["RUS"], "name": ["Nga"], "mentions": [number]})
        table.to_csv(tmp_path / name / "figures" / "01-mentions-page-vi.csv", index=False, encoding="utf-8-sig")
    out = tmp_path / "changes.csv"
    assert main(["diff", str(tmp_path / "old"), str(tmp_path / "new"), "--csv", str(out)]) == 0
    assert "  ~ RUS: mentions=1 → mentions=2" in capsys.readouterr().out
    assert out.read_text("utf-8").splitlines()[1] == "figure 01-mentions-page-vi,changed,RUS,mentions=1,mentions=2"


def test_folders_of_two_kinds_or_of_none_are_refused(tmp_path, capsys):
    old, new = written(tmp_path / "old", OLD), tmp_path / "new"
    assert main(["diff", str(old), str(new)]) == 1
    assert "neither tables" in capsys.readouterr().err
    write_workbook({"stances": news({"a": LINES}, OLD[:1])["stances"]}, new / "tables.xlsx")
    with pytest.raises(ValueError, match="two folders of tables, or two of reports"):
        compare(old, new)
