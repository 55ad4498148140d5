"""Shares corrected by a coded sample, and the whole loop walked with simulated coders on the coded articles."""

import pandas as pd
import pytest

from helpers import charts, pipeline, report
from helpers.agreement import agreement
from helpers.alignment import coded_rows
from helpers.charts_data import view
from helpers.coded import CODED, SAMPLE
from helpers.estimates import Quantity, estimates, fits, quantities
from helpers.rehearsal import Rates, compared, coverage, only, rehearse
from news import news

LINES = ["Nga lên án Mỹ.", "Mỹ ủng hộ Pháp.", "Pháp chê Mỹ.", "Trời mưa ở Đức."]
AGAINST_USA = Quantity("against", "USA")
CODERS = {"simulated-1": Rates(), "simulated-2": Rates(miss=0.1, turn=0.03, invent=0.03)}


@pytest.fixture
def small():
    """Two articles; the software finds the first stance of each and takes praise of the USA in `b` for blame."""
    stances = [("a", 0, "RUS", "USA", -1), ("b", 0, "RUS", "USA", -1), ("b", 2, "FRA", "USA", -1)]
    return news({"a": LINES, "b": LINES}, stances)


def codes_of(*codes, coder="anna"):
    """Codes of all eight sentences; those not named hold nothing. Codes: (doc_id, sentence, source, target, sign)."""
    rows, by_place = [], {}
    for doc_id, n, *stance in codes:
        by_place.setdefault((doc_id, n), []).append(stance)
    strata = {("a", 0): ("A", 3), ("b", 0): ("A", 3), ("b", 2): ("A", 3)}
    for doc_id in ("a", "b"):
        for n in range(4):
            letter, size = strata.get((doc_id, n), ("C", 5))
            for source, target, sign in by_place.get((doc_id, n), [(None, None, 0)]):
                rows.append((coder, f"{doc_id}#{n}", doc_id, n, letter, size, None, source, target, sign, None))
    return pd.DataFrame(rows, columns=CODED).astype({"sign": "Int64"})


def first(tables, **options):
    return estimates(tables, wanted=[AGAINST_USA], lang="en", **options).iloc[0]


def test_without_a_sample_only_the_naive_value_is_told(small):
    row = first(small)
    assert row["naive"] == 1
    assert pd.isna(row["corrected"])
    assert row["counted"] == 3


def test_coding_everything_gives_what_the_coder_says(small):
    codes = [
        ("a", 0, "RUS", "USA", -1),
        ("b", 0, "RUS", "USA", -1),
        ("b", 2, "FRA", "USA", 1),
        ("a", 2, "FRA", "USA", 1),
    ]
    row = first(small | {SAMPLE: codes_of(*codes)})
    assert (row["naive"], row["corrected"], row["corrected_low"], row["units"]) == (1, 0.5, 0.5, 8)


def test_where_two_coders_differ_their_mean_counts(small):
    one = codes_of(("a", 0, "RUS", "USA", -1), ("b", 0, "RUS", "USA", 1))
    other = codes_of(("a", 0, "RUS", "USA", -1), ("b", 0, "RUS", "USA", -1), coder="bình")
    assert first(small | {SAMPLE: pd.concat([one, other])})["corrected"] == 0.75


def test_a_stance_or_speaker_written_on_two_lines_counts_once(small):
    codes = codes_of(("a", 0, "RUS", "USA", -1), ("a", 0, "RUS", "USA", -1), ("b", 0, "RUS", "USA", 1))
    assert first(small | {SAMPLE: codes})["corrected"] == 0.5
    spoken = codes.assign(speaker=["RUS", "RUS", "none", "none", "none", "USA", "none", "none", "none"])
    found = estimates(small | {SAMPLE: spoken}, wanted=[Quantity("speech", "RUS")], lang="en")
    assert found["corrected"].tolist() == [0.5]


def test_a_sample_of_part_has_an_interval_around_its_value(small):
    codes = codes_of(("a", 0, "RUS", "USA", -1), ("b", 0, "RUS", "USA", 1))
    part = codes[~codes["unit"].isin(["b#2", "b#3"])]
    row = first(small | {SAMPLE: part})
    assert row["corrected_low"] < row["corrected"] < row["corrected_high"]
    assert row["units"] == 6


def test_corrections_of_rows_do_not_stand_in_for_codes(small):
    """The figures count what the researcher corrected; the corrected share starts from the software's own codes."""
    codes = codes_of(("a", 0, "RUS", "USA", -1), ("b", 0, "RUS", "USA", -1), ("b", 2, "FRA", "USA", 1))
    before = first(small | {SAMPLE: codes})
    marked = small["stances"].assign(correction=[None, None, "changed"], sign=[-1, -1, 1])
    row = {"row": 2, "action": "change", "table": "stances", "status": "applied", "found": True, "doc_id": "b"}
    row |= {"sentence": 2, "cue_start": 0, "cue_end": 1, "source": "FRA", "target": "USA", "sign": -1, "basis": "words"}
    done = pd.DataFrame([row]).reindex(columns=[*row, "claimed_by", "speaker", "kind"])
    bare = small["statements"].assign(correction=None)
    after = first(small | {SAMPLE: codes, "stances": marked, "statements": bare, "corrections": done})
    assert (before["naive"], after["naive"]) == (1, pytest.approx(2 / 3))
    assert before["corrected"] == after["corrected"]


