"""Which party is the source of a cue and which its target: two choices, each a conditional logit over named features.

Weights: `models/sources.tsv` and `models/targets.tsv`; `python -m helpers train` makes them from coded articles.
"""

from collections.abc import Sequence
from typing import NamedTuple

from helpers.clauses import Clause, bucket
from helpers.frames import FIRST_PERSON, Cue, Party, Scene
from helpers.linear import softmax
from helpers.models import Models
from helpers.phrases import Match

_DEICTIC = {"này", "trên", "đó"}
_SOURCES_TRIED, _PAIRS_KEPT = 5, 6
_SHARE = 0.03


class Pair(NamedTuple):
    """A source and a target of one cue, and the probability (0…1) of that choice."""

    source: Party
    target: Party
    share: float
    source_share: float
    target_share: float


class Role(NamedTuple):
    """Features of a party at a cue: those that weigh for source and target alike, and those with the frame of each."""

    both: list[str]
    source: list[str]
    target: list[str]


def roles(scene: Scene, cue: Cue) -> list[Role]:
    """Features of each party as source or target of a cue."""
    source, target = cue.row.source, f"{cue.row.target}>{bool(cue.row.target_preps)}"
    found = []
    for party in scene.parties:
        both, framed = _named(scene, party, cue) if party.head else _unsaid(scene, party, cue)
        both += _speaks(scene, party, cue)
        found.append(Role(both, [f"{f}|{source}" for f in framed], [f"{f}|{target}" for f in framed]))
    return found


def _speaks(scene: Scene, party: Party, cue: Cue) -> list[str]:
    """Who a party is, and whether it speaks."""
    actor, basis = party.actors[0], cue.row.basis
    return [
        f"type={actor.type}|{basis}",
        f"speaks={actor.actor_id in scene.speaking}|{basis}|{bool(scene.speaking)}",
    ]


def _unsaid(scene: Scene, party: Party, cue: Cue) -> tuple[list[str], list[str]]:
    """How a party without a phrase stands to a cue: features, and those to be joined with the frame of the cue."""
    clause, first, row = scene.clause, cue.match.first, cue.row
    implied = f"implied={party.implied}"
    subject = any(h.last <= first and not h.mention.modifier for h in clause.heads)
    we = not FIRST_PERSON.isdisjoint(clause.words)
    f = [
        implied,
        f"{implied}|subject={subject}|{cue.voice}",
        f"{implied}|quoted={clause.quoted[first]}|we={we}",
        f"{implied}|{row.basis}|{row.strength}",
        f"{implied}|first={clause.words[0]}",
        f"{implied}|opens={first < 2}",
        f"{implied}|{row.cue}",
    ]
    return f, [f"{implied}|{cue.kind}"]


def _named(scene: Scene, party: Party, cue: Cue) -> tuple[list[str], list[str]]:
    """How a phrase stands to a cue: features, and those to be joined with the frame of the cue."""
    clause, match, row, kind = scene.clause, cue.match, cue.row, cue.kind
    actor, mention = party.actors[0], party.head.mention
    side, low, high, others, verbs, prep, part, _ = scene.standings[party, cue]
    speaks, several = actor.actor_id in scene.speaking, len(party.actors) > 1
    commas = min(clause.commas_between(low, high), 3)
    before = clause.words[party.left - 1] if party.left else "^"
    wanted = before in row.target_preps.split("|") if row.target_preps else None
    after, gap = clause.tag(party.right), bucket(max(0, high - low))
    tail = clause.words[match.last : match.last + 6]
    hold, own = _hold(clause, party, match), _own(clause, party, match)
    f = [
        f"{side}|{others}|{kind}",
        f"{side}|{others}|{row.cue}",
        f"{side}|{others}|mutual={row.mutual}|{kind}",
        f"{side}|{others}|complement={row.complement}",
        f"{side}|gap={gap}",
        f"{side}|gap={gap}|{others}",
        f"{side}|verbs={verbs}|{others}|{cue.voice}",
        f"{side}|verbs={verbs}|after={after}",
        f"{side}|commas={commas}|{others}",
        f"{side}|prep={prep}|{kind}",
        f"{side}|prep={prep}|{cue.voice}|before2={clause.words[party.left - 2] if party.left > 1 else '^'}",
        f"{side}|wanted={wanted}|{others}",
        f"{side}|tags={clause.tag(party.left - 1)}_{after}|{cue.voice}",
        f"{side}|after={after}|{others}|{kind}",
        f"{side}|modifier={mention.modifier}|{others}|{kind}",
        f"{side}|form={mention.form}|{actor.type}",
        f"{side}|quoted={clause.quoted[mention.first]}.{clause.quoted[match.first]}",
        f"{side}|row={several}|mutual={row.mutual}",
        f"{side}|speaks={speaks}|{row.basis}|{others}",
        f"{side}|opens={party.left == 0}|{others}",
        f"{side}|word={clause.words[party.right] if party.right < len(clause.words) else '$'}",
        f"{side}|deictic={not _DEICTIC.isdisjoint(tail[:3])}|speaks={speaks}|{row.event}",
        f"{side}|own={'mình' in tail}|{others}",
        f"part={part}|{kind}",
        f"part={part}|{row.cue}",
        f"part={part}|{others}|{verbs}",
        f"part={part}|wanted={wanted}",
        f"part={part}|mutual={row.mutual}|row={several}",
        f"{side}|hold={hold}|{kind}",
        f"{side}|hold={hold}|{others}|{cue.voice}",
        f"{side}|own={own}|{kind}",
        f"{side}|own={own}|hold={hold}",
        f"{side}|own={own}|{others}|verbs={verbs}",
        f"{side}|hold={hold}|verbs={verbs}|commas={commas}",
    ]
    for mark in clause.marks_between(low, high):
        f += [f"{side}|mark={mark}|{cue.voice}", f"{side}|mark={mark}|{others}"]
    return f, [f"{side}|{others}|{kind}", f"{side}|prep={prep}|{others}", f"part={part}|{kind}"]


