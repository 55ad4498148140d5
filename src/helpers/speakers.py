"""Who can be the speaker of a sentence: one candidate for each actor, with features for the model of statements.py.

Candidates are the actors of the sentence and whoever spoke in the sentences before it or closes its quotation.
"""

from collections.abc import Sequence
from typing import NamedTuple

from helpers.clauses import Clause, Head, bucket
from helpers.lexicon import Actor, Lexicon
from helpers.nominals import CLOSING, SIGNS
from helpers.voices import Cue, Voices, voices_of

_FIRST_PERSON = {"tôi", "ta", "mình", "chúng"}
_MODALS = {"cần", "phải", "nên", "sẽ", "có thể", "không", "muốn", "đã", "đang", "là"}
_REACH = 3
_FAR = 8


class Candidate(NamedTuple):
    """An actor who may be a speaker of a sentence.

    `head` is None for one carried over from another sentence; `reports` is true of media that report.
    """

    actor_id: str
    head: Head | None
    cue: tuple[int, int]
    features: list[str]
    reports: bool


def _head_features(voices: Voices, head: Head) -> tuple[list[str], tuple[int, int]]:
    """Features of an actor of the sentence, and the tokens of the cue that speaks for it."""
    clause, words = voices.clause, voices.words
    type_, mention = head.actor.type, head.mention
    context, left, end = voices.contexts[head], voices.lefts[head], voices.end(head)
    noun = words[left] if left < mention.first else None
    inside = clause.quoted[mention.first]
    f = [
        f"type={type_}",
        f"form={mention.form}|{type_}",
        f"title={mention.title.kind if mention.title else None}",
        f"noun={noun}",
        f"noun2={' '.join(words[left : left + 2])}" if noun else "noun2=None",
        f"modifier={mention.modifier}|inner={not mention.modifier and head not in voices.free}",
        f"other={_other_speaks(voices, head)}",
        f"inside={inside}|quotes={any(clause.quoted)}",
        f"context={context}|{type_}",
        f"office={voices.is_office(head)}|{type_}",
        f"apposition={head in voices.appositions}|{type_}",
        f"after={voices.tag(end)}",
        f"context={context}|after={voices.tag(end)}",
        f"short={len(words) < 12}|last={end >= len(words) - 1}|{type_}",
    ]
    f += _lexical_features(voices, head, left, end)
    mine = voices.of(head)
    verbs = [cue for cue in mine if cue.row.speaker == "before"]
    owners = [cue for cue in mine if cue.row.speaker != "before"]
    main = min(
        verbs,
        key=lambda cue: (
            cue.row.strength != "sure",
            clause.verbs_between(end, cue.match.first) > 0,
            cue.row.content != "that",
            cue.match.first,
        ),
        default=None,
    )
    f.append(f"verbs={min(len(verbs), 2)}|owners={min(len(owners), 1)}")
    if owners:
        cue = owners[-1]
        gap = max(0, head.first - cue.match.last)
        f += [
            f"O:{cue.row.cue}",
            f"O:{cue.row.speaker}|{cue.row.strength}|gap={bucket(gap)}",
            f"O:{cue.row.speaker}|{cue.row.kind}|{type_}",
            f"O:{cue.row.speaker}|prev={voices.tag(cue.match.first - 1)}",
            f"O:noun={words[cue.match.last] if gap else noun}",
            f"O:next={voices.tag(end)}|{cue.row.speaker}",
        ]
    if verbs:
        f += _verb_features(voices, head, main, type_, context, noun)
    if not mine:
        right = next((cue for cue in voices.cues if cue.match.first >= end), None)
        others = min(clause.heads_between(end, right.match.first), 2) if right else 0
        f.append(f"N:right={right.row.strength if right else None}|others={others}")
        f.append(f"N:context={context}|{type_}")
        f.append(f"N:colon={voices.tag(end) == ':'}|{context}")
    best = main if main and not (owners and main.row.strength != "sure") else owners[-1] if owners else None
    at = (best.match.first, best.match.last) if best else (head.first, head.first + 1)
    return f, at


