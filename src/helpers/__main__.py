"""The command line: `python -m helpers COMMAND`. Bad input is one line on stderr and exit status 1."""

import argparse
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from helpers import __version__
from helpers.paths import CODING, GOLD, MODELS, PROCESSED, RAW, REPORTS, ROOT, TRAINING

if TYPE_CHECKING:
    import pandas as pd

SHIPPED = "karabakh_2020"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    options = _parser().parse_args(arguments)
    try:
        return options.command(options)
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except (OSError, ValueError) as error:
        return _fail(_line(error))
    except KeyboardInterrupt:
        return _fail("stopped")


def analyse(options: argparse.Namespace) -> int:
    """Any file or folder of articles to tables."""
    from helpers import pipeline
    from helpers.batches import workers

    if not options.input.exists():
        return _fail(f"{options.input}: no such file or folder; name a folder or file of articles")
    if options.workers < 1:
        return _fail(f"--workers {options.workers}: give a number from 1")
    with workers(options.workers, options.scheduler) as executor:
        summary = pipeline.analyse(
            options.input,
            options.out,
            as_csv=options.format == "csv",
            executor=executor,
            given=_columns(options.column),
        )
    if not summary.rows["documents"]:
        return _fail(f"{options.input}: no article could be read")
    print(f"{options.out}: " + ", ".join(f"{count} {name}" for name, count in summary.rows.items()))
    return 0


def new(options: argparse.Namespace) -> int:
    """Articles from anywhere into data/raw/CORPUS/."""
    from helpers.new import new_corpus

    if not new_corpus(options.corpus, options.inputs, given=_columns(options.column)):
        return _fail(f"{', '.join(map(str, options.inputs))}: no article could be read")
    return 0


def bench(options: argparse.Namespace) -> int:
    """Speed and memory as ratios, measured in one run."""
    from helpers.bench import bench as measure

    for line in measure(options.input, options.articles):
        print(line, flush=True)
    return 0


def cluster(options: argparse.Namespace) -> int:
    """As analyse, by a scheduler and two workers that are started on this machine."""
    from helpers.cluster import demo

    summary = demo(options.input, options.out)
    print(f"{options.out}: " + ", ".join(f"{count} {name}" for name, count in summary.rows.items()))
    return 0


def run(options: argparse.Namespace) -> int:
    """All notebooks on a corpus."""
    from helpers.run import run as run_notebooks

    written = run_notebooks(options.corpus, list(dict.fromkeys(options.lang or ["vi"])))
    folder = REPORTS / options.corpus
    kinds: dict[Path, list[str]] = defaultdict(list)
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        kinds[path.parent].append(path.suffix.lstrip(".") or path.name)
    print("Wrote:")
    for place, endings in kinds.items():
        counts = ", ".join(f"{endings.count(ending)} {ending}" for ending in dict.fromkeys(endings))
        print(f"  {_short(place)}/  {counts}")
    print("Open:")
    for path in (path for path in written if path.suffix == ".html"):
        print(f"  {_short(path)}")
    return 0


def notebooks(options: argparse.Namespace) -> int:
    """Notebooks, README figures and scores of captions made anew, ready to commit."""
    from helpers.run import refresh

    for path in refresh():
        print(_short(path))
    return 0


def score(options: argparse.Namespace) -> int:
    """Tables against coded articles."""
    from helpers.score import as_markdown, compare, load_gold, load_tables

    tables = load_tables(options.tables)
    articles, problems = load_gold(options.gold, tables["documents"])
    for problem in problems:
        print(problem, file=sys.stderr)
    if options.ids:
        articles = [article for article in articles if article.doc_id in options.ids.split(",")]
    if not articles:
        return _fail(f"{options.gold}: none of its coded articles can be scored against {options.tables}")
    systems = {"these notebooks": tables}
    if options.baseline:
        from helpers.baseline import baselines

        systems |= baselines({article.doc_id: article.text for article in articles}, tables)
    scores = compare(articles, systems)
    if options.csv:
        scores.to_csv(options.csv, index=False, lineterminator="\n")
    if options.markdown:
        print(as_markdown(scores))
        return 0
    _print_scores(scores, len(articles))
    return 0


