"""A light reading of Vietnamese clauses: the subject at each word, the agent of a passive, the object of a verb.

Vietnamese marks these by order alone: subject, verb, object; the object of one verb is the subject of the next
(`A yêu cầu B ngừng …`); `bị` and `được` turn the subject into the one acted on, with the agent before the verb or after
`bởi`. One walk from left to right keeps the subject of the clause and lets signs, joints and verbs change it.
"""

from collections.abc import Container, Sequence
from dataclasses import dataclass, field

from helpers.clauses import Clause

_EMBED = {"rằng", ":", '"', "“"}
_SUBCLAUSE = set("khi nếu vì do bởi mà để nhằm dù sau trước trong bằng".split())
_JOINT = {"và", "nhưng", "song", "hoặc", "hay", "rồi"}
_NOUNS = {"N", "Nc", "Nu", "Np", "Ny", "Nb", "L", "P"}
_NO_VERB = {"bị", "được", "là"}


@dataclass
class Reading:
    """For each token: the party (by its left end) that is subject there, the outer subject, and the agent of a passive.

    `relation` gives for a party what it hangs on: `subject`, `object`, `agent`, or its preposition.
    """

    subject: list[int | None]
    outer: list[int | None]
    agent: dict[int, int] = field(default_factory=dict)
    relation: dict[int, tuple[str, int]] = field(default_factory=dict)


def read(clause: Clause, lefts: Sequence[tuple[int, int]], verbs: Container[int]) -> Reading:
    """Walk a sentence.

    Args:
        lefts: the phrases of its parties, (first token, last token + 1), without overlap.
        verbs: tokens where a word known to be a verb begins, whatever its tag (the tagger joins names with verbs).
    """
    size = len(clause.words)
    party_at = {n: left for left, right in lefts for n in range(left, right)}
    subject: list[int | None] = [None] * size
    outer: list[int | None] = [None] * size
    reading = Reading(subject, outer)
    current = main = noun_party = bare = agent = None
    verb, prep, passive, nouns = -1, "", False, False

    def fresh() -> None:
        nonlocal verb, prep, noun_party, bare, nouns, passive, agent
        verb, prep, noun_party, bare, nouns, passive, agent = -1, "", None, None, False, False, None

    for n, token in enumerate(clause.tokens):
        word = clause.words[n]
        if n in party_at:
            left = party_at[n]
            if n == left:
                if prep == "của" and verb < 0 and noun_party is None:
                    noun_party, relation = left, "của"
                elif prep:
                    relation = prep
                elif passive and agent is None and verb < 0:
                    agent, relation = left, "agent"
                elif verb >= 0:
                    bare, relation = left, "object"
                else:
                    noun_party, relation = noun_party if noun_party is not None and nouns else left, "subject"
                reading.relation[left] = (relation, verb)
                prep = ""
        elif word in _EMBED and n not in verbs:
            main = current if current is not None else main
            fresh()
        elif word in ",;–-":
            current = main if main is not None else current
            fresh()
        elif word in _JOINT:
            held = passive
            fresh()
            passive = held
        elif word in _SUBCLAUSE and not (
            word in ("trong", "trước", "sau", "do") and token.tag == "E" and verb >= 0 and word != "do"
        ):
            fresh()
            prep = word if word in ("do", "bởi") else ""
        elif word in ("bị", "được") and token.tag in ("V", "R"):
            if verb < 0 and noun_party is not None:
                current = noun_party
                main = current if main is None else main
            elif bare is not None:
                current, bare = bare, None
            passive, agent, verb = True, None, -1
            noun_party = None
        elif n in verbs or (token.tag == "V" and token.begins and word not in _NO_VERB):
            if passive:
                if agent is not None:
                    reading.agent[n] = agent
                passive = False
            elif verb < 0 and noun_party is not None:
                current = noun_party
                main = current if main is None else main
            elif verb < 0 and nouns:
                current = None
            elif verb >= 0 and bare is not None:
                current, bare = bare, None
            verb, prep, noun_party, nouns = n, "", None, False
        elif token.tag == "E":
            prep = word
        elif token.tag in _NOUNS and verb < 0 and not prep:
            nouns = True
        subject[n], outer[n] = current, main
    return reading


def role(reading: Reading, left: int, first: int, last: int, between_verbs: int) -> str:
    """What a party is to the cue in tokens `first` to `last - 1`: `subject`, `agent`, `object`, a preposition …

    Args:
        left: the first token of the party's phrase.
        between_verbs: how many verbs stand between cue and party.
    """
    relation, verb = reading.relation.get(left, ("none", -1))
    if any(reading.agent.get(n) == left for n in range(first, last)):
        return "agent"
    if left < first:
        if left in reading.subject[first:last]:
            return "subject"
        if left in reading.outer[first:last]:
            return "outer"
        return f"before:{relation}"
    if relation == "object" and verb >= first and between_verbs == 0:
        return "object"
    if relation in ("subject", "object"):
        return f"after:{relation}" if between_verbs else "beside"
    return f"{relation}{'' if between_verbs == 0 else '+'}"
