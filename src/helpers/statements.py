"""Who says it: the actors whose words, claims or reports a sentence passes on.

Every actor of a sentence, and the speaker of a quotation that goes on, is a candidate; a linear model over named
features (where the nearest speech cue stands, what lies between, quotation marks) accepts or refuses it. Its weights
are `models/statements.tsv`; `python -m helpers train` makes them from coded articles.
"""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from helpers.clauses import Clause, Head, bucket, is_verb_like
from helpers.lexicon import Actor, Lexicon, SpeechCue
from helpers.linear import Linear
from helpers.paths import MODELS
from helpers.phrases import Match

_CLOSING = set("”»\"")
_FIRST_PERSON = {"tôi", "ta", "mình"}
_REACH = 2


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


class Candidate(NamedTuple):
    """An actor who may be a speaker of a sentence; `head` is None for one carried over from another sentence."""

    actor_id: str
    head: Head | None
    cue: tuple[int, int]
    features: list[str]


@cache
def model() -> Linear:
    """The trained model of the project."""
    return Linear(MODELS / "statements.tsv")


def speech_matches(clause: Clause, lexicon: Lexicon) -> list[tuple[Match, SpeechCue]]:
    """Speech cues of a sentence outside names, with the reading that its tag favours."""
    taken = {n for head in clause.heads if head.mention.form == "name" for n in range(head.mention.first, head.mention.last)}
    found = []
    for match in lexicon.speech_cues.find(clause.words):
        if taken.isdisjoint(range(match.first, match.last)):
            verb = is_verb_like(clause.tokens[match.first].tag)
            cue = next((c for c in match.payloads if (c.pos == "V") == verb), match.payloads[0])
            found.append((match, cue))
    return found


def _head_features(clause: Clause, head: Head, cues: list[tuple[Match, SpeechCue]]) -> tuple[list[str], tuple[int, int]]:
    """Features of an actor of the sentence, and the tokens of the cue that would speak for it."""
    words, tokens = clause.words, clause.tokens
    free = [h for h in clause.heads if not h.mention.modifier]
    f = [
        f"type={head.actor.type}",
        f"form={head.mention.form}",
        f"title={head.mention.title.kind if head.mention.title else None}",
        f"first={bool(free) and head.first == free[0].first}",
    ]
    if head.mention.modifier:
        f.append("modifier")
    inside = clause.quoted[head.mention.first]
    f.append(f"inside={inside}|quotes={any(clause.quoted)}")
    before = words[head.left - 1] if head.left else "^"
    after = words[head.right] if head.right < len(words) else "$"
    f += [f"before={before}", f"after={after}"]
    if head.left > 1:
        f.append(f"before2={words[head.left - 2]} {before}")
        f.append(f"beforetag={tokens[head.left - 1].tag}")
    if head.right < len(words):
        f.append(f"aftertag={tokens[head.right].tag}")
    if before in ("-", ",") and head.left > 1 and words[head.left - 2] in _CLOSING:
        f.append("afterquote")
    right = next(((m, c) for m, c in cues if m.first >= head.right and c.speaker != "after"), None)
    left = next(((m, c) for m, c in reversed(cues) if m.last <= head.left), None)
    chosen = None
    if right:
        match, cue = right
        gap = match.first - head.right
        others = clause.heads_between(head.right, match.first)
        marks = clause.marks_between(head.right, match.first)
        same = clause.quoted[match.first] == inside
        f += [
            f"R:{cue.cue}",
            f"R:pos={cue.pos}|{cue.strength}|{cue.content}",
            f"R:gap={bucket(gap)}|others={min(others, 2)}",
            f"R:others={min(others, 2)}|{cue.strength}|{cue.pos}|same={same}",
            f"R:commas={min(clause.commas_between(head.right, match.first), 2)}",
            f"R:type={head.actor.type}|{cue.kind}|others={min(others, 2)}",
        ]
        f += [f"R:mark={mark}|others={min(others, 1)}" for mark in marks]
        if others == 0 and head.mention.modifier is False:
            f.append(f"R:free|{cue.pos}|{cue.strength}|{'verb' if is_verb_like(tokens[match.first].tag) else 'noun'}")
        after_cue = words[match.last] if match.last < len(words) else "$"
        f.append(f"R:next={after_cue if after_cue in (':', 'rằng', 'về', 'với', '$', ',') else tokens[match.last].tag if match.last < len(words) else '$'}")
        if others == 0:
            chosen = match
    else:
        f.append("R:none")
    if left:
        match, cue = left
        gap = head.left - match.last
        others = clause.heads_between(match.last, head.left)
        f += [
            f"L:{cue.cue}|gap={bucket(gap)}" if others == 0 else f"L:{cue.cue}|others",
            f"L:pos={cue.pos}|speaker={cue.speaker}|gap={bucket(gap)}|others={min(others, 1)}",
            f"L:mark={'/'.join(clause.marks_between(match.last, head.left)[:2])}|speaker={cue.speaker}",
        ]
        if others == 0 and (cue.speaker in ("after", "of") or chosen is None):
            chosen = match
    else:
        f.append("L:none")
    f.append(f"R={bool(right)}|L={left[1].speaker if left else None}|type={head.actor.type}")
    if head.right == len(words) or (head.right == len(words) - 1 and words[-1] in ".)"):
        f.append(f"last|type={head.actor.type}|short={len(words) < 12}")
    cue_at = (chosen.first, chosen.last) if chosen else (head.first, head.first + 1)
    return f, cue_at


