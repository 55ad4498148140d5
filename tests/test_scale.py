"""The same bytes whoever does the work, however often it is killed; and only what changed is done again."""

import hashlib
import json
import os
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from helpers import batches, pipeline
from helpers.bench import Ratio
from helpers.duplicates import alike, find_duplicates, sketch
from helpers.paths import RAW

SHARED = Path("/work/shared/corpus/world_news_2017.jsonl.gz")

# A run of toy articles that kills itself before its n-th write; prints how many writes there were.
SCRIPT = """
import os, pathlib, shutil, signal, sys
from helpers import batches

source, folder, kill_at = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), int(sys.argv[3])
writes = 0

def counted(function):
    def call(*arguments, **options):
        global writes
        writes += 1
        if writes == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*arguments, **options)
    return call

for name in ("write_bytes", "write_text", "rename", "replace", "unlink", "mkdir"):
    setattr(pathlib.Path, name, counted(getattr(pathlib.Path, name)))
shutil.rmtree = counted(shutil.rmtree)
batches.pq.ParquetWriter.write_table = counted(batches.pq.ParquetWriter.write_table)

def analyse(document):
    words = document.text.split()
    actors = [dict(actor_id=f"per:{w.lower()}", name=w, type="PER", known=False) for w in words]
    mentions = [dict(sentence=0, start=n, end=n, surface=w, form="name", actor_id=f"per:{w.lower()}")
                for n, w in enumerate(words)]
    return dict.fromkeys(batches.NAMES, []) | {"actors": actors, "mentions": mentions}

summary = batches.run(source, folder, analyse, progress=False)
print(writes, summary.analysed)
"""


