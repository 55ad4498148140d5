"""What the cues of a sentence propose: for each likely source and target of a cue, a stance with its named features."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import product
from typing import NamedTuple

from helpers.arguments import Pair, choose
from helpers.clauses import Clause
from helpers.frames import Cue, Party, Scene
from helpers.models import Models
from helpers.phrases import Match

_OWN = ("nước mình", "quân mình", "phe mình", "chính mình")
_MOST_MUTUAL = 3
_LEVELS = (0.15, 0.3, 0.45, 0.6, 0.75, 0.9)
_MODALS = set(
    "sẽ sắp có thể nếu muốn không chưa kêu yêu đề lo tránh đang vừa từng đã nhằm để việc vì bị được do".split()
)


class Proposal(NamedTuple):
    """A possible stance of a sentence; `reverse` is true of the second half of a mutual one."""

    sentence: int
    cue: Cue
    pair: Pair
    sign: int
    reverse: bool
    features: list[str]

    @property
    def keys(self) -> list[tuple[str, str]]:
        """Source and target of each stance it stands for: every source with every target."""
        found = product(self.pair.source.actors, self.pair.target.actors)
        return list(dict.fromkeys((s.actor_id, t.actor_id) for s, t in found if s.actor_id != t.actor_id))

    @property
    def sides(self) -> tuple[str, str]:
        """For whom source and target stand."""
        source, target = self.pair.source.actors[0], self.pair.target.actors[-1]
        return source.side or source.actor_id, target.side or target.actor_id


def propose(scenes: Mapping[int, Scene], models: Models) -> list[Proposal]:
    """The stances that the cues of an article propose, with the features of each.

    Args:
        scenes: its sentences with cues, by index.
    """
    found = []
    for index, scene in scenes.items():
        for cue in scene.cues:
            for rank, pair in enumerate(choose(scene, cue, models)):
                found += _readings(scene, index, cue, pair, rank)
    return [
        proposal._replace(features=proposal.features + echo)
        for proposal, echo in zip(found, _echoes(found), strict=True)
    ]


def _readings(scene: Scene, index: int, cue: Cue, pair: Pair, rank: int) -> list[Proposal]:
    """A pair with the cue's sign, the other sign if a negation stands before it, and the way back if it is mutual."""
    words = scene.clause.words
    tail = " ".join(words[cue.match.last : cue.match.last + 8])
    if any(own in tail for own in _OWN) and not (pair.target.head and pair.target.left >= cue.match.last):
        return []
    if pair.source is pair.target and len(pair.source.actors) > _MOST_MUTUAL:
        return []
    ways = [(pair, False)]
    together = "nhau" in words[cue.match.last : cue.match.last + 5]
    if pair.source is not pair.target and (cue.row.mutual or together):
        ways.append((pair._replace(source=pair.target, target=pair.source), True))
    found = []
    for (way, reverse), flip in product(ways, (False, True) if cue.negated else (False,)):
        sign = -cue.sign if flip else cue.sign
        features = _features(scene, cue, way, rank, sign, reverse, flip)
        found.append(Proposal(index, cue, way, sign, reverse, features))
    return found


def level(share: float) -> int:
    """A probability as one of seven levels."""
    return bisect_right(_LEVELS, share)


