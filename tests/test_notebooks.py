"""The notebooks as committed: run from top to bottom, of one outline, small, and without logic of their own."""

import ast
import re
import statistics

import nbformat
import pytest

from helpers.paths import NOTEBOOKS, ROOT

NAMES = ("00-start-here 01-raw-text 02-entities 03-mentions 04-statements 05-stances 06-quality 07-report").split()
# the outline, in its order; between parameters and check stand the steps
OUTLINE = (
    "What you get",
    "Needs",
    "Parameters",
    "Check",
    "What was found",
    "What this cannot tell you",
    "Saved files",
    "Previous and next",
)
LARGEST = 300_000
LONGEST_CELL, LONGEST_NOTEBOOK = 15, 130
WORDS = (450, 1250)


def read(name: str) -> nbformat.NotebookNode:
    return nbformat.read(NOTEBOOKS / f"{name}.ipynb", 4)


def code(notebook: nbformat.NotebookNode) -> list:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def prose(notebook: nbformat.NotebookNode) -> str:
    return "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


def lines(cell) -> int:
    return sum(bool(line.strip()) for line in cell.source.splitlines())


def test_these_notebooks_and_no_others():
    assert sorted(path.stem for path in NOTEBOOKS.glob("*.ipynb")) == NAMES


@pytest.mark.parametrize("name", NAMES)
class TestNotebook:
    def test_is_valid_and_names_its_kernel(self, name):
        notebook = read(name)
        nbformat.validate(notebook)
        assert notebook.metadata.kernelspec.name == "python3"
        assert notebook.metadata.kernelspec.language == "python"
        assert len({cell.id for cell in notebook.cells}) == len(notebook.cells)

    def test_was_run_from_top_to_bottom(self, name):
        counts = [cell.execution_count for cell in code(read(name))]
        assert counts == list(range(1, len(counts) + 1))

    def test_shows_no_error_and_no_warning(self, name):
        for cell in code(read(name)):
            for output in cell.outputs:
                assert output.output_type != "error", cell.source
                assert output.get("name") != "stderr", cell.source

    def test_is_small(self, name):
        assert (NOTEBOOKS / f"{name}.ipynb").stat().st_size < LARGEST

    def test_has_one_cell_of_parameters_and_only_values_in_it(self, name):
        cells = code(read(name))
        tagged = [cell for cell in cells if "parameters" in cell.metadata.get("tags", ())]
        assert tagged == cells[:1]
        statements = ast.parse(tagged[0].source).body
        assert all(isinstance(statement, ast.Assign) for statement in statements)
        for statement in statements:
            ast.literal_eval(statement.value)
        # what `python -m helpers run` sets
        assert {"corpus", "lang"} <= {statement.targets[0].id for statement in statements}

    def test_has_the_outline(self, name):
        text = prose(read(name))
        heads = re.findall(r"^#{1,2} (.+)$", text, re.MULTILINE)
        assert heads[0].startswith(f"{name[:2]} · ")
        assert "**Question.**" in text
        outline = [head for head in OUTLINE if head in heads or head != "What was found" or name != "06-quality"]
        assert [head for head in heads if head in OUTLINE] == outline
        steps = heads[heads.index("Parameters") + 1 : heads.index("Check")]
        assert len(steps) >= 3
        assert [int(step.partition(".")[0]) for step in steps] == list(range(1, len(steps) + 1))

    def test_checks_something(self, name):
        notebook = read(name)
        checks = [cell for cell in code(notebook) if re.search(r"^assert ", cell.source, re.MULTILINE)]
        assert checks

    def test_holds_no_logic(self, name):
        for cell in code(read(name)):
            for node in ast.walk(ast.parse(cell.source)):
                assert not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef), cell.source
                assert not (isinstance(node, ast.Assign) and isinstance(node.value, ast.Lambda)), cell.source

    def test_is_pleasant_to_read(self, name):
        notebook = read(name)
        sizes = [lines(cell) for cell in code(notebook)]
        assert 12 <= len(sizes) <= 25
        assert max(sizes) <= LONGEST_CELL
        assert sum(sizes) <= LONGEST_NOTEBOOK
        assert statistics.median(sizes) <= 4
        words = len(re.findall(r"\w+", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", prose(notebook))))
        assert WORDS[0] <= words <= WORDS[1], words

    def test_leads_to_files_that_exist(self, name):
        for target in re.findall(r"\]\(([^)#:]+)\)", prose(read(name))):
            assert (NOTEBOOKS / target).resolve().is_relative_to(ROOT)
            assert (NOTEBOOKS / target).exists(), target

    def test_pictures_have_text_for_those_who_cannot_see_them(self, name):
        for cell in code(read(name)):
            for output in cell.outputs:
                data = output.get("data", {})
                assert not [kind for kind in data if kind.startswith("image/")], cell.source
                for picture in re.findall(r"<img\b[^>]*>", data.get("text/html", "")):
                    assert re.search(r'alt="[^"]{20,}"', picture)

    def test_tells_nothing_of_the_machine_it_ran_on(self, name):
        text = (NOTEBOOKS / f"{name}.ipynb").read_text("utf-8")
        assert str(ROOT) not in text
        assert not re.search(r"/home/|/root/|/tmp/|[A-Z]:\\\\Users", text)
        assert not [key for key in read(name).metadata if key == "papermill"]
