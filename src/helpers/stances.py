"""Who is for or against whom: signed, directed stances with their cue, basis, claimant and confidence.

Each ordered pair of actors that a cue of a sentence may set for or against one another is weighed by logistic models
over named features: what stands around and between the two (pairs.py) and what the cues propose (proposals.py). One
expert sees all cues of the sentence at once (`models/for.tsv`, `against.tsv`), one sees one cue at a time
(`cue_for.tsv`, `cue_against.tsv`). Then each is weighed again beside the others of the article (collective.py,
`again.tsv`); that probability is given as `confidence`. `python -m helpers train` makes the weights from coded
articles.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain
from typing import NamedTuple

from helpers.clauses import Clause
from helpers.collective import Option, numbers
from helpers.frames import Scene
from helpers.lexicon import Actor, Lexicon
from helpers.linear import Group, logistic
from helpers.models import Models
from helpers.pairs import Pairs
from helpers.proposals import Proposal, level, propose
from helpers.scenes import Scenes
from helpers.statements import Statement

THRESHOLD = 0.30
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


class Candidate(NamedTuple):
    """A possible source and target in a sentence, with the case that each cue makes of the two, likeliest first.

    `groups` are features that it shares with many candidates, `own` its others; the two stand in their nearest phrases.
    """

    sentence: int
    scene: Scene
    source: str
    target: str
    cases: list[Case]
    groups: list[Group]
    own: list[str]

    def options(self, models: Models) -> Iterator[Option]:
        """For each sign that a case gives the two: the likeliest case, as the two experts see it."""
        together = models.pairs.score(self.groups, self.own)
        alone = [(models.cases.score(case.groups, case.own), case.proposal) for case in self.cases]
        for sign in dict.fromkeys(proposal.sign for _, proposal in alone):
            own = [(_of(score, sign), proposal) for score, proposal in alone if proposal.sign == sign]
            best, proposal = max(own, key=lambda weighed: weighed[0])
            yield Option(self.sentence, self.source, self.target, sign, _of(together, sign), best, len(own), proposal)


def features(described: Candidate | Case) -> list[str]:
    """All features of a candidate or of a case."""
    return [*chain.from_iterable(described.groups), *described.own]


def _of(score: complex, sign: int) -> float:
    """What the model of a sign says."""
    return score.real if sign > 0 else score.imag


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


def find_options(
    candidates: Iterable[Candidate], actors: Mapping[str, Actor], clauses: Sequence[Clause], models: Models
) -> Iterator[tuple[Scene, Option, dict[str, float]]]:
    """Every sign that a cue may give the candidates of an article, with its sentence and the numbers that it is weighed
    again by."""
    options = [(candidate.scene, option) for candidate in candidates for option in candidate.options(models)]
    values = numbers([option for _, option in options], actors, clauses)
    for (scene, option), found in zip(options, values, strict=True):
        yield scene, option, found


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
    likeliest: dict[tuple[int, str, str], tuple[float, Scene, Option]] = {}
    candidates = find_candidates(clauses, speakers_by_sentence(statements), actors, lexicon, models)
    for scene, option, values in find_options(candidates, actors, clauses, models):
        share, key = logistic(models.again.weigh(values)), (option.sentence, option.source, option.target)
        if share >= THRESHOLD and share > likeliest.get(key, (0.0,))[0]:
            likeliest[key] = share, scene, option
    return [
        _stance(scene, option, share, spoken[option.sentence], actors) for share, scene, option in likeliest.values()
    ]


def _stance(
    scene: Scene, option: Option, share: float, spoken: Sequence[Statement], actors: dict[str, Actor]
) -> Stance:
    cue, pair = option.proposal.cue, option.proposal.pair
    row, sentence = cue.row, scene.clause.seen.sentence
    start, end = scene.clause.offsets(cue.match.first, cue.match.last)
    ends = f"{scene.spot(pair.source, cue)}>{scene.spot(pair.target, cue)}"
    return Stance(
        option.sentence,
        option.source,
        option.target,
        option.sign,
        row.basis,
        sentence.text[start - sentence.start : end - sentence.start],
        start,
        end,
        None if row.basis == "words" else _claimant(actors[option.source], start, spoken, actors),
        row.event or None,
        round(share, 3),
        f"{row.cue}/{row.pos}.{cue.voice}/{ends}{'/mutual' if option.proposal.reverse else ''}",
    )


def _claimant(source: Actor, position: int, spoken: Sequence[Statement], actors: dict[str, Actor]) -> str | None:
    """On whose word an act stands: a speaker of the sentence other than the source, its own people, and outlets."""
    for statement in spoken:
        speaker = actors[statement.speaker]
        own = speaker.actor_id == source.actor_id or (speaker.side is not None and speaker.side == source.side)
        if speaker.type != "MEDIA" and not own and statement.content_start <= position < statement.content_end:
            return speaker.actor_id
    return None