def _features(scene: Scene, cue: Cue, pair: Pair, rank: int, sign: int, reverse: bool, flip: bool) -> list[str]:
    """Named features of a proposal by itself."""
    clause, cues, speaking = scene.clause, scene.cues, scene.speaking
    row, match, words, kind = cue.row, cue.match, clause.words, cue.kind
    source, target = pair.source.actors[0], pair.target.actors[-1]
    before = words[match.first - 1] if match.first else "^"
    after = words[match.last] if match.last < len(words) else "$"
    source_speaks = any(actor.actor_id in speaking for actor in pair.source.actors)
    same_side = source.side is not None and source.side == target.side
    agreeing = sum(other.sign == sign for other in cues)
    where, whither = scene.spot(pair.source, cue), scene.spot(pair.target, cue)
    f = [
        f"own cue={row.cue}",
        f"own cue={row.cue}|{kind}",
        f"own cue={row.cue}|{clause.tokens[match.first].tag}",
        f"own cue={row.cue}|mutual={row.mutual}|reverse={reverse}",
        f"{row.strength}|{row.basis}|{sign}",
        f"{row.strength}|{kind}",
        f"event={row.event}|{sign}",
        f"event={row.event}|{kind}",
        f"before={before}",
        f"before={before}|{row.basis}|{sign}",
        f"before={clause.tag(match.first - 1)}|{kind}|{row.strength}",
        f"after={after}|{row.pos}",
        f"after={clause.tag(match.last)}|{kind}",
        f"rank={rank}",
        f"share={level(pair.share)}",
        f"share={level(pair.share)}|{row.strength}",
        f"source={level(pair.source_share)}",
        f"target={level(pair.target_share)}",
        f"where={where}|{kind}",
        f"whither={whither}|{kind}",
        f"pair={where[:6]}>{whither[:6]}|{row.strength}",
        f"source speaks={source_speaks}|{row.basis}|{row.strength}",
        f"speaking={bool(speaking)}|{row.basis}",
        f"types={source.type}>{target.type}|{row.basis}|{sign}",
        f"sides={source.side is not None}>{target.side is not None}|{row.basis}",
        f"same side={same_side}|{row.basis}|{sign}",
        f"home={source.side == 'VNM'}>{target.side == 'VNM'}|{sign}",
        f"reverse={reverse}|{row.mutual}|{row.basis}",
        f"flip={flip}|negated={cue.negated}|{row.sign}",
        f"members={len(pair.source.actors)}>{len(pair.target.actors)}|same={pair.source is pair.target}",
        f"agree={min(agreeing, 4)}|disagree={min(len(cues) - agreeing, 3)}",
        f"quoted={clause.quoted[match.first]}|{row.basis}|{source_speaks}",
        f"length={min(len(words) // 10, 6)}",
        f"own={'mình' in words[match.last : match.last + 6]}|{whither[:5]}",
        f"nothing said={pair.source.head is None}>{pair.target.head is None}",
    ]
    if pair.source is pair.target:
        low = match.last if pair.source.left >= match.last else max(0, match.first - 3)
        around = words[low : low + 3]
        f.append(f"row between={'giữa' in around}|mutual={row.mutual}|{sign}")
        f.append(f"row together={'nhau' in words[match.last : match.last + 5]}|{sign}")
    past = _past(cue, pair, cues)
    f += [f"past={past}|{row.strength}|{sign}", f"past={past}|{row.complement}"]
    for end, party in (("source", pair.source), ("target", pair.target)):
        between = _cues_between(cue, party, cues)
        f.append(f"{end} cues between={min(len(between), 3)}|{kind}")
        f += dict.fromkeys(f"{end} past={other.row.cue}" for other in between[:2])
    for word in dict.fromkeys(_words(clause, match)):
        f += [f"word={word}", f"word={word}|{sign}|{where[:5]}>{whither[:6]}"]
    f.append(f"frame={row.source}>{row.target}|{row.complement}|{where[:5]}>{whither[:5]}")
    f.append(f"force={round(float(row.goldstein or 0) / 2)}|{row.basis}")
    near = sorted(_MODALS.intersection(words[max(0, match.first - 5) : match.first]))
    f += [f"near={word}|{row.basis}|{sign}" for word in near]
    if pair.target.head and pair.target.left >= match.last:
        between = words[match.last : pair.target.left]
        f.append(f"to target={' '.join(between) if len(between) < 3 else min(len(between), 8)}")
    return f


def _past(cue: Cue, pair: Pair, cues: Sequence[Cue]) -> str:
    """The signs of other cues between a cue and its target (`kêu gọi` … `sát cánh cùng` B)."""
    if pair.target.head is None:
        return "unsaid"
    low, high = sorted((cue.match.last, pair.target.left))
    found = {other.row.sign for other in cues if low <= other.match.first < high and other.match != cue.match}
    return "".join(sorted(found)) or "none"


def _cues_between(cue: Cue, party: Party, cues: Sequence[Cue]) -> list[Cue]:
    """The other cues between a cue and a phrase."""
    if party.head is None:
        return []
    low, high = (party.right, cue.match.first) if party.right <= cue.match.first else (cue.match.last, party.left)
    return [other for other in cues if low <= other.match.first < high and other.match != cue.match]


def _words(clause: Clause, match: Match) -> list[str]:
    """The words of a cue, as the sentence is segmented."""
    starts = [n for n in range(match.first, match.last) if n == match.first or clause.tokens[n].begins]
    ends = [*starts[1:], match.last]
    return [" ".join(clause.words[first:last]) for first, last in zip(starts, ends, strict=True)]


def _echoes(proposals: Sequence[Proposal]) -> list[list[str]]:
    """What the rest of the article says of the same two: how often they are proposed again, with which sign."""
    seen = Counter((p.sides, p.sign, p.sentence) for p in proposals)
    pairs: dict[tuple, Counter] = defaultdict(Counter)
    for sides, sign, _ in seen:
        pairs[sides][sign] += 1
    result = []
    for p in proposals:
        same, other = pairs[p.sides][p.sign] - 1, pairs[p.sides][-p.sign]
        back = pairs[p.sides[::-1]]
        result.append(
            [
                f"echo={min(same, 4)}",
                f"echo={min(same, 3)}|against={min(other, 3)}",
                f"back={min(back[p.sign], 3)}|{p.cue.row.basis}",
                f"back={min(back[p.sign], 2)}|against={min(back[-p.sign], 2)}",
            ]
        )
    return result
