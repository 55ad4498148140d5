"""Named spans and their types: every named PER, ORG, MEDIA, GPE and LOC of an article.

What the lexicon, titles, heads of names, capitals and the rest of the article say of each token become named features;
a small linear-chain model (crf.py) weighs them. Its weights are `models/names.tsv`; `python -m helpers train` makes
them from coded articles.
"""

import re
from collections import defaultdict
from collections.abc import Container, Sequence
from functools import cache
from typing import NamedTuple

from helpers.crf import Crf
from helpers.lexicon import Alias, Lexicon, Title
from helpers.paths import MODELS
from helpers.phrases import Match, normal, pieces
from helpers.text import Sentence

# A syllable that Vietnamese spelling allows: onset, vowels, coda.
_VIETNAMESE = re.compile(
    r"(?:b|c|ch|d|đ|g|gh|gi|h|k|kh|l|m|n|ng|ngh|nh|p|ph|qu|r|s|t|th|tr|v|x)?"
    r"[aăâeêioôơuưyàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]{1,3}"
    r"(?:c|ch|m|n|ng|nh|p|t)?"
)
_PERSON_TITLES = {"office", "rank", "honorific", "leader_word", "person_noun"}
_DOCUMENT_HINTS = {**dict.fromkeys(_PERSON_TITLES, "PER"), "admin_unit": "GPE", "media_noun": "MEDIA", "feature": "LOC"}


class Span(NamedTuple):
    """A named mention: tokens `first` to `last - 1` of a sentence, and its type."""

    first: int
    last: int
    type: str


class View(NamedTuple):
    """What the word lists say of one sentence."""

    sentence: Sentence
    words: list[str]
    capitals: list[bool]
    names: list[Match]
    titles: list[Match]


def _is_capital(word: str) -> bool:
    return word[0].isupper()


def case_fits(alias: Alias, tokens: Sequence[str], initial: bool) -> bool:
    """Whether a form found in any case is written as a name there.

    Every capital of the form must be one in the text; of a form of several words, the first may be small (`điện
    Kremlin`), or only the first be capital (`Liên hợp quốc`) unless it opens the sentence and so must be.
    """
    forms = [word for word in pieces(alias.form) if word[0].isalpha()]
    found = [token for token in tokens if token[0].isalpha()]
    wanted = [_is_capital(word) for word in forms]
    given = [_is_capital(token) for token in found]
    if alias.form.isupper() and len(alias.form) <= 5 and len(forms) == 1:
        return found[0].isupper() or (_is_capital(found[0]) and len(alias.form) > 3)
    if all(has or not needs for needs, has in zip(wanted, given, strict=True)):
        return True
    if len(forms) == 1:
        return False
    if any(given[1:]) and all(has or not needs for needs, has in zip(wanted[1:], given[1:], strict=True)):
        return True
    return given[0] and len(forms) >= (3 if initial else 2)


def view(sentence: Sentence, lexicon: Lexicon, hidden: Container[str] = ()) -> View:
    """Look a sentence up in the lexicon; actors in `hidden` are passed over (as if the lexicon lacked them)."""
    texts = [token.text for token in sentence.tokens]
    words = [normal(text) for text in texts]
    names, first = [], 0
    while first < len(words):
        kept = None
        for match in lexicon.names.at(words, first):
            payloads = tuple(
                alias
                for alias in match.payloads
                if alias.actor_id not in hidden and case_fits(alias, texts[match.first : match.last], first == 0)
            )
            if payloads:
                kept = match._replace(payloads=payloads)
        if kept:
            names.append(kept)
        first = kept.last if kept else first + 1
    return View(sentence, words, [_is_capital(text) for text in texts], names, lexicon.titles.find(words))


def shape(text: str) -> str:
    """How a token is written: `x` small, `X` one capital, `Xx`, `XX` all capitals, `xX` mixed, `0` number, or a sign."""
    if text.isdigit():
        return "0"
    if not text[0].isalnum():
        return text
    if text.isupper():
        return "X" if len(text) == 1 else "XX"
    if text.islower():
        return "x"
    return "Xx" if text[1:].islower() else "xX"


def document_hints(views: Sequence[View]) -> dict[str, set[str]]:
    """What the article as a whole says of a capital word: types its titles gave it, and whether it is ever small."""
    hints = defaultdict(set)
    for seen in views:
        inside = {n for match in seen.names for n in range(match.first, match.last)}
        for n, word in enumerate(seen.words):
            if word[0].isalpha() and not seen.capitals[n]:
                hints[word].add("small")
            elif word[0].isalpha() and n and seen.sentence.tokens[n - 1].text not in '"“.':
                hints[word].add("capital")
        for match in seen.titles:
            kind = _DOCUMENT_HINTS.get(match.payloads[0].kind)
            n = match.last
            while kind and n < len(seen.words) and seen.capitals[n] and n not in inside:
                hints[seen.words[n]].add(kind)
                n += 1
    return hints