def _lexical_features(voices: Voices, head: Head, left: int, end: int) -> list[str]:
    """The words around a phrase: what it does, whether or not that is a cue of the lexicon."""
    clause, words = voices.clause, voices.words
    type_ = head.actor.type
    verb = clause.first_verb(end)
    did = words[verb] if verb is not None else None
    if verb is not None and verb + 1 < len(words) and not clause.tokens[verb + 1].begins:
        did = " ".join(words[verb : verb + 2])
    near = words[end : end + 8]
    rest = sum(not voices.is_time(n) and words[n] not in SIGNS for n in range(verb + 1, len(words))) if verb else 0
    return [
        f"L:verb={did}",
        f"L:verb={did}|{type_}",
        f"L:verb={did}|before={words[left - 1] if left else '^'}",
        f"L:after={' '.join(words[end : end + 2])}",
        f"L:before={' '.join(words[max(0, left - 2) : left])}",
        f"L:before={words[left - 1] if left else '^'}|{did is not None}",
        f"L:rest={bucket(rest)}",
        f"L:that={'rằng' in near}|colon={':' in near}|quoted={any(clause.quoted[end:])}",
    ]


def _other_speaks(voices: Voices, head: Head) -> bool:
    """Whether a sure cue outside quotation marks gives the sentence another speaker."""
    return any(
        cue.row.strength == "sure" and cue.speakers and head not in cue.speakers
        for cue in voices.cues
        if not voices.clause.quoted[cue.match.first]
    )


def _verb_features(voices: Voices, head: Head, cue: Cue, type_: str, context: str, noun: str | None) -> list[str]:
    """Features of a verb of saying with the phrase that is its subject."""
    clause, row, first, last = voices.clause, cue.row, cue.match.first, cue.match.last
    end = voices.end(head)
    between = min(clause.verbs_between(end, first), 3)
    others = min(clause.heads_between(end, first), 2)
    after = voices.tag(last)
    return [
        f"V:{row.cue}",
        f"V:{row.pos}|{row.strength}|{row.content}|{row.kind}",
        f"V:{row.strength}|{row.content}|verbs={between}|others={others}",
        f"V:{type_}|{row.kind}|{row.content}",
        f"V:{context}|verbs={min(between, 2)}",
        f"V:gap={bucket(first - end)}",
        f"V:prev={voices.tag(first - 1)}",
        f"V:next={after}|{row.content}",
        f"V:next={after}|{row.strength}",
        f"V:quoted={clause.quoted[first]}",
        f"V:{row.cue}|{type_}",
        f"V:{row.cue}|next={voices.words[last] if last < len(voices.words) else '$'}",
        f"V:{row.cue}|before={voices.words[voices.lefts[head] - 1] if voices.lefts[head] else '^'}",
        f"V:{row.cue}|verbs={between}",
        f"V:rest={bucket(len(voices.words) - last)}|{row.strength}|{row.content}",
        f"V:commas={min(clause.commas_between(end, first), 2)}|verbs={min(between, 2)}",
        f"V:tag={voices.tokens[first].tag}|{row.strength}",
        f"V:noun={noun}|{row.kind}|{type_}",
        *(f"V:mark={mark}" for mark in clause.marks_between(end, first)),
    ]


