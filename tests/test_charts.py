"""Figures: the numbers behind them, names that never overlap, files that are the same at each run."""

import datetime
import itertools
import re
import unicodedata
import zlib

import matplotlib.colors
import matplotlib.style
import numpy as np
import pandas as pd
import pytest
from matplotlib.patches import FancyArrowPatch, Rectangle
from matplotlib.text import Text

from helpers import (
    charts,
    charts_base,
    charts_certainty,
    charts_mentions,
    charts_network,
    charts_speech,
    labels,
    measured,
)
from helpers.charts_reading import lengths_by_day

SURNAMES = ("Nguyễn Thị", "Trần Văn", "Lê Quỳnh", "Phạm Đức", "Hoàng Mỹ", "Vũ Ngọc", "Đặng Hữu", "Bùi Xuân")
GIVEN = ("Ánh", "Bảo", "Cường", "Dũng", "Giang Hải Yến Nhi", "Hạnh", "Khuê", "Lộc")
STATES = (("VNM", "Việt Nam"), ("FRA", "Pháp"), ("ARE", "Các Tiểu vương quốc Ả Rập Thống nhất"), ("JPN", "Nhật Bản"))
COLUMNS = {
    "documents": "doc_id title outlet published url path text sha256 duplicate_of",
    "sentences": "doc_id sentence start end text",
    "actors": "actor_id name name_en type side wikidata known",
    "mentions": "doc_id sentence start end surface form actor_id",
    "statements": "doc_id sentence speaker kind cue cue_start cue_end content_start content_end",
    "stances": "doc_id sentence source target sign basis cue cue_start cue_end claimed_by event confidence rule",
}
CUE = {1: "ủng hộ", -1: "phản đối"}


def tables(actors: int, articles: int = 8) -> dict[str, pd.DataFrame]:
    """A corpus of sentences `Theo hãng tin, A nói B ủng hộ C.` over that many people of four states."""
    people = []
    for number in range(actors):
        name = f"{SURNAMES[number % 8]} {GIVEN[number // 8 % 8]}"
        people.append((f"per:{number:02}", name, None, "PER", STATES[number % 4][0], None, False))
    outlet = ("media:tin", "Hãng tin Bờ Sông", "Riverside News", "MEDIA", None, None, True)
    states = [(side, name, None, "GPE", side, None, True) for side, name in STATES]
    rows = {name: [] for name in COLUMNS} | {"actors": [*people, *states, outlet]}
    for article in range(articles):
        _article(rows, f"bai-{article}", article, [person[:2] for person in people])
    return {name: pd.DataFrame(rows[name], columns=columns.split()) for name, columns in COLUMNS.items()}


def _article(rows: dict, doc_id: str, article: int, people: list) -> None:
    text, total = "", len(people)
    for sentence in range(0 if total < 3 else total):
        speaker, source = people[sentence], people[(sentence + 1 + article % 3) % total]
        target = people[(sentence * 3 + 2) % total]
        sign = 1 if (sentence + article) % 3 == 0 else -1
        start = len(text)
        line = f"Theo Hãng tin Bờ Sông, {speaker[1]} nói {source[1]} {CUE[sign]} {target[1]}."
        if len({speaker[0], source[0], target[0]}) < 3:
            line = f"{speaker[1]} lên tiếng."
        text += line + "\n"
        rows["sentences"].append((doc_id, sentence, start, start + len(line), line))
        named = [person for person in dict.fromkeys((speaker, source, target)) if person[1] in line]
        for key, name in named:
            place = start + line.index(name)
            rows["mentions"].append((doc_id, sentence, place, place + len(name), name, "name", key))
        if len(named) == 3:
            _codes(rows, doc_id, sentence, start, line, (speaker[0], source[0], target[0], sign))
    day = datetime.date(2020, 9, 27) + datetime.timedelta(days=4 * article)
    rows["documents"].append((doc_id, None, None, day, None, f"{doc_id}.txt", text, "0", None))