def check(options: argparse.Namespace) -> int:
    """The lexicon and the corpora."""
    from helpers.check import check as find_faults

    messages = find_faults()
    for message in messages:
        print(message, file=sys.stderr)
    if messages:
        return _fail(f"{len(messages)} to correct")
    print("The lexicon and the corpora are in order.")
    return 0


def sample(options: argparse.Namespace) -> int:
    """A stratified random sample of a corpus as a coding sheet (XLSX, CSV) for people to fill."""
    from helpers.coded import BLANK
    from helpers.pipeline import corpus_tables
    from helpers.sampling import STRATA, draw
    from helpers.sheets import coding_sheet, write_sheets

    if not (RAW / options.corpus).is_dir():
        return _fail(f"{RAW / options.corpus}: no such corpus")
    path = options.out or CODING / options.corpus / f"{BLANK}.xlsx"
    if path.suffix.lower() != ".xlsx":
        return _fail(f"{path}: name a file that ends in .xlsx")
    if path.exists():
        return _fail(f"{path}: is there already; move it away, or name another file with --out")
    tables = corpus_tables(options.corpus)
    drawn = draw(tables, options.n, unit=options.unit, seed=options.seed)
    sheet = coding_sheet(tables, drawn, corpus=options.corpus)
    for letter, rows in drawn.groupby("stratum"):
        number, size = len(rows), rows["size"].iloc[0]
        print(f"{letter} ({STRATA[letter]}): {number} of {size} {options.unit}s, probability {number / size:.3f}")
    for file in write_sheets(tables, sheet, path, lang=options.lang):
        print(f"Wrote {_short(file)}")
    print(f"Fill a copy for each coder, such as {_short(path.with_name(f'{path.stem}-anna.xlsx'))}; then: agreement")
    return 0


def agreement(options: argparse.Namespace) -> int:
    """How far filled coding sheets agree with one another and with the software."""
    from helpers.agreement import MACHINE, confusion
    from helpers.agreement import agreement as agree
    from helpers.coded import corpus_of, read_sheets
    from helpers.tables import read_tables

    tables = read_tables(options.tables or PROCESSED / corpus_of(options.sheets[0]))
    coded, problems = read_sheets(options.sheets, tables)
    for problem in problems:
        print(problem, file=sys.stderr)
    found = agree(coded, tables, level=options.level)
    if not found["sentences"].any():
        return _fail(f"{', '.join(map(str, options.sheets))}: nothing is coded in them yet")
    print("Krippendorff's α (nominal) and percent agreement; 95% intervals by bootstrap over articles")
    width = max(map(len, found["coders"]))
    for row in found.itertuples():
        alpha = f"{row.alpha:6.3f} ({row.alpha_low:.3f}–{row.alpha_high:.3f})"
        percent = f"{row.percent:6.1%} ({row.percent_low:.1%}–{row.percent_high:.1%})"
        print(f"{row.variable:8s} {row.coders:{width}s} {row.sentences:5d} sentences  α {alpha}  {percent}")
    coders = sorted(set(coded["coder"]))
    pairs = [(coders[0], coders[1])] if len(coders) > 1 else []
    for first, second in [*pairs, *((coder, MACHINE) for coder in coders)]:
        print(f"\nsign: {first} (rows), {second} (columns)")
        print(confusion(coded, tables, first, second, level=options.level).to_string(header=True))
    if options.csv:
        found.to_csv(options.csv, index=False, lineterminator="\n")
    return 0


def diff(options: argparse.Namespace) -> int:
    """Which tables and figures changed between two folders of tables or reports, row by row."""
    from helpers.difference import CHANGES, compare, summary

    changes = compare(options.old, options.new)
    if options.csv:
        changes.to_csv(options.csv, index=False, lineterminator="\n")
    if changes.empty:
        print("No row differs.")
        return 0
    for where, counts in summary(changes).iterrows():
        told = ", ".join(f"{number} {what}" for what, number in counts.items() if number)
        print(f"{where}: {told}")
        rows = changes[changes["where"] == where]
        for row in rows.head(options.rows).itertuples():
            cells = " → ".join(part for part in (row.old, row.new) if part)
            print(f"  {CHANGES[row.change]} {row.row}: {cells}")
        if len(rows) > options.rows:
            print(f"  … {len(rows) - options.rows} more (--rows, --csv)")
    return 0


