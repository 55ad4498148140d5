"""Named spans and their types: every named PER, ORG, MEDIA, GPE and LOC of an article.

What the lexicon, titles, heads of names, capitals and the rest of the article say of each token become named features
(name_features.py); a small linear-chain model (crf.py) weighs them. Its weights are `models/names.tsv`; `python -m
helpers train` makes them from coded articles.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import chain, pairwise
from typing import NamedTuple

from helpers.lexicon import Lexicon
from helpers.models import Models
from helpers.name_features import document_hints, features, is_vietnamese
from helpers.text import Sentence
from helpers.views import PERSON_TITLES, View, title_for, view

__all__ = ["PERSON_TITLES", "Span", "View", "document_hints", "features", "find_names", "spans", "title_for", "view"]

_PLACES = {"state", "capital", "sea"}


class Span(NamedTuple):
    """A named mention: tokens `first` to `last - 1` of a sentence, and its type."""

    first: int
    last: int
    type: str


def spans(labels: Sequence[str]) -> list[Span]:
    """The spans of a label sequence (`B-PER`, `I-PER`, `O` …)."""
    found: list[Span] = []
    for n, label in enumerate(labels):
        if label.startswith("B-"):
            found.append(Span(n, n + 1, label[2:]))
        elif label.startswith("I-") and found and found[-1].last == n:
            found[-1] = found[-1]._replace(last=n + 1)
    return found


def tidy(seen: View, line: Sequence[Span], lexicon: Lexicon) -> list[Span]:
    """Mend what a label at a time cannot see: a pair (`ASEAN-Australia`), a body and its head (`Bộ Nội vụ Robert
    Kalinak`) or owner (`Nhóm Minsk của OSCE`) are two names, initials (`H.Rouhani`, `V.V.Đ`, `George W. Bush`) one; a
    year is no part of a name (`APEC 2017`); a foreign name that the lexicon has once is what the lexicon says."""
    tokens, found = seen.sentence.tokens, []
    starts = {match.first: match for match in seen.names}
    for span in chain.from_iterable(_parted(seen, span) for span in line):
        span = _whole(seen, span)
        if found and span.first < found[-1].last:
            continue
        if found and span.type == found[-1].type == "PER" and _glued(seen, found[-1].last, span.first):
            found[-1] = found[-1]._replace(last=span.last)
            continue
        if found and _parted_by_initial(seen, found[-1], span):
            found[-1] = Span(found[-1].first, span.last, "PER")
            continue
        known = starts.get(span.first)
        if known is None or known.last >= span.last or span.type == "PER":
            found.append(span)
            continue
        dash = tokens[known.last].text in "-–/"
        rest = starts.get(known.last + dash)
        plain = not all(alias.context for alias in known.payloads)
        if plain and rest and rest.last == span.last:
            type_ = lexicon.actors[rest.payloads[0].actor_id].type
            found += [span._replace(last=known.last), Span(rest.first, rest.last, type_)]
        elif plain and tokens[known.last].text.isdigit() and known.last + 1 == span.last:
            found.append(span._replace(last=known.last))
        elif span.type == "ORG" and not rest and not dash and _is_foreign_run(seen, known.last, span.last):
            found += [span._replace(last=known.last), Span(known.last, span.last, "PER")]
        else:
            found.append(span)
    certain = _certain(seen, lexicon)
    types = {(span.first, span.last): span.type for span, _ in certain}
    found = [span._replace(type=types.get((span.first, span.last), span.type)) for span in found]
    taken = {n for span in found for n in range(span.first, span.last)}
    more = [*_paired_states(seen, lexicon), *(span for span, kind in certain if kind in _PLACES)]
    return sorted({*found, *(span for span in more if taken.isdisjoint(range(span.first, span.last)))})


def _certain(seen: View, lexicon: Lexicon) -> list[tuple[Span, str]]:
    """Names of the lexicon that mean one thing in any text, being no Vietnamese words (`Israel`, `Điện Elysee`) or
    places of more than one (`Ai Cập`; not in `một Trung Quốc`), with the kind of what they name."""
    found = []
    for match in seen.names:
        actors = [lexicon.actors[alias.actor_id] for alias in match.payloads]
        words = seen.words[match.first : match.last]
        foreign = any(word.isalpha() and not is_vietnamese(word) for word in words)
        long = len(words) > 1 and actors[0].kind in _PLACES and seen.words[match.first - 1 : match.first] != ["một"]
        known = len(actors) == 1 and not match.payloads[0].context
        if known and (foreign or long) and seen.capitals[match.first] and seen.capitals[match.last - 1]:
            found.append((Span(match.first, match.last, actors[0].type), actors[0].kind))
    return found


def _paired_states(seen: View, lexicon: Lexicon) -> list[Span]:
    """States joined by a dash, short forms too (`Nga - Thổ`, `Mỹ-Hàn`)."""
    states = [m for m in seen.names if any(lexicon.actors[alias.actor_id].kind == "state" for alias in m.payloads)]
    return [
        Span(match.first, match.last, "GPE")
        for left, right in pairwise(states)
        if right.first == left.last + 1 and seen.words[left.last] == "-"
        for match in (left, right)
    ]


def _parted(seen: View, span: Span) -> list[Span]:
    """A name without the owner behind it, and the owner (`Nhóm Minsk | của | OSCE`): two mentions by the codebook."""
    n = next((n for n in range(span.first + 1, span.last - 1) if seen.words[n] in ("của", "thuộc")), None)
    return [span] if n is None else [span._replace(last=n), span._replace(first=n + 1)]


def _whole(seen: View, span: Span) -> Span:
    """A person with all initials and without the stop after them; any other span as it is."""
    tokens, last = seen.sentence.tokens, span.last
    if span.type == "PER":
        while last + 1 < len(tokens) and len(tokens[last - 1].text) == 1 and _is_initial(seen, last):
            last += 2
        if tokens[last - 1].text == "." and last - span.first > 1:
            last -= 1
    return span._replace(last=last)


def _is_initial(seen: View, n: int) -> bool:
    """Whether a point and one capital letter follow without blanks."""
    tokens = seen.sentence.tokens
    return tokens[n].text == "." and len(tokens[n + 1].text) == 1 and seen.capitals[n + 1] and _glued(seen, n, n + 1)


def _is_foreign_run(seen: View, first: int, last: int) -> bool:
    """Whether tokens are capital words in foreign spelling, at least two."""
    return last - first > 1 and all(seen.capitals[n] and not is_vietnamese(seen.words[n]) for n in range(first, last))


def _glued(seen: View, last: int, first: int) -> bool:
    """Whether only a point stands, without blanks, between tokens `last - 1` and `first`."""
    tokens = seen.sentence.tokens
    between = "".join(token.text for token in tokens[last:first])
    return between in ("", ".") and tokens[first].start - tokens[last - 1].end == len(between)


def _parted_by_initial(seen: View, left: Span, right: Span) -> bool:
    """Whether two spans are a person's name cut behind a middle initial (`George W | Bush`)."""
    tokens, last = seen.sentence.tokens, left.last
    if right.first != last + 1 or left.last - left.first < 2 or {left.type, right.type} - {"PER", "GPE"}:
        return False
    initial, point = tokens[last - 1], tokens[last]
    return point.text == "." and point.start == initial.end and len(initial.text) == 1 and initial.text.isupper()


