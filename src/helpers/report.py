"""One page of HTML with every figure, its numbers, the sentences behind it, the method and how good it is.

The page needs no network and no other file, works without scripts and prints in full.
"""

from collections.abc import Mapping, Sequence
from html import escape

import pandas as pd

from helpers import labels
from helpers.charts import Figure
from helpers.coded import SAMPLE
from helpers.estimates import estimates, fits
from helpers.evidence import evidence_html, group_id
from helpers.tables import CORRECTIONS, Tables

# the page shows as many rows of the numbers of a figure, and of the rows behind it so many in all and of each group
NUMBERS, EVIDENCE, EACH = 60, 60, 3

_TEXT = {
    "title": ("Ai lên tiếng, ai ủng hộ ai, ai chống ai", "Who speaks, who is for and against whom"),
    "corpus": ("Tập bài {corpus}", "Corpus {corpus}"),
    "skip": ("Tới nội dung", "Skip to content"),
    "contents": ("Nội dung", "Contents"),
    "figures": ("Các hình", "Figures"),
    "numbers": ("Số liệu của hình", "Numbers of the figure"),
    "sentences": ("Các câu làm căn cứ", "The sentences behind it"),
    "evidence": ("câu", "sentences"),
    "read": ("đọc", "read"),
    "read.of": ("đọc các câu: {group}", "read the sentences: {group}"),
    "some": ("{shown} trong {total} dòng; tất cả ở tệp {file}.", "{shown} of {total} rows; all are in {file}."),
    "quality": ("Độ chính xác", "Quality"),
    "quality.text": (
        "So với các bài đã mã hóa theo cẩm nang (data/gold); khoảng 95 % khi lấy mẫu lại các bài. "
        "Người mã hóa là mô hình ngôn ngữ làm theo cẩm nang, chưa được con người kiểm tra.",
        "Against the coded articles in data/gold; 95% intervals over resampled articles. The coders were language "
        "models that read with the codebook; people have not checked their work yet.",
    ),
    "method": ("Cách làm", "Method"),
    "method.text": (
        "Văn bản được tách câu và gán nhãn bằng underthesea. Tên riêng do một mô hình chuỗi nhận ra với sự trợ giúp "
        "của từ điển, rồi được gắn với chủ thể và với bên (quốc gia) mà chủ thể thuộc về. Lời dẫn và lập trường bắt "
        "đầu từ các từ chỉ dấu trong từ điển; mô hình tuyến tính cân nhắc ai nói, ai ủng hộ hay chống ai.",
        "Sentences are split and tagged with underthesea. A sequence model finds names with the help of a lexicon; "
        "each name is bound to an actor and to the side (state) that the actor stands for. Statements and stances "
        "start from cue words of the lexicon; linear models weigh who speaks and who is for or against whom.",
    ),
    "limits": ("Những gì trang này không cho biết", "What this page cannot tell you"),
    "limits.text": (
        "Lập trường ở đây là điều bài báo trình bày, không phải điều đúng hay sai ngoài đời, và không phải quan điểm "
        "của tờ báo. Mỉa mai, ẩn dụ và những lập trường không có từ chỉ dấu phần lớn bị bỏ sót. Hãy so sánh những "
        "chênh lệch lớn, và đọc các câu đằng sau những chênh lệch nhỏ.",
        "A stance is what an article presents, not what is true, and not the view of its outlet. Irony, metaphor and "
        "stances without a cue word are mostly missed. Compare large differences, and read the sentences behind "
        "small ones.",
    ),
    "estimates": ("Số đếm và số đã hiệu chỉnh", "As counted and as corrected"),
    "estimates.text": (
        "Những phần và chênh lệch mà các hình nêu ra. Số máy đếm mang sai số của máy; số đã hiệu chỉnh dùng một "
        "mẫu đã mã hóa, có xác suất chọn đã biết (Egami và cộng sự 2023), với khoảng 95 %.",
        "Shares and differences that the figures state. What the software counts carries its errors; the corrected "
        "value uses a coded sample, drawn with known chances (Egami et al. 2023), with its 95% interval.",
    ),
    "estimates.coders": ("Người mã hóa: {coders}.", "Coders: {coders}."),
    "estimates.none": (
        "Chưa có mẫu mã hóa cho tập này: chỉ có số máy đếm. Lập mẫu: python -m helpers sample.",
        "No sample of this corpus has been coded: these are the software's counts. Draw one: python -m helpers sample.",
    ),
    "corrections.text": (
        "Nhà nghiên cứu đã sửa: {applied} dòng được áp dụng; {left} dòng không áp dụng được ({why}).",
        "Corrected by the researcher: {applied} rows applied; {left} not applied ({why}).",
    ),
    "naive": ("máy đếm", "as counted"),
    "corrected": ("đã hiệu chỉnh", "corrected"),
    "units": ("số đơn vị mã hóa", "units coded"),
    "counted": ("số dòng máy đếm", "rows counted"),
    "repeat": ("Làm lại", "Repeat it"),
    "measure": ("thước đo", "measure"),
    "precision": ("độ chuẩn xác", "precision"),
    "recall": ("độ phủ", "recall"),
    "interval": ("khoảng 95 %", "95% interval"),
    "parameter": ("tham số", "parameter"),
    "value": ("giá trị", "value"),
    # heads of the numbers of figures
    "name": ("tên", "name"),
    "mentions": ("số lần nêu tên", "mentions"),
    "articles": ("số bài", "articles"),
    "all_articles": ("tất cả các bài", "all articles"),
    "share": ("tỷ lệ bài", "share of articles"),
    "period": ("thời gian", "period"),
    "sentences_": ("số câu", "sentences"),
    "first_name": ("tên thứ nhất", "first name"),
    "second_name": ("tên thứ hai", "second name"),
    "statements": ("số câu dẫn lời", "statements"),
    "direct": ("nguyên văn", "quoted"),
    "indirect": ("thuật lại", "reported"),
    "quoted": ("tỷ lệ nguyên văn", "share quoted"),
    "outlet_name": ("báo, hãng tin", "outlet"),
    "speaker_name": ("người nói", "speaker"),
    "source_name": ("bên bày tỏ", "source"),
    "target_name": ("bên nhận", "target"),
    "claimant_name": ("theo lời", "claimant"),
    "positive": ("ủng hộ", "for"),
    "negative": ("chống", "against"),
    "total": ("tổng", "total"),
    "balance": ("cân bằng", "balance"),
    "sign": ("dấu", "sign"),
    "basis": ("cơ sở", "basis"),
    "events": ("sự việc", "events"),
    "acts": ("số việc", "acts"),
    "denials": ("bác bỏ", "denials"),
    "low": ("thấp nhất", "low"),
    "high": ("cao nhất", "high"),
    "rank": ("thứ hạng", "rank"),
    "rank_low": ("hạng cao nhất", "best rank"),
    "rank_high": ("hạng thấp nhất", "worst rank"),
    "confidence": ("độ tin cậy", "confidence"),
    "stances": ("số lập trường", "stances"),
}

