"""The notebooks, run in order: for one corpus with its parameters into `reports/<corpus>/notebooks/`, or in place."""

import os
import re
from collections.abc import Sequence
from pathlib import Path

import nbformat
from jinja2 import DictLoader
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbconvert import HTMLExporter
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook
from tqdm import tqdm

from helpers import charts, pipeline, score
from helpers.charts_base import screen_png
from helpers.corpus import Document, read_articles
from helpers.measured import write_scores
from helpers.paths import DOCS, GOLD, NOTEBOOKS, RAW, REPORTS, ROOT
from helpers.tables import Tables

SHIPPED = "karabakh_2020"
TIMEOUT = 1800
# the figures of the README, by file in docs/
SHOWN = {
    "stance_matrix": (charts.stance_matrix, "vi"),
    "stance_network": (charts.stance_network, "en"),
    "for_and_against": (charts.for_and_against, "en"),
}
# nbconvert's page without the scripts it would load from the network
_PAGE = """{%- extends 'lab/index.html.j2' -%}
{%- block html_head_js_requirejs -%}{%- endblock -%}
{%- block html_head_js_mathjax -%}{%- endblock -%}
{%- block html_head_js_mermaidjs -%}{%- endblock -%}
"""


class NotebookError(ValueError):
    """A cell failed; the message names the notebook, the cell and the error."""


def notebooks() -> list[Path]:
    """The notebooks in the order in which they are read and run."""
    return sorted(NOTEBOOKS.glob("[0-9][0-9]-*.ipynb"))


def run(corpus: str, languages: Sequence[str] = ("vi",)) -> list[Path]:
    """Run all notebooks on `data/raw/<corpus>/`, once for each language.

    Returns:
        The executed notebooks and their HTML, in `reports/<corpus>/notebooks/<language>/`.

    Raises:
        FileNotFoundError: no such corpus, no article in it, or no notebooks.
        NotebookError: a cell failed; what ran before it is saved.
    """
    _find_articles(corpus)
    paths = notebooks()
    if not paths:
        raise FileNotFoundError(f"{NOTEBOOKS}: no notebooks; run this in a clone of the project")
    jobs = [(language, path, _prepared(path, corpus, language)) for language in languages for path in paths]
    cells = sum(cell.cell_type == "code" for _, _, notebook in jobs for cell in notebook.cells)
    written = []
    with tqdm(total=cells, unit="cell", dynamic_ncols=True) as bar:
        for language, path, notebook in jobs:
            bar.set_description(path.stem)
            target = REPORTS / corpus / "notebooks" / language / path.name
            written += _save(notebook, path, target, bar)
    return written


def refresh() -> list[Path]:
    """Renew what the project shows of itself, on the shipped corpus; the same bytes at each run.

    Measures the software on the coded articles, draws the figures of the README, then runs the notebooks as they stand
    and writes their outputs into them.

    Returns:
        The notebooks, all of them run.

    Raises:
        NotebookError: a cell failed; this notebook and those after it are as they were.
    """
    tables = pipeline.corpus_tables(SHIPPED)
    articles, _ = score.load_gold(GOLD, tables["documents"])
    write_scores(score.score(articles, tables), len(articles))
    for name, picture in shown(tables).items():
        (DOCS / f"{name}.png").write_bytes(picture)
    paths = notebooks()
    read = [nbformat.read(path, 4) for path in paths]
    cells = sum(cell.cell_type == "code" for notebook in read for cell in notebook.cells)
    with tqdm(total=cells, unit="cell", dynamic_ncols=True) as bar:
        for path, notebook in zip(paths, read, strict=True):
            bar.set_description(path.stem)
            try:
                _execute(notebook, bar)
            except NotebookError as error:
                raise NotebookError(f"{path}: {error}") from error
            nbformat.write(notebook, path)
    return paths


def shown(tables: Tables) -> dict[str, bytes]:
    """The figures of the README as PNG, by name."""
    return {name: screen_png(draw(tables, lang=lang, level="side").fig) for name, (draw, lang) in SHOWN.items()}


def _find_articles(corpus: str) -> None:
    folder = RAW / corpus
    if not corpus or Path(corpus).name != corpus or not folder.is_dir():
        known = ", ".join(sorted(path.name for path in RAW.glob("*") if path.is_dir()))
        raise FileNotFoundError(f"{folder}: no such corpus; put articles into that folder, or name one of: {known}")
    if not any(isinstance(item, Document) for item in read_articles(folder)):
        raise FileNotFoundError(f"{folder}: no article in it could be read; see data/raw for the form of a corpus")


def _prepared(path: Path, corpus: str, language: str) -> nbformat.NotebookNode:
    """A copy of a notebook with its parameters set, without papermill's notes of time and place."""
    notebook = parameterize_notebook(load_notebook_node(str(path)), {"corpus": corpus, "lang": language})
    notebook.metadata.pop("papermill", None)
    for number, cell in enumerate(notebook.cells):
        cell.metadata.pop("papermill", None)
        if "injected-parameters" in cell.metadata.get("tags", ()):
            cell.id = f"parameters-{number}"
    return notebook


def _execute(notebook: nbformat.NotebookNode, bar: tqdm) -> None:
    """Fill in the outputs, without anything that differs between two runs: times, versions, how prints were split."""
    client = NotebookClient(
        notebook,
        timeout=TIMEOUT,
        kernel_name="python3",
        record_timing=False,
        coalesce_streams=True,
        extra_arguments=["--IPKernelApp.log_level=ERROR"],
        resources={"metadata": {"path": str(NOTEBOOKS)}},
        on_cell_executed=lambda **_: bar.update(),
    )
    try:
        client.execute()
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        number = sum(bool(cell.get("execution_count")) for cell in notebook.cells)
        what = f"{error.ename}: {error.evalue}" if isinstance(error, CellExecutionError) else str(error)
        raise NotebookError(f"code cell {number} failed: {what.strip().splitlines()[0]}") from error
    finally:
        notebook.metadata.language_info = {"name": "python"}


def _save(notebook: nbformat.NotebookNode, path: Path, target: Path, bar: tqdm) -> list[Path]:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        _execute(notebook, bar)
    except NotebookError as error:
        nbformat.write(notebook, target)
        raise NotebookError(f"{path}: {error}; what ran is in {target}") from error
    up = os.path.relpath(ROOT, target.parent).replace(os.sep, "/")
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = re.sub(r"\]\(\.\./", f"]({up}/", cell.source)
    nbformat.write(notebook, target)
    page = target.with_suffix(".html")
    page.write_text(_html(notebook, path.stem), "utf-8", newline="\n")
    return [target, page]


def _html(notebook: nbformat.NotebookNode, title: str) -> str:
    exporter = HTMLExporter(template_file="offline.html.j2", extra_loaders=[DictLoader({"offline.html.j2": _PAGE})])
    html, _ = exporter.from_notebook_node(notebook, resources={"metadata": {"name": title}})
    return re.sub(r'href="(\d\d-[\w-]+)\.ipynb', r'href="\1.html', html)
