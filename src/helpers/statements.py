"""Who says it: the actors whose words, claims or reports a sentence passes on.

A linear model over named features accepts or refuses each candidate of speakers.py. Its weights are
`models/statements.tsv`; `python -m helpers train` makes them from coded articles.
"""

from collections.abc import Sequence
from typing import NamedTuple

from helpers.clauses import Clause, Head
from helpers.lexicon import Actor, Lexicon
from helpers.models import Models
from helpers.speakers import Candidate, candidates

THRESHOLD = 0.45
QUOTED_THRESHOLD = 0.25


class Statement(NamedTuple):
    """One speaker in one sentence: offsets in the article of the cue and of what is said."""

    sentence: int
    speaker: str
    kind: str
    cue: str
    cue_start: int
    cue_end: int
    content_start: int
    content_end: int


def find_statements(
    clauses: Sequence[Clause], actors: dict[str, Actor], lexicon: Lexicon, models: Models
) -> list[Statement]:
    """The statements of an article, sentence by sentence."""
    spoken: list[list[str]] = []
    found: list[Statement] = []
    for index, clause in enumerate(clauses):
        scored = [
            (models.statements.probability(c.features), c) for c in candidates(clauses, index, spoken, actors, lexicon)
        ]
        best = _accepted(clause, scored)
        spoken.append(list(best))
        found += [_statement(clause, candidate) for candidate in best.values()]
    return found


def _accepted(clause: Clause, scored: list[tuple[float, Candidate]]) -> dict[str, Candidate]:
    """The candidates that speak; a sentence inside a quotation has a likely one at least."""
    accepted = [(p, c) for p, c in scored if p >= THRESHOLD]
    if not accepted and scored and clause.quoted and sum(clause.quoted) > len(clause.quoted) / 2:
        accepted = [(p, c) for p, c in [max(scored, key=lambda pair: pair[0])] if p >= QUOTED_THRESHOLD]
    best = {candidate.actor_id: candidate for _, candidate in accepted}
    for _, candidate in scored:
        if candidate.head and any(_same_words(candidate.head, other.head) for _, other in accepted):
            best.setdefault(candidate.actor_id, candidate)
    return best


def _same_words(head: Head, other: Head | None) -> bool:
    """Whether two actors stand behind the same words (`hai nước`): what one says, both say."""
    return other is not None and (head.mention.start, head.mention.end) == (other.mention.start, other.mention.end)


def _statement(clause: Clause, candidate: Candidate) -> Statement:
    first, last = candidate.cue
    start, end = clause.offsets(first, last)
    quoted = [n for n, inside in enumerate(clause.quoted) if inside and clause.words[n] not in '“”"«»']
    nested = candidate.head is not None and clause.quoted[candidate.head.mention.first]
    kind = "outlet" if candidate.reports else "direct" if quoted and not nested else "indirect"
    size = len(clause.words)
    if kind == "direct":
        content = clause.offsets(quoted[0], quoted[-1] + 1)
    elif (candidate.head and candidate.head.last >= size - 1) or last >= size - 1:
        content = clause.offsets(0, max(1, min(first, candidate.head.first if candidate.head else first)))
    else:
        after = max(last, candidate.head.last if candidate.head else last)
        while after < size - 1 and clause.words[after] in ("rằng", ":", ",", "là", '"', "“"):
            after += 1
        content = clause.offsets(min(after, size - 1), size)
    text = clause.seen.sentence.text
    offset = clause.seen.sentence.start
    return Statement(
        clause.seen.sentence.index, candidate.actor_id, kind, text[start - offset : end - offset], start, end, *content
    )
