"""The sentences behind a figure, as highlighted HTML that needs no server, no widget and no network."""

import hashlib
import itertools
from collections.abc import Iterable, Mapping
from html import escape

import pandas as pd

from helpers import labels

ROLES = ("source", "cue", "target", "claimant", "speaker", "mention")
TYPES = ("PER", "ORG", "MEDIA", "GPE", "LOC")

Span = tuple[int, int, str]

# Every role and type has an underline or a frame of its own beside its colour, so that grey print tells them apart. The
# looks stand in the marks themselves: JupyterLab takes style sheets and scripts out of a notebook not yet run there.
_BLUE, _ORANGE = (
    "background:#cfe5f3;border-bottom:3px solid #0072b2",
    "background:#fbe0cf;border-bottom:3px double #b34700",
)
_VIOLET, _YELLOW = (
    "background:#efe3f0;border-bottom:3px dotted #8a4a77",
    "background:#fff3b0;border-bottom:3px groove #7a6a00",
)
_LOOKS = {
    "cue": "background:#fff3b0;border:1px solid #7a6a00;font-weight:700",
    "source": _BLUE,
    "target": _ORANGE,
    "claimant": _VIOLET,
    "speaker": _BLUE,
    "mention": "background:#e4e7e9;border-bottom:2px solid #56646e",
    "PER": _BLUE,
    "ORG": _ORANGE,
    "MEDIA": _VIOLET,
    "GPE": "background:#d3ede4;border-bottom:3px dashed #00674d",
    "LOC": _YELLOW,
}

_STYLE = """<style>
.evidence{color:#1a1a1a;background:#fff;font:15px/1.5 "DejaVu Sans","Noto Sans",Arial,sans-serif;padding:.5em}
.evidence mark,.evidence b{color:#1a1a1a;padding:0 .1em;border-radius:2px;print-color-adjust:exact;
-webkit-print-color-adjust:exact}
.evidence mark[data-type]::after{content:" " attr(data-type);font-size:.65em;font-weight:700;color:#444}
.evidence ol{padding-left:2em}.evidence li{margin:.4em 0}.evidence small{color:#555}
.evidence summary{cursor:pointer;font-weight:700}.evidence input{font:inherit;width:100%;max-width:24em}
.evidence .columns{display:flex;flex-wrap:wrap;gap:1.5em}.evidence .columns>*{flex:1 1 20em;margin:0}
.evidence .text{white-space:pre-wrap}
@media print{.evidence label{display:none}.evidence li{break-inside:avoid}}
</style>"""

_SEARCH = """<script>(function(){document.querySelectorAll('[data-evidence="%(key)s"]').forEach(function(box){
var plain=function(s){return s.toLowerCase().replace(/đ/g,'d').normalize('NFD').replace(/[\\u0300-\\u036f]/g,'')};
if(box.querySelector('label'))return;
var label=document.createElement('label'),field=document.createElement('input');field.type='search';
label.append('%(search)s ',field);box.prepend(label);
field.oninput=function(){var words=plain(field.value).split(/\\s+/);
box.querySelectorAll('details').forEach(function(group){var left=0;
group.querySelectorAll('li').forEach(function(item){var text=plain(item.textContent);
item.hidden=!words.every(function(w){return text.indexOf(w)>=0});left+=item.hidden?0:1});
group.hidden=!left;if(left&&field.value)group.open=true})}})})()</script>"""


def highlight(text: str, spans: Iterable[Span]) -> str:
    """The text as escaped HTML with its spans marked: cues as `<b class="cue">`, all else as `<mark class="…">`.

    `spans`: (start, end, role or type), 0-based, end-exclusive, in code points of `text`; they may overlap: what
    belongs to several carries all their classes. ValueError for an unknown class or a span outside the text.
    """
    spans = sorted({(int(start), int(end), kind) for start, end, kind in spans})
    for start, end, kind in spans:
        if kind not in ROLES + TYPES:
            raise ValueError(f"a span is one of {', '.join(ROLES + TYPES)}, not {kind!r}")
        if not 0 <= start < end <= len(text):
            raise ValueError(f"span {start}–{end} ({kind}) lies outside a text of {len(text)} characters")
    cuts = sorted({0, len(text)} | {cut for start, end, _ in spans for cut in (start, end)})
    parts = []
    for start, end in itertools.pairwise(cuts):
        kinds = sorted({kind for first, last, kind in spans if first <= start and end <= last})
        parts.append(_marked(text[start:end], kinds))
    return "".join(parts)