_STYLE = """
body{color:#1a1a1a;background:#fff;font:17px/1.55 "DejaVu Sans","Noto Sans",Arial,sans-serif;margin:0}
main,header,nav,footer{max-width:46rem;margin:0 auto;padding:0 1rem}
h1,h2,h3{line-height:1.25}h2{margin-top:2.5em;border-bottom:1px solid #999}
figure{margin:1em 0}figure img{max-width:100%;height:auto}figcaption,.note{color:#444;font-size:.9em}
.wide{overflow-x:auto}table{border-collapse:collapse;font-size:.85em}
th,td{padding:.2em .6em;border-bottom:1px solid #ccc;text-align:left;vertical-align:top}
td.n{text-align:right;font-variant-numeric:tabular-nums}
a{color:#004f7c}summary{cursor:pointer;padding:.2em 0}:focus-visible{outline:3px solid #b34700;outline-offset:2px}
.skip{position:absolute;left:-99em}.skip:focus{left:1em;top:1em;background:#fff;padding:.5em}
@media print{body{font-size:10pt}details::details-content{content-visibility:visible}figure,tr{break-inside:avoid}}
"""


def report_page(
    figures: Sequence[Figure],
    tables: Tables,
    *,
    corpus: str,
    lang: str = "vi",
    scores: pd.DataFrame | None = None,
    parameters: Mapping[str, object] | None = None,
) -> str:
    """The whole page.

    Args:
        scores: a table of `score.score`; without it the part on quality is left out.
        parameters: shown at the end, for whoever repeats the analysis.
    """
    labels.language(lang)
    parts = [_figure(figure, tables, lang) for figure in figures]
    sections = [("figures", "".join(parts)), ("method", _paragraph("method.text", lang))]
    sections.append(("estimates", _estimates(tables, lang, str((parameters or {}).get("level", "side")))))
    if scores is not None and len(scores):
        sections.append(("quality", _paragraph("quality.text", lang) + _scores(scores, lang)))
    sections.append(("limits", _paragraph("limits.text", lang)))
    if parameters:
        table = pd.DataFrame([(name, str(value)) for name, value in parameters.items()], columns=["parameter", "value"])
        sections.append(("repeat", _table(table, lang)))
    title, about = _say("title", lang), _say("corpus", lang, corpus=corpus)
    links = "".join(f'<li><a href="#{key}">{escape(_say(key, lang))}</a></li>' for key, _ in sections[1:])
    shown = "".join(f'<li><a href="#{_anchor(figure)}">{escape(figure.title)}</a></li>' for figure in figures)
    body = "".join(f'<section><h2 id="{key}">{escape(_say(key, lang))}</h2>{text}</section>' for key, text in sections)
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">'
        f"<title>{escape(title)} – {escape(corpus)}</title><style>{_STYLE}</style></head><body>"
        f'<a class="skip" href="#content">{escape(_say("skip", lang))}</a>'
        f"<header><h1>{escape(title)}</h1><p>{escape(about)}</p></header>"
        f'<nav aria-labelledby="contents"><h2 id="contents">{escape(_say("contents", lang))}</h2>'
        f"<ol>{shown}</ol><ul>{links}</ul></nav>"
        f'<main id="content" tabindex="-1">{body}</main></body></html>\n'
    )


