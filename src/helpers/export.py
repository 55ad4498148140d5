"""What leaves the project: a workbook, the stance network, a statement list, and a manifest to repeat it all by.

Every file is the same bytes at each run on the same input.
"""

import hashlib
import importlib.metadata
import json
import platform
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import networkx
import pandas as pd
import xlsxwriter

from helpers import __version__
from helpers.charts import FIGURES, Figure, safe_cells, save_figure
from helpers.charts_data import View, stance_counts, view
from helpers.paths import LEXICON, MODELS, RAW, ROOT
from helpers.tables import Tables

# xlsxwriter would write the time of day; Excel keeps a cell to 32,767 characters and a sheet to 1,048,576 rows
CREATED = datetime(2020, 1, 1, tzinfo=UTC).replace(tzinfo=None)
LONGEST_CELL, LONGEST_SHEET = 32_767, 1_048_575
# the columns of an event list of Discourse Network Analyzer with its default statement type
DNA_COLUMNS = (
    "statement_id time document_id document_title document_author document_source document_section document_type "
    "person organization concept agreement text"
).split()
_PACKAGES = "babel matplotlib networkx numpy pandas pyarrow pycountry underthesea xlsxwriter".split()


def draw_figures(
    tables: Tables,
    *,
    lang: str = "vi",
    level: str = "actor",
    size: str = "page",
    min_count: int = 1,
    functions: Iterable[Callable[..., Figure]] = FIGURES,
) -> list[Figure]:
    """All figures of the report, in its order, with the same parameters."""
    return [draw(tables, lang=lang, level=level, size=size, min_count=min_count) for draw in functions]


def save_figures(figures: Iterable[Figure], folder: Path) -> list[Path]:
    """PNG, SVG, PDF, numbers (CSV) and caption of each figure, and the rows behind it (`NAME-evidence.csv`)."""
    written = []
    for figure in figures:
        written += save_figure(figure, folder)
        path = folder / f"{figure.name}-evidence.csv"
        safe_cells(figure.evidence).to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\n")
        written.append(path)
    return written


def write_workbook(tables: Mapping[str, pd.DataFrame], path: Path) -> Path:
    """A sheet for each table: header frozen, days as days, and no cell that a spreadsheet would run as a formula."""
    path.parent.mkdir(parents=True, exist_ok=True)
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(path, options) as book:
        book.set_properties({"created": CREATED})
        head, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        for name, table in tables.items():
            _write_sheet(book.add_worksheet(name[:31]), safe_cells(table.head(LONGEST_SHEET)), head, day)
    return path


def stance_graph(
    tables: Tables, *, lang: str = "vi", level: str = "actor", min_count: int = 1
) -> networkx.MultiDiGraph:
    """The signed network: an edge for each source, target and sign, with the number of its sentences as weight.

    Nodes carry label, type, side, mentions and articles; edges weight, sign, mean confidence and the first and last day
    (`start`, `end`), as far as there are any. `min_count`: fewest sentences of a dyad, both signs together.
    """
    seen = view(tables, lang, level)
    graph = networkx.MultiDiGraph()
    wanted = stance_counts(seen).query("total >= @min_count")
    wanted = set(zip(wanted["source"], wanted["target"], strict=True))
    stances = seen.stances
    for (source, target, sign), own in stances.groupby(["source_key", "target_key", "sign"]):
        if (source, target) not in wanted:
            continue
        for key in (source, target):
            graph.add_node(key, **_node(seen, tables["actors"], key))
        known = {
            "label": "+" if sign > 0 else "−",
            "sign": int(sign),
            "weight": len(own),
            "articles": int(own["doc_id"].nunique()),
            "confidence": round(float(own["confidence"].mean()), 3),
        }
        graph.add_edge(source, target, key=f"{source} {sign:+d} {target}", **known, **_days(own["published"]))
    return graph


def write_networks(graph: networkx.MultiDiGraph, folder: Path, name: str = "stances") -> list[Path]:
    """The network as GEXF (Gephi) and GraphML, without the day of writing."""
    folder.mkdir(parents=True, exist_ok=True)
    gexf, graphml = folder / f"{name}.gexf", folder / f"{name}.graphml"
    text = "\n".join(networkx.generate_gexf(graph, version="1.2draft"))
    text = re.sub(r' lastmodifieddate="[^"]*"', "", text)
    declaration = '<?xml version="1.0" encoding="UTF-8"?>\n'
    gexf.write_text(declaration + text + "\n", "utf-8", newline="\n")
    text = "\n".join(networkx.generate_graphml(graph, named_key_ids=True))
    graphml.write_text(declaration + text + "\n", "utf-8", newline="\n")
    return [gexf, graphml]