def evidence_html(
    rows: pd.DataFrame, tables: Mapping[str, pd.DataFrame], lang: str = "vi", anchor: str | None = None
) -> str:
    """A searchable list of the sentences of `rows`, each once with source, cue, target, claimant or speaker marked.

    `rows`: rows of `mentions`, `statements` or `stances`, or the `evidence` of a figure, whose `group` then heads a
    part of the list; each needs doc_id and sentence. `anchor`: for links the parts get the ids of `group_id`. The same
    rows give the same HTML at each run. It works without scripts (the search field then stays away) and prints in full.
    ValueError for an unknown language.
    """
    labels.language(lang)
    if rows.empty:
        return f'{_STYLE}<div class="evidence"><p>{escape(labels.say("evidence.none", lang))}</p></div>'
    reader = _Reader(rows, tables, lang)
    groups = rows["group"].fillna("").astype(str) if "group" in rows else pd.Series("", index=rows.index)
    order = groups.value_counts(sort=True)
    names = sorted(order.index, key=lambda name: (-order[name], name))
    parts = [_group(name, rows[groups == name], reader, anchor and group_id(anchor, name)) for name in names]
    body = "".join(parts)
    key = hashlib.sha256(body.encode()).hexdigest()[:10]
    search = _SEARCH % {"key": key, "search": labels.say("evidence.search", lang)}
    legend = _legend([role for role in ROLES if f'class="{role}' in body or f' {role}"' in body], lang)
    return f'{_STYLE}<div class="evidence" data-evidence="{key}" lang="{lang}">{legend}{body}</div>{search}'


def group_id(anchor: str, group: str) -> str:
    """The id of a part of the list of evidence, for links to it."""
    return f"{anchor}-{hashlib.sha256(group.encode()).hexdigest()[:10]}"


def entities_html(
    document: str, tables: Mapping[str, pd.DataFrame], compare: pd.DataFrame | None = None, *, lang: str = "vi"
) -> str:
    """The text of an article with its mentions marked by type; beside it, if given, the same text as others mark it.

    `document`: a doc_id. `compare`: columns start, end (of `documents.text`) and type. KeyError for an unknown doc_id.
    """
    documents = tables["documents"].set_index("doc_id")
    text = documents.loc[document, "text"]
    kinds = tables["actors"].set_index("actor_id")["type"]
    mentions = tables["mentions"]
    own = mentions[(mentions["doc_id"] == document) & (mentions["form"] == "name")]
    spans = zip(own["start"], own["end"], own["actor_id"].map(kinds), strict=True)
    columns = [("evidence.here", spans)]
    if compare is not None:
        columns.append(("evidence.compared", zip(compare["start"], compare["end"], compare["type"], strict=True)))
    parts = [
        f"<section><h4>{escape(labels.say(head, lang))}</h4>"
        f'<div class="text" lang="vi">{highlight(text, marks)}</div></section>'
        for head, marks in columns
    ]
    return f'{_STYLE}<div class="evidence" lang="{lang}"><div class="columns">{"".join(parts)}</div></div>'