def _codes(rows: dict, doc_id: str, sentence: int, start: int, line: str, codes: tuple) -> None:
    speaker, source, target, sign = codes
    said, cue = start + line.index("nói"), start + line.index(CUE[sign])
    span = (start, start + len(line))
    kind = "direct" if sentence % 2 else "indirect"
    rows["statements"].append((doc_id, sentence, "media:tin", "outlet", "Theo", start, start + 4, *span))
    rows["statements"].append((doc_id, sentence, speaker, kind, "nói", said, said + 3, *span))
    basis = ("words", "deeds", "relation")[sentence % 3]
    claimed = speaker if basis == "deeds" else None
    cues = (CUE[sign], cue, cue + len(CUE[sign]))
    rows["stances"].append((doc_id, sentence, source, target, sign, basis, *cues, claimed, None, 0.8, "test"))


@pytest.fixture(scope="module")
def corpora() -> dict[int, dict[str, pd.DataFrame]]:
    return {actors: tables(actors) for actors in (5, 20, 60)}


def extents(figure: charts.Figure) -> list[tuple[str, object]]:
    with matplotlib.style.context(charts_base.STYLE):
        figure.fig.draw_without_rendering()
        found = []
        for text in figure.fig.findobj(Text):
            owner = text.axes
            if text.get_text().strip() and text.get_visible() and (owner is None or _on_axes(text, owner)):
                found.append((text.get_text(), text.get_window_extent()))
    return found


def _on_axes(text: Text, ax) -> bool:
    """Tick labels of switched-off axes and of hidden sides are objects that are not drawn."""
    ticks = {id(t): tick for axis in (ax.xaxis, ax.yaxis) for tick in axis.get_major_ticks() for t in _labels(tick)}
    if id(text) not in ticks:
        return True
    tick = ticks[id(text)]
    axis = ax.xaxis if tick in ax.xaxis.get_major_ticks() else ax.yaxis
    low, high = sorted(axis.get_view_interval())
    return ax.axison and low <= tick.get_loc() <= high


def _labels(tick) -> tuple:
    return tick.label1, tick.label2


@pytest.mark.parametrize("actors", [5, 20, 60])
@pytest.mark.parametrize(("size", "lang"), [("column", "vi"), ("page", "en"), ("slide", "vi")])
@pytest.mark.parametrize("draw", charts.FIGURES, ids=lambda draw: draw.__name__)
def test_texts_do_not_overlap_and_stay_inside(corpora, draw, size, lang, actors):
    options = {} if draw is charts.for_and_against else {"top": 60}
    texts_stand_apart(draw(corpora[actors], size=size, lang=lang, **options))


@pytest.mark.parametrize(("size", "lang"), [("column", "en"), ("page", "vi"), ("slide", "en")])
@pytest.mark.parametrize("draw", [*charts.FIGURES, lengths_by_day], ids=lambda draw: draw.__name__)
def test_texts_of_a_figure_as_it_comes_do_not_overlap(corpora, draw, size, lang):
    texts_stand_apart(draw(corpora[60], size=size, lang=lang))


def texts_stand_apart(figure: charts.Figure) -> None:
    found = extents(figure)
    assert len(found) > 1  # a title and what it answers
    whole = figure.fig.bbox
    for text, box in found:
        assert box.x0 >= -1 and box.y0 >= -1 and box.x1 <= whole.x1 + 1 and box.y1 <= whole.y1 + 1, text
    for (one, first), (other, second) in itertools.combinations(found, 2):
        wide = min(first.x1, second.x1) - max(first.x0, second.x0)
        high = min(first.y1, second.y1) - max(first.y0, second.y0)
        assert wide < 1.5 or high < 1.5, f"{one!r} and {other!r} overlap by {wide:.1f} × {high:.1f} pixels"