def _hold(clause: Clause, party: Party, match: Match) -> str:
    """What a phrase hangs on; of a verb, where it stands to the cue."""
    hold, at = clause.governor(party.left)
    if hold == "của" and at > 0:
        return f"của<{clause.governor(at)[0]}"
    if hold == "V":
        return "V=cue" if match.first <= at < match.last else "V<cue" if at < match.first else "V>cue"
    return hold


def _own(clause: Clause, party: Party, match: Match) -> str:
    """Where the verb of a phrase stands to the cue."""
    verb = clause.first_verb(party.right)
    if verb is None:
        return "none"
    return "cue" if match.first <= verb < match.last else "before" if verb < match.first else "after"


def target_options(scene: Scene, cue: Cue, parts: Sequence[Role], source: Party) -> list[list[str]]:
    """Features of each party as target of a cue whose source is known; `parts` are its features by itself."""
    return [
        role.both + role.target + _beside(scene, cue, source, party)
        for party, role in zip(scene.parties, parts, strict=True)
    ]


def _beside(scene: Scene, cue: Cue, source: Party, target: Party) -> list[str]:
    """How a target stands to the source."""
    words, row = scene.clause.words, cue.row
    where, whither = scene.spot(source, cue), scene.spot(target, cue)
    one, other = source.actors[0], target.actors[-1]
    same = one.side is not None and one.side == other.side
    together = "nhau" in words[cue.match.last : cue.match.last + 5]
    f = [
        f"pair={where}>{whither}",
        f"pair={where[:5]}>{whither}|{cue.kind}",
        f"same_side={same}",
        f"sides={one.side is not None}>{other.side is not None}|{row.basis}",
        f"types={one.type}>{other.type}|{row.basis}",
        f"same_actor={not {a.actor_id for a in source.actors}.isdisjoint(a.actor_id for a in target.actors)}",
        f"same_party={source is target}|mutual={row.mutual}|several={len(source.actors) > 1}|{together}",
    ]
    if source.head and target.head and source is not target:
        first, second = (source, target) if source.left <= target.left else (target, source)
        between = words[first.right : second.left]
        order = "st" if first is source else "ts"
        f.append(f"order={order}|adjacent={between[0] if len(between) == 1 else len(between) < 3}")
        f.append(f"order={order}|commas={min(between.count(','), 2)}")
    return f


def choose(scene: Scene, cue: Cue, models: Models) -> list[Pair]:
    """The likeliest sources and targets of a cue, best first."""
    parties, weigh = scene.parties, models.choices.weigh
    if not parties:
        return []
    parts = roles(scene, cue)
    both = [weigh(role.both) for role in parts]
    shares = softmax([score.real + weigh(role.source).real for score, role in zip(both, parts, strict=True)])
    alone = [score.imag + weigh(role.target).imag for score, role in zip(both, parts, strict=True)]
    ranked = sorted(zip(shares, range(len(parties)), strict=True), reverse=True)[:_SOURCES_TRIED]
    found = []
    for source_share, n in ranked:
        if source_share < _SHARE:
            break
        source = parties[n]
        scores = [
            score + weigh(_beside(scene, cue, source, party)).imag for score, party in zip(alone, parties, strict=True)
        ]
        for target, target_share in zip(parties, softmax(scores), strict=True):
            share = source_share * target_share
            if share >= _SHARE and (target is not source or len(target.actors) > 1):
                found.append(Pair(source, target, share, source_share, target_share))
    return sorted(found, key=lambda pair: -pair.share)[:_PAIRS_KEPT]
