"""Ordered pairs of actors in a sentence, with what the words around and between them say: features by name.

Where proposals.py asks of a cue whose it is, this asks of two actors what stands between them; stances.py weighs both.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache, partial
from itertools import product
from typing import NamedTuple

from helpers.clauses import PREPOSITIONS, bucket
from helpers.frames import Cue, Party, Scene
from helpers.lexicon import Actor
from helpers.linear import Group

_JOINTS = set("bị không chưa để nếu khi rằng mà của với giữa và , do vì nhau".split())
_MOST_WORDS = 14
_NONE = Group()


class _Kind(NamedTuple):
    """What of an actor counts here; `sided`: it stands for a side, `home`: for Vietnam."""

    type: str
    kind: str
    sided: bool
    home: bool


class Pairs:
    """Features of the ordered pairs of actors of a sentence.

    A pair is a source and a target, each an actor_id, and the party that each is taken to stand in.
    """

    def __init__(self, scene: Scene, actors: Mapping[str, Actor]):
        self.scene = scene
        self._places: dict[str, list[Party]] = defaultdict(list)
        for party in scene.parties:
            for actor in party.actors:
                self._places[actor.actor_id].append(party)
        self._kinds = {a: _kind(actors[a]) for a in self._places}
        self._sides = {a: actors[a].side for a in self._places}
        self._whole, self._hold, self._between, self._around = (
            cache(partial(function, scene)) for function in (_whole, _hold, _between, _around)
        )
        self._walk = cache(partial(_walk, _path(scene)))

    def nearest(self, source: str, target: str) -> tuple[Party, Party]:
        """The parties of two actors that stand nearest to one another."""
        return min(product(self._places[source], self._places[target]), key=lambda pair: _gap(*pair))

    def groups(self, source: str, target: str, one: Party, other: Party) -> list[Group]:
        """Features that many pairs have alike: who the two are, what stands around and between them."""
        scene, kinds, sides = self.scene, self._kinds, self._sides
        shape, phrases = _shape(one, other), tuple(party for party in (one, other) if party.head)
        says = source in scene.speaking, target in scene.speaking
        same = sides[source] is not None and sides[source] == sides[target]
        hold = self._hold(one), self._hold(other)
        return [
            self._whole(shape),
            _together(kinds[source], kinds[target], same, shape),
            _positions(says, bool(scene.speaking), (one.implied, other.implied), hold, shape),
            self._between(phrases, shape),
            self._walk(phrases, shape),
            self._around(one, kinds[source].type, "S", shape),
            self._around(other, kinds[target].type, "T", shape),
        ]

    def to_cue(self, cue: Cue, source: str, target: str, one: Party, other: Party) -> list[str]:
        """What the two are to a cue of the sentence."""
        scene = self.scene
        roles, spots = ((get(one, cue), get(other, cue)) for get in (scene.role, scene.spot))
        says = source in scene.speaking, target in scene.speaking
        return [
            *_by_cue(cue, roles, spots, _shape(one, other), len(self._places) > 2),
            *_said(scene, cue, says, roles[1], spots[1], one.head is None),
        ]


def _gap(one: Party, other: Party) -> int:
    """How many tokens lie between two parties; many where one has no phrase."""
    if one.head is None or other.head is None:
        return 50
    return 0 if one is other else min(abs(one.left - other.right), abs(other.left - one.right))


def _shape(source: Party, target: Party) -> str:
    """How two phrases stand: `row` as one list, `ST` or `TS` by order, or which of them is unsaid."""
    if source is target:
        return "row"
    if source.head is None and target.head is None:
        return "unsaid"
    if source.head is None:
        return "S-unsaid"
    if target.head is None:
        return "T-unsaid"
    return "ST" if source.left < target.left else "TS"


def _whole(scene: Scene, shape: str) -> Group:
    """What the sentence is."""
    named = sum(party.head is not None for party in scene.parties)
    signs = "|".join(str(min(sum(cue.sign == sign for cue in scene.cues), 2)) for sign in (1, -1))
    return Group(
        [
            f"cues={min(len(scene.cues), 5)}",
            f"signs={signs}|{shape}",
            f"named={min(named, 6)}",
            f"title={scene.clause.is_title}",
        ]
    )


def _kind(actor: Actor) -> _Kind:
    return _Kind(actor.type, actor.kind, actor.side is not None, actor.side == "VNM")


@lru_cache(maxsize=10_000)
def _together(one: _Kind, other: _Kind, same: bool, shape: str) -> Group:
    """Who the two are; `same`: they stand for one side."""
    return Group(
        [
            f"shape={shape}",
            f"types={one.type}>{other.type}",
            f"types={one.type}>{other.type}|{shape}",
            f"kinds={one.kind}>{other.kind}",
            f"sides={one.sided}>{other.sided}",
            f"same side={same}",
            f"home={one.home}>{other.home}",
        ]
    )


def _hold(scene: Scene, party: Party) -> str:
    """What a phrase hangs on."""
    return scene.reading.relation.get(party.left, ("none", 0))[0] if party.head else "unsaid"


@lru_cache(maxsize=10_000)
def _positions(
    says: tuple[bool, bool], anybody: bool, implied: tuple[str, str], hold: tuple[str, str], shape: str
) -> Group:
    """Who of the two speaks, how they are understood, and what they hang on."""
    return Group(
        [
            f"speaks={says[0]}>{says[1]}|{anybody}",
            f"speaks={says[0]}>{says[1]}|{shape}",
            f"unsaid={implied[0]}>{implied[1]}",
            f"hold={hold[0]}>{hold[1]}",
        ]
    )


def _between(scene: Scene, named: Sequence[Party], shape: str) -> Group:
    """The words between two named phrases."""
    if shape not in ("ST", "TS"):
        return _NONE
    clause, words = scene.clause, scene.clause.words
    first, second = named if shape == "ST" else reversed(named)
    low, high = first.right, second.left
    heads = min(clause.heads_between(low, high), 3)
    verbs = min(clause.verbs_between(low, high), 4)
    commas = min(clause.commas_between(low, high), 3)
    before = words[high - 1] if high else "^"
    starts = [n for n in range(low, high) if n == low or clause.tokens[n].begins]
    whole = [(n, " ".join(words[n:end])) for n, end in zip(starts, [*starts[1:], high], strict=False)]
    acts = [word for n, word in whole if clause.tokens[n].tag == "V"]
    f = [
        f"{shape}|heads={heads}",
        f"{shape}|verbs={verbs}|heads={heads}",
        f"{shape}|commas={commas}|heads={heads}",
        f"{shape}|gap={bucket(max(0, high - low))}",
        f"{shape}|prep={before if before in PREPOSITIONS else '-'}|heads={heads}",
        f"{shape}|last={before}",
    ]
    if high - low <= 4:
        f.append(f"{shape}|whole={' '.join(words[low:high])}")
    for word in dict.fromkeys(word for _, word in whole[:_MOST_WORDS]):
        f.append(f"{shape}|word={word}")
        if not heads:
            f.append(f"{shape}|near word={word}")
    if acts:
        f += [
            f"{shape}|first act={acts[0]}|heads={heads}",
            f"{shape}|last act={acts[-1]}|heads={heads}",
            f"{shape}|acts={acts[0]}>{acts[-1]}",
        ]
    return Group(f)


def _around(scene: Scene, party: Party, type_: str, nth: str, shape: str) -> Group:
    """The words at the edges of a phrase; `nth` is S of the source, T of the target."""
    if party.head is None:
        return _NONE
    clause, words = scene.clause, scene.clause.words
    before = words[party.left - 1] if party.left else "^"
    after = words[party.right] if party.right < len(words) else "$"
    relation, verb = scene.reading.relation.get(party.left, ("none", -1))
    own = clause.first_verb(party.right)
    f = [
        f"{nth} before={before}",
        f"{nth} before={before}|{shape}",
        f"{nth} after={after}",
        f"{nth} after={after}|{shape}",
        f"{nth} form={party.head.mention.form}|{type_}",
        f"{nth} row={len(party.actors) > 1}|{shape}",
        f"{nth} hold={relation}|{shape}",
    ]
    if verb >= 0:
        f.append(f"{nth} verb={words[verb]}|{relation}")
    if own is not None:
        f.append(f"{nth} own={words[own]}|{shape}")
    return Group(f)


def _by_cue(cue: Cue, roles: tuple[str, str], spots: tuple[str, str], shape: str, several: bool) -> list[str]:
    """What the two are to a cue: its source and target by place and by the verbs of the sentence."""
    row, sign = cue.row, "+" if cue.sign > 0 else "-"
    turned = sign + ("!" if cue.negated else "")
    kind, role = cue.kind, f"{roles[0]}>{roles[1]}"
    place, short = f"{spots[0]}>{spots[1]}", f"{spots[0][:5]}>{spots[1][:6]}"
    return [
        f"cue={row.cue}|{role}",
        f"cue={row.cue}|{short}",
        f"cue={row.cue}{'!' if cue.negated else ''}",
        f"cue={row.cue}|S={roles[0]}",
        f"{turned}|{row.strength}|{kind}|{role}",
        f"{turned}|{row.basis}|{place}",
        f"{sign}|{row.basis}|{role}",
        f"{sign}|{kind}|{short}|{row.mutual}",
        f"{row.event}|{sign}|{role}",
        f"{row.source}>{row.target}|{row.complement}|{sign}|{role}",
        f"{sign}|{kind}|{shape}|{several}|{short}",
        f"{row.strength}|{turned}|{row.mutual}|{shape}|{short}",
    ]


def _said(scene: Scene, cue: Cue, says: tuple[bool, bool], role: str, place: str, unsaid: bool) -> list[str]:
    """Whether a cue stands in the words of the source, and what the target is to it."""
    row, sign = cue.row, "+" if cue.sign > 0 else "-"
    quoted, anybody = scene.clause.quoted[cue.match.first], bool(scene.speaking)
    return [
        f"says={says[0]}.{anybody}|cue={row.cue}|T={role}",
        f"says={says[0]}.{says[1]}.{anybody}|{sign}|{row.strength}|{row.basis}|T={role}",
        f"says={says[0]}|quoted={quoted}|{sign}|{row.basis}|T={place[:6]}",
        f"cue={row.cue}|T={role}|{unsaid}",
    ]


def _path(scene: Scene) -> list[tuple[int, str, str]]:
    """The cues, phrases and joints of a sentence in order: token, sign, and the cue's words."""
    items = []
    for cue in scene.cues:
        weak, noun = "w" if cue.row.strength == "weak" else "", "N" if cue.row.pos == "N" else ""
        voice = "" if cue.voice == "active" else cue.voice[0]
        items.append((cue.match.first, f"{'+' if cue.sign > 0 else '-'}{weak}{noun}{voice}", cue.row.cue))
    items += [(party.left, "E", "") for party in scene.parties if party.head]
    items += [(n, word, "") for n, word in enumerate(scene.clause.words) if word in _JOINTS]
    return sorted(items)


