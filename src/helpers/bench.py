"""How fast and how large: ratios that are measured side by side in one run, so that the machine cancels out.

Every measure is a process of its own, so that its memory is its own; the text is that of a corpus, cut into as many
articles as wanted and made different from one another by a number.
"""

import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from helpers import pipeline
from helpers.batches import workers
from helpers.corpus import Document, read_articles
from helpers.paths import RAW
from helpers.text import sentence_spans


class Time(NamedTuple):
    """Seconds on the clock, and of the processor: the second does not count what other programs took."""

    wall: float
    cpu: float


class Ratio(NamedTuple):
    """A measured ratio and what is asked of it: at least (`>=`) or at most (`<=`) the goal."""

    name: str
    value: float
    sense: str
    goal: float

    def __str__(self) -> str:
        good = self.value >= self.goal if self.sense == ">=" else self.value <= self.goal
        sign = "at least" if self.sense == ">=" else "at most"
        return f"{self.name:68s} {self.value:7.3f}  {sign} {self.goal:<5g} {'yes' if good else 'NO'}"


def bench(source: Path = RAW / "karabakh_2020", articles: int = 120) -> Iterator[str]:
    """Lines with the measured ratios.

    Args:
        source: articles to measure with.
        articles: how many for the measures of speed; eight times as many against this many for the growth.

    Raises:
        ValueError: no article can be read there.
    """
    texts = [item.text for item in read_articles(source) if isinstance(item, Document)]
    if not texts:
        raise ValueError(f"{source}: no article could be read")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        small, large = (_corpus(folder / f"{n}.jsonl", texts, n) for n in (articles, 8 * articles))
        plain, ner, whole = (_measured(function, small)[0].cpu for function in (_plain, _ner, _ner_whole))
        yield f"{articles / plain:.1f} articles a second on one core"
        yield str(Ratio("articles a second against underthesea.ner() on the whole text", whole / plain, ">=", 3))
        yield str(Ratio("articles a second against underthesea.ner() sentence by sentence", ner / plain, ">=", 3))
        one, memory = _measured(_tables, small, folder / "one", 1)
        again, _ = _measured(_tables, small, folder / "one", 1)
        eight, more = _measured(_tables, large, folder / "eight", 1)
        two, _ = _measured(_tables, large, folder / "two", 2)
        yield str(Ratio("two workers against one, articles a second", eight.wall / two.wall, ">=", 1.8))
        yield str(Ratio("8 times the articles, time", eight.cpu / one.cpu, "<=", 8.5))
        yield str(Ratio(f"8 times the articles, memory ({memory:.0f} and {more:.0f} MB)", more / memory, "<=", 1.2))
        yield str(Ratio("a run with nothing changed against the first, time", again.cpu / one.cpu, "<=", 0.03))


def _corpus(path: Path, texts: list[str], size: int) -> Path:
    with path.open("w", encoding="utf-8") as file:
        for n in range(size):
            file.write(json.dumps({"id": n, "text": f"Bài {n}\n{texts[n % len(texts)]}"}, ensure_ascii=False) + "\n")
    return path


def _measured(function: Callable, *arguments) -> tuple[Time, float]:
    """The time that a function says it took, and the peak of memory (MB), in a process of its own."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(_timed, function, arguments).result()


def _timed(function: Callable, arguments: tuple) -> tuple[Time, float]:
    taken = function(*arguments)
    try:
        import resource
    except ModuleNotFoundError:  # Windows
        return taken, float("nan")
    return taken, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def _texts(path: Path) -> list[Document]:
    documents = [item for item in read_articles(path) if isinstance(item, Document)]
    pipeline.analyse_document(documents[0])
    return documents


def _took(function: Callable[[], object]) -> Time:
    wall, cpu = time.perf_counter(), time.process_time()
    function()
    return Time(time.perf_counter() - wall, time.process_time() - cpu)


def _plain(path: Path) -> Time:
    documents = _texts(path)
    return _took(lambda: [pipeline.analyse_document(document) for document in documents])


def _ner_on(texts: list[str]) -> Time:
    from underthesea import ner

    ner("Hà Nội")
    return _took(lambda: [ner(text) for text in texts])


def _ner_whole(path: Path) -> Time:
    return _ner_on([document.text for document in _texts(path)])


def _ner(path: Path) -> Time:
    return _ner_on([d.text[first:last] for d in _texts(path) for first, last in sentence_spans(d.text)])


def _tables(path: Path, folder: Path, number: int) -> Time:
    """A whole run, once the words and models are loaded."""
    with workers(number) as executor:
        for ready in [executor.submit(_texts, path) for _ in range(number)] if executor else ():
            ready.result()
        if not executor:
            _texts(path)
        return _took(lambda: pipeline.analyse_corpus(path, folder, executor, progress=False))
