"""Every ordered pair of actors in a sentence, with what the words around and between them say: features by name.

Where proposals.py asks of a cue whose it is, this asks of two actors what stands between them; stances.py weighs both.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from helpers.clauses import PREPOSITIONS, bucket
from helpers.frames import Cue, Party, Scene
from helpers.lexicon import Actor

_JOINTS = set("bị không chưa để nếu khi rằng mà của với giữa và , do vì nhau".split())
_MOST_WORDS = 14


def pair_features(scene: Scene, actors: Mapping[str, Actor]) -> Iterator[tuple[str, str, list[str]]]:
    """Source, target and features of each ordered pair of different actors, one of them at least named in the sentence.

    An actor of several phrases counts by those two that stand nearest to one another.
    """
    parties = scene.parties
    places: dict[str, list[int]] = defaultdict(list)
    for n, party in enumerate(parties):
        for actor in party.actors:
            places[actor.actor_id].append(n)
    roles = [[scene.role(party, cue) for cue in scene.cues] for party in parties]
    spots = [[scene.spot(party, cue) for cue in scene.cues] for party in parties]
    path = _path(scene)
    for source in places:
        for target in places:
            near = _nearest(parties, places[source], places[target]) if source != target else None
            if near is None:
                continue
            n, m = near
            shape = _shape(parties[n], parties[m])
            features = _together(scene, parties[n], parties[m], actors[source], actors[target], shape)
            features += _between(scene, parties[n], parties[m], shape)
            features += _walk(path, parties[n], parties[m], shape)
            features += _around(scene, parties[n], actors[source], "S", shape)
            features += _around(scene, parties[m], actors[target], "T", shape)
            says = source in scene.speaking, target in scene.speaking
            unsaid = parties[n].head is None
            for k, cue in enumerate(scene.cues):
                role, place = (roles[n][k], roles[m][k]), (spots[n][k], spots[m][k])
                features += _by_cue(cue, role, place, shape, len(places) > 2)
                features += _said(scene, cue, says, role[1], place[1], unsaid)
            yield source, target, features


def _nearest(parties: Sequence[Party], sources: Sequence[int], targets: Sequence[int]) -> tuple[int, int] | None:
    """The phrases of two actors that stand nearest, or None if neither has one."""
    best, least = None, 0
    for n in sources:
        for m in targets:
            one, other = parties[n], parties[m]
            if one.head is None and other.head is None:
                continue
            if n == m:
                gap = 0
            elif one.head is None or other.head is None:
                gap = 50
            else:
                gap = min(abs(one.left - other.right), abs(other.left - one.right))
            if best is None or gap < least:
                best, least = (n, m), gap
    return best


def _shape(source: Party, target: Party) -> str:
    """How two phrases stand: `row` as one list, `ST` or `TS` by order, or which of them is unsaid."""
    if source is target:
        return "row"
    if source.head is None:
        return "S-unsaid"
    if target.head is None:
        return "T-unsaid"
    return "ST" if source.left < target.left else "TS"


def _together(scene: Scene, source: Party, target: Party, one: Actor, other: Actor, shape: str) -> list[str]:
    """Who the two are, and what the sentence is."""
    named = sum(party.head is not None for party in scene.parties)
    same = one.side is not None and one.side == other.side
    says = f"{one.actor_id in scene.speaking}>{other.actor_id in scene.speaking}"
    hold = [
        scene.reading.relation.get(party.left, ("none", 0))[0] if party.head else "unsaid" for party in (source, target)
    ]
    signs = "|".join(str(min(sum(cue.sign == sign for cue in scene.cues), 2)) for sign in (1, -1))
    return [
        f"shape={shape}",
        f"types={one.type}>{other.type}",
        f"types={one.type}>{other.type}|{shape}",
        f"kinds={one.kind}>{other.kind}",
        f"sides={one.side is not None}>{other.side is not None}",
        f"same side={same}",
        f"home={one.side == 'VNM'}>{other.side == 'VNM'}",
        f"speaks={says}|{bool(scene.speaking)}",
        f"speaks={says}|{shape}",
        f"cues={min(len(scene.cues), 5)}",
        f"signs={signs}|{shape}",
        f"named={min(named, 6)}",
        f"unsaid={source.implied}>{target.implied}",
        f"title={scene.clause.is_title}",
        f"hold={hold[0]}>{hold[1]}",
    ]


def _between(scene: Scene, source: Party, target: Party, shape: str) -> list[str]:
    """The words between two named phrases."""
    if shape not in ("ST", "TS"):
        return []
    clause, words = scene.clause, scene.clause.words
    first, second = (source, target) if shape == "ST" else (target, source)
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
    return f


def _around(scene: Scene, party: Party, actor: Actor, nth: str, shape: str) -> list[str]:
    """The words at the edges of a phrase; `nth` is S of the source, T of the target."""
    if party.head is None:
        return []
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
        f"{nth} form={party.head.mention.form}|{actor.type}",
        f"{nth} row={len(party.actors) > 1}|{shape}",
        f"{nth} hold={relation}|{shape}",
    ]
    if verb >= 0:
        f.append(f"{nth} verb={words[verb]}|{relation}")
    if own is not None:
        f.append(f"{nth} own={words[own]}|{shape}")
    return f


def _by_cue(cue: Cue, roles: tuple[str, str], spots: tuple[str, str], shape: str, several: bool) -> list[str]:
    """What the two are to a cue: its source and target by place and by the verbs of the sentence."""
    row, sign = cue.row, "+" if cue.sign > 0 else "-"
    turned = sign + ("!" if cue.negated else "")
    kind, role = f"{row.pos}.{cue.voice}", f"{roles[0]}>{roles[1]}"
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


def _walk(path: Sequence[tuple[int, str, str]], source: Party, target: Party, shape: str) -> list[str]:
    """The path of a sentence before, between and after the two phrases."""
    named = [party for party in (source, target) if party.head]
    low, high = min(party.left for party in named), max(party.right for party in named)
    ends = {party.left for party in named}
    others = [item for item in path if item[1] != "E" or item[0] not in ends]
    before = [item for item in others if item[0] < low]
    after = [item for item in others if item[0] >= high]
    tail = " ".join(sign for _, sign, _ in after[:3])
    if shape not in ("ST", "TS"):
        head = " ".join(sign for _, sign, _ in before[-3:])
        last, first = (before[-1][1] if before else "^"), (after[0][1] if after else "$")
        return [f"{shape}|before={head}", f"{shape}|after={tail}", f"{shape}|before={last}|after={first}"]
    inner = [item for item in others if min(source.right, target.right) <= item[0] < max(source.left, target.left)]
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
    return f
