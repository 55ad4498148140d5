"""Which party is the source of a cue and which its target: two choices, each a conditional logit over named features.

Weights: `models/sources.tsv` and `models/targets.tsv`; `python -m helpers train` makes them from coded articles.
"""

from collections.abc import Sequence
from typing import NamedTuple

from helpers.clauses import Clause, bucket
from helpers.frames import FIRST_PERSON, Cue, Party, Scene
from helpers.models import Models

PREPOSITIONS = set(
    "với vào của bởi do từ giữa cho tới đến về chống trước nhằm bị được phía khỏi ở tại trên và để theo là rằng".split()
)
_DEICTIC = {"này", "trên", "đó"}
_SOURCES_TRIED = 3
_SHARE = 0.08


class Pair(NamedTuple):
    """A source and a target of one cue, and the probability (0…1) of that choice."""

    source: Party
    target: Party
    share: float
    source_share: float
    target_share: float


def _role(scene: Scene, party: Party, cue: Cue, frame: str) -> list[str]:
    """How a party stands to a cue."""
    clause, speakers, match, row = scene.clause, scene.speaking, cue.match, cue.row
    kind = f"{row.pos}.{cue.voice}"
    actor = party.actors[0]
    speaks = actor.actor_id in speakers
    f = [f"type={actor.type}|{row.basis}", f"speaks={speaks}|{row.basis}|{bool(speakers)}"]
    if party.head is None:
        subject = any(h.last <= match.first and not h.mention.modifier for h in clause.heads)
        we = bool(FIRST_PERSON.intersection(clause.words))
        return [
            *f,
            f"implied={party.implied}",
            f"implied={party.implied}|{kind}|{frame}",
            f"implied={party.implied}|subject={subject}|{cue.voice}",
            f"implied={party.implied}|quoted={clause.quoted[match.first]}|we={we}",
            f"implied={party.implied}|{row.basis}|{row.strength}",
            f"implied={party.implied}|first={clause.words[0]}",
            f"implied={party.implied}|opens={match.first < 2}",
            f"implied={party.implied}|{row.cue}",
        ]
    head = party.head
    left = party.right <= match.first
    low, high = (party.right, match.first) if left else (match.last, party.left)
    inside = low > high
    side = "inside" if inside else "left" if left else "right"
    others = 0 if inside else min(clause.heads_between(low, high), 3)
    verbs = 0 if inside else min(clause.verbs_between(low, high), 3)
    commas = 0 if inside else min(clause.commas_between(low, high), 3)
    before = clause.words[party.left - 1] if party.left else "^"
    prep = before if before in PREPOSITIONS else "-"
    wanted = before in row.target_preps.split("|") if row.target_preps else None
    after = clause.tag(party.right)
    f += [
        f"{side}|{others}|{kind}",
        f"{side}|{others}|{kind}|{frame}",
        f"{side}|{others}|{row.cue}",
        f"{side}|{others}|mutual={row.mutual}|{kind}",
        f"{side}|{others}|complement={row.complement}",
        f"{side}|gap={bucket(max(0, high - low))}",
        f"{side}|gap={bucket(max(0, high - low))}|{others}",
        f"{side}|verbs={verbs}|{others}|{cue.voice}",
        f"{side}|verbs={verbs}|after={after}",
        f"{side}|commas={commas}|{others}",
        f"{side}|prep={prep}|{kind}",
        f"{side}|prep={prep}|{others}|{frame}",
        f"{side}|prep={prep}|{cue.voice}|before2={clause.words[party.left - 2] if party.left > 1 else '^'}",
        f"{side}|wanted={wanted}|{others}",
        f"{side}|tags={clause.tag(party.left - 1)}_{after}|{cue.voice}",
        f"{side}|after={after}|{others}|{kind}",
        f"{side}|modifier={head.mention.modifier}|{others}|{kind}",
        f"{side}|form={head.mention.form}|{actor.type}",
        f"{side}|quoted={clause.quoted[head.mention.first]}.{clause.quoted[match.first]}",
        f"{side}|row={len(party.actors) > 1}|mutual={row.mutual}",
        f"{side}|speaks={speaks}|{row.basis}|{others}",
        f"{side}|opens={party.left == 0}|{others}",
        f"{side}|word={clause.words[party.right] if party.right < len(clause.words) else '$'}",
    ]
    tail = clause.words[match.last : match.last + 6]
    f.append(f"{side}|deictic={bool(_DEICTIC.intersection(tail[:3]))}|speaks={speaks}|{row.event}")
    f.append(f"{side}|own={'mình' in tail}|{others}")
    part = scene.role(party, cue)
    f += [
        f"part={part}|{kind}",
        f"part={part}|{kind}|{frame}",
        f"part={part}|{row.cue}",
        f"part={part}|{others}|{verbs}",
        f"part={part}|wanted={wanted}",
        f"part={part}|mutual={row.mutual}|row={len(party.actors) > 1}",
    ]
    hold, at = clause.governor(party.left)
    if hold == "của" and at > 0:
        hold = f"của<{clause.governor(at)[0]}"
    elif hold == "V":
        hold = "V=cue" if match.first <= at < match.last else "V<cue" if at < match.first else "V>cue"
    verb = clause.first_verb(party.right)
    own = (
        "none"
        if verb is None
        else "cue"
        if match.first <= verb < match.last
        else "before"
        if verb < match.first
        else "after"
    )
    f += [
        f"{side}|hold={hold}|{kind}",
        f"{side}|hold={hold}|{others}|{cue.voice}",
        f"{side}|own={own}|{kind}",
        f"{side}|own={own}|hold={hold}",
        f"{side}|own={own}|{others}|verbs={verbs}",
        f"{side}|hold={hold}|verbs={verbs}|commas={commas}",
    ]
    if not inside:
        f += [f"{side}|mark={mark}|{cue.voice}" for mark in clause.marks_between(low, high)]
        f += [f"{side}|mark={mark}|{others}" for mark in clause.marks_between(low, high)]
    return f