def agree(views: Sequence[View], found: Sequence[Sequence[Span]]) -> list[list[Span]]:
    """Give a name that the lexicon lacks one type throughout an article: its commonest, or a person's if it is part
    of a person's full name."""
    votes: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for seen, line in zip(views, found, strict=True):
        for span in line:
            words = tuple(seen.words[span.first : span.last])
            votes[words][span.type] += 1
            if span.type == "PER" and len(words) > 1:
                for part in {words[:1], words[-1:]}:
                    votes[part]["PER"] += 10
    result = []
    for seen, line in zip(views, found, strict=True):
        known = {(match.first, match.last) for match in seen.names}
        best = [votes[tuple(seen.words[span.first : span.last])].most_common(1)[0][0] for span in line]
        result.append(
            [
                span if (span.first, span.last) in known else span._replace(type=type_)
                for span, type_ in zip(line, best, strict=True)
            ]
        )
    return result


def find_names(sentences: Sequence[Sentence], lexicon: Lexicon, models: Models) -> tuple[list[View], list[list[Span]]]:
    """Named spans of every sentence of one article, with what the word lists say of it."""
    views = [view(sentence, lexicon) for sentence in sentences]
    hints = document_hints(views)
    lines = [tidy(seen, spans(models.names.decode(features(seen, hints, lexicon))), lexicon) for seen in views]
    return views, agree(views, lines)