def test_a_corpus_that_has_grown_is_not_corrected_by_an_old_sample(small):
    grown = news({"a": LINES, "b": LINES, "c": LINES}, [("a", 0, "RUS", "USA", -1)])
    tables = grown | {SAMPLE: codes_of(("a", 0, "RUS", "USA", -1))}
    assert "drawn from 8 sentences, the corpus now has 12" in fits(tables)
    assert pd.isna(first(tables)["corrected"])
    assert "drawn from 8" in report.report_page([], tables, corpus="x", lang="en")


def test_sheets_of_two_samples_do_not_correct(small):
    one, other = codes_of(("a", 0, "RUS", "USA", -1)), codes_of(("a", 0, "RUS", "USA", -1), coder="bình")
    tables = small | {SAMPLE: pd.concat([one, other.assign(size=other["size"] + 1)])}
    assert "different samples" in fits(tables)
    assert pd.isna(first(tables)["corrected"])


def test_speech_balance_and_difference():
    spoken = [("a", 0, "RUS"), ("a", 1, "RUS"), ("a", 2, "USA"), ("b", 3, "per:lavrov")]
    tables = news({"a": LINES, "b": LINES}, [("a", 0, "RUS", "USA", -1), ("b", 0, "RUS", "USA", 1)], spoken)
    wanted = [Quantity("speech", "RUS"), Quantity("speech", "RUS", less="USA"), Quantity("balance", "RUS", "USA")]
    found = estimates(tables, wanted=wanted, lang="en")
    assert found["naive"].tolist() == [0.75, 0.5, 0]
    assert found["name"].tolist()[2] == "Nga → Mỹ: for less against"
    assert {quantity.measure for quantity in quantities(view(tables, "en", "side"))} == {"speech", "against", "balance"}


@pytest.fixture(scope="module")
def loop(tables, coded, tmp_path_factory):
    """The coded articles as a corpus, their codes, and a sample of it by two simulated coders."""
    own, codes = only(coded, tables), coded_rows(coded, tables)
    return own, codes, rehearse(own, codes, CODERS, tmp_path_factory.mktemp("sheets"), n=90, seed=1, unit="sentence")


def test_simulated_coders_agree_with_each_other_more_than_with_the_software(loop):
    found = agreement(loop[2][SAMPLE], loop[2]).set_index(["variable", "coders"])["alpha"]
    for variable in ("sign", "stance"):
        assert found[variable, "simulated-1 & simulated-2"] > 0.5
        assert found[variable, "simulated-1 & simulated-2"] > found[variable, "simulated-1 & machine"]


def test_where_software_errs_one_way_corrected_shares_are_nearer_to_the_codes_than_counts(loop, tmp_path):
    whole, codes, _ = loop
    stances = whole["stances"]
    tables = whole | {"stances": stances[(stances["sign"] > 0) | (stances["source"] != "AZE")]}
    options = {"n": 90, "unit": "sentence"}
    samples = [rehearse(tables, codes, CODERS, tmp_path / str(seed), seed=seed, **options) for seed in range(1, 5)]
    found = pd.concat(compared(sample, codes) for sample in samples)
    assert found[["corrected_low", "all_coded"]].notna().all(axis=None)
    gaps = found[["naive", "corrected"]].sub(found["all_coded"], axis=0).abs().mean()
    assert gaps["corrected"] < gaps["naive"]
    assert found["all_coded"].between(found["corrected_low"], found["corrected_high"]).mean() > 0.5


def test_intervals_of_samples_without_coding_error_hold_what_coding_everything_gives(loop):
    found = coverage(loop[0], loop[1], n=120, draws=60)
    assert found["corrected"].mean() > 0.88
    assert found["corrected"].between(0, 1).all()


def test_figure_and_report_show_counted_and_corrected(loop):
    figure = charts.how_sure(loop[2], lang="en", level="side")
    shares = figure.data[figure.data["measure"] != "mentions"]
    assert len(shares) == len(estimates(loop[2], level="side"))
    assert (shares["corrected_low"] <= shares["corrected"]).all()
    assert "Egami et al. 2023" in figure.caption
    plain = charts.how_sure(loop[0], lang="en", level="side")
    assert "measure" not in plain.data
    page = report.report_page([figure], loop[2], corpus="x", lang="en")
    assert "As counted and as corrected" in page
    assert "units coded" in page
    assert "No sample of this corpus has been coded" in report.report_page([], loop[0], corpus="x", lang="en")


@pytest.mark.parametrize("size", ["page", "column", "slide"])
def test_figure_stays_within_its_format(loop, size):
    figure = charts.how_sure(loop[2], level="side", size=size)
    renderer_texts = [text for text in figure.fig.findobj() if hasattr(text, "get_text") and text.get_text()]
    width = figure.fig.bbox.width
    assert len(figure.data)
    assert all(text.get_window_extent().x1 <= width + 2 for text in renderer_texts if text.get_visible())


def test_articles_can_be_drawn_instead_of_sentences(loop, tmp_path):
    done = rehearse(loop[0], loop[1], {"simulated": Rates()}, tmp_path, n=8, seed=3, unit="article")
    found = estimates(done, level="side")
    assert found["units"].eq(8).all()
    assert (found["corrected_low"] <= found["corrected_high"]).all()


def test_a_corpus_brings_its_coded_sample_along(monkeypatch, capsys):
    sample = codes_of(("a", 0, "RUS", "USA", -1))
    monkeypatch.setattr(pipeline, "coded_sample", lambda corpus, tables: (sample, ["anna.xlsx: no 3 left out"]))
    assert pipeline.corpus_tables("karabakh_2020")[SAMPLE] is sample
    assert "no 3 left out" in capsys.readouterr().err
    monkeypatch.setattr(pipeline, "coded_sample", lambda corpus, tables: (None, []))
    assert SAMPLE not in pipeline.corpus_tables("karabakh_2020")
