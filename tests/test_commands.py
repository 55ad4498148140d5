"""The command line: what it writes, and one line instead of a traceback for bad input."""

import nbformat
import pytest

from helpers import run as runs
from helpers.__main__ import main
from helpers.tables import COLUMNS


def told(capsys):
    """Status-free output of a command: lines on stdout and stderr."""
    captured = capsys.readouterr()
    return captured.out.splitlines(), captured.err.splitlines()


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "in" / "tin.txt"
    path.parent.mkdir()
    path.write_text("Ông Anton Belov chỉ trích Mỹ. Theo tờ Bluebird Daily, Mỹ bác bỏ.", "utf-8")
    return path


@pytest.mark.parametrize(("form", "ending"), [("parquet", "parquet"), ("csv", "csv")])
def test_analyse_writes_every_table(article, tmp_path, capsys, form, ending):
    assert main(["analyse", str(article.parent), "--out", str(tmp_path / "out"), "--format", form]) == 0
    assert sorted(path.name for path in (tmp_path / "out").glob(f"*.{ending}")) == sorted(
        f"{t}.{ending}" for t in COLUMNS
    )
    out, err = told(capsys)
    assert "1 documents" in out[0]
    assert not err


def test_skipped_input_is_named_and_the_rest_goes_on(article, tmp_path, capsys):
    (article.parent / "empty.txt").write_text("", "utf-8")
    assert main(["analyse", str(article.parent), "--out", str(tmp_path / "out")]) == 0
    _, err = told(capsys)
    assert len(err) == 1
    assert "empty.txt" in err[0]


def test_nothing_to_read_is_an_error(tmp_path, capsys):
    assert main(["analyse", str(tmp_path / "none"), "--out", str(tmp_path / "out")]) == 1
    assert main(["analyse", str(tmp_path), "--out", str(tmp_path / "out")]) == 1
    assert main(["run", "no_such_corpus"]) == 1
    assert main(["run", "../raw"]) == 1
    assert main(["score", "--tables", str(tmp_path)]) == 1
    assert main(["score", "--gold", str(tmp_path), "--tables", str(tmp_path)]) == 1
    _, err = told(capsys)
    assert len(err) == 6
    assert all(line.startswith("error: ") for line in err)
    assert all(tmp_path.name in line or "data/raw" in line for line in err)


def test_score_prints_and_writes(table_folder, tmp_path, capsys):
    assert (
        main(["score", "--tables", str(table_folder), "--ids", "seed_karabakh", "--csv", str(tmp_path / "s.csv")]) == 0
    )
    out, _ = told(capsys)
    assert out[0].startswith("1 coded articles")
    assert (tmp_path / "s.csv").read_text("utf-8").startswith("measure,precision,recall,f1")


def test_check_names_faults(monkeypatch, capsys):
    monkeypatch.setattr("helpers.check.check", lambda: ["data/lexicon/actors.csv:2: name is empty"])
    assert main(["check"]) == 1
    _, err = told(capsys)
    assert err == ["data/lexicon/actors.csv:2: name is empty", "error: 1 to correct"]


@pytest.fixture
def two_notebooks(tmp_path, monkeypatch):
    """Two small notebooks in a folder of their own, and an empty folder for reports."""
    folder, reports = tmp_path / "notebooks", tmp_path / "reports"
    folder.mkdir()
    for number, name in enumerate(["00-one", "01-two"]):
        cells = [
            nbformat.v4.new_markdown_cell("[data](../data/raw), [next](01-two.ipynb)"),
            nbformat.v4.new_code_cell('corpus = "x"\nlang = "vi"', metadata={"tags": ["parameters"]}),
            nbformat.v4.new_code_cell(f"print({number}, corpus, lang)"),
        ]
        notebook = nbformat.v4.new_notebook(cells=cells)
        notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
        notebook.metadata.language_info = {"name": "python"}
        nbformat.write(notebook, folder / f"{name}.ipynb")
    monkeypatch.setattr(runs, "NOTEBOOKS", folder)
    monkeypatch.setattr(runs, "REPORTS", reports)
    return folder, reports


def test_run_executes_with_parameters_and_changes_no_notebook(two_notebooks):
    folder, reports = two_notebooks
    before = {path: path.read_bytes() for path in folder.iterdir()}
    written = runs.run("karabakh_2020", ["en"])
    target = reports / "karabakh_2020" / "notebooks" / "en"
    assert [path.relative_to(target).as_posix() for path in written] == [
        "00-one.ipynb",
        "00-one.html",
        "01-two.ipynb",
        "01-two.html",
    ]
    notebook = nbformat.read(target / "01-two.ipynb", 4)
    assert notebook.cells[-1].outputs[0].text == "1 karabakh_2020 en\n"
    assert "papermill" not in notebook.metadata
    html = (target / "00-one.html").read_text("utf-8")
    assert 'href="01-two.html"' in html
    assert "<script src=" not in html
    assert {path: path.read_bytes() for path in folder.iterdir()} == before
    first = {path: path.read_bytes() for path in written}
    assert {path: path.read_bytes() for path in runs.run("karabakh_2020", ["en"])} == first


def test_notebooks_are_run_in_place_with_the_same_bytes(two_notebooks, capsys):
    folder, _ = two_notebooks
    assert main(["notebooks"]) == 0
    first = {path: path.read_bytes() for path in folder.iterdir()}
    notebook = nbformat.read(folder / "01-two.ipynb", 4)
    assert notebook.cells[-1].outputs[0].text == "1 x vi\n"
    assert notebook.metadata.language_info == {"name": "python"}
    runs.refresh()
    assert {path: path.read_bytes() for path in folder.iterdir()} == first


def test_a_cell_that_fails_is_named(two_notebooks, monkeypatch, capsys):
    folder, _ = two_notebooks
    path = folder / "00-one.ipynb"
    path.write_text(path.read_text("utf-8").replace("print(0, corpus, lang)", "nothing_of_this_name"), "utf-8")
    assert main(["run", "karabakh_2020"]) == 1
    _, err = told(capsys)
    assert "00-one.ipynb: code cell 3 failed: NameError: name 'nothing_of_this_name' is not defined" in err[-1]
