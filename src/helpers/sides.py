"""For whom the actors of an article stand, where the lexicon does not say: by titles, appositions, places inside and
beside the name, and the state that the text speaks of."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from helpers.lexicon import Actor, Alias, Lexicon, Title
from helpers.names import Span, View
from helpers.phrases import Match, pieces

# The state of the newspapers: a body named without any state is its.
DOMESTIC = "VNM"
_PUBLIC_ROLES = {
    "minister", "deputy_minister", "foreign_minister", "defence_minister", "spokesperson", "commander", "judge",
    "prosecutor", "chief_of_staff", "police_chief", "envoy", "ambassador", "diplomat", "lawmaker", "senator",
    "head_of_department", "national_security_adviser",
}  # fmt: skip
_PRIVATE_ROLES = {"candidate", "counterpart", "chairman", "pope", "cleric"}
_SERVANTS = {"cán bộ", "công chức", "điều tra viên", "thẩm phán", "kiểm sát viên", "công tố viên", "phi hành gia"}
_ARMED = {"đại", "thượng", "trung", "thiếu", "chuẩn", "tướng", "đô", "phó", "hạ", "nguyên", "thống"}
_APPOSED = {"nguyên", "cựu", "là", "hiện", "nay", "người", "đồng", "từng", "phó", "vừa", "nhà", "-", "–"}
_PLACES = ("GPE", "ORG")
_BREAKS = {"và", ",", ";", ")", ".", ":"}


@dataclass
class Name:
    """A named span on its way to an actor: its title, and the names between the title and itself, nearest first."""

    sentence: int
    span: Span
    words: list[str]
    surface: str
    np_first: int
    title: Title | None = None
    between: list["Name"] = field(default_factory=list)
    candidates: list[Alias] = field(default_factory=list)
    modifier: bool = False
    actor_id: str = ""


class Sides:
    """The states that the names of one article stand for."""

    def __init__(self, names: list[Name], views: Sequence[View], lexicon: Lexicon, actors: dict[str, Actor]):
        self.names, self.views, self.lexicon, self.actors = names, views, lexicon, actors
        self.domestic = DOMESTIC
        self.shares: Counter[str] = Counter()
        self.lines: dict[int, list[Name]] = {}

    def count(self) -> None:
        """Count how often the article names each state, its places, bodies and people."""
        for name in self.names:
            self.lines.setdefault(name.sentence, []).append(name)
            side = self._plain_side(name)
            if side:
                self.shares[side] += 1
        self.home = self.shares.most_common(1)[0][0] if self.shares else DOMESTIC

    def _plain_side(self, name: Name) -> str | None:
        """The side of a name that the lexicon knows without context, of the type found."""
        for alias in name.candidates:
            actor = self.lexicon.actors[alias.actor_id]
            if not alias.context and actor.type == name.span.type:
                return actor.side
        return None

    def is_organ(self, name: Name) -> bool:
        """Whether a body's name begins as that of an organ of a state does."""
        head = self._head(name)
        return head is not None and head.kind == "org_head" and head.side_rule == "state"

    def has_head(self, name: Name) -> bool:
        """Whether a name begins with a generic head."""
        return self._head(name) is not None

    def _head(self, name: Name) -> Title | None:
        matches: list[Match] = self.lexicon.titles.at(name.words, 0)
        heads = [title for match in matches[::-1] for title in match.payloads if title.kind in ("org_head", "feature")]
        return heads[0] if heads else None

    @staticmethod
    def _capitals(name: Name) -> list[int]:
        """Where a place can begin inside a name."""
        return [n for n, word in enumerate(pieces(name.surface)) if n and word[0].isupper()]

    def state_inside(self, name: Name) -> tuple[str | None, list[str]]:
        """The state that a body's name ends with (`Bộ Quốc phòng Nga`), and the words before it."""
        for first in self._capitals(name):
            for match in self.lexicon.names.at(name.words, first):
                actor = self.lexicon.actors[match.payloads[0].actor_id]
                if match.last == len(name.words) and actor.kind == "state" and not match.payloads[0].context:
                    return actor.side, name.words[:first]
        return None, name.words

    def _place_inside(self, name: Name) -> str | None:
        """The side of a place anywhere in a name but at its beginning."""
        for first in self._capitals(name):
            for match in self.lexicon.names.at(name.words, first)[::-1]:
                actor = self.lexicon.actors[match.payloads[0].actor_id]
                if actor.type == "GPE" and actor.side and not match.payloads[0].context:
                    return actor.side
        return None

    def beside(self, name: Name) -> str | None:
        """The side of the place that a name is said to be in: `X (Syria)`, `X, Syria`, `X của Syria`."""
        words = self.views[name.sentence].words
        for other in self.lines[name.sentence]:
            gap = words[name.span.last : other.span.first]
            if other.span.type == "GPE" and 0 < len(gap) <= 3 and gap[0] in ("(", ",", "-", "của", "thuộc", "ở", "tại"):
                side = self._plain_side(other)
                if side:
                    return side
        return None

    def speaks_of(self, name: Name) -> str:
        """The state that the text speaks of where a body is named without one."""
        words = self.views[name.sentence].words
        after = words[name.span.last : name.span.last + 2]
        if after[:1] == ["của"] and (side := self.beside(name)):
            return side
        if after == ["nước", "này"] or after[:1] == ["nước"]:
            before = [other for other in self.names if other.sentence <= name.sentence and other is not name]
            before = [o for o in before if (o.sentence, o.span.first) < (name.sentence, name.span.first)]
            states = [side for other in before if other.span.type == "GPE" and (side := self._plain_side(other))]
            if states:
                return states[-1]
        fuller = [
            (name.sentence - other.sentence, side)
            for other in self.names
            if other.span.type == "ORG"
            and other.sentence <= name.sentence
            and len(other.words) > len(name.words)
            and other.words[: len(name.words)] == name.words
            and (side := self.state_inside(other)[0])
        ]
        if fuller:
            return min(fuller)[1]
        holder = next((o for o in self.lines[name.sentence] if o.between and o.between[0] is name), None)
        if holder and (side := self._plain_side(holder)):
            return side
        return self._main(name)

    def _main(self, name: Name) -> str:
        """The state most spoken of in the sentence and the article; bodies and people count more than places."""
        total = sum(self.shares.values()) or 1
        score = Counter({side: 4 * count / total for side, count in self.shares.items()})
        for other in self.lines[name.sentence]:
            side = self._plain_side(other) if other is not name else None
            if side:
                score[side] += 0.4 if other.span.type == "GPE" else 1
        if self.shares[DOMESTIC] > 0.1 * total:
            score[DOMESTIC] += 1
        return score.most_common(1)[0][0] if score else DOMESTIC

    def of(self, name: Name) -> str | None:
        """For whom an actor that the lexicon lacks stands, as far as the words around this mention tell."""
        if name.span.type == "PER":
            return self._person(name)
        if name.span.type == "ORG":
            if not self.is_organ(name):
                return None
            return self.state_inside(name)[0] or self._place_inside(name) or self._local(name)
        if name.span.type == "MEDIA":
            return None
        return self._place_inside(name) or self.beside(name) or self._local(name)

    def _local(self, name: Name) -> str:
        """The state of a place or local body: that of a place close by, one that follows first, else the main one."""
        places = [
            (other.span.first < name.span.first, abs(other.span.first - name.span.first), side)
            for other in self.lines[name.sentence]
            if other is not name
            and other.span.type == "GPE"
            and (side := self._plain_side(other))
            and abs(other.span.first - name.span.last) <= 6
        ]
        return min(places)[2] if places and name.span.type == "GPE" else self._main(name)

    def _side_of(self, name: Name) -> str | None:
        known = self.lexicon.actors.get(name.actor_id) or self.actors.get(name.actor_id)
        return known.side if known else self.of(name)

    def _person(self, name: Name) -> str | None:
        if name.between and (name.between[0].span.type != "GPE" or self._serves(name.title)):
            return self._side_of(name.between[0])
        apposed = self._apposition(name)
        if apposed:
            return self._side_of(apposed)
        if not name.between and self._serves(name.title):
            return self.beside(name) or self._main(name)
        return None

    @staticmethod
    def _serves(title: Title | None) -> bool:
        """Whether a title is one of a state's service, without the name of a body."""
        if title is None:
            return False
        if title.kind == "rank":
            return title.word.split()[0] in _ARMED
        if title.kind in ("office", "leader_word"):
            return title.role in _PUBLIC_ROLES or (
                title.takes in ("state", "place") and title.role not in _PRIVATE_ROLES
            )
        return title.word in _SERVANTS

    def _apposition(self, name: Name) -> Name | None:
        """The state or body in a title that follows a name: `X, Bộ trưởng Quốc phòng Nga`, `X (Chủ tịch UBND …)`."""
        seen = self.views[name.sentence]
        words, after = seen.words, name.span.last
        if after + 1 >= len(words) or words[after] not in (",", "(", "-"):
            return None
        first = after + 1
        while first < len(words) and words[first] in _APPOSED:
            first += 1
        title = next((m for m in seen.titles if m.first <= first + 1 and m.first >= after + 1 and m.last > first), None)
        if title is None:
            return None
        if not any(t.kind in ("office", "rank", "leader_word", "person_noun") for t in title.payloads):
            return None
        for other in self.lines[name.sentence]:
            gap = words[title.last : other.span.first]
            if other.span.type in _PLACES and other.span.last > title.last and other.span.first >= title.first:
                return other if len(gap) <= 5 and not _BREAKS.intersection(gap) else None
        return None
