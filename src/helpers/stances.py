"""Who is for or against whom: signed, directed stances with their cue, basis, claimant and confidence.

Each ordered pair of actors in a sentence that has a cue is weighed twice, for and against, by two logistic models over
named features: what stands around and between the two (pairs.py) and what the cues propose (proposals.py). The
probability is given as `confidence`. Weights: `models/for.tsv` and `models/against.tsv`; `python -m helpers train`
makes them from coded articles.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from helpers.clauses import Clause
from helpers.frames import Cue, Scene
from helpers.lexicon import Actor, Lexicon
from helpers.linear import Group
from helpers.models import Models
from helpers.pairs import pair_features
from helpers.proposals import Proposal, level, propose
from helpers.scenes import Scenes
from helpers.statements import Statement

THRESHOLD = 0.27


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


class Candidate(NamedTuple):
    """A possible source and target in a sentence; `proposals` are those of its cues for the two, likeliest first.

    `groups` are features that it shares with many candidates, `own` its others.
    """

    sentence: int
    scene: Scene
    source: str
    target: str
    proposals: list[Proposal]
    groups: list[Group]
    own: list[str]

    @property
    def features(self) -> list[str]:
        """All its features."""
        return [*chain.from_iterable(self.groups), *self.own]


def find_candidates(
    clauses: Sequence[Clause],
    speakers: Mapping[int, set[str]],
    actors: dict[str, Actor],
    lexicon: Lexicon,
    models: Models,
) -> Iterator[Candidate]:
    """Every pair of actors of an article that a sentence with a cue may set for or against one another.

    Args:
        speakers: actor_ids of who speaks, by sentence.
    """
    article = Scenes(clauses, actors, lexicon)
    found = ((n, article.at(n, speakers.get(n, ()))) for n in range(len(clauses)))
    scenes = {n: scene for n, scene in found if scene}
    by_sentence: dict[int, dict[tuple[str, str], list[Proposal]]] = {n: defaultdict(list) for n in scenes}
    for proposal in sorted(propose(scenes, models), key=lambda proposal: -proposal.pair.share):
        for key in proposal.keys:
            by_sentence[proposal.sentence][key].append(proposal)
    for index, scene in scenes.items():
        proposed = by_sentence[index]
        unsaid = dict.fromkeys(proposed)
        for source, target, groups, own in pair_features(scene, actors):
            unsaid.pop((source, target), None)
            forth, back = proposed.get((source, target), []), proposed.get((target, source), [])
            yield Candidate(index, scene, source, target, forth, groups, own + _proposed(forth, back))
        for source, target in unsaid:
            forth, back = proposed[source, target], proposed.get((target, source), [])
            yield Candidate(index, scene, source, target, forth, [], ["both unsaid", *_proposed(forth, back)])


def _proposed(own: Sequence[Proposal], back: Sequence[Proposal]) -> list[str]:
    """What the cues propose for a pair, and whether they propose it the other way round."""
    f = [f"proposed={min(len(own), 3)}"]
    for word, sign in (("for", 1), ("against", -1)):
        alike = [proposal for proposal in own if proposal.sign == sign]
        if alike:
            f.append(f"{word} share={level(alike[0].pair.share)}")
            f += [f"{word}:{feature}" for feature in alike[0].features]
        for proposal in alike[1:3]:
            f += [f"{word} too:cue={proposal.cue.row.cue}", f"{word} too:share={level(proposal.pair.share)}"]
    if back:
        f.append(f"back share={level(back[0].pair.share)}")
    return f


def speakers_by_sentence(statements: Sequence[Statement]) -> dict[int, set[str]]:
    """Who speaks in each sentence that has a statement."""
    found = defaultdict(set)
    for statement in statements:
        found[statement.sentence].add(statement.speaker)
    return found


def find_stances(
    clauses: Sequence[Clause],
    statements: Sequence[Statement],
    actors: dict[str, Actor],
    lexicon: Lexicon,
    models: Models,
) -> list[Stance]:
    """The stances of an article: of for and against the likelier, where it is likely enough."""
    spoken: dict[int, list[Statement]] = defaultdict(list)
    for statement in statements:
        spoken[statement.sentence].append(statement)
    found = []
    for candidate in find_candidates(clauses, speakers_by_sentence(statements), actors, lexicon, models):
        share, sign = max(zip(models.signs.probabilities(candidate.groups, candidate.own), (1, -1), strict=True))
        if share >= THRESHOLD:
            found.append(_stance(candidate, sign, share, spoken[candidate.sentence], actors))
    return found


def _cue(candidate: Candidate, sign: int) -> tuple[Cue, str]:
    """The cue that carries a stance, and how it was found: the likeliest proposal of that sign, else the cue of that
    sign that stands nearest to the target (or to the source, if no phrase names the target)."""
    for proposal in candidate.proposals:
        if proposal.sign == sign:
            scene, cue = candidate.scene, proposal.cue
            ends = f"{scene.spot(proposal.pair.source, cue)}>{scene.spot(proposal.pair.target, cue)}"
            return cue, ends + ("/mutual" if proposal.reverse else "")
    cues = [cue for cue in candidate.scene.cues if cue.sign == sign] or candidate.scene.cues
    named = {actor.actor_id: p for p in candidate.scene.parties if p.head for actor in p.actors}
    at = named.get(candidate.target) or named.get(candidate.source)
    return min(cues, key=lambda cue: abs(cue.match.first - at.left) if at else cue.match.first), "pair"


def _stance(
    candidate: Candidate, sign: int, share: float, spoken: Sequence[Statement], actors: dict[str, Actor]
) -> Stance:
    cue, how = _cue(candidate, sign)
    row, sentence = cue.row, candidate.scene.clause.seen.sentence
    start, end = candidate.scene.clause.offsets(cue.match.first, cue.match.last)
    return Stance(
        candidate.sentence,
        candidate.source,
        candidate.target,
        sign,
        row.basis,
        sentence.text[start - sentence.start : end - sentence.start],
        start,
        end,
        None if row.basis == "words" else _claimant(actors[candidate.source], start, spoken, actors),
        row.event or None,
        round(share, 3),
        f"{row.cue}/{row.pos}.{cue.voice}/{how}",
    )


def _claimant(source: Actor, position: int, spoken: Sequence[Statement], actors: dict[str, Actor]) -> str | None:
    """On whose word an act stands: a speaker of the sentence other than the source, its own people, and outlets."""
    for statement in spoken:
        speaker = actors[statement.speaker]
        own = speaker.actor_id == source.actor_id or (speaker.side is not None and speaker.side == source.side)
        if speaker.type != "MEDIA" and not own and statement.content_start <= position < statement.content_end:
            return speaker.actor_id
    return None