@pytest.mark.parametrize(("size", "width"), [("column", 85), ("page", 178), ("slide", 254)])
def test_sizes_in_print(corpora, size, width):
    figure = charts.mentions_by_actor(corpora[5], size=size)
    assert figure.fig.get_figwidth() * 25.4 == pytest.approx(width, abs=0.1)
    if size == "slide":
        assert figure.fig.get_figwidth() / figure.fig.get_figheight() == pytest.approx(16 / 9, abs=0.01)
    assert all(text.get_fontsize() >= 5.5 for text in figure.fig.findobj(Text) if text.get_text())


@pytest.mark.parametrize(("size", "lang"), [("column", "vi"), ("page", "en"), ("slide", "vi")])
@pytest.mark.parametrize("articles", [0, 1])
@pytest.mark.parametrize("draw", [*charts.FIGURES, lengths_by_day], ids=lambda draw: draw.__name__)
def test_empty_and_one_article(draw, articles, lang, size):
    figure = draw(tables(2 if articles else 0, articles), lang=lang, size=size)
    says = " ".join(text.get_text() for text in figure.fig.findobj(Text)) + figure.caption
    if not articles:
        assert labels.say("empty.documents", lang) in " ".join(says.split())
        assert figure.data.empty and figure.evidence.empty
    assert labels.say("basis.article" if articles else "basis.articles", lang, articles=articles) in figure.caption
    assert {"group", "doc_id", "sentence"} <= set(figure.evidence.columns)
    texts_stand_apart(figure)


@pytest.mark.parametrize("size", charts_base.SIZES)
@pytest.mark.parametrize("draw", charts.FIGURES, ids=lambda draw: draw.__name__)
def test_one_article_with_everything_in_it_says_so_in_the_picture(draw, size):
    figure = draw(tables(6, 1), size=size)
    said = labels.say("basis.article", "vi", articles=1)
    assert said in figure.caption
    drawn = [" ".join(text.get_text().split()) for text in figure.fig.findobj(Text)]
    assert any(said in text or labels.say("empty.one", "vi") in text for text in drawn)
    texts_stand_apart(figure)


@pytest.mark.parametrize("level", ["actor", "side"])
@pytest.mark.parametrize("draw", charts.FIGURES, ids=lambda draw: draw.__name__)
def test_evidence_leads_to_sentences(corpora, draw, level):
    corpus = corpora[20]
    figure = draw(corpus, level=level)
    places = set(zip(corpus["sentences"]["doc_id"], corpus["sentences"]["sentence"], strict=True))
    assert not figure.evidence.empty
    assert set(figure.evidence["group"]) <= set(figure.data["group" if "group" in figure.data else "name"])
    assert set(zip(figure.evidence["doc_id"], figure.evidence["sentence"], strict=True)) <= places
    assert figure.evidence["group"].notna().all()


def test_undated_corpus_says_so_and_keeps_the_rest(corpora):
    corpus = dict(corpora[5])
    corpus["documents"] = corpus["documents"].assign(published=None)
    for draw in (charts.attention_over_time, charts.for_and_against):
        assert labels.say("empty.dates", "vi") in draw(corpus).caption
    assert "8 bài không rõ ngày" in charts.mentions_by_actor(corpus).caption


