"""Titles in an article: whom it gives which, and the person that a title alone stands for (`Trung tướng cho biết`)."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from helpers.entities import STATE_KINDS, Mention
from helpers.lexicon import Actor, Lexicon, Title
from helpers.names import View, title_for
from helpers.phrases import Match
from helpers.sides import DOMESTIC

PERSONAL = {"office", "leader_word", "rank", "person_noun"}
LEADERS = frozenset(
    "president prime_minister king supreme_leader leader chancellor emir crown_prince".split()
)  # of a state: whom `nhà lãnh đạo Nga` can mean
# One holder at a time in each state: the role alone tells who is meant, in whatever words.
_NATIONAL = LEADERS | frozenset(
    "vice_president foreign_minister defence_minister interior_minister finance_minister justice_minister queen "
    "state_counsellor national_security_adviser central_bank_governor".split()
)
MINISTERS = frozenset(
    "minister foreign_minister defence_minister interior_minister finance_minister justice_minister".split()
)
# Seats of government that do not stand for the head of the state.
_SEATS = {"org:pentagon": "defence_minister", "org:quai-dorsay": "foreign_minister", "org:matignon": "prime_minister"}
_FORMER = {"cựu", "nguyên", "cố"}
_BEFORE_POST = _FORMER | {"hiện", "là", "người", "tân", "nay", "từng", "vừa", "kiêm"}
_APART = {",", "-", "("}
_COLLECTIVE = {"member", "candidate", "lawmaker", "official"}


class Post(NamedTuple):
    """A title of a person: its words (none for what only the lexicon knows), and the body or state behind it."""

    person: str
    words: tuple[str, ...]
    role: str
    of: str | None
    former: bool


def body_after(line: Sequence[Mention], match: Match, words: Sequence[str]) -> Mention | None:
    """The place or body behind a title, or the one whose name the title's last words begin (`Chủ tịch | UBND quận 1`,
    found as `chủ tịch UBND`)."""
    for mention in line:
        gap = words[match.last : mention.first]
        if mention.first == match.last or mention.np_first == match.last or gap == ["của"]:
            return mention
        if match.first < mention.first < match.last <= mention.last:
            return mention
    return None


def is_former(words: Sequence[str], match: Match) -> bool:
    """Whether a title is that of a former holder (`cựu tổng thống`)."""
    return words[match.first] in _FORMER or (match.first > 0 and words[match.first - 1] in _FORMER)


class Posts:
    """Who holds which title in one article.

    Args:
        lines: the named mentions of each sentence.
        day: the day of publication, for who holds an office.
    """

    def __init__(
        self,
        views: Sequence[View],
        lines: Sequence[Sequence[Mention]],
        actors: dict[str, Actor],
        lexicon: Lexicon,
        day: date | None,
    ):
        self.actors, self.lexicon, self.day = actors, lexicon, day
        self._of: dict[str, list[Post]] = defaultdict(list)
        self._order = {key: n for n, key in enumerate(actors)}
        self._by: dict[str, set[str]] = defaultdict(set)  # persons by role, first word and body of their posts
        for seen, line in zip(views, lines, strict=True):
            for post in self._given(seen, line):
                self._add(post)
        for (role, of), terms in lexicon.offices.items():
            for term in terms:
                if term.actor_id in actors and (day is None or term.first_day <= day):
                    over = day is not None and term.last_day is not None and term.last_day < day
                    self._add(Post(term.actor_id, (), role, of, over))

    def _add(self, post: Post) -> None:
        self._of[post.person].append(post)
        for key in (post.role, *post.words[:1], post.of):
            if key:
                self._by[key].add(post.person)

    def _given(self, seen: View, line: Sequence[Mention]) -> Iterator[Post]:
        """The titles that a sentence gives to the persons it names, before or behind the name."""
        persons = [mention for mention in line if self.actors[mention.actor_id].type == "PER"]
        places = [mention for mention in line if self.actors[mention.actor_id].type in ("GPE", "ORG")]
        for match in seen.titles:
            title = title_for(match, "PER")
            if title.kind not in PERSONAL:
                continue
            body = body_after(places, match, seen.words)
            person = next((p for p in persons if p.np_first <= match.first < p.first), None)
            if person is None:
                person = self._joined(seen, match, persons) if body is None else None
            if person is None:
                person = self.apposed(seen, match, title, body, line)
            if person:
                words = tuple(word for word in seen.words[match.first : match.last] if word not in _FORMER)
                of = body.actor_id if body else None
                yield Post(person.actor_id, words, title.role, of, is_former(seen.words, match))

    @staticmethod
    def _joined(seen: View, match: Match, persons: Sequence[Mention]) -> Mention | None:
        """The person with two titles (`Tổng bí thư, Chủ tịch nước X`), the match being the first."""
        if seen.words[match.last : match.last + 1] not in ([","], ["kiêm"]):
            return None
        return next((p for p in persons if p.np_first == match.last + 1 < p.first and p.title), None)

    def apposed(
        self, seen: View, match: Match, title: Title, body: Mention | None, line: Sequence[Mention]
    ) -> Mention | None:
        """The person named straight behind a title and its body, or straight before it (`X, Bộ trưởng Quốc phòng`; `Đại
        sứ Nhật Bản tại Mỹ Y`), if he serves no other state."""
        words, last = seen.words, body.last if body else match.last
        persons = [mention for mention in line if self.actors[mention.actor_id].type == "PER"]
        found = None
        if words[last : last + 1] in (["tại"], ["ở"]):
            found = next((person for person in persons if person.np_first == last + 1 < person.first), None)
            last = next((mention.last for mention in line if mention.np_first == last + 1), last)
        if found is None and last < len(words) and words[last] in {*_APART, "là"}:
            untitled = (p for p in persons if p.title is None or p.title.kind not in ("office", "leader_word"))
            found = next((person for person in untitled if person.np_first == last + 1), None)
        n = match.first - 1
        while n > 0 and words[n] in _BEFORE_POST:
            n -= 1
        if found is None and n > 0 and (words[n] in _APART or "là" in words[n + 1 : match.first]):
            end = n if words[n] in _APART else n + 1
            found = next((person for person in persons if person.last == end), None)
            if words[n] == "," and body is None and title.takes == "state":
                return None  # the subject of the next clause
        return found if found and self.may_serve(found.actor_id, body and body.actor_id) else None

    def has_role(self, person: str, roles: Collection[str]) -> bool:
        """Whether a person holds a post of one of some roles."""
        return any(post.role in roles and not post.former for post in self._of[person])

    def may_serve(self, person: str, of: str | None) -> bool:
        """Whether nothing speaks against a person's serving a state or body: no other state."""
        sides = {self.actors[person].side, self.actors[of].side if of else None} - {None}
        return len(sides) < 2

    def holder(
        self, words: Sequence[str], title: Title, of: Actor | None, former: bool, read: Mapping[str, tuple[int, int]]
    ) -> str | None:
        """The person whom a title alone stands for.

        Args:
            words: the title as it stands.
            of: the state or body behind it.
            read: the persons named so far, with the sentence and token where each was last.

        Returns:
            The nearest who fits, else the first named later; for a title without a state, one of the newspapers' own
            state first, as they write `Thủ tướng` for him only. Else who held the office on the day; None if nobody is
            known.
        """
        wanted = tuple(word for word in words if word not in _FORMER)
        role = "president" if title.role == "chairman" and of and of.kind in STATE_KINDS else title.role
        leads = LEADERS.union(_SEATS.values()) if title.kind == "leader_word" or role == "owner" else ()
        keys = {role, *wanted[:1], of and of.actor_id, *leads} - {None, ""}
        fitting = {
            person
            for key in keys
            for person in self._by.get(key, ())
            if person in self.actors and any(self._fits(p, wanted, role, title, of, former) for p in self._of[person])
        }
        known = fitting.intersection(read)
        if of is None and title.takes == "state":
            known = {person for person in known if self.actors[person].side == DOMESTIC} or known
        if known:
            return max(known, key=lambda person: (read[person], person))
        if fitting:
            return min(fitting, key=lambda person: (self._order.get(person, len(self._order)), person))
        if of is None or not role or former:
            return None
        roles = sorted(LEADERS) if role in ("leader", "owner") else [role]
        if of.kind == "seat":
            roles = [_SEATS[of.actor_id]] if of.actor_id in _SEATS else roles
        key = of.side if of.side and (of.type == "GPE" or of.kind == "seat") else of.actor_id
        for office in roles:
            if found := self.lexicon.holder(office, key, self.day):
                self._add(Post(found, (), office, key, False))
                return found
        return None

    def _worded(self, person: str, role: str) -> bool:
        """Whether an article gives a person a role in words (`Chủ tịch nước` is not meant by `Tổng thống`)."""
        return any(post.words and post.role == role for post in self._of[person])

    def _fits(
        self, post: Post, words: tuple[str, ...], role: str, title: Title, of: Actor | None, former: bool
    ) -> bool:
        if post.former != former and (former or not post.words or of is not None):
            return False
        if title.kind == "leader_word" or title.role == "owner":
            return self._leads(post, words, title, of)
        alike = post.role == role and role in _NATIONAL
        if of is None:
            return post.words[: len(words)] == words or (alike and not self._worded(post.person, role))
        if post.of == of.actor_id:
            return alike or post.role == role or post.words[: len(words)] == words
        same_side = of.side is not None and self.actors[post.person].side == of.side
        return alike and same_side and (of.kind in STATE_KINDS or of.type == "ORG" or post.of is None)

    def _leads(self, post: Post, words: tuple[str, ...], title: Title, of: Actor | None) -> bool:
        """Whether a post is that of a leader (`nhà lãnh đạo Nga`, `ông chủ Nhà Trắng`)."""
        if of is None:
            return post.role in LEADERS if title.role == "leader" else post.words == words
        if of.type == "ORG" and of.kind != "seat":
            return post.of == of.actor_id and post.role not in _COLLECTIVE and bool(post.role)
        wanted = {_SEATS[of.actor_id]} if of.actor_id in _SEATS else LEADERS
        if title.role not in ("leader", "owner", ""):
            wanted = {title.role}
        return post.role in wanted and of.side is not None and self.actors[post.person].side == of.side
