"""Highlighted sentences: every mark where it belongs, nothing unescaped, the same at each run."""

import datetime
import re
from html.parser import HTMLParser

import pandas as pd
import pytest

from helpers import charts, evidence

TEXT = "Theo báo Sông <Xanh>, bà Lan cáo buộc công ty Minh & Hà xả thải. Bà phản đối việc này."


def plain(function):
    """What a function of the module gives, without the looks of its marks."""
    return lambda *given, **named: re.sub(r' style="[^"]*"', "", function(*given, **named))


entities_html, evidence_html = plain(evidence.entities_html), plain(evidence.evidence_html)
highlight = plain(evidence.highlight)


def at(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


@pytest.fixture
def tables() -> dict[str, pd.DataFrame]:
    end = TEXT.index(" Bà")
    documents = pd.DataFrame(
        {
            "doc_id": ["a", "b"],
            "title": ["Tin <b>sông</b>", None],
            "outlet": ["Sông Xanh", None],
            "published": [datetime.date(2020, 9, 27), None],
            "url": ["https://example.org/?a=1&b=2", "javascript:alert(1)"],
            "text": [TEXT, TEXT],
            "duplicate_of": [None, None],
        }
    )
    sentences = [
        (doc, n, *span, TEXT[slice(*span)]) for doc in "ab" for n, span in enumerate([(0, end), (end + 1, 85)])
    ]
    actors = pd.DataFrame(
        [
            ("per:lan", "Lan", None, "PER", "VNM"),
            ("org:minh-ha", "Minh & Hà", "Minh & Ha Co", "ORG", None),
            ("media:song", "Sông <Xanh>", "Blue River", "MEDIA", None),
        ],
        columns=["actor_id", "name", "name_en", "type", "side"],
    )
    names = [("Lan", "per:lan"), ("Minh & Hà", "org:minh-ha"), ("Sông <Xanh>", "media:song")]
    mentions = [(doc, 0, *at(name), name, "name", key) for doc in "ab" for name, key in names]
    stance = ("per:lan", "org:minh-ha", -1, "words", "cáo buộc", *at("cáo buộc"), "media:song")
    return {
        "documents": documents,
        "sentences": pd.DataFrame(sentences, columns=["doc_id", "sentence", "start", "end", "text"]),
        "actors": actors,
        "mentions": pd.DataFrame(
            mentions, columns=["doc_id", "sentence", "start", "end", "surface", "form", "actor_id"]
        ),
        "stances": pd.DataFrame(
            [(doc, 0, *stance) for doc in "ab"],
            columns="doc_id sentence source target sign basis cue cue_start cue_end claimed_by".split(),
        ),
    }


class Text(HTMLParser):
    """The text of a piece of HTML, its open tags and its links."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text, self.open, self.links = "", [], []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.links += [value for name, value in attributes if name == "href"]
        if tag not in ("br", "input"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if not {"style", "script"} & set(self.open):
            self.text += data


def test_highlight_keeps_the_text_and_escapes_it():
    html = highlight(TEXT, [(*at("Lan"), "source"), (*at("cáo buộc"), "cue"), (*at("Minh & Hà"), "target")])
    assert '<mark class="source">Lan</mark> <b class="cue">cáo buộc</b>' in html
    assert '<mark class="target">Minh &amp; Hà</mark>' in html and "Sông &lt;Xanh&gt;" in html
    assert Text(html).text == TEXT


def test_overlapping_spans_carry_all_their_classes():
    html = highlight("abcdef", [(0, 4, "source"), (2, 6, "cue")])
    assert html == '<mark class="source">ab</mark><mark class="cue source">cd</mark><b class="cue">ef</b>'
    assert highlight("", []) == "" and highlight("a<", []) == "a&lt;"


@pytest.mark.parametrize("span", [(0, 99, "cue"), (-1, 2, "cue"), (2, 2, "cue"), (0, 1, "hero")])
def test_impossible_spans_are_refused(span):
    with pytest.raises(ValueError, match="span"):
        highlight("abcdef", [span])


def test_a_stance_shows_source_cue_target_and_claimant(tables):
    html = evidence_html(tables["stances"], tables)
    assert '<mark class="source">Lan</mark> <b class="cue">cáo buộc</b>' in html
    assert '<mark class="target">Minh &amp; Hà</mark>' in html
    assert '<mark class="claimant">Sông &lt;Xanh&gt;</mark>' in html
    read = Text(html)
    assert read.open == [] and "<Xanh>" in read.text
    assert "Lan − Minh & Hà (lời nói), theo Sông <Xanh>" in read.text
    assert "27/9/2020 · Sông Xanh · Tin <b>sông</b> · a [0]" in read.text


def test_only_web_addresses_become_links(tables):
    assert Text(evidence_html(tables["stances"], tables)).links == ["https://example.org/?a=1&b=2"]


def test_english_names_and_dates(tables):
    text = Text(evidence_html(tables["stances"], tables, lang="en")).text
    assert "Lan − Minh & Ha Co (words), according to Blue River" in text and "27 Sep 2020" in text
    assert "no date" in text


def test_a_sentence_stands_once_with_all_its_mentions(tables):
    rows = tables["mentions"][tables["mentions"]["doc_id"] == "a"]
    html = evidence_html(rows, tables)
    assert html.count("<li>") == 1 and html.count('<mark class="mention">') == 4  # three, and one in the legend


def test_groups_largest_first(tables):
    rows = pd.concat([tables["stances"], tables["stances"].head(1)]).assign(group=["<ít>", "nhiều", "nhiều"])
    heads = re.findall(r"<summary>(.*?)</summary>", evidence_html(rows, tables))
    assert heads == ["nhiều · 2 câu", "&lt;ít&gt; · 1 câu"]


def test_same_rows_same_bytes_and_no_rows_a_sentence(tables):
    first, second = (evidence_html(tables["stances"], tables) for _ in range(2))
    assert first == second and re.search(r'data-evidence="[0-9a-f]{10}"', first)
    assert "Không có câu nào." in evidence_html(tables["stances"].head(0), tables)


def test_unknown_language_is_refused(tables):
    with pytest.raises(ValueError, match="lang"):
        evidence_html(tables["stances"], tables, lang="fr")


def test_evidence_of_a_figure(tables):
    tables = tables | {
        "stances": tables["stances"].assign(event=None, confidence=0.8, rule="test"),
        "statements": pd.DataFrame(columns=["doc_id", "sentence", "speaker", "kind", "cue", "cue_start", "cue_end"]),
    }
    for level in ("actor", "side"):
        html = evidence_html(charts.stance_matrix(tables, level=level).evidence, tables)
        assert html.count('<mark class="source">Lan</mark>') == 2


def test_entities_side_by_side(tables):
    other = pd.DataFrame([(*at("Lan"), "LOC")], columns=["start", "end", "type"])
    html = entities_html("a", tables, other)
    assert '<mark class="PER" data-type="PER">Lan</mark>' in html
    assert '<mark class="LOC" data-type="LOC">Lan</mark>' in html
    read = Text(html)
    assert read.open == [] and read.text.count(TEXT) == 2
    assert Text(entities_html("a", tables)).text.count(TEXT) == 1
    with pytest.raises(KeyError):
        entities_html("missing", tables)


def test_marks_have_their_looks_without_a_style_sheet():
    """JupyterLab takes the style sheets out of a notebook that was not run there yet."""
    marks = re.findall(
        r'<(?:mark|b) class="[^"]*" style="([^"]*)"', evidence.highlight("abcd", [(0, 2, "source"), (2, 4, "cue")])
    )
    assert len(set(marks)) == 2 and all("background:#" in look and "border" in look for look in marks)