def _carried_features(clauses: Sequence[Clause], index: int, back: int, actor: Actor, cues, speaks_next: bool) -> list[str]:
    """Features of a speaker of a sentence nearby for a sentence that may go on with his words."""
    clause = clauses[index]
    quoted, words = clause.quoted, clause.words
    opened = clause.words[0] not in "“\"«" and quoted[0]
    first_person = bool(_FIRST_PERSON.intersection(words))
    free = [head for head in clause.heads if not head.mention.modifier]
    started = bool(cues) and not any(head.last <= cues[0][0].first for head in free)
    share = sum(quoted) / len(quoted)
    whole = "all" if share == 1 else "most" if share > 0.5 else "some" if share else "none"
    ends_open = quoted[-1] and words[-1] not in _CLOSING
    return [
        f"C:back={back}",
        f"C:opened={opened}|whole={whole}",
        f"C:starts={words[0] in _CLOSING or words[0] == '“'}|whole={whole}|ends_open={ends_open}|back={back}",
        f"C:first_person={first_person}|whole={whole}",
        f"C:type={actor.type}",
        f"C:first={words[0]}",
        f"C:pair={' '.join(words[:2])}",
        f"C:subjectless={started}|{cues[0][1].cue if started else None}",
        f"C:cues={min(len(cues), 2)}|heads={min(len(free), 2)}|whole={whole}",
        f"C:next={speaks_next}|back={back}|whole={whole}",
        f"C:paragraph={clause.seen.sentence.start - clauses[index - 1].seen.sentence.end > 1 if index else None}|whole={whole}",
    ]


def candidates(
    clauses: Sequence[Clause],
    index: int,
    spoken: Sequence[Sequence[str]],
    actors: dict[str, Actor],
    lexicon: Lexicon,
) -> list[Candidate]:
    """The possible speakers of a sentence.

    Args:
        spoken: the speakers of the sentences before it, the nearest last.
    """
    clause = clauses[index]
    if not clause.words:
        return []
    cues = speech_matches(clause, lexicon)
    found = [Candidate(h.key, h, cue, f) for h in clause.heads for f, cue in [_head_features(clause, h, cues)]]
    here = {head.key for head in clause.heads}
    carried: dict[str, int] = {}
    for back in range(1, _REACH + 1):
        if index - back >= 0:
            for speaker in spoken[index - back]:
                carried.setdefault(speaker, back)
    later = _closing_speaker(clauses, index, lexicon) if clause.quoted[-1] else None
    if later:
        carried.setdefault(later, 0)
    for speaker, back in carried.items():
        if speaker not in here:
            f = _carried_features(clauses, index, back, actors[speaker], cues, speaker == later)
            found.append(Candidate(speaker, None, (0, 1), f))
        else:
            spot = next(c for c in found if c.actor_id == speaker)
            spot.features.extend(f"also:{x}" for x in _carried_features(clauses, index, back, actors[speaker], cues, False)[1:4])
    return found


def _closing_speaker(clauses: Sequence[Clause], index: int, lexicon: Lexicon) -> str | None:
    """Who is named after the quotation that this sentence leaves open has closed (`…”, ông X nói`)."""
    for later in clauses[index + 1 : index + 5]:
        if not later.quoted or not later.quoted[0]:
            return None
        closed = next((n for n, quoted in enumerate(later.quoted) if not quoted), None)
        if closed is not None:
            return next((h.key for h in later.heads if h.first >= closed and not h.mention.modifier), None)
    return None


def find_statements(clauses: Sequence[Clause], actors: dict[str, Actor], lexicon: Lexicon) -> list[Statement]:
    """The statements of an article, sentence by sentence."""
    spoken: list[list[str]] = []
    found: list[Statement] = []
    for index, clause in enumerate(clauses):
        best: dict[str, tuple[float, Candidate]] = {}
        for candidate in candidates(clauses, index, spoken, actors, lexicon):
            p = model().probability(candidate.features)
            if p >= 0.5 and p > best.get(candidate.actor_id, (0.0, None))[0]:
                best[candidate.actor_id] = (p, candidate)
        spoken.append(list(best))
        found += [_statement(clause, candidate, actors[candidate.actor_id]) for _, candidate in best.values()]
    return found


def _statement(clause: Clause, candidate: Candidate, actor: Actor) -> Statement:
    first, last = candidate.cue
    start, end = clause.offsets(first, last)
    quoted = [n for n, inside in enumerate(clause.quoted) if inside and clause.words[n] not in "“”\"«»"]
    kind = "outlet" if actor.type == "MEDIA" else "direct" if quoted else "indirect"
    size = len(clause.words)
    if kind == "direct":
        content = clause.offsets(quoted[0], quoted[-1] + 1)
    elif candidate.head and candidate.head.last >= size - 1 or last >= size - 1:
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
