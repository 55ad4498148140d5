"""Which phrases of a sentence stand in one row: `Nga, Pháp và Mỹ`, and persons each with his post told in passing:
`ông A, nguyên Giám đốc Sở X; bà B (Phó Chủ tịch huyện Y) và ông C`."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from helpers.entities import Mention
from helpers.lexicon import Actor

Extent = tuple[int, int]

_JOINTS = {"và", ",", "cùng", "với", "-", "hay", "hoặc", "cũng", "như", "lẫn", "&"}
_LEADS = {",", "–", "nguyên", "cựu", "là", "hiện", "nay", "kiêm", "và"}
_STOPS = set('; bị được đã đang sẽ vừa không chưa cho rằng đều cũng để khi vì do “ ” " : .'.split())
_LONGEST = 30


def find_rows(
    words: Sequence[str], free: Sequence[Mention], actors: Mapping[str, Actor]
) -> tuple[dict[Mention, Extent], set[Mention]]:
    """The row of each phrase that stands in one, and the phrases that only tell of its members.

    Args:
        words: of the sentence.
        free: its mentions that are no part of another's phrase, by where they begin.
    """
    rows, passing = _persons(words, free, actors)
    row: list[Mention] = []
    for mention in [*(m for m in free if m not in rows and m not in passing), None]:
        if mention and row:
            alike = actors[mention.actor_id].type == actors[row[-1].actor_id].type
            if _extent(mention) == _extent(row[-1]) or _joined(words, row[-1].last, mention.np_first, alike):
                row.append(mention)
                continue
        if len(row) > 1 and _extent(row[-2]) != _extent(row[-1]) and words[row[-2].last] != ",":
            rows |= dict.fromkeys(row, (row[0].np_first, row[-1].last))
        row = [mention] if mention else []
    return rows, passing


def _extent(mention: Mention) -> Extent:
    return mention.np_first, mention.last


def _joined(words: Sequence[str], end: int, start: int, alike: bool) -> bool:
    """Whether only what joins the members of a row stands between two phrases; a semicolon only those of one type."""
    return end < start <= end + 2 and all(word in _JOINTS or (alike and word == ";") for word in words[end:start])


def _persons(
    words: Sequence[str], free: Sequence[Mention], actors: Mapping[str, Actor]
) -> tuple[dict[Mention, Extent], set[Mention]]:
    """Rows of persons of whom something is told in passing."""
    rows: dict[Mention, Extent] = {}
    passing: set[Mention] = set()
    starts = {m.np_first: m for m in free if m.form == "name" and actors[m.actor_id].type == "PER"}
    posts = _posts(free)
    ends = {first: _told(words, person, posts[person.actor_id], starts) for first, person in starts.items()}
    for first, person in starts.items():
        if person in rows:
            continue
        row, joints, end = [person], [], ends[first]
        while (start := _next(words, end, starts)) is not None:
            joints.append(words[end])
            row.append(starts[start])
            end = ends[start]
        told = any(ends[m.np_first] > m.last for m in row)
        if told and joints and (joints[-1] != "," or len(row) > 2):
            held = [m for m in free if first <= m.np_first and m.last <= end]
            members = {m.actor_id for m in row}
            rows |= dict.fromkeys((m for m in held if m.actor_id in members), (first, end))
            passing |= {m for m in held if m.actor_id not in members}
    return rows, passing


def _next(words: Sequence[str], end: int, starts: Mapping[int, Mention]) -> int | None:
    """Where the person begins that is joined to what ends before a token."""
    return next((n for n in (end + 1, end + 2) if n in starts and _joined(words, end, n, True)), None)


def _posts(free: Sequence[Mention]) -> Mapping[str, list[Mention]]:
    """By actor_id, the phrases of a sentence that mean him alone without naming him."""
    shared, found = Counter(map(_extent, free)), defaultdict(list)
    for mention in free:
        if mention.form != "name" and shared[_extent(mention)] == 1:
            found[mention.actor_id].append(mention)
    return found


def _told(words: Sequence[str], person: Mention, posts: Sequence[Mention], starts: Mapping[int, Mention]) -> int:
    """The token where what is told of a person in passing ends: his posts behind a comma or in brackets."""
    end = person.last
    while True:
        if words[end : end + 1] == ["("] and ")" in words[end : end + _LONGEST]:
            end = words.index(")", end) + 1
            continue
        near = (m for m in posts if end < m.np_first <= end + 3 and words[end] in ",–")
        post = next((m for m in near if _LEADS.issuperset(words[end : m.np_first])), None)
        if post is None:
            return end
        end = _tail(words, post.last, starts)


def _tail(words: Sequence[str], last: int, starts: Mapping[int, Mention]) -> int:
    """The token where a post ends, with what it belongs to: before a verb, or before what joins the next person."""
    for n in range(last, min(last + _LONGEST, len(words))):
        if words[n] in _STOPS or words[n] == "(" or (words[n] in _JOINTS and (n + 1 in starts or n + 2 in starts)):
            return n
    return last
