"""Agreement of coders whose codes can be counted by hand."""

import pandas as pd
import pytest

from helpers.__main__ import main
from helpers.agreement import MACHINE, agreement, codings, confusion
from helpers.coded import CODED
from helpers.sampling import draw
from helpers.sheets import coding_sheet, write_sheets
from helpers.tables import write_tables
from news import news

LINES = ["Nga lên án Mỹ.", "Ông Lavrov nói thêm.", "Mỹ ủng hộ Pháp.", "Trời mưa ở Đức."]
AGAINST, FOR, NOTHING = ("RUS", "USA", -1), ("USA", "FRA", 1), (None, None, 0)


@pytest.fixture
def small():
    return news({"a": LINES}, [("a", 0, *AGAINST)], [("a", 1, "per:lavrov")])


def codes(coder, *stances, speakers=(None,) * 4):
    """One stance (or none) for each sentence of article `a`."""
    rows = [
        (coder, f"a#{n}", "a", n, "A", 4, speaker, source, target, sign, "words" if sign else None)
        for n, ((source, target, sign), speaker) in enumerate(zip(stances, speakers, strict=True))
    ]
    return pd.DataFrame(rows, columns=CODED).astype({"sign": "Int64"})


@pytest.fixture
def two():
    """Two coders who differ on one of four sentences."""
    first = codes("anna", AGAINST, AGAINST, NOTHING, NOTHING)
    return pd.concat([first, codes("bình", AGAINST, AGAINST, NOTHING, AGAINST)], ignore_index=True)


def test_alpha_and_percent_are_those_counted_by_hand(two, small):
    """Pairs: against, against, none, none–against: α = 1 − (2/8) / (2·5·3 / (8·7))."""
    row = agreement(two, small).set_index(["variable", "coders"]).loc["sign", "anna & bình"]
    assert row["sentences"] == 4
    assert row["percent"] == 0.75
    assert row["alpha"] == pytest.approx(1 - (2 / 8) / (30 / 56))


def test_equal_coders_agree_wholly(small):
    same = [codes(name, AGAINST, FOR, NOTHING, NOTHING) for name in ("anna", "bình", "chi")]
    found = agreement(pd.concat(same, ignore_index=True), small).set_index(["variable", "coders"])
    assert found.loc[("stance", "anna & bình & chi"), ["alpha", "percent"]].tolist() == [1, 1]
    assert {"anna & bình", "anna & machine"} <= set(found.loc["sign"].index)


def test_the_software_is_compared_on_the_same_sentences(two, small):
    table = confusion(two, small, "anna", MACHINE)
    assert table.loc["against", ["against", "none"]].tolist() == [1, 1]
    assert table.loc["none", "none"] == 2
    people = confusion(two, small, "anna", "bình")
    assert people.loc["none", "against"] == 1
    assert people.to_numpy().sum() == 4


def test_a_minister_is_his_state_by_side_only(small):
    coded = codes("anna", ("per:lavrov", "USA", -1), NOTHING, NOTHING, NOTHING)
    by_side, by_actor = (codings(coded, small, level=level)["source"] for level in ("side", "actor"))
    assert by_side["anna", "a", 0] == by_side[MACHINE, "a", 0] == "RUS"
    assert by_actor["anna", "a", 0] == "per:lavrov"


def test_speakers_are_compared_where_they_were_coded(small):
    coded = codes("anna", *[NOTHING] * 4, speakers=("none", "per:lavrov", None, None))
    row = agreement(coded, small).set_index(["variable", "coders"]).loc["speaker", "anna & machine"]
    assert (row["sentences"], row["percent"]) == (2, 1)


def test_intervals_hold_the_value_and_repeat():
    lines = {f"d{n}": LINES for n in range(8)}
    tables = news(lines, [(doc_id, 0, *AGAINST) for doc_id in lines])
    own = [codes("anna", AGAINST, FOR if n % 3 else AGAINST, NOTHING, NOTHING) for n in range(8)]
    coded = pd.concat(
        [part.assign(doc_id=f"d{n}", unit=[f"d{n}#{s}" for s in range(4)]) for n, part in enumerate(own)]
    ).reset_index(drop=True)
    found = agreement(coded, tables)
    row = found.set_index("variable").loc["sign"]
    assert row["alpha_low"] < row["alpha"] < row["alpha_high"]
    pd.testing.assert_frame_equal(found, agreement(coded, tables))


@pytest.mark.filterwarnings("error")
def test_one_thing_said_by_all_has_no_alpha():
    tables = news({"a": LINES, "b": LINES})
    nothing = pd.concat([codes(name, *[NOTHING] * 4) for name in ("anna", "bình")])
    both = pd.concat([nothing, nothing.assign(doc_id="b", unit=nothing["unit"].str.replace("a", "b"))])
    row = agreement(both, tables).set_index(["variable", "coders"]).loc["sign", "anna & bình"]
    assert row["percent"] == row["percent_low"] == 1
    assert row[["alpha", "alpha_low", "alpha_high"]].isna().all()


def test_an_unknown_level_is_refused(two, small):
    with pytest.raises(ValueError, match="level must be one of actor, side, not 'state'"):
        agreement(two, small, level="state")


def test_the_command_reads_sheets_and_prints(small, tmp_path, capsys):
    write_tables(small, tmp_path / "tables")
    sheet = coding_sheet(small, draw(small, 4), corpus="nhỏ")
    blank = write_sheets(small, sheet, tmp_path / "sample.xlsx")[0]
    assert main(["agreement", str(blank), "--tables", str(tmp_path / "tables")]) == 1
    assert "nothing is coded" in capsys.readouterr().err
    first = sheet["no"].ne(sheet["no"].shift())
    write_sheets(small, sheet.assign(sign=["none" if line else "" for line in first]), tmp_path / "anna.xlsx")
    out = tmp_path / "agreement.csv"
    sheets = ["agreement", str(tmp_path / "anna.xlsx"), "--tables", str(tmp_path / "tables"), "--csv", str(out)]
    assert main(sheets) == 0
    told = capsys.readouterr().out
    assert "anna & machine" in told
    assert "75.0%" in told
    assert out.read_text("utf-8").startswith("variable,coders,sentences,alpha")


def test_sample_command_writes_sheets_and_never_over_them(tmp_path, capsys):
    path = tmp_path / "sample.xlsx"
    assert main(["sample", "karabakh_2020", "--n", "20", "--out", str(path)]) == 0
    assert "probability" in capsys.readouterr().out
    assert sorted(file.name for file in tmp_path.iterdir()) == ["sample-machine.csv", "sample.csv", "sample.xlsx"]
    assert main(["sample", "karabakh_2020", "--n", "20", "--out", str(path)]) == 1
    assert "is there already" in capsys.readouterr().err
    assert main(["sample", "no_such_corpus"]) == 1