def small() -> dict[str, pd.DataFrame]:
    """Three articles, the last a copy: An is for Bình twice (words, relation) and against him once (deeds)."""
    corpus = {name: pd.DataFrame(columns=columns.split()) for name, columns in COLUMNS.items()}
    text = "An ủng hộ Bình."
    corpus["documents"] = pd.DataFrame(
        [
            (doc, None, None, datetime.date(2020, 10, day), None, doc, text, "0", copy)
            for doc, day, copy in (("a", 1, None), ("b", 2, None), ("c", 3, "a"))
        ],
        columns=COLUMNS["documents"].split(),
    )
    corpus["sentences"] = pd.DataFrame(
        [(doc, 0, 0, len(text), text) for doc in "abc"], columns=COLUMNS["sentences"].split()
    )
    corpus["actors"] = pd.DataFrame(
        [("per:an", "An", "Ann", "PER", "USA", None, True), ("per:binh", "Bình", None, "PER", None, None, False)],
        columns=COLUMNS["actors"].split(),
    )
    corpus["mentions"] = pd.DataFrame(
        [
            ("a", 0, 0, 2, "An", "name", "per:an"),
            ("a", 0, 10, 14, "Bình", "name", "per:binh"),
            ("b", 0, 0, 2, "An", "name", "per:an"),
            ("b", 0, 0, 2, "ông", "pronoun", "per:an"),
            ("c", 0, 0, 2, "An", "name", "per:an"),
        ],
        columns=COLUMNS["mentions"].split(),
    )
    cue, an, binh = ("ủng hộ", 3, 9), "per:an", "per:binh"
    corpus["stances"] = pd.DataFrame(
        [
            ("a", 0, an, binh, 1, "words", *cue, None, None, 0.9, "t"),
            ("a", 0, an, binh, 1, "relation", *cue, None, None, 0.7, "t"),
            ("b", 0, an, binh, -1, "deeds", "tấn công", None, None, binh, "ASSAULT", 0.5, "t"),
            ("b", 0, binh, an, -1, "words", "phản đối", None, None, None, None, 0.5, "t"),
            ("c", 0, an, binh, 1, "words", *cue, None, None, 0.9, "t"),
        ],
        columns=COLUMNS["stances"].split(),
    )
    return corpus


def test_mentions_are_counted_by_name_without_duplicates():
    figure = charts.mentions_by_actor(small(), lang="en")
    assert figure.data.to_dict("records") == [
        {"key": "per:an", "name": "Ann", "mentions": 2, "articles": 2, "share": 1.0},
        {"key": "per:binh", "name": "Bình", "mentions": 1, "articles": 1, "share": 0.5},
    ]
    assert "2 articles, 1 Oct 2020–2 Oct 2020; duplicates left out: 1." in figure.caption
    assert set(figure.evidence["doc_id"]) == {"a", "b"}


def test_sides_have_the_names_of_states():
    figure = charts.mentions_by_actor(small(), level="side")
    assert figure.data["name"].tolist() == ["Mỹ", "Bình"]
    assert labels.country("FRA", "vi") == "Pháp" and labels.country("XKX", "en") == "Kosovo"


def test_matrix_counts_signs():
    cell = charts.stance_matrix(small()).data.iloc[0]
    assert (cell["source_name"], cell["target_name"]) == ("An", "Bình")
    assert (cell["positive"], cell["negative"], cell["total"]) == (2, 1, 3)
    assert cell["balance"] == pytest.approx(1 / 3)


def test_bases_claims_and_balance():
    bases = charts.words_deeds_relations(small(), top=1).data.set_index("basis")
    assert bases["positive"].to_dict() == {"words": 1, "deeds": 0, "relation": 1}
    assert bases["negative"].to_dict() == {"words": 0, "deeds": 1, "relation": 0}
    claims = charts.claims_and_denials(small()).data
    assert claims[["claimant_name", "acts", "denials"]].to_numpy().tolist() == [["Bình", 1, 0]]
    days = charts.for_and_against(small(), actor="per:binh").data
    assert days["events"].tolist() == ["An +2 (ủng hộ)", "An −1 (tấn công)"]


def test_denial_in_the_same_article_is_counted():
    corpus = small()
    denial = ("b", 0, "per:an", "per:binh", -1, "words", "bác bỏ", None, None, None, None, 0.5, "t")
    corpus["stances"].loc[len(corpus["stances"])] = denial
    assert charts.claims_and_denials(corpus).data["denials"].tolist() == [1]


