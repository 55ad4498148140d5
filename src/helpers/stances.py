"""Who is for or against whom: signed, directed stances with their cue, basis, claimant and confidence.

Every stance cue of a sentence with every ordered pair of its actors (and the few a sentence leaves unsaid: its speaker,
the subject of the sentence before) is a candidate. A linear model over named features weighs how the one stands to the
cue as source, the other as target, and the two to each other. Its weights are `models/stances.tsv`;
`python -m helpers train` makes them from coded articles. Its output is the probability given as `confidence`.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import permutations
from typing import NamedTuple

from helpers.clauses import Clause, Head, bucket, is_verb_like
from helpers.entities import STATE_KINDS
from helpers.lexicon import Actor, Lexicon, StanceCue
from helpers.linear import Linear
from helpers.paths import MODELS
from helpers.phrases import Match
from helpers.statements import Statement

_NEGATIONS = {"không", "chưa", "chẳng", "đừng", "ngừng", "ngưng", "thôi", "hết", "khỏi", "phủ", "bác", "tránh"}
_FIRST_PERSON = {"tôi", "ta", "mình"}
THRESHOLD = 0.4


class Stance(NamedTuple):
    """One source for (+1) or against (-1) one target in a sentence."""

    sentence: int
    source: str
    target: str
    sign: int
    basis: str
    cue: str
    cue_start: int
    cue_end: int
    claimed_by: str | None
    event: str | None
    confidence: float
    rule: str


class Party(NamedTuple):
    """An actor as source or target: its phrase in the sentence, or how it is understood without one."""

    actor: Actor
    head: Head | None
    implied: str


class Candidate(NamedTuple):
    """A possible stance and its named features."""

    source: Party
    target: Party
    match: Match
    cue: StanceCue
    sign: int
    voice: str
    features: list[str]


@cache
def model() -> Linear:
    """The trained model of the project."""
    return Linear(MODELS / "stances.tsv")


def stance_matches(clause: Clause, lexicon: Lexicon) -> list[tuple[Match, StanceCue]]:
    """Stance cues of a sentence outside names, with the reading (verb or noun) that its tag favours."""
    taken = {n for head in clause.heads if head.mention.form == "name" for n in range(head.mention.first, head.mention.last)}
    found = []
    for match in lexicon.stance_cues.find(clause.words):
        if taken.isdisjoint(range(match.first, match.last)):
            verb = is_verb_like(clause.tokens[match.first].tag)
            readings = [c for c in match.payloads if (c.pos == "V") == verb] or list(match.payloads)
            found += [(match, cue) for cue in {c.sign: c for c in readings}.values()]
    return found


def voice(clause: Clause, match: Match) -> str:
    """`passive` after `bị` or `được`, `noun` after a nominaliser, else `active`."""
    before = clause.words[max(0, match.first - 4) : match.first]
    if "bị" in before or "được" in before[-2:]:
        return "passive"
    if any(word in ("việc", "sự", "cuộc", "vụ", "lời", "lệnh", "hành", "những", "các", "hoạt") for word in before[-2:]):
        return "noun"
    return "active"


def _role(clause: Clause, party: Party, match: Match, cue: StanceCue, voiced: str, prefix: str, speakers: set[str]) -> list[str]:
    """How an actor stands to a cue."""
    frame = cue.source if prefix == "S" else cue.target
    kind = f"{cue.pos}.{voiced}"
    f = [
        f"{prefix}:type={party.actor.type}|{cue.basis}",
        f"{prefix}:speaks={party.actor.actor_id in speakers}|{cue.basis}|{bool(speakers)}",
        f"{prefix}:cue={cue.cue}",
    ]
    head = party.head
    if head is None:
        subject = any(h.last <= match.first and not h.mention.modifier for h in clause.heads)
        return [
            *f,
            f"{prefix}:implied={party.implied}",
            f"{prefix}:implied={party.implied}|{kind}|{frame}|subject={subject}",
            f"{prefix}:implied={party.implied}|quoted={clause.quoted[match.first]}|first_person={bool(_FIRST_PERSON.intersection(clause.words))}",
            f"{prefix}:implied={party.implied}|{cue.basis}|{cue.strength}",
            f"{prefix}:implied={party.implied}|first={clause.words[0]}",
        ]
    left = head.right <= match.first
    low, high = (head.right, match.first) if left else (match.last, head.left)
    inside = low > high
    others = min(clause.heads_between(low, high), 3)
    marks = clause.marks_between(low, high)
    side = "inside" if inside else "left" if left else "right"
    before = clause.words[head.left - 1] if head.left else "^"
    after = clause.words[head.right] if head.right < len(clause.words) else "$"
    prep = before if before in _PREPOSITIONS or before in cue.target_preps.split("|") else "-"
    f += [
        f"{prefix}:{side}|{others}|{kind}|{frame}",
        f"{prefix}:{side}|{others}|{cue.cue}",
        f"{prefix}:{side}|gap={bucket(max(0, high - low))}|{others}",
        f"{prefix}:{side}|gap={bucket(max(0, high - low))}|{kind}",
        f"{prefix}:{side}|prep={prep}|{kind}",
        f"{prefix}:{side}|prep={prep}|fits={prep in cue.target_preps.split('|')}|{others}",
        f"{prefix}:{side}|before={before}",
        f"{prefix}:{side}|after={after}",
        f"{prefix}:{side}|modifier={head.mention.modifier}|{others}",
        f"{prefix}:{side}|form={head.mention.form}|{head.mention.surface.lower() if head.mention.form == 'pronoun' else ''}",
        f"{prefix}:{side}|quoted={clause.quoted[head.mention.first]}.{clause.quoted[match.first]}",
        f"{prefix}:{side}|commas={min(clause.commas_between(low, high), 3)}|{others}" if not inside else f"{prefix}:inside",
        f"{prefix}:{side}|mutual={cue.mutual}|{kind}",
        f"{prefix}:{side}|speaks={party.actor.actor_id in speakers}|{cue.basis}",
    ]
    f += [f"{prefix}:{side}|mark={mark}|{voiced}" for mark in marks]
    f += [f"{prefix}:{side}|mark={mark}|{others}" for mark in marks]
    if head.order == 0:
        f.append(f"{prefix}:{side}|opens")
    if head.left - 2 >= 0:
        f.append(f"{prefix}:{side}|before2={clause.words[head.left - 2]} {before}")
    return f


_PREPOSITIONS = set("với vào của bởi do từ giữa cho tới đến về chống trước nhằm bị được phía khỏi ở tại trên và để theo là rằng".split())


def _pair(clause: Clause, source: Party, target: Party, match: Match, cue: StanceCue, voiced: str, sign: int, flipped: bool) -> list[str]:
    """How two actors stand to each other around a cue."""
    order = "".join(
        letter for _, letter in sorted([*_places(source, "s"), *_places(target, "t"), (match.first, "c")])
    )
    kind = f"{cue.pos}.{voiced}"
    after = clause.words[match.last] if match.last < len(clause.words) else "$"
    before = clause.words[match.first - 1] if match.first else "^"
    f = [
        f"P:{order}|{kind}",
        f"P:{order}|{cue.source}|{cue.target}|{voiced}",
        f"P:{order}|mutual={cue.mutual}",
        f"P:{order}|{cue.cue}",
        f"P:{order}|{cue.strength}|{cue.basis}",
        f"P:{order}|{source.actor.type}>{target.actor.type}",
        f"P:cue={cue.cue}",
        f"P:cue={cue.cue}|tag={clause.tokens[match.first].tag}",
        f"P:strength={cue.strength}|basis={cue.basis}|sign={sign}",
        f"P:event={cue.event}|{voiced}",
        f"P:before={before}",
        f"P:before={before}|{cue.cue}",
        f"P:after={after}",
        f"P:same_side={source.actor.side is not None and source.actor.side == target.actor.side}",
        f"P:types={source.actor.type}>{target.actor.type}|{cue.basis}",
        f"P:sides={source.actor.side is not None}>{target.actor.side is not None}|{cue.basis}",
        f"P:flipped={flipped}|{cue.pos}",
        f"P:heads={min(len(clause.heads), 6)}",
    ]
    if cue.mutual or "nhau" in clause.words[match.last : match.last + 4]:
        f.append(f"P:nhau={'nhau' in clause.words[match.last : match.last + 4]}|{order}|{cue.mutual}")
    if source.head and target.head:
        row = source.head.left == target.head.left
        f.append(f"P:row={row}|mutual={cue.mutual}|{order}")
        between = clause.words[min(source.head.right, target.head.right) : max(source.head.left, target.head.left)]
        f.append(f"P:row={row}|order={order}|adjacent={len(between) <= 1}|{between[0] if len(between) == 1 else ''}")
        first = min(source.head.left, target.head.left)
        f.append(f"P:opening={clause.words[first - 1] if first else '^'}|{order}|mutual={cue.mutual}")
    early = clause.words[: match.first]
    for word in ("nếu", "không", "chưa", "có", "sẽ", "đã", "muốn", "kêu", "yêu", "đe", "lo", "tránh"):
        if word in early[-6:]:
            f.append(f"P:near={word}|{sign}|{cue.basis}")
    if clause.quoted[match.first]:
        f.append("P:quoted")
    return f


def _places(party: Party, letter: str) -> list[tuple[int, str]]:
    return [(party.head.first, letter)] if party.head else []


def _implied(clause: Clause, index: int, clauses: Sequence[Clause], speakers: Iterable[str], actors: dict[str, Actor]) -> list[Party]:
    """Actors a sentence leaves unsaid: its speaker, the state he speaks for, the first actor of the sentence before."""
    here = {head.key for head in clause.heads}
    parties: dict[str, Party] = {}
    states = {actor.side: actor for actor in actors.values() if actor.kind in STATE_KINDS and actor.side}
    first_person = bool(_FIRST_PERSON.intersection(clause.words))
    for speaker in speakers:
        actor = actors[speaker]
        if actor.type == "MEDIA":
            continue
        if speaker not in here:
            parties.setdefault(speaker, Party(actor, None, "speaker"))
        state = states.get(actor.side)
        if first_person and state and state.actor_id != speaker and state.actor_id not in here:
            parties.setdefault(state.actor_id, Party(state, None, "speaker_state"))
    for back in (1, 2):
        if index >= back:
            free = [h for h in clauses[index - back].heads if not h.mention.modifier and h.actor.type != "MEDIA"]
            for place, head in enumerate(free[:1] + free[-1:]):
                if head.key not in here:
                    parties.setdefault(head.key, Party(head.actor, None, f"back{back}.{'first' if place == 0 else 'last'}"))
    return list(parties.values())


def candidates(
    clauses: Sequence[Clause], index: int, speakers: set[str], actors: dict[str, Actor], lexicon: Lexicon
) -> Iterable[Candidate]:
    """The possible stances of a sentence.

    Args:
        speakers: who speaks in it (statements.py).
    """
    clause = clauses[index]
    matches = stance_matches(clause, lexicon)
    if not matches or not (clause.heads or speakers):
        return
    parties = [Party(h.actor, h, "") for h in clause.heads if h.actor.type != "MEDIA" or h.key in speakers]
    parties += _implied(clause, index, clauses, speakers, actors)
    for match, cue in matches:
        voiced = voice(clause, match)
        negated = bool(_NEGATIONS.intersection(clause.words[max(0, match.first - 3) : match.first]))
        sources = [_role(clause, party, match, cue, voiced, "S", speakers) for party in parties]
        targets = [_role(clause, party, match, cue, voiced, "T", speakers) for party in parties]
        sign = 1 if cue.sign == "+" else -1
        for (n, source), (m, target) in permutations(enumerate(parties), 2):
            if source.actor.actor_id == target.actor.actor_id or (source.head is None and target.head is None):
                continue
            for flipped in (False, True) if negated else (False,):
                pair = _pair(clause, source, target, match, cue, voiced, -sign if flipped else sign, flipped)
                if negated:
                    pair.append(f"P:negated|flipped={flipped}|{cue.sign}")
                yield Candidate(source, target, match, cue, -sign if flipped else sign, voiced, sources[n] + targets[m] + pair)


def find_stances(
    clauses: Sequence[Clause], statements: Sequence[Statement], actors: dict[str, Actor], lexicon: Lexicon
) -> list[Stance]:
    """The stances of an article: for each sentence, source, target and sign the best-weighed candidate."""
    spoken: dict[int, list[Statement]] = defaultdict(list)
    for statement in statements:
        spoken[statement.sentence].append(statement)
    found = []
    for index, clause in enumerate(clauses):
        speakers = {statement.speaker for statement in spoken[index]}
        best: dict[tuple[str, str, int], tuple[float, Candidate]] = {}
        for candidate in candidates(clauses, index, speakers, actors, lexicon):
            p = model().probability(candidate.features)
            key = (candidate.source.actor.actor_id, candidate.target.actor.actor_id, candidate.sign)
            if p >= THRESHOLD and p > best.get(key, (0.0, None))[0]:
                best[key] = (p, candidate)
        found += [_stance(clause, p, candidate, spoken[index], actors) for p, candidate in best.values()]
    return found


def _stance(clause: Clause, p: float, candidate: Candidate, spoken: Sequence[Statement], actors: dict[str, Actor]) -> Stance:
    start, end = clause.offsets(candidate.match.first, candidate.match.last)
    offset = clause.seen.sentence.start
    basis = candidate.cue.basis
    return Stance(
        clause.seen.sentence.index,
        candidate.source.actor.actor_id,
        candidate.target.actor.actor_id,
        candidate.sign,
        basis,
        clause.seen.sentence.text[start - offset : end - offset],
        start,
        end,
        None if basis == "words" else _claimant(candidate.source.actor, start, spoken, actors),
        candidate.cue.event or None,
        round(p, 3),
        _rule(candidate),
    )


def _claimant(source: Actor, position: int, spoken: Sequence[Statement], actors: dict[str, Actor]) -> str | None:
    """On whose word an act stands: a speaker of the sentence other than the source, its own people, and outlets."""
    for statement in spoken:
        speaker = actors[statement.speaker]
        own = speaker.actor_id == source.actor_id or (speaker.side is not None and speaker.side == source.side)
        if speaker.type != "MEDIA" and not own and statement.content_start <= position < statement.content_end:
            return speaker.actor_id
    return None


def _rule(candidate: Candidate) -> str:
    """What made the row, in words: voice, part of speech, and where source and target stand to the cue."""

    def place(party: Party) -> str:
        if party.head is None:
            return party.implied
        return "before" if party.head.first < candidate.match.first else "after"

    return f"{candidate.cue.pos}.{candidate.voice}:source-{place(candidate.source)}:target-{place(candidate.target)}"
