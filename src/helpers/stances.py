"""Who is for or against whom: signed, directed stances with their cue, basis, claimant and confidence.

Each ordered pair of actors that a cue of a sentence may set for or against one another is weighed by logistic models
over named features: what stands around and between the two (pairs.py) and what the cues propose (proposals.py). One
expert sees all cues of the sentence at once (`models/for.tsv`, `against.tsv`), one sees one cue at a time
(`cue_for.tsv`, `cue_against.tsv`); their common probability is given as `confidence`. `python -m helpers train` makes
the weights from coded articles.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import chain
from typing import NamedTuple

from helpers.clauses import Clause
from helpers.frames import Scene
from helpers.lexicon import Actor, Lexicon
from helpers.linear import Group, logistic
from helpers.models import Models
from helpers.pairs import Pairs
from helpers.proposals import Proposal, level, propose
from helpers.scenes import Scenes
from helpers.statements import Statement

THRESHOLD = 0.28
SIGNS = (("for", 1), ("against", -1))


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


class Case(NamedTuple):
    """What one cue proposes for a source and a target, in the phrases that it takes for theirs.

    `groups` are features that it shares with many cases, `own` its others.
    """

    proposal: Proposal
    groups: list[Group]
    own: list[str]

    @property
    def features(self) -> list[str]:
        """All features of the case."""
        return [*chain.from_iterable(self.groups), *self.own]


class Candidate(NamedTuple):
    """A possible source and target in a sentence, with the case that each cue makes of the two, likeliest first.

    `groups` are features that it shares with many candidates, `own` its others.
    """

    sentence: int
    scene: Scene
    source: str
    target: str
    cases: list[Case]
    groups: list[Group]
    own: list[str]

    @property
    def features(self) -> list[str]:
        """All features of the two, their nearest phrases taken for them."""
        return [*chain.from_iterable(self.groups), *self.own]

    def weigh(self, models: Models) -> tuple[float, Proposal]:
        """The probability (0…1) of the likeliest case, and its proposal.

        Two experts are asked, one that sees all cues of the sentence at once and one that sees one cue at a time, and
        the mean of their log odds is taken (a logarithmic opinion pool: Genest and Zidek 1986).
        """
        together = models.pairs.score(self.groups, self.own)

        def log_odds(case: Case) -> float:
            both = together + models.cases.score(case.groups, case.own)
            return (both.real if case.proposal.sign > 0 else both.imag) / 2

        score, case = max(((log_odds(case), case) for case in self.cases), key=lambda weighed: weighed[0])
        return logistic(score), case.proposal


def find_candidates(
    clauses: Sequence[Clause],
    speakers: Mapping[int, set[str]],
    actors: dict[str, Actor],
    lexicon: Lexicon,
    models: Models,
) -> Iterator[Candidate]:
    """Every pair of actors of an article that a cue may set for or against one another.

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
        proposed, pairs = by_sentence[index], Pairs(scene, actors)
        groups, to_cue = cache(pairs.groups), cache(pairs.to_cue)
        for (source, target), forth in proposed.items():
            near = source, target, *pairs.nearest(source, target)
            own = list(chain.from_iterable(to_cue(cue, *near) for cue in scene.cues))
            own += _proposed(forth, proposed.get((target, source), []))
            cases = []
            for proposal in forth:
                here = source, target, proposal.pair.source, proposal.pair.target
                cases.append(Case(proposal, groups(*here), proposal.features + to_cue(proposal.cue, *here)))
            yield Candidate(index, scene, source, target, cases, groups(*near), list(dict.fromkeys(own)))


def _proposed(own: Sequence[Proposal], back: Sequence[Proposal]) -> list[str]:
    """What the cues propose for a pair, and whether they propose it the other way round."""
    f = [f"proposed={min(len(own), 3)}"]
    for word, sign in SIGNS:
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
        share, proposal = candidate.weigh(models)
        if share >= THRESHOLD:
            found.append(_stance(candidate, share, proposal, spoken[candidate.sentence], actors))
    return found


def _stance(
    candidate: Candidate, share: float, proposal: Proposal, spoken: Sequence[Statement], actors: dict[str, Actor]
) -> Stance:
    scene, cue, pair = candidate.scene, proposal.cue, proposal.pair
    row, sentence = cue.row, scene.clause.seen.sentence
    start, end = scene.clause.offsets(cue.match.first, cue.match.last)
    ends = f"{scene.spot(pair.source, cue)}>{scene.spot(pair.target, cue)}"
    return Stance(
        candidate.sentence,
        candidate.source,
        candidate.target,
        proposal.sign,
        row.basis,
        sentence.text[start - sentence.start : end - sentence.start],
        start,
        end,
        None if row.basis == "words" else _claimant(actors[candidate.source], start, spoken, actors),
        row.event or None,
        round(share, 3),
        f"{row.cue}/{row.pos}.{cue.voice}/{ends}{'/mutual' if proposal.reverse else ''}",
    )


def _claimant(source: Actor, position: int, spoken: Sequence[Statement], actors: dict[str, Actor]) -> str | None:
    """On whose word an act stands: a speaker of the sentence other than the source, its own people, and outlets."""
    for statement in spoken:
        speaker = actors[statement.speaker]
        own = speaker.actor_id == source.actor_id or (speaker.side is not None and speaker.side == source.side)
        if speaker.type != "MEDIA" and not own and statement.content_start <= position < statement.content_end:
            return speaker.actor_id
    return None