def test_intervals_hold_the_count_and_repeat(corpora):
    first, second = (charts.how_sure(corpora[20]).data for _ in range(2))
    pd.testing.assert_frame_equal(first, second)
    assert (first["low"] <= first["mentions"]).all() and (first["mentions"] <= first["high"]).all()
    assert (first["rank_low"] <= first["rank_high"]).all()


def test_ranks_share_the_better_place():
    ranks = charts_certainty._ranks(np.array([[5, 9, 5, 1]]))
    assert ranks.tolist() == [[2, 1, 2, 4]]


def test_files_are_the_same_at_each_run(tmp_path, corpora):
    runs = []
    for run in ("first", "second"):
        figure = charts.stance_network(corpora[5], size="column")
        runs.append([path.read_bytes() for path in charts.save_figure(figure, tmp_path / run)])
    assert runs[0] == runs[1]
    names = sorted(path.name for path in (tmp_path / "first").iterdir())
    assert names == [f"08-network-column-vi.{ending}" for ending in ("csv", "pdf", "png", "svg", "txt")]
    png, svg, pdf, csv, caption = runs[0]
    assert csv.startswith(b"\xef\xbb\xbf") and b"FontFile2" in pdf and b"<dc:date>" not in svg
    assert png.startswith(b"\x89PNG") and "bài" in caption.decode()


def test_text_of_the_pdf_copies_out_with_its_marks(tmp_path):
    """The embedded fonts carry Unicode maps that hold each letter of the names as typed (NFC)."""
    corpus = tables(5)
    pdf = charts.save_figure(charts.mentions_by_actor(corpus, size="column"), tmp_path)[2].read_bytes()
    streams = [zlib.decompress(part) for part in re.findall(rb"stream\r?\n(x.*?)\r?\nendstream", pdf, re.DOTALL)]
    maps = b" ".join(part for part in streams if b"beginbf" in part).decode("latin-1")
    known = set()
    for first, last, codes in re.findall(r"<(\w+)> <(\w+)> \[([^]]*)\]", maps):
        assert int(last, 16) - int(first, 16) + 1 == len(codes.split())
        known |= {chr(int(code, 16)) for code in re.findall(r"<(\w{4})>", codes)}
    assert set("".join(corpus["actors"]["name"].head(5)).replace(" ", "")) <= known


def test_cells_that_spreadsheets_would_run_are_harmless():
    frame = pd.DataFrame({"name": ["=1+1", "@x", "-a", "+b", "Nga"], "value": [-1, 2, 3, 4, 5]})
    safe = charts.safe_cells(frame)
    assert safe["name"].tolist() == ["'=1+1", "'@x", "'-a", "'+b", "Nga"]
    assert safe["value"].tolist() == [-1, 2, 3, 4, 5]


def test_a_figure_shows_itself_with_alt_text(corpora):
    shown = charts.mentions_by_actor(corpora[5])._repr_html_()
    assert 'alt="Ai được nêu tên' in shown and "data:image/png;base64," in shown


@pytest.mark.parametrize("wrong", [{"lang": "fr"}, {"level": "bloc"}, {"size": "poster"}])
def test_unknown_options_are_refused(corpora, wrong):
    with pytest.raises(ValueError, match="must be one of"):
        charts.mentions_by_actor(corpora[5], **wrong)


def test_every_text_stands_in_both_languages():
    for key, pair in labels._TEXT.items():
        assert len(pair) == 2 and all(pair), key
        assert pair[0] == unicodedata.normalize("NFC", pair[0])


def test_numbers_and_dates_by_language():
    assert (labels.number(1234.5, "vi"), labels.number(-1234.5, "en")) == ("1.234,5", "−1,234.5")
    assert (labels.percent(0.456, "vi"), labels.percent(0.001, "en")) == ("46%", "<1%")
    day = datetime.date(2020, 9, 27)
    assert (labels.day(day, "vi"), labels.day(day, "en")) == ("27/9/2020", "27 Sep 2020")


