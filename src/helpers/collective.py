"""Each possible stance seen beside the others: those of its sentence, and those of the rest of its article.

News comes back to its quarrels. What two actors are to one another elsewhere in an article, and what else a sentence
may say, tells much of a doubtful case. The experts of stances.py look at one pair of actors in one sentence; here their
answers for all pairs of an article become numbers with names, by which each pair is weighed once more
(`models/again.tsv`): stacked collective classification (Kou and Cohen 2007).
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import groupby
from typing import NamedTuple

import numpy as np

from helpers.clauses import Clause
from helpers.lexicon import Actor
from helpers.linear import logistic
from helpers.proposals import Proposal

_LEAST, _MOST = -6.0, 6.0
_TYPES = ("GPE", "ORG", "PER")


class Option(NamedTuple):
    """A source, a target and a sign in a sentence, as the experts see them (log odds).

    `together` is the answer of the one that sees all cues at once, `alone` that of the one that sees one cue at a time,
    for the likeliest of `cases` cases, whose proposal is kept.
    """

    sentence: int
    source: str
    target: str
    sign: int
    together: float
    alone: float
    cases: int
    proposal: Proposal

    @property
    def score(self) -> float:
        """The mean of the two (a logarithmic opinion pool: Genest and Zidek 1986)."""
        return (self.together + self.alone) / 2


def numbers(
    options: Sequence[Option], actors: Mapping[str, Actor], clauses: Sequence[Clause]
) -> Iterator[dict[str, float]]:
    """What each option of an article is weighed again by: numbers by name, each alone, squared and times the log odds
    of the first weighing.

    Args:
        options: sentence by sentence.
        clauses: all sentences of the article.
    """
    sides = {actor_id: actor.side or actor_id for actor_id, actor in actors.items()}
    article = _Article(options, sides, clauses)
    for _, group in groupby(options, key=lambda option: option.sentence):
        here = list(group)
        for option, others in zip(here, _sentence(here, sides), strict=True):
            own = option.score
            values = {"own": own, "own²": own * own}
            for name, value in (_own(option, actors) | others | article.beside(option)).items():
                values |= {name: value, f"{name} × own": value * own}
                if not isinstance(value, bool):
                    values[f"{name}²"] = value * value
            yield values


def _own(option: Option, actors: Mapping[str, Actor]) -> dict[str, float]:
    """What the option is by itself."""
    pair = option.proposal.pair
    found = {
        "together": option.together,
        "for": option.sign > 0,
        "share": pair.share,
        "cases": option.cases,
        "source unsaid": pair.source.head is None,
        "target unsaid": pair.target.head is None,
    }
    for end, actor in (("source", actors[option.source]), ("target", actors[option.target])):
        found |= {f"{end} {type_}": actor.type == type_ for type_ in _TYPES}
    return found


def _sentence(options: Sequence[Option], sides: Mapping[str, str]) -> Iterator[dict[str, float]]:
    """The best of the other options of the sentence (log odds), by what they have in common with each."""
    score = np.clip([option.score for option in options], _LEAST, _MOST)
    source, target = (np.array([getattr(option, end) for option in options]) for end in ("source", "target"))
    sign = np.array([option.sign for option in options])
    cue = np.array([option.proposal.cue.match.first for option in options])
    side, whose = (np.array([sides[actor] for actor in end]) for end in (source, target))

    def same(one: np.ndarray, other: np.ndarray) -> np.ndarray:
        return one[:, None] == other[None, :]

    by, to, alike = same(source, source), same(target, target), same(sign, sign)
    of, at, back = same(side, side), same(whose, whose), same(source, target) & same(target, source)
    others = ~np.eye(len(options), dtype=bool)
    shared = {
        "best": others,
        "other sign": by & to & ~alike,
        "back": back & alike,
        "back, other sign": back & ~alike,
        "source to others": by & ~to & alike,
        "others to target": to & ~by & alike,
        "source to target's side": by & at & ~to & alike,
        "source's side to target": to & of & ~by & alike,
        "same sides": of & at & ~(by & to) & alike,
        "same cue": same(cue, cue) & others,
        "any of other sign": ~alike,
    }
    best = np.array([np.where(mask, score, _LEAST).max(axis=1) for mask in shared.values()])
    for column in best.T:
        yield dict(zip(shared, column.tolist(), strict=True))


class _Article:
    """The options of an article by sides and actors, and how often each is named."""

    def __init__(self, options: Sequence[Option], sides: Mapping[str, str], clauses: Sequence[Clause]):
        self._sides, self._others = sides, max(1, len(clauses) - 1)
        # The best probability in each sentence, by what options have in common
        self._best: dict[tuple, dict[int, float]] = defaultdict(dict)
        for option in options:
            share = logistic(option.score)
            source, target, sign = sides[option.source], sides[option.target], option.sign
            actors = ("actors", option.source, option.target, sign)
            cue = ("cue", option.proposal.cue.row.cue, sign)
            for key in (("sides", source, target, sign), actors, cue, ("by", source, sign), ("to", target, sign), ()):
                best = self._best[key]
                best[option.sentence] = max(best.get(option.sentence, 0.0), share)
        named = Counter(head.key for clause in clauses for head in clause.heads)
        self._ranks = {actor: rank for rank, (actor, _) in enumerate(named.most_common())}
        self._named, self._of_side = named, Counter()
        for actor, count in named.items():
            self._of_side[sides[actor]] += count
        self._rest = cache(self._elsewhere)

    def _elsewhere(self, sentence: int, *key: object) -> list[float]:
        """The best probabilities of what has a key, in the sentences other than one, highest first."""
        found = self._best.get(key, {})
        return sorted((share for n, share in found.items() if n != sentence), reverse=True)

    def beside(self, option: Option) -> dict[str, float]:
        """What the rest of the article holds of the two, their sides and anybody, and how often they are named."""
        source, target, sign = self._sides[option.source], self._sides[option.target], option.sign
        rest = partial(self._rest, option.sentence)
        sides, against = rest("sides", source, target, sign), rest("sides", source, target, -sign)
        actors = rest("actors", option.source, option.target, sign)
        cue = rest("cue", option.proposal.cue.row.cue, sign)
        near = self._best["sides", source, target, sign]
        found = {
            "sides elsewhere": _log_odds(sides[:1]),
            "sides elsewhere again": _log_odds(sides[1:2]),
            "sides elsewhere, sum": _log(sum(sides)),
            "sides elsewhere, other sign": _log_odds(against[:1]),
            "sides elsewhere, other sign, sum": _log(sum(against)),
            "actors elsewhere": _log_odds(actors[:1]),
            "actors elsewhere, sum": _log(sum(actors)),
            "cue elsewhere": _log_odds(cue[:1]),
            "cue elsewhere, sum": _log(sum(cue)),
            "sentence before": _log_odds([near.get(option.sentence - 1, 0.0)]),
            "sentence after": _log_odds([near.get(option.sentence + 1, 0.0)]),
            "density": sum(rest()) / self._others,
            "same side": source == target,
        }
        for end, key, actor, side in (("source", "by", option.source, source), ("target", "to", option.target, target)):
            found |= {
                f"{end}'s side elsewhere": _log(sum(rest(key, side, sign))),
                f"{end}'s side elsewhere, other sign": _log(sum(rest(key, side, -sign))),
                f"{end} named": _log(self._named[actor]),
                f"{end} rank": _log(self._ranks.get(actor, len(self._ranks))),
                f"{end}'s side named": _log(self._of_side[side]),
            }
        return found


def _log_odds(shares: Sequence[float]) -> float:
    """The log odds of the first of some probabilities, of 0.01 where it is less or there is none."""
    share = min(0.99, max([0.01, *shares]))
    return math.log(share / (1 - share))


def _log(count: float) -> float:
    return math.log(0.1 + count)