def statement_list(tables: Tables, *, lang: str = "vi") -> pd.DataFrame:
    """Stances as an event list in the column order of Discourse Network Analyzer.

    `person` and `organization`: the source, and for persons the state they stand for; `concept`: the target;
    `agreement`: 1 for, 0 against; `text`: the sentence. Duplicate articles are left out.
    """
    seen = view(tables, lang, "actor")
    sides = view(tables, lang, "side").names
    actors = tables["actors"].set_index("actor_id")
    documents = seen.documents.set_index("doc_id")
    sentences = tables["sentences"].set_index(["doc_id", "sentence"])["text"]
    rows = []
    for row in seen.stances.sort_values(["published", "doc_id", "cue_start"], kind="stable").itertuples():
        document, source = documents.loc[row.doc_id], actors.loc[row.source]
        person = source["type"] == "PER"
        side = "" if pd.isna(source["side"]) else sides[source["side"]]
        rows.append(
            (
                len(rows) + 1,
                "" if pd.isna(row.published) else f"{row.published:%Y-%m-%d %H:%M:%S}",
                row.doc_id,
                _cell(document["title"]),
                "",
                _cell(document["outlet"]),
                "",
                "",
                seen.name(row.source) if person else "",
                side if person else seen.name(row.source),
                seen.name(row.target),
                int(row.sign > 0),
                sentences[row.doc_id, row.sentence],
            )
        )
    return pd.DataFrame(rows, columns=DNA_COLUMNS)


def write_statement_list(statements: pd.DataFrame, path: Path) -> Path:
    """The list with semicolons and every cell in quotation marks, as Discourse Network Analyzer writes its own."""
    path.parent.mkdir(parents=True, exist_ok=True)
    safe_cells(statements).to_csv(path, index=False, sep=";", quoting=1, encoding="utf-8", lineterminator="\n")
    return path


def manifest(corpus: str, parameters: Mapping[str, object]) -> dict:
    """What a reviewer needs to repeat a report: versions, parameters, and hashes of everything that went in."""
    code = Path(__file__).parent
    return {
        "corpus": corpus,
        "parameters": dict(parameters),
        "versions": {
            "actor-stance-notebooks": __version__,
            "python": platform.python_version(),
            **{name: importlib.metadata.version(name) for name in _PACKAGES},
        },
        "inputs": _hashes((RAW / corpus).rglob("*")),
        "lexicon": _hashes(LEXICON.glob("*.csv")),
        "models": _hashes(MODELS.glob("*.tsv")),
        "code": _hashes(code.glob("*.py")),
    }


def write_manifest(described: Mapping[str, object], path: Path, written: Iterable[Path] = ()) -> Path:
    """The description as JSON, with the hashes of the files `written` into the same folder."""
    outputs = {file.relative_to(path.parent).as_posix(): _hash(file) for file in sorted(written)}
    text = json.dumps({**described, "outputs": outputs}, ensure_ascii=False, indent=2)
    path.write_text(text + "\n", "utf-8", newline="\n")
    return path


def _write_sheet(sheet, table: pd.DataFrame, head, day) -> None:
    sheet.freeze_panes(1, 0)
    for column, name in enumerate(table.columns):
        sheet.write_string(0, column, name, head)
        dated = pd.api.types.is_datetime64_any_dtype(table[name])
        longest = max([len(name), *table[name].head(200).astype(str).str.len()])
        sheet.set_column(column, column, 12 if dated else min(longest + 1, 60))
        for row, value in enumerate(table[name], start=1):
            if pd.isna(value):
                continue
            if isinstance(value, str):
                sheet.write_string(row, column, value[:LONGEST_CELL])
            elif dated:
                sheet.write_datetime(row, column, value.to_pydatetime(), day)
            else:
                sheet.write(row, column, value)
    if len(table.columns):
        sheet.autofilter(0, 0, len(table), len(table.columns) - 1)


def _node(seen: View, actors: pd.DataFrame, key: str) -> dict[str, str | int]:
    named = seen.mentions[seen.mentions["key"] == key]
    found = actors[actors["actor_id"] == key]
    about = {"label": seen.name(key), "mentions": len(named), "articles": int(named["doc_id"].nunique())}
    if len(found):
        about |= {"type": found["type"].iloc[0], "side": _cell(found["side"].iloc[0])}
    else:
        about |= {"type": "side", "side": key}
    return about


def _days(published: pd.Series) -> dict[str, str]:
    days = published.dropna()
    return {"start": f"{days.min():%Y-%m-%d}", "end": f"{days.max():%Y-%m-%d}"} if len(days) else {}


def _cell(value: object) -> str:
    return "" if pd.isna(value) else str(value)


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _hashes(paths: Iterable[Path]) -> dict[str, str]:
    return {path.relative_to(ROOT).as_posix(): _hash(path) for path in sorted(paths) if path.is_file()}