def _walk(path: Sequence[tuple[int, str, str]], named: Sequence[Party], shape: str) -> Group:
    """The path of a sentence before, between and after the phrases of a pair."""
    if not named:
        return _NONE
    low, high = min(party.left for party in named), max(party.right for party in named)
    ends = {party.left for party in named}
    others = [item for item in path if item[1] != "E" or item[0] not in ends]
    before = [item for item in others if item[0] < low]
    after = [item for item in others if item[0] >= high]
    tail = " ".join(sign for _, sign, _ in after[:3])
    if shape not in ("ST", "TS"):
        head = " ".join(sign for _, sign, _ in before[-3:])
        last, first = (before[-1][1] if before else "^"), (after[0][1] if after else "$")
        return Group([f"{shape}|before={head}", f"{shape}|after={tail}", f"{shape}|before={last}|after={first}"])
    start, end = min(party.right for party in named), max(party.left for party in named)
    inner = [item for item in others if start <= item[0] < end]
    steps = [sign for _, sign, _ in inner]
    core = " ".join([step for step in steps if step[0] in "+-E" or step == "bị"][:5])
    head = " ".join(sign for _, sign, _ in before[-2:])
    f = [
        f"{shape}|path={' '.join(steps[:7])}",
        f"{shape}|path={' '.join(steps[:7])}|after={after[0][1] if after else '$'}",
        f"{shape}|core={core}",
        f"{shape}|core={core}|after={tail}",
        f"{shape}|core={core}|before={head}",
    ]
    cues = [cue for _, _, cue in inner if cue]
    if cues:
        f += [
            f"{shape}|cues={'/'.join(cues[:3])}",
            f"{shape}|first cue={cues[0]}|core={core}",
            f"{shape}|last cue={cues[-1]}|core={core}",
        ]
    following = next((cue for _, _, cue in after if cue), None)
    if following:
        f += [
            f"{shape}|next cue={following}|after={' '.join(tail.split()[:2])}",
            f"{shape}|next cue={following}|core={core}",
        ]
    earlier = next((cue for _, _, cue in reversed(before) if cue), None)
    if earlier:
        f.append(f"{shape}|cue before={earlier}|core={core}")
    return Group(f)