def train(options: argparse.Namespace) -> int:
    """New model weights from coded articles; prints how good they are, cross-validated by article."""
    from helpers.corpus import Document, read_articles
    from helpers.gold import read_gold, read_training, read_written
    from helpers.score import compare
    from helpers.train import train as fit

    if not list((options.gold / "coded").glob("*.json")):
        return _fail(f"{options.gold}: no coded articles (coded/ID.json); name a folder like data/gold")
    articles, more = read_gold(options.gold), read_written(TRAINING)
    print(f"{len(more)} articles of {_short(TRAINING)}/ have their text beside them")
    if options.texts:
        known = {article.doc_id for article in articles}
        found = (document for document in read_articles(options.texts) if isinstance(document, Document))
        texts = {document.doc_id: document.text for document in found if document.doc_id not in known}
        others = read_training(TRAINING, texts)
        print(f"{len(others)} have it in {options.texts}")
        more += others
    try:
        tables = fit(articles, more, curve=options.curve)
    except ModuleNotFoundError as error:
        return _fail(f"{error.name} is not installed; install it with: pip install -e '.[train]'")
    _print_scores(compare(articles, {"cross-validated": tables}), len(articles))
    print(f"Wrote {_short(MODELS)}/")
    return 0


def _print_scores(scores: "pd.DataFrame", articles: int) -> None:
    print(f"{articles} coded articles; 95% intervals of F1 by bootstrap over articles")
    heads = ("F1", "95% interval", "P", "R", "right", "found", "coded")
    first = "{:50s} {:>5s} {:>13s} {:>6s} {:>5s} {:>6s} {:>6s} {:>6s}".format("measure", *heads)
    for system, rows in scores.groupby("system", sort=False):
        print(f"\n{system}\n{first}")
        for row in rows.itertuples():
            spread = f"{row.f1_low:.3f}–{row.f1_high:.3f}" if row.f1_low == row.f1_low else "–"
            numbers = f"{row.precision:6.3f} {row.recall:5.3f} {row.found:6.0f} {row.predicted:6d} {row.gold:6d}"
            print(f"{row.measure:50s} {row.f1:5.3f} {spread:>13s} {numbers}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m helpers", description="Actors, statements and stances in Vietnamese news."
    )
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(function, **names: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(function.__name__, help=function.__doc__, description=function.__doc__)
        sub.set_defaults(command=function)
        return sub

    column = {
        "metavar": "FIELD=NAME",
        "action": "append",
        "help": "which column of a table holds text, title, outlet, published, url or doc_id; may be repeated",
    }
    sub = command(analyse)
    sub.add_argument("input", metavar="INPUT", type=Path, help="a folder or file of articles")
    sub.add_argument("--out", metavar="DIR", type=Path, required=True, help="where the tables go")
    sub.add_argument("--workers", metavar="N", type=int, default=1, help="processes to share the work (default 1)")
    sub.add_argument("--scheduler", metavar="ADDRESS", help="a dask.distributed scheduler, such as tcp://10.0.0.1:8786")
    sub.add_argument("--format", choices=["parquet", "csv"], default="parquet", help="of the tables (default parquet)")

    sub.add_argument("--column", **column)

    sub = command(new)
    sub.add_argument("corpus", metavar="CORPUS", help="its name: letters, digits, _ and -")
    sub.add_argument("inputs", metavar="INPUT", type=Path, nargs="+", help="folders and files of articles")
    sub.add_argument("--column", **column)

    sub = command(bench)
    sub.add_argument(
        "input", metavar="INPUT", type=Path, nargs="?", default=RAW / SHIPPED, help=f"default data/raw/{SHIPPED}"
    )
    sub.add_argument("--articles", metavar="N", type=int, default=120, help="how many to measure with (default 120)")

    sub = command(cluster)
    sub.add_argument("input", metavar="INPUT", type=Path, help="a folder or file of articles")
    sub.add_argument("--out", metavar="DIR", type=Path, required=True, help="where the tables go")

    sub = command(run)
    sub.add_argument("corpus", metavar="CORPUS", help="a folder in data/raw, such as karabakh_2020")
    sub.add_argument(
        "--lang", choices=["vi", "en"], action="append", help="language of the figures (default vi); may be repeated"
    )

    command(notebooks)

    sub = command(score)
    sub.add_argument("--gold", metavar="DIR", type=Path, default=GOLD, help="coded articles (default data/gold)")
    sub.add_argument(
        "--tables", metavar="DIR", type=Path, default=PROCESSED / SHIPPED, help=f"default data/processed/{SHIPPED}"
    )
    sub.add_argument("--ids", metavar="A,B", help="score these articles only")
    sub.add_argument("--baseline", action="store_true", help="the baselines beside")
    sub.add_argument("--markdown", action="store_true", help="the table of the README")
    sub.add_argument("--csv", metavar="FILE", type=Path, help="write the scores there too")

    sub = command(sample)
    sub.add_argument("corpus", metavar="CORPUS", help="a folder in data/raw, such as karabakh_2020")
    sub.add_argument("--n", metavar="N", type=int, default=200, help="how many to draw (default 200)")
    sub.add_argument("--unit", choices=["sentence", "article"], default="sentence", help="what is drawn")
    sub.add_argument("--seed", metavar="N", type=int, default=20201005, help="another number gives another sample")
    sub.add_argument("--lang", choices=["vi", "en"], default="vi", help="of names and drop-downs (default vi)")
    sub.add_argument("--out", metavar="FILE", type=Path, help="default data/coding/CORPUS/sample.xlsx")

    sub = command(agreement)
    sub.add_argument("sheets", metavar="SHEET", type=Path, nargs="+", help="filled sheets, XLSX or CSV, one a coder")
    sub.add_argument("--tables", metavar="DIR", type=Path, help="default data/processed/ and the corpus of the sheet")
    sub.add_argument("--level", choices=["side", "actor"], default="side", help="of actors (default side)")
    sub.add_argument("--csv", metavar="FILE", type=Path, help="write the agreement there too")

    sub = command(diff)
    sub.add_argument("old", metavar="OLD", type=Path, help="a folder of tables, or of a report")
    sub.add_argument("new", metavar="NEW", type=Path, help="another of the same kind")
    sub.add_argument("--rows", metavar="N", type=int, default=20, help="rows to print of each (default 20)")
    sub.add_argument("--csv", metavar="FILE", type=Path, help="write all of them there")

    command(check)
    sub = command(train)
    sub.add_argument("gold", metavar="GOLD", type=Path, help="a folder of coded articles")
    sub.add_argument(
        "--texts", metavar="INPUT", type=Path, help="articles that data/training/ holds without their texts"
    )
    sub.add_argument("--curve", action="store_true", help="train on shares of the articles too (learning.csv)")
    return parser


def _columns(pairs: Sequence[str] | None) -> dict[str, str]:
    """`text=Bài` as {"text": "Bài"}. ValueError for a field that is none."""
    given = dict(pair.partition("=")[::2] for pair in pairs or ())
    for field in given:
        if field not in ("text", "title", "outlet", "published", "url", "doc_id"):
            raise ValueError(f"--column {field}: name text, title, outlet, published, url or doc_id, as in text=Bài")
    return given


def _short(path: Path) -> str:
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else str(path)


def _line(error: Exception) -> str:
    if isinstance(error, OSError) and error.filename and error.strerror:
        return f"{error.filename}: {error.strerror.lower()}; check that it is there and may be used"
    return " ".join(str(error).split()) or type(error).__name__


def _fail(message: str) -> int:
    print(f"error: {message}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
