"""What a researcher overrules wins in every table, is marked, survives new runs; a changed text is reported."""

import csv

import pytest

from helpers import evidence, pipeline
from helpers.__main__ import main
from helpers.corrections import machine_tables
from helpers.overruled import COLUMNS, FILE, read_corrections, template
from helpers.tables import read_tables

TEXT = "Nga lên án Mỹ. Bộ trưởng Pháp Jean Vasseur ủng hộ Armenia.\n\nÔng Vasseur nói Pháp đứng về phía Armenia."


@pytest.fixture
def corpus(tmp_path):
    """A folder with one article, and what the software finds in it."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "tin.txt").write_text(TEXT, "utf-8")
    pipeline.analyse(folder, tmp_path / "out")
    return folder, tmp_path / "out", read_tables(tmp_path / "out")


def correct(corpus, *rows):
    """Write corrections and run again; the tables, and what was told."""
    folder, out, before = corpus
    sha = before["documents"]["sha256"][0][:16]
    with (folder / FILE).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(
            {"table": "stances", "doc_id": "tin", "text_sha256": sha, "reason": "đọc lại"} | r for r in rows
        )
    told = []
    pipeline.analyse(folder, out, report=told.append)
    return read_tables(out), told


def stances(tables):
    rows = tables["stances"]
    return set(zip(rows["source"], rows["target"], rows["sign"], strict=True))


def about(source, target, sign, word, **more):
    at = TEXT.index(word)
    place = {"cue_start": at, "cue_end": at + len(word)}
    return {"source": source, "target": target, "sign": sign} | place | more


CONDEMNS = about("RUS", "USA", "against", "lên án", basis="words")


def test_the_software_finds_the_plain_stance(corpus):
    assert ("RUS", "USA", -1) in stances(corpus[2])
    assert "corrections" not in corpus[2]
    assert "correction" not in corpus[2]["stances"]


def test_a_rejected_row_is_gone_and_noted(corpus):
    tables, told = correct(corpus, CONDEMNS | {"action": "reject", "by": "Anna"})
    assert ("RUS", "USA", -1) not in stances(tables)
    note = tables["corrections"].iloc[0]
    assert (note["status"], note["found"], note["reason"], note["by"]) == ("applied", True, "đọc lại", "Anna")
    assert not told


def test_a_changed_row_is_marked_and_certain(corpus):
    tables, _ = correct(corpus, CONDEMNS | {"action": "change", "new_target": "FRA", "new_basis": "deeds"})
    row = tables["stances"].set_index("correction").loc["changed"]
    assert (row["source"], row["target"], row["basis"], row["confidence"]) == ("RUS", "FRA", "deeds", 1)
    assert ("RUS", "USA", -1) not in stances(tables)


def test_an_added_row_stands_where_it_says_with_its_actor(corpus):
    added = about("DEU", "USA", "for", "Nga lên", basis="words", action="add")
    tables, _ = correct(corpus, added)
    row = tables["stances"].set_index("correction").loc["added"]
    assert (row["cue"], row["sentence"], row["source"]) == ("Nga lên", 0, "DEU")
    assert "DEU" in set(tables["actors"]["actor_id"])


def test_an_accepted_row_stays_even_where_the_software_lacks_it(corpus):
    lacking = about("FRA", "USA", "against", "lên án", basis="words", action="accept")
    tables, _ = correct(corpus, CONDEMNS | {"action": "accept"}, lacking)
    marks = tables["stances"].set_index(["source", "target"])["correction"]
    assert (marks["RUS", "USA"], marks["FRA", "USA"]) == ("accepted", "added")


def test_statements_are_corrected_too(corpus):
    at = TEXT.index("nói")
    spoken = {"table": "statements", "cue_start": at, "cue_end": at + 3}
    tables, _ = correct(corpus, spoken | {"action": "add", "speaker": "FRA", "kind": "indirect"})
    assert "FRA" in set(tables["statements"].query("correction == 'added'")["speaker"])


def test_a_statement_that_is_restored_is_as_the_software_had_it(corpus):
    spoken = corpus[2]["statements"].iloc[0]
    row = {"table": "statements", "speaker": spoken["speaker"], "kind": "direct", "action": "reject"}
    tables, _ = correct(corpus, row | {"cue_start": spoken["cue_start"], "cue_end": spoken["cue_end"]})
    assert len(tables["statements"]) == len(corpus[2]["statements"]) - 1
    back = machine_tables(tables)["statements"].set_index(["sentence", "speaker"])["kind"]
    assert back[spoken["sentence"], spoken["speaker"]] == spoken["kind"] == "indirect"


def test_without_its_table_of_corrections_a_run_is_not_finished(corpus):
    correct(corpus, CONDEMNS | {"action": "reject"})
    (corpus[1] / "corrections.parquet").unlink()
    pipeline.analyse(corpus[0], corpus[1])
    assert len(read_tables(corpus[1])["corrections"]) == 1


def test_corrections_survive_a_new_run(corpus):
    first, _ = correct(corpus, CONDEMNS | {"action": "reject"})
    (corpus[0] / "anderes.txt").write_text("Đức họp với Pháp.", "utf-8")
    pipeline.analyse(corpus[0], corpus[1])
    second = read_tables(corpus[1])
    assert len(second["documents"]) == 2
    assert stances(first) == stances(second)


def test_a_correction_of_a_text_that_has_changed_is_reported_and_not_applied(corpus):
    tables, told = correct(corpus, CONDEMNS | {"action": "reject"})
    (corpus[0] / "tin.txt").write_text(TEXT.replace("Nga", "Nước Nga"), "utf-8")
    pipeline.analyse(corpus[0], corpus[1], report=told.append)
    tables = read_tables(corpus[1])
    assert told == ["corrections.csv:2: not applied, text changed (tin)"]
    assert tables["corrections"]["status"].tolist() == ["text changed"]
    assert ("RUS", "USA", -1) in stances(tables)


def test_what_cannot_be_applied_says_why(corpus):
    rows = [
        CONDEMNS | {"action": "reject", "doc_id": "khác"},
        CONDEMNS | {"action": "change", "new_target": "per:nobody"},
        CONDEMNS | {"action": "reject", "cue_start": 9_000, "cue_end": 9_001},
        about("FRA", "USA", "against", "lên án", action="reject"),
    ]
    tables, told = correct(corpus, *rows)
    status = ["no such article", "unknown actor per:nobody", "no such place", "not needed"]
    assert tables["corrections"]["status"].tolist() == status
    assert len(told) == 3


def test_corrections_are_undone_for_estimates(corpus):
    row = about("DEU", "USA", "for", "Nga lên", basis="words", action="add")
    tables, _ = correct(corpus, CONDEMNS | {"action": "change", "new_sign": "for"}, row)
    assert stances(tables) != stances(corpus[2])
    assert stances(machine_tables(tables)) == stances(corpus[2])


def test_a_row_that_becomes_another_which_is_there_is_one_row_and_can_be_undone(corpus):
    added = about("RUS", "FRA", "against", "lên án", basis="words", action="add")
    becomes = CONDEMNS | {"action": "change", "new_target": "FRA"}
    tables, _ = correct(corpus, added, becomes, about("RUS", "FRA", "against", "lên án", action="reject"))
    assert tables["corrections"]["status"].tolist() == ["applied"] * 3
    assert "RUS" not in set(tables["stances"].query("sentence == 0")["source"])
    assert stances(machine_tables(tables)) == stances(corpus[2])


def test_a_change_of_what_the_software_lacks_finds_its_outcome_there(corpus):
    lacking = about("FRA", "USA", "against", "lên án", basis="words", action="change", new_source="RUS")
    tables, told = correct(corpus, lacking)
    assert stances(tables) == stances(corpus[2])
    assert tables["stances"].set_index("source")["correction"]["RUS"] == "accepted"
    assert not told


def test_taking_the_file_away_takes_the_corrections_back(corpus):
    correct(corpus, CONDEMNS | {"action": "reject"})
    (corpus[0] / FILE).unlink()
    pipeline.analyse(corpus[0], corpus[1])
    tables = read_tables(corpus[1])
    assert stances(tables) == stances(corpus[2])
    assert "corrections" not in tables


def test_a_template_changes_nothing_until_it_is_filled(corpus):
    rows = template(corpus[2]["stances"], corpus[2])
    assert rows["text_sha256"].str.fullmatch("sha256:[0-9a-f]{16}").all()
    path = corpus[0] / FILE
    rows.to_csv(path, index=False)
    assert read_corrections(path) == []
    rows.assign(action="reject", reason="thử").to_csv(path, index=False, sep=";", encoding="utf-8-sig")
    assert len(read_corrections(path)) == len(rows)


def test_the_evidence_marks_what_was_corrected(corpus):
    tables, _ = correct(corpus, CONDEMNS | {"action": "change", "new_target": "FRA"})
    page = evidence.evidence_html(tables["stances"], tables, "en")
    assert "corrected by hand" in page


def test_a_file_with_another_header_is_refused(tmp_path):
    path = tmp_path / FILE
    path.write_text("Action,table,doc_id\nreject,stances,tin\n", "utf-8")
    with pytest.raises(ValueError, match=r"corrections.csv:1: missing column 'action'"):
        read_corrections(path)
    path.write_text("", "utf-8")
    assert read_corrections(path) == []


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"action": "delete"}, "action 'delete': write accept, reject, change, add"),
        ({"action": "reject", "table": "mentions"}, "table 'mentions'"),
        ({"action": "reject", "text_sha256": "12"}, "text_sha256: copy 8 digits"),
        ({"action": "change"}, "nothing to change"),
        ({"action": "reject", "sign": "none"}, "sign: a stance is for or against"),
        ({"action": "reject", "reason": ""}, "reason: say why"),
        ({"action": "add", "basis": ""}, "basis: empty"),
        ({"action": "accept", "basis": ""}, "basis: empty"),
        ({"action": "accept", "new_target": "FRA"}, "new_target: only action change takes it"),
        ({"action": "change", "new_target": "RUS"}, "source and target are the same"),
    ],
)
def test_a_row_that_says_nothing_clear_is_named(corpus, capsys, row, message):
    with pytest.raises(ValueError, match=rf"corrections.csv:2: {message}"):
        correct(corpus, CONDEMNS | row)
    assert main(["analyse", str(corpus[0]), "--out", str(corpus[1])]) == 1
    assert "corrections.csv:2" in capsys.readouterr().err