def _carried_features(
    voices: Voices,
    past: Voices | None,
    back: int,
    actor: Actor,
    rivals: int,
    speaks_next: bool,
    paragraph: bool,
    run: int,
    soon: str,
) -> list[str]:
    """Features of a speaker of a sentence nearby for a sentence that may go on with his words."""
    clause, words, quoted = voices.clause, voices.words, voices.clause.quoted
    opened = words[0] not in SIGNS and quoted[0]
    share = sum(quoted) / len(quoted)
    whole = "all" if share > 0.95 else "most" if share > 0.5 else "some" if share else "none"
    ends_open = quoted[-1] and words[-1] not in CLOSING
    starts = words[0] in SIGNS and words[0]
    first = voices.cues[0] if voices.cues else None
    noun, is_person = first.noun if first else None, actor.type == "PER"
    subjectless = bool(first) and not first.speakers
    spoken_here = sum(bool(cue.speakers) and not clause.quoted[cue.match.first] for cue in voices.cues)
    person = bool(_FIRST_PERSON.intersection(words))
    state = f"{'opened' if opened else starts}|{whole}"
    subject = next((h for h in voices.free if voices.opens(h)), None)
    acts = f"{subject.actor.type}.{subject.mention.form}" if subject else None
    same = subject is not None and subject.actor.side is not None and subject.actor.side == actor.side
    verb = clause.first_verb(subject.last if subject else 0)
    modal = next((word for word in words if word in _MODALS), None)
    where, how = None, "later"
    if past:
        heads = [head for head in past.free if head.key == actor.actor_id]
        picked = any(h.key == actor.actor_id for cue in past.cues for h in cue.speakers)
        tail = past.words[-1] if past.words[-1] in SIGNS else "w"
        where = f"{bool(heads)}|{picked}|{tail}"
        how = "quoted" if past.clause.quoted[-1] or past.clause.quoted[0] else "cue" if picked else "carried"
    return [
        f"C:back={back}|{actor.type}|rivals={min(rivals, 2)}",
        f"C:{state}|back={back}",
        f"C:{state}|{actor.type}",
        f"C:{state}|ends_open={ends_open}|spoken={min(spoken_here, 1)}",
        f"C:{state}|person={person}",
        f"C:{state}|where={where}",
        f"C:first={words[0]}",
        f"C:pair={' '.join(words[:2])}",
        f"C:subjectless={first.row.cue if subjectless else None}",
        f"C:noun={noun}|{is_person}",
        f"C:noun={noun is not None}|{whole}|{first.row.strength if first else None}|{is_person}|back={back}",
        f"C:subjectless={subjectless}|{first.row.pos if first else None}|{whole}|back={back}",
        f"C:spoken={min(spoken_here, 2)}|heads={min(len(voices.free), 2)}|{whole}",
        f"C:office={any(voices.is_office(h) for c in voices.cues for h in c.speakers)}|{actor.type}|back={back}",
        f"C:next={speaks_next}|back={back}|{whole}",
        f"C:paragraph={paragraph}|{state}|back={back}",
        f"C:rivals={min(rivals, 2)}|{whole}|{actor.type}",
        f"C:acts={acts}|{whole}|{actor.type}",
        f"C:acts={acts}|same={same}|{whole}",
        f"C:verb={words[verb] if verb is not None else None}|{whole}",
        f"C:modal={modal}|{whole}|{spoken_here > 0}",
        f"C:how={how}|{state}|back={back}",
        f"C:how={how}|{spoken_here > 0}|{whole}|paragraph={paragraph}",
        f"C:run={min(run, 3)}|{whole}",
        f"C:soon={soon}|{whole}|back={back}",
        f"C:soon={soon}|{how}|{spoken_here > 0}",
        f"C:words={bucket(len(words))}|{whole}",
    ]