def digests(folder: Path) -> dict[str, str]:
    """A hash of each table's bytes."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.glob("*.parquet"))}


def articles(path: Path, size: int) -> Path:
    """A file of short articles."""
    lines = [
        json.dumps({"id": n, "text": f"Bài {n} " + " ".join(f"Tuấn{(n * k) % 97}" for k in range(20))})
        for n in range(size)
    ]
    path.write_text("\n".join([*lines, "{broken"]), "utf-8")
    return path


@pytest.fixture(scope="module")
def script(tmp_path_factory):
    """A function that runs the script; what it printed, or None if it was killed."""
    path = tmp_path_factory.mktemp("script") / "run.py"
    path.write_text(SCRIPT, "utf-8")
    environment = {**os.environ, "PYTHONPATH": str(Path(batches.__file__).parents[1])}

    def run(source: Path, folder: Path, kill_at: int = 0) -> list[int] | None:
        command = [sys.executable, str(path), str(source), str(folder), str(kill_at)]
        done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
        assert done.returncode == (-9 if kill_at else 0), done.stderr
        return None if kill_at else [int(word) for word in done.stdout.split()]

    return run


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL there")
def test_killed_at_any_point_the_result_is_the_same(tmp_path, script):
    source = articles(tmp_path / "a.jsonl", 150)
    writes, analysed = script(source, tmp_path / "whole")
    assert analysed == 150
    expected = digests(tmp_path / "whole")
    for kill_at in (2, writes // 3, writes - 45, writes - 14, writes - 6, writes - 1):
        folder = tmp_path / f"killed-{kill_at}"
        script(source, folder, kill_at)
        if kill_at == writes // 3:
            script(source, folder, kill_at // 2)
        _, analysed = script(source, folder)
        assert digests(folder) == expected, kill_at
        assert analysed <= 150 and not (folder / ".work").exists()
    assert script(source, folder)[1] == 0


@pytest.fixture(scope="module")
def one_process(tmp_path_factory):
    """The shipped corpus in one process."""
    folder = tmp_path_factory.mktemp("one")
    pipeline.analyse_corpus(RAW / "karabakh_2020", folder)
    return folder


def test_a_pool_of_processes_gives_the_same_bytes(tmp_path, one_process):
    with ProcessPoolExecutor(2) as pool:
        summary = pipeline.analyse_corpus(RAW / "karabakh_2020", tmp_path, pool)
    assert summary.analysed == summary.rows["documents"] > 0
    assert digests(tmp_path) == digests(one_process)


def test_a_dask_cluster_gives_the_same_bytes(tmp_path, one_process):
    pytest.importorskip("distributed")
    from helpers.cluster import demo

    demo(RAW / "karabakh_2020", tmp_path)
    assert digests(tmp_path) == digests(one_process)


def test_a_rerun_does_what_changed(tmp_path):
    texts = {n: f"Tổng thống Nga Vladimir Putin gặp phái đoàn thứ {n} hôm 4-10." for n in range(40)}

    def write() -> Path:
        rows = [json.dumps({"id": n, "text": text}) for n, text in texts.items()]
        (tmp_path / "a.jsonl").write_text("\n".join(rows), "utf-8")
        return tmp_path / "a.jsonl"

    run = lambda folder: pipeline.analyse_corpus(write(), tmp_path / folder)  # noqa: E731
    assert run("out").analysed == 40
    before = digests(tmp_path / "out")
    stamp = (tmp_path / "out" / "mentions.parquet").stat().st_mtime_ns
    assert run("out").analysed == 0
    assert (tmp_path / "out" / "mentions.parquet").stat().st_mtime_ns == stamp
    texts[7] += " Mỹ lên án Nga."
    assert run("out").analysed == 1
    assert digests(tmp_path / "out") != before
    texts = {100: texts.pop(30), **texts}
    assert run("out").analysed == 0
    run("fresh")
    assert digests(tmp_path / "out") == digests(tmp_path / "fresh")
    del texts[7]
    assert run("out").rows["documents"] == 39


def test_a_damaged_table_is_made_again(tmp_path):
    source = articles(tmp_path / "a.jsonl", 5)
    pipeline.analyse_corpus(source, tmp_path / "out")
    before = digests(tmp_path / "out")
    (tmp_path / "out" / "mentions.parquet").write_bytes(b"cut")
    (tmp_path / "out" / "dates.parquet").unlink()
    assert pipeline.analyse_corpus(source, tmp_path / "out").analysed == 0
    assert digests(tmp_path / "out") == before


def test_batches_are_handed_out_within_bounds(tmp_path, monkeypatch):
    class Counting(ProcessPoolExecutor):
        waiting = most = 0

        def submit(self, *arguments):
            self.waiting += 1
            self.most = max(self.most, self.waiting)
            future = super().submit(*arguments)
            future.add_done_callback(lambda _: setattr(self, "waiting", self.waiting - 1))
            return future

    monkeypatch.setattr(batches, "IN_FLIGHT", 3)
    with Counting(1) as pool:
        pipeline.analyse_corpus(articles(tmp_path / "a.jsonl", 40), tmp_path / "out", pool)
    assert 1 <= pool.most <= 3


def test_sketches():
    words = [f"từ{n}" for n in range(600)]
    text = "Tựa đề\n" + " ".join(words)
    assert alike(sketch(text), sketch("Một tựa đề khác hẳn\n" + " ".join(words))) == 1
    assert alike(sketch(text), sketch("Tựa đề\n" + " ".join(reversed(words)))) < 0.05
    half = "Tựa đề\n" + " ".join(words[:300] + [f"khác{n}" for n in range(300)])
    assert abs(alike(sketch(text), sketch(half)) - 1 / 3) < 0.15
    assert alike(sketch("Một"), sketch("Hai")) == 0
    assert len(sketch("")) == 1
    assert find_duplicates([], []) == {}
    assert find_duplicates([sketch(text), sketch(half), sketch(text)], [2, 1, 1]) == {0: 2}


def test_a_ratio_says_whether_it_is_reached():
    assert str(Ratio("speed", 1.9, ">=", 1.8)).endswith("yes")
    assert str(Ratio("time", 9.0, "<=", 8.5)).endswith("NO")


@pytest.mark.skipif(not SHARED.exists(), reason="the articles are not on this machine")
def test_real_articles_through_two_executors(tmp_path):
    import gzip

    with gzip.open(SHARED, "rt", encoding="utf-8") as file:
        lines = [line for line, _ in zip(file, range(12), strict=False)]
    (tmp_path / "a.jsonl").write_text("".join(lines), "utf-8")
    pipeline.analyse_corpus(tmp_path / "a.jsonl", tmp_path / "one")
    with ProcessPoolExecutor(2) as pool:
        pipeline.analyse_corpus(tmp_path / "a.jsonl", tmp_path / "two", pool)
    assert digests(tmp_path / "one") == digests(tmp_path / "two")