def source_options(scene: Scene, cue: Cue) -> list[list[str]]:
    """Features of each party as source of a cue."""
    return [_role(scene, party, cue, cue.row.source) for party in scene.parties]


def target_roles(scene: Scene, cue: Cue) -> list[list[str]]:
    """Features of each party as target of a cue, whatever the source."""
    frame = f"{cue.row.target}>{bool(cue.row.target_preps)}"
    return [_role(scene, party, cue, frame) for party in scene.parties]


def target_options(scene: Scene, cue: Cue, roles: Sequence[list[str]], source: Party) -> list[list[str]]:
    """Features of each party as target of a cue whose source is known; `roles` are its features by itself."""
    return [role + _beside(scene.clause, cue, source, party) for party, role in zip(scene.parties, roles, strict=True)]


def spot(clause: Clause, party: Party, cue: Cue) -> str:
    """Where a party stands to a cue, in short: side, how many phrases between, the preposition before it."""
    if party.head is None:
        return party.implied
    before = clause.words[party.left - 1] if party.left else "^"
    prep = before if before in PREPOSITIONS else "-"
    modifier = "m" if party.head.mention.modifier else ""
    if party.right <= cue.match.first:
        return f"left{min(clause.heads_between(party.right, cue.match.first), 2)}{prep}{modifier}"
    return f"right{min(clause.heads_between(cue.match.last, party.left), 2)}{prep}{modifier}"


def _beside(clause: Clause, cue: Cue, source: Party, target: Party) -> list[str]:
    """How a target stands to the source."""
    kind = f"{cue.row.pos}.{cue.voice}"
    one, other = source.actors[0], target.actors[-1]
    same = one.side is not None and one.side == other.side
    together = "nhau" in clause.words[cue.match.last : cue.match.last + 5]
    f = [
        f"pair={spot(clause, source, cue)}>{spot(clause, target, cue)}",
        f"pair={spot(clause, source, cue)[:5]}>{spot(clause, target, cue)}|{kind}",
        f"same_side={same}",
        f"sides={one.side is not None}>{other.side is not None}|{cue.row.basis}",
        f"types={one.type}>{other.type}|{cue.row.basis}",
        f"same_actor={not {a.actor_id for a in source.actors}.isdisjoint(a.actor_id for a in target.actors)}",
        f"same_party={source == target}|mutual={cue.row.mutual}|several={len(source.actors) > 1}|{together}",
    ]
    if source.head and target.head and source != target:
        first, second = sorted((source, target), key=lambda party: party.left)
        between = clause.words[first.right : second.left]
        order = "st" if first is source else "ts"
        f.append(f"order={order}|adjacent={between[0] if len(between) == 1 else len(between) < 3}")
        f.append(f"order={order}|commas={min(between.count(','), 2)}")
    return f


def choose(scene: Scene, cue: Cue, models: Models) -> list[Pair]:
    """The likeliest sources and targets of a cue, best first."""
    parties = scene.parties
    if not parties:
        return []
    shares = models.sources.shares(source_options(scene, cue))
    roles = target_roles(scene, cue)
    ranked = sorted(zip(shares, range(len(parties)), strict=True), reverse=True)[:_SOURCES_TRIED]
    found = []
    for source_share, n in ranked:
        if source_share < _SHARE:
            break
        options = target_options(scene, cue, roles, parties[n])
        for target, target_share in zip(parties, models.targets.shares(options), strict=True):
            share = source_share * target_share
            if share >= _SHARE and (target != parties[n] or len(target.actors) > 1):
                found.append(Pair(parties[n], target, share, source_share, target_share))
    return sorted(found, key=lambda pair: -pair.share)[:3]