def candidates(
    clauses: Sequence[Clause],
    index: int,
    spoken: Sequence[Sequence[str]],
    actors: dict[str, Actor],
    lexicon: Lexicon,
) -> list[Candidate]:
    """The possible speakers of a sentence, one for each actor.

    Args:
        spoken: the speakers of the sentences before it, the nearest last.
    """
    clause = clauses[index]
    if not clause.words:
        return []
    voices = voices_of(clause, lexicon)
    by_actor: dict[str, list[Head]] = {}
    for head in clause.heads:
        by_actor.setdefault(head.key, []).append(head)
    found = []
    for actor_id, heads in by_actor.items():
        head = max(heads, key=lambda h: _claim(voices, h))
        features, cue = _head_features(voices, head)
        found.append(Candidate(actor_id, head, cue, features, _reports(head.actor) or voices.is_press(head)))
    carried: dict[str, tuple[int, int]] = {}
    for back in range(1, min(_FAR, index) + 1):
        speakers = [s for s in spoken[index - back] if actors[s].type != "MEDIA"] or list(spoken[index - back])
        if back <= _REACH or not carried:
            for speaker in speakers:
                carried.setdefault(speaker, (back, len(speakers) - 1))
    later = _closing_speaker(clauses, index, lexicon) if clause.quoted[-1] else None
    if later:
        carried.setdefault(later, (0, 0))
    paragraph = bool(index) and clause.seen.sentence.start - clauses[index - 1].seen.sentence.end > 1
    for speaker, (back, rivals) in carried.items():
        past = voices_of(clauses[index - back], lexicon) if back and clauses[index - back].words else None
        run = next((n for n in range(index) if speaker not in spoken[index - 1 - n]), index)
        soon = _speaks_soon(clauses, index, speaker, lexicon)
        f = _carried_features(voices, past, back, actors[speaker], rivals, speaker == later, paragraph, run, soon)
        here = next((c for c in found if c.actor_id == speaker), None)
        if here:
            here.features.extend(f"also:{x}" for x in f[:6])
        else:
            found.append(Candidate(speaker, None, _opening(voices), f, _reports(actors[speaker])))
    return found


def _speaks_soon(clauses: Sequence[Clause], index: int, speaker: str, lexicon: Lexicon) -> str:
    """Whether the next sentence gives an actor a cue, names another speaker, or goes on in quotation marks."""
    if index + 1 >= len(clauses) or not clauses[index + 1].words:
        return "end"
    following = voices_of(clauses[index + 1], lexicon)
    keys = {head.key for cue in following.cues for head in cue.speakers}
    if speaker in keys:
        return "speaks"
    if keys:
        return "another"
    return "quoted" if following.clause.quoted[0] else "named" if speaker in {h.key for h in following.free} else "none"


def _claim(voices: Voices, head: Head) -> tuple:
    """How much speaks for a mention as that of its actor which speaks: a cue close by, no modifier, early."""
    clause, end = voices.clause, voices.end(head)
    mine = voices.of(head)
    far = [
        clause.verbs_between(end, cue.match.first) + clause.heads_between(end, cue.match.first)
        for cue in mine
        if cue.row.speaker == "before"
    ]
    return (
        any(not clause.quoted[cue.match.first] for cue in mine),
        any(cue.row.strength == "sure" for cue in mine),
        len(mine) > 0,
        -min(far, default=0),
        not head.mention.modifier,
        -head.first,
    )


def _reports(actor: Actor) -> bool:
    return actor.type == "MEDIA" and actor.kind != "platform"


def _opening(voices: Voices) -> tuple[int, int]:
    """The cue of a statement that runs on: a verb without a subject, else the first word."""
    loose = next((cue for cue in voices.cues if not cue.speakers and cue.row.speaker == "before"), None)
    return (loose.match.first, loose.match.last) if loose else (0, 1)


def _closing_speaker(clauses: Sequence[Clause], index: int, lexicon: Lexicon) -> str | None:
    """Who is named after the quotation that this sentence leaves open has closed (`…”, ông X nói`)."""
    for later in clauses[index + 1 : index + 6]:
        if not later.quoted or not later.quoted[0]:
            return None
        closed = next((n for n, quoted in enumerate(later.quoted) if not quoted), None)
        if closed is not None:
            voices = voices_of(later, lexicon)
            named = [h for cue in voices.cues for h in cue.speakers if cue.match.first >= closed and h.first >= closed]
            named = (
                [h for h in named if h.actor.type != "MEDIA"] + named + [h for h in voices.free if h.first >= closed]
            )
            return named[0].key if named else None
    return None