def _say(key: str, lang: str, **values: object) -> str:
    return _TEXT[key][labels.language(lang)].format(**values)


def _paragraph(key: str, lang: str) -> str:
    return f"<p>{escape(_say(key, lang))}</p>"


def _anchor(figure: Figure) -> str:
    return f"figure-{figure.name}"


def _figure(figure: Figure, tables: Tables, lang: str) -> str:
    """A figure with its picture, its numbers, and the sentences behind it; a number leads to its sentences."""
    parts = [f'<article><h3 id="{_anchor(figure)}">{escape(figure.title)}</h3>', figure._repr_html_()]
    rows = _some_of_each(figure)
    if len(figure.data):
        numbers = _part(figure, set(rows["group"]), lang)
        parts.append(f"<details><summary>{escape(_say('numbers', lang))}</summary>{numbers}</details>")
    if len(rows):
        note = _note(len(rows), len(figure.evidence), f"figures/{figure.name}-evidence.csv", lang)
        sentences = evidence_html(rows, tables, lang, _anchor(figure))
        parts.append(f"<details><summary>{escape(_say('sentences', lang))}</summary>{note}{sentences}</details>")
    return "".join([*parts, "</article>"])


def _groups(figure: Figure) -> pd.Series:
    """For each row of the numbers the name of its group in the evidence."""
    return figure.data["group" if "group" in figure.data else "name"]


def _some_of_each(figure: Figure) -> pd.DataFrame:
    """Rows behind the figure: a few of each group, of the groups that stand first in its numbers."""
    rows = figure.evidence
    if rows.empty:
        return rows
    order = {name: rank for rank, name in enumerate(dict.fromkeys(_groups(figure)))}
    rows = rows[rows["group"].isin(order)].drop_duplicates(["group", "doc_id", "sentence"])
    rows = rows.assign(rank=rows["group"].map(order)).sort_values("rank", kind="stable")
    return rows.groupby("rank", sort=False).head(EACH).head(EVIDENCE).drop(columns="rank")


