"""Two baselines in the form of the tables, to be scored beside them.

Names: underthesea's `ner()` as it comes, with the country names of CLDR. Statements and stances: for each cue of the
lexicon, the nearest name before it is the speaker or source, the nearest after it the target.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from functools import cache

import pandas as pd
import pycountry
from babel import Locale

from helpers import lexicon as lexicons
from helpers.entities import slug
from helpers.lexicon import Lexicon
from helpers.phrases import Match, Phrases, normal
from helpers.tables import Tables, frame
from helpers.text import Sentence, segment

Span = tuple[int, int, str]


def baselines(texts: Mapping[str, str], tables: Tables, lexicon: Lexicon | None = None) -> dict[str, Tables]:
    """The baselines by name, for texts by doc_id: the cue rule on the names of `ner()`, and on those of `tables`."""
    lexicon = lexicon or lexicons.default()
    sentences = {doc_id: segment(text) for doc_id, text in texts.items()}
    return {
        "underthesea ner() and CLDR, nearest names to a cue": cue_rule(sentences, ner_names(sentences), lexicon),
        "names of the tables, nearest names to a cue": cue_rule(sentences, tables, lexicon),
    }


def ner_names(sentences: Mapping[str, Iterable[Sentence]]) -> dict[str, pd.DataFrame]:
    """The tables `actors` and `mentions` from underthesea's `ner()` and CLDR country names; a name is one actor."""
    actors, mentions = {}, []
    for doc_id, found in sentences.items():
        for sentence in found:
            for start, end, type_ in _names(sentence.text):
                surface = sentence.text[start:end]
                code = _countries().get(surface)
                actor_id = code or f"{type_.lower()}:{slug(surface)}"
                actor = {"actor_id": actor_id, "name": surface, "type": type_, "side": code, "known": bool(code)}
                actors.setdefault(actor_id, actor)
                at = {"start": sentence.start + start, "end": sentence.start + end, "surface": surface, "form": "name"}
                mentions.append({"doc_id": doc_id, "sentence": sentence.index, **at, "actor_id": actor_id})
    return {"actors": frame("actors", list(actors.values())), "mentions": frame("mentions", mentions)}


def cue_rule(sentences: Mapping[str, Iterable[Sentence]], names: Tables, lexicon: Lexicon) -> dict[str, pd.DataFrame]:
    """Adds `statements` and `stances` to tables of names: each cue takes the nearest names around it."""
    kinds = dict(zip(names["actors"]["actor_id"], names["actors"]["type"], strict=True))
    named = names["mentions"][names["mentions"]["form"] == "name"]
    placed = {key: rows.sort_values("start") for key, rows in named.groupby(["doc_id", "sentence"])}
    statements, stances = [], []
    for doc_id, found in sentences.items():
        for sentence in found:
            rows = placed.get((doc_id, sentence.index))
            if rows is None:
                continue
            around = _Around(rows["start"].tolist(), rows["actor_id"].tolist())
            words = [normal(token.text) for token in sentence.tokens]
            for match in cues(lexicon.speech_cues, words):
                at = _place(doc_id, sentence, match.first, match.last)
                speaker = around.after(at["cue_end"]) if match.payloads[0].speaker != "before" else None
                speaker = speaker or around.before(at["cue_start"])
                if speaker:
                    kind = "outlet" if kinds[speaker] == "MEDIA" else "indirect"
                    content = {"content_start": sentence.start, "content_end": sentence.end}
                    statements.append({**at, "speaker": speaker, "kind": kind, **content})
            for match in cues(lexicon.stance_cues, words):
                at, cue = _place(doc_id, sentence, match.first, match.last), match.payloads[0]
                source, target = around.before(at["cue_start"]), around.after(at["cue_end"])
                if source and target and source != target:
                    ends = {"source": source, "target": target, "sign": 1 if cue.sign == "+" else -1}
                    about = {"basis": cue.basis, "event": cue.event or None, "confidence": 0.5, "rule": "nearest names"}
                    stances.append({**at, **ends, **about})
    spoken = {"statements": frame("statements", statements), "stances": frame("stances", stances)}
    return {"actors": names["actors"], "mentions": names["mentions"], **spoken}


def cues(phrases: Phrases, words: list[str]) -> list[Match]:
    """The cues of a sentence, without the longer words (`not in: …`) in which a cue does not count."""
    return [match for match in phrases.find(words) if match.payloads[0] is not None]


class _Around:
    """The actors of a sentence by where their names begin."""

    def __init__(self, starts: list[int], actors: list[str]):
        self.starts, self.actors = starts, actors

    def before(self, position: int) -> str | None:
        n = bisect_left(self.starts, position)
        return self.actors[n - 1] if n else None

    def after(self, position: int) -> str | None:
        n = bisect_left(self.starts, position)
        return self.actors[n] if n < len(self.actors) else None


def _place(doc_id: str, sentence: Sentence, first: int, last: int) -> dict:
    start, end = sentence.tokens[first].start, sentence.tokens[last - 1].end
    cue = sentence.text[start - sentence.start : end - sentence.start]
    return {"doc_id": doc_id, "sentence": sentence.index, "cue": cue, "cue_start": start, "cue_end": end}


@cache
def _countries() -> dict[str, str]:
    """ISO alpha-3 codes by the Vietnamese names of CLDR."""
    codes = {country.alpha_2: country.alpha_3 for country in pycountry.countries} | {"XK": "XKX"}
    return {name: codes[code] for code, name in Locale("vi").territories.items() if code in codes}


@cache
def _country_pattern() -> re.Pattern[str]:
    names = sorted(_countries(), key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, names)) + r")(?!\w)")


def _names(text: str) -> list[Span]:
    """Spans and types of the names of a sentence: countries first, then what `ner()` finds beside them."""
    spans = [(*match.span(), "GPE") for match in _country_pattern().finditer(text)]
    for start, end, type_ in _recognised(text):
        if not any(start < b and a < end for a, b, _ in spans):
            spans.append((start, end, type_))
    return sorted(spans)


def _recognised(text: str) -> list[Span]:
    """What `ner()` finds, with offsets in the text as it is."""
    from underthesea import ner

    tokens = ner(text)
    places = _offsets(text, [word for word, *_ in tokens])
    spans: list[Span] = []
    for (_, _, _, tag), (start, end) in zip(tokens, places, strict=True):
        prefix, _, kind = tag.partition("-")
        if kind not in ("PER", "ORG", "LOC") or start == end:
            continue
        follows = bool(spans) and not text[spans[-1][1] : start].strip()
        if prefix == "I" and follows:
            spans[-1] = (spans[-1][0], end, spans[-1][2])
        else:
            spans.append((start, end, kind))
    return spans


def _offsets(text: str, tokens: list[str]) -> list[tuple[int, int]]:
    """Where tokens that `ner()` has rewritten stand in the text."""
    places = [n for n, sign in enumerate(text) if not sign.isspace()]
    solid, other = "".join(text[n] for n in places), ["".join(token.split()) for token in tokens]
    joined = "".join(other)
    at = list(range(len(joined) + 1))
    if len(joined) != len(solid):
        at = [0] * (len(joined) + 1)
        for _, a, b, c, d in SequenceMatcher(None, joined, solid, autojunk=False).get_opcodes():
            for n in range(a, b + 1):
                at[n] = min(c + n - a, d)
    spans, n = [], 0
    for token in other:
        first, last = at[n], at[n + len(token)]
        n += len(token)
        spans.append((places[first], places[last - 1] + 1) if first < last else (0, 0))
    return spans
