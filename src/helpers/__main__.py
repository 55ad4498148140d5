"""The command line: `python -m helpers COMMAND`. Bad input is one line on stderr and exit status 1."""

import argparse
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from helpers import __version__
from helpers.paths import GOLD, MODELS, PROCESSED, RAW, REPORTS, ROOT

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


def train(options: argparse.Namespace) -> int:
    """New model weights from coded articles; prints how good they are, cross-validated by article."""
    from helpers.gold import read_gold
    from helpers.score import compare
    from helpers.train import train as fit

    if not list((options.gold / "coded").glob("*.json")):
        return _fail(f"{options.gold}: no coded articles (coded/ID.json); name a folder like data/gold")
    try:
        tables = fit(options.gold)
    except ModuleNotFoundError as error:
        return _fail(f"{error.name} is not installed; install it with: pip install -e '.[train]'")
    articles = read_gold(options.gold)
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

    command(check)
    sub = command(train)
    sub.add_argument("gold", metavar="GOLD", type=Path, help="a folder of coded articles")
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