def test_captions_tell_the_measured_error(monkeypatch):
    known = {"stances per article by side": measured.Measured(0.68, 0.5, 11)}
    monkeypatch.setattr(measured, "measured", known.get)
    told = charts.stance_matrix(small(), level="side", lang="en").caption
    assert told.endswith(
        "11 coded articles of karabakh_2020: 68% of the stances found are right, 50% of those there are found."
    )
    assert "coded" not in charts.stance_matrix(small(), lang="en").caption


def test_the_network_keeps_the_arrows_of_most_sentences(corpora):
    few, every = (charts.stance_network(corpora[60], size="column", top=top) for top in (None, 60))
    assert len(few.data) <= charts_network.ARROWS["column"] < len(every.data)
    assert few.data["sentences"].sum() >= every.data["sentences"].nlargest(len(few.data)).sum() * 0.9


def linear(colour: str) -> np.ndarray:
    """Linear RGB (0…1) of a colour in sRGB."""
    values = np.array([int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)])
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def lab(rgb: np.ndarray) -> np.ndarray:
    """CIELAB (D65) of linear RGB: L* from 0 (black) to 100; a distance of 2 is just noticed, one of 20 is plain."""
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    x, y, z = np.cbrt(np.clip(to_xyz @ np.clip(rgb, 0, 1) / [0.9505, 1, 1.089], 0.008856, None))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


# Machado, Oliveira and Fernandes, A Physiologically-based Model for Simulation of Color Vision Deficiency (2009),
# table of severity 1.0, on linear RGB
DEFICIENCY = {
    "none": np.eye(3),
    "protan": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deutan": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
    "tritan": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
}
# colours that have to be told apart within a figure
PAIRS = {
    "for and against": (charts_base.FOR, charts_base.AGAINST),
    "bars and their background": (charts_base.INK, charts_base.PALE),
    "for and paper": (charts_base.FOR, "#FFFFFF"),
    "against and paper": (charts_base.AGAINST, "#FFFFFF"),
    "flows of a speaker and of nobody": (charts_base.FOR, charts_speech.NOBODY),
}


@pytest.mark.parametrize("kind", DEFICIENCY)
@pytest.mark.parametrize("pair", PAIRS)
def test_colours_differ_to_colour_blind_readers(pair, kind):
    one, other = (lab(np.array(DEFICIENCY[kind]) @ linear(colour)) for colour in PAIRS[pair])
    assert np.linalg.norm(one - other) > 30


@pytest.mark.parametrize("pair", PAIRS)
def test_colours_differ_in_grey_print(pair):
    one, other = (lab(linear(colour))[0] for colour in PAIRS[pair])
    assert abs(one - other) > 15


def test_greater_counts_are_darker():
    steps = [lab(linear(matplotlib.colors.to_hex(charts_mentions.SHADES(n / 8))))[0] for n in range(9)]
    assert all(later < earlier - 3 for earlier, later in itertools.pairwise(steps))


def test_for_and_against_differ_without_colour(corpora):
    """Hatched bars, dashed arrows and signs."""
    bars = charts.words_deeds_relations(corpora[20], size="column").fig.findobj(Rectangle)
    hatches = {matplotlib.colors.to_hex(bar.get_facecolor()).upper(): bar.get_hatch() for bar in bars}
    assert hatches[charts_base.AGAINST] and not hatches[charts_base.FOR]
    arrows = charts.stance_network(corpora[20], size="column").fig.findobj(FancyArrowPatch)
    styles = {matplotlib.colors.to_hex(arrow.get_edgecolor()).upper(): arrow.get_linestyle() for arrow in arrows}
    assert styles[charts_base.AGAINST] != styles[charts_base.FOR]
    texts = [text.get_text() for text in charts.stance_matrix(corpora[20]).fig.findobj(Text)]
    assert any(re.fullmatch(r"−\d+", text) for text in texts) and any(re.fullmatch(r"\+\d+", text) for text in texts)
