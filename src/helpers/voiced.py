"""Mentions that only their speaker explains: `chúng tôi` and `tôi` in a quotation, `đối phương`, and `các bên`.

They are found after the statements, for the table of mentions; stances reach the same actors through frames.py.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence

from helpers.clauses import Clause
from helpers.entities import STATE_KINDS, Mention
from helpers.lexicon import Actor
from helpers.phrases import Match, Phrases
from helpers.scenes import ENEMIES, rival
from helpers.statements import Statement

_PHRASES = Phrases(
    [(phrase, "speaker") for phrase in ("chúng tôi", "chúng ta", "tôi")]
    + [(phrase, "rival") for phrase in ENEMIES]
    + [(phrase, "parties") for phrase in ("các bên", "các bên liên quan", "các bên tham chiến")]
)


def voiced_mentions(
    clauses: Sequence[Clause], statements: Sequence[Statement], actors: dict[str, Actor]
) -> list[Mention]:
    """Pronoun mentions bound through who speaks; `các bên` to the two states that the rest of the article names most.

    Args:
        statements: the statements of the article, in order.
    """
    speaking = defaultdict(list)
    for statement in statements:
        if actors[statement.speaker].type != "MEDIA":
            speaking[statement.sentence].append(actors[statement.speaker])
    states = Counter(h.key for clause in clauses for h in clause.heads if h.actor.kind in STATE_KINDS)
    found: list[Mention] = []
    for index, clause in enumerate(clauses):
        for match in _PHRASES.find(clause.words):
            meant = _meant(match, clause, speaking[index], clauses, states)
            found += [_mention(clause, index, match, actor_id) for actor_id in meant]
    return found


def _meant(
    match: Match, clause: Clause, speakers: Sequence[Actor], clauses: Sequence[Clause], states: Counter[str]
) -> list[str]:
    """The actors a phrase stands for."""
    kind = match.payloads[0]
    if kind == "parties":
        here = {head.key for head in clause.heads}
        others = [state for state, _ in states.most_common() if state not in here]
        return others[:2] if len(others) > 1 else []
    if not speakers or (kind == "speaker" and not clause.quoted[match.first]):
        return []
    if kind == "speaker":
        return [speakers[0].actor_id]
    other = rival(clauses, speakers[0])
    return [other.actor_id] if other else []


def _mention(clause: Clause, index: int, match: Match, actor_id: str) -> Mention:
    start, end = clause.offsets(match.first, match.last)
    offset = clause.seen.sentence.start
    surface = clause.seen.sentence.text[start - offset : end - offset]
    return Mention(index, match.first, match.last, start, end, surface, "pronoun", actor_id, match.first)