def features(seen: View, hints: dict[str, set[str]], lexicon: Lexicon) -> list[list[str]]:
    """Named features of each token of a sentence."""
    tokens, words, size = seen.sentence.tokens, seen.words, len(seen.words)
    parts = lexicon.name_parts
    lexical, titled, before = [""] * size, [""] * size, [""] * (size + 1)
    for match in seen.names:
        types = {(lexicon.actors[a.actor_id].type, lexicon.actors[a.actor_id].kind, a.context) for a in match.payloads}
        label = "/".join(sorted({f"{'?' if context else ''}{type_}" for type_, _, context in types}))
        kind = min(kind for _, kind, _ in types)
        for n in range(match.first, match.last):
            lexical[n] = f"{'B' if n == match.first else 'I'}-{label}:{kind}"
    for match in seen.titles:
        title = match.payloads[0]
        label = f"{title.kind}.{title.takes}"
        for n in range(match.first, match.last):
            titled[n] = f"{'B' if n == match.first else 'E' if n == match.last - 1 else 'I'}-{label}"
        before[match.last] = label
    shapes = [shape(token.text) for token in tokens]
    upper = sum(s in ("XX", "X") for s in shapes) > sum(s in ("x", "Xx") for s in shapes)
    result, run, head, quotes = [], 0, None, 0
    for n, token in enumerate(tokens):
        word = words[n]
        run = (
            run + 1
            if seen.capitals[n] or (run and token.text in "-–.'’&" and n + 1 < size and seen.capitals[n + 1])
            else 0
        )
        if titled[n].startswith("B-org_head"):
            head = n
        elif token.text in '.;:()"“”' or token.tag in ("V", "R") and shapes[n] == "x":
            head = None
        if token.text in '"“”':
            quotes += 1
        f = [
            "bias",
            f"w={word}",
            f"shape={shapes[n]}",
            f"tag={token.tag}{'+' if token.begins else '-'}",
            f"lex={lexical[n]}",
            f"lextype={lexical[n].split(':')[0]}",
            f"title={titled[n]}",
            f"before={before[n]}",
            f"before={before[n]}|shape={shapes[n]}",
            f"run={min(run, 4)}",
        ]
        if seen.capitals[n]:
            f += [f"hint={h}" for h in hints.get(word, ())]
            f.append(f"vn={bool(_VIETNAMESE.fullmatch(word))}")
            f += [f"part={kind}" for kind, members in parts.items() if word in members]
            f.append(f"len={min(len(word), 4)}")
            if run > 1 and n - run + 1 >= 0:
                f.append(f"runbefore={before[n - run + 1]}")
                f.append(f"runfirst={'surname' if words[n - run + 1] in parts.get('surname', ()) else 'other'}")
                if n - run >= 0:
                    f.append(f"runprev={words[n - run]}")
        if upper:
            f.append(f"upper|lex={lexical[n].split(':')[0]}")
        if head is not None:
            f.append(f"head={words[head]}|shape={shapes[n]}")
            f.append(f"headword={words[head]}|w={word}")
            f.append(f"headtype={titled[head]}|dist={min(n - head, 8)}|shape={shapes[n]}")
            f.append(f"headed|tag={token.tag}|shape={shapes[n]}|lex={lexical[n].split(':')[0]}")
        if n == 0:
            f.append("first")
            f.append(f"first|lex={lexical[0].split(':')[0]}")
        for step in (-2, -1, 1, 2):
            m = n + step
            if 0 <= m < size:
                f.append(f"w[{step}]={words[m]}")
                f.append(f"shape[{step}]={shapes[m]}")
                if abs(step) == 1:
                    f.append(f"tag[{step}]={tokens[m].tag}")
                    f.append(f"lextype[{step}]={lexical[m].split(':')[0]}")
                    f.append(f"title[{step}]={titled[m]}")
                    f.append(f"shape[{step}]={shapes[m]}|shape={shapes[n]}")
                    f.append(f"gap[{step}]={_gap(tokens, min(n, m))}")
            else:
                f.append(f"edge[{step}]")
        if quotes % 2:
            f.append(f"quoted|shape={shapes[n]}")
        result.append(f)
    return result


def _gap(tokens, n: int) -> bool:
    """Whether a blank stands between tokens n and n + 1."""
    return tokens[n].end < tokens[n + 1].start


def spans(labels: Sequence[str]) -> list[Span]:
    """The spans of a label sequence (`B-PER`, `I-PER`, `O` …)."""
    found: list[Span] = []
    for n, label in enumerate(labels):
        if label.startswith("B-"):
            found.append(Span(n, n + 1, label[2:]))
        elif label.startswith("I-") and found and found[-1].last == n:
            found[-1] = found[-1]._replace(last=n + 1)
    return found


@cache
def model() -> Crf:
    """The trained model of the project."""
    return Crf(MODELS / "names.tsv")


def find_names(sentences: Sequence[Sentence], lexicon: Lexicon) -> tuple[list[View], list[list[Span]]]:
    """Named spans of every sentence of one article, with what the word lists say of it."""
    views = [view(sentence, lexicon) for sentence in sentences]
    hints = document_hints(views)
    return views, [spans(model().decode(features(seen, hints, lexicon))) for seen in views]