def _part(figure: Figure, linked: set[str], lang: str) -> str:
    """The first rows of the numbers of a figure, by names, with links to the evidence; keys are in the CSV."""
    table = figure.data
    keys = [name for name in table.columns if f"{name}_name" in table.columns or name in ("key", "group")]
    rows = table.drop(columns=keys).rename(columns={"sentences": "sentences_"}).head(NUMBERS)
    links = [_link(figure, group, lang) if group in linked else "" for group in _groups(figure).head(NUMBERS)]
    return _note(len(rows), len(table), f"figures/{figure.name}.csv", lang) + _table(rows, lang, links)


def _link(figure: Figure, group: str, lang: str) -> str:
    name = escape(_say("read.of", lang, group=group))
    return f'<a href="#{group_id(_anchor(figure), group)}" aria-label="{name}">{escape(_say("read", lang))}</a>'


def _note(shown: int, total: int, file: str, lang: str) -> str:
    if shown == total:
        return ""
    return f'<p class="note">{escape(_say("some", lang, shown=shown, total=total, file=file))}</p>'


def _estimates(tables: Tables, lang: str, level: str) -> str:
    """Shares and differences with their corrections, and what became of the researcher's corrections of rows."""
    found = estimates(tables, lang=lang, level=level)
    table = found[["name", "naive"]]
    if found["corrected"].notna().any():
        bounds = found[["corrected_low", "corrected_high"]].itertuples(index=False)
        interval = [
            "" if pd.isna(low) else f"[{labels.number(low, lang)}; {labels.number(high, lang)}]" for low, high in bounds
        ]
        table = table.assign(corrected=found["corrected"], interval=interval, units=found["units"])
    parts = [_paragraph("estimates.text", lang)]
    if SAMPLE not in tables:
        parts.append(_paragraph("estimates.none", lang))
    else:
        coders = ", ".join(sorted(set(tables[SAMPLE]["coder"])))
        parts.append(f"<p>{escape(_say('estimates.coders', lang, coders=coders))} {escape(fits(tables) or '')}</p>")
    parts.append(_table(table.assign(counted=found["counted"]), lang))
    if CORRECTIONS in tables:
        status = tables[CORRECTIONS]["status"]
        left = status[~status.isin(["applied", "not needed"])]
        why = ", ".join(sorted(set(left))) or "–"
        counts = {"applied": int((status == "applied").sum()), "left": len(left), "why": why}
        parts.append(f"<p>{escape(_say('corrections.text', lang, **counts))}</p>")
    return "".join(parts)


def _scores(scores: pd.DataFrame, lang: str) -> str:
    interval = [
        f"{labels.number(row.f1_low, lang)}–{labels.number(row.f1_high, lang)}" if row.f1_low == row.f1_low else ""
        for row in scores.itertuples()
    ]
    table = scores[["measure", "precision", "recall", "f1"]].assign(interval=interval)
    return _table(table, lang)


def _table(table: pd.DataFrame, lang: str, links: Sequence[str] = ()) -> str:
    """A table that a keyboard can scroll sideways, with its headers marked as such, and a column of links if any."""
    heads = [_say(name, lang) if name in _TEXT else str(name).replace("_", " ") for name in table.columns]
    heads += [_say("evidence", lang)] * bool(links)
    rows = []
    for place, row in enumerate(table.itertuples(index=False)):
        cells = [_cell(value, lang) for value in row] + [f"<td>{link}</td>" for link in links[place : place + 1]]
        rows.append(f"<tr>{''.join(cells)}</tr>")
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in heads)
    return (
        f'<div class="wide" tabindex="0" role="group" aria-label="{escape(", ".join(heads))}"><table>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def _cell(value: object, lang: str) -> str:
    if pd.api.types.is_number(value) and not isinstance(value, bool) and not pd.isna(value):
        return f'<td class="n">{labels.number(float(value), lang)}</td>'
    return f"<td>{'' if pd.isna(value) else escape(str(value))}</td>"