class _Reader:
    """Look-ups for the sentences, articles and names that some rows need."""

    def __init__(self, rows: pd.DataFrame, tables: Mapping[str, pd.DataFrame], lang: str) -> None:
        wanted = set(rows["doc_id"])
        self.lang = lang
        self.documents = _by(tables["documents"], ["doc_id"], wanted)
        self.sentences = _by(tables["sentences"], ["doc_id", "sentence"], wanted)
        self.mentions: dict[tuple, list[tuple[int, int, str]]] = {}
        mentions = tables["mentions"]
        for row in mentions[mentions["doc_id"].isin(wanted)].itertuples():
            spans = self.mentions.setdefault((row.doc_id, row.sentence), [])
            spans.append((row.start, row.end, row.actor_id))
        actors = tables["actors"]
        names = actors["name"]
        if lang == "en":
            names = actors["name_en"].where(actors["name_en"].notna() & (actors["name_en"] != ""), names)
        self.names = dict(zip(actors["actor_id"], names, strict=True))

    def spans(self, row: Mapping) -> list[Span]:
        """What to mark in the sentence of a row, by the columns that the row has."""
        sentence = self.sentences[row["doc_id"], row["sentence"]]
        spans = [(row["cue_start"], row["cue_end"], "cue")] if _there(row, "cue_start") else []
        if _there(row, "start"):
            spans.append((row["start"], row["end"], "mention"))
        roles = {row[column]: role for column, role in _ACTORS.items() if _there(row, column)}
        for start, end, actor_id in self.mentions.get((row["doc_id"], row["sentence"]), []):
            if actor_id in roles:
                spans.append((start, end, roles[actor_id]))
        first, last = sentence["start"], sentence["end"]
        return [(start - first, end - first, kind) for start, end, kind in spans if first <= start < end <= last]

    def summary(self, row: Mapping) -> str:
        """What the row states, in one line: `Armenia − Azerbaijan (words), according to …`; empty for a mention."""
        name = lambda column: self.names.get(row[column], row[column])  # noqa: E731
        if _there(row, "target"):
            sign = "+" if row["sign"] > 0 else "−"
            line = f"{name('source')} {sign} {name('target')} ({labels.say(row['basis'], self.lang).lower()})"
            if _there(row, "claimed_by"):
                line += ", " + labels.say("evidence.claimed", self.lang, actor=name("claimed_by"))
        else:
            line = str(name("speaker")) if _there(row, "speaker") else ""
        return f"{line} · {labels.say('evidence.corrected', self.lang)}" if _there(row, "correction") else line


_ACTORS = {
    "outlet": "speaker",
    "speaker": "speaker",
    "claimed_by": "claimant",
    "target": "target",
    "source": "source",
}


def _group(name: str, rows: pd.DataFrame, reader: _Reader, key: str | None) -> str:
    found: dict[tuple, set[Span]] = {}
    for row in rows.to_dict("records"):
        found.setdefault((row["doc_id"], row["sentence"], reader.summary(row)), set()).update(reader.spans(row))
    items = "".join(_item(*place, spans, reader) for place, spans in found.items())
    count = labels.say("evidence.count", reader.lang, rows=len(found))
    head = " · ".join(escape(part) for part in (name, count) if part)
    place = f' id="{key}"' if key else ""
    return f"<details open{place}><summary>{head}</summary><ol>{items}</ol></details>"


def _item(doc_id: str, sentence: int, summary: str, spans: set[Span], reader: _Reader) -> str:
    line = f"<small>{escape(summary)}</small><br>" if summary else ""
    text = highlight(reader.sentences[doc_id, sentence]["text"], spans)
    return f'<li>{line}<span lang="vi">{text}</span><br><small>{_origin(doc_id, sentence, reader)}</small></li>'


def _origin(doc_id: str, sentence: int, reader: _Reader) -> str:
    """Where the sentence stands: day, outlet, title or doc_id, number of the sentence, link."""
    document = reader.documents[doc_id,]
    day = labels.say("evidence.undated", reader.lang)
    if _there(document, "published"):
        day = labels.day(pd.Timestamp(document["published"]).date(), reader.lang)
    parts = [day] + [str(document[column]) for column in ("outlet", "title") if _there(document, column)]
    parts.append(f"{doc_id} [{sentence}]")
    origin = " · ".join(escape(part) for part in parts)
    url = str(document["url"]) if _there(document, "url") else ""
    if url.startswith(("https://", "http://")):
        origin += f' · <a href="{escape(url)}">{escape(labels.say("evidence.link", reader.lang))}</a>'
    return origin


def _legend(roles: list[str], lang: str) -> str:
    return "<p><small>" + " ".join(_marked(labels.say(f"role.{role}", lang), [role]) for role in roles) + "</small></p>"


def _marked(text: str, kinds: list[str]) -> str:
    if not kinds:
        return escape(text)
    tag = "b" if kinds == ["cue"] else "mark"
    types = [kind for kind in kinds if kind in TYPES]
    data = f' data-type="{" ".join(types)}"' if types else ""
    looks = ";".join(_LOOKS[kind] for kind in sorted(kinds, key=lambda kind: kind != "cue"))
    return f'<{tag} class="{" ".join(kinds)}" style="{looks}"{data}>{escape(text)}</{tag}>'


def _by(frame: pd.DataFrame, keys: list[str], wanted: set[str]) -> dict[tuple, dict]:
    rows = frame[frame["doc_id"].isin(wanted)].to_dict("records")
    return {tuple(row[key] for key in keys): row for row in rows}


def _there(row: Mapping, column: str) -> bool:
    return column in row and not pd.isna(row[column])
