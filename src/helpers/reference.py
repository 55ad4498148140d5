"""Mentions without a name: `nước này`, `hai bên`, `ông`, `bộ này`, `Tổng thống Mỹ`, bound to the actors they stand for.

A walk through the article in reading order; each phrase takes the nearest fitting actor before it, in the manner of
Hobbs (1978) without a parse; a pronoun prefers who a sentence begins with, as in centering (Grosz, Joshi and Weinstein
1995). A title takes the person the article gives it to, else who held the office on the day (posts.py).
"""

from collections import ChainMap
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from helpers.antecedents import BARE, FAR, WINDOW, Antecedents
from helpers.bodies import STARTS
from helpers.entities import Mention
from helpers.lexicon import Actor, Lexicon, Title
from helpers.names import View, title_for
from helpers.nominals import TIME
from helpers.phrases import Match, Phrases
from helpers.posts import LEADERS, MINISTERS, PERSONAL, Posts, body_after, is_former

_THIS = ("này", "đó", "ấy", "trên", "ta")
_HEADS = {
    "STATE": "nước|quốc gia|đất nước|quốc đảo|đảo quốc|vương quốc|cường quốc|nước láng giềng|chính phủ|"
    "chính quyền|quân đội|vùng lãnh thổ",
    "ORG": "bộ|cơ quan|tổ chức|tập đoàn|công ty|nhóm|đảng|liên minh|khối|ủy ban|lực lượng|phong trào|đơn vị|hãng|"
    "hiệp hội|nhóm khủng bố|nhóm phiến quân|tổ chức khủng bố|ngân hàng|trường|bệnh viện|doanh nghiệp|sở|cục|viện|"
    "tòa án|liên đoàn|hội đồng|trung tâm|câu lạc bộ|đội bóng",
    "MEDIA": "hãng tin|tờ báo|tờ|báo|kênh|đài|trang tin|hãng thông tấn|tạp chí|nhật báo|kênh truyền hình|trang mạng",
    "PER": "ông|bà|vị|anh|chị|cô|nhà lãnh đạo|nhà ngoại giao|chính trị gia|vị tướng|quan chức|tướng|nghị sĩ|"
    "người phụ nữ|nam ca sĩ|nữ ca sĩ|bị cáo|chuyên gia|người đàn ông|luật sư|tỷ phú|nhà báo",
}
_PAIRS = (
    "hai nước|hai bên|hai quốc gia|đôi bên|hai phía|cả hai bên|cả hai nước|2 nước|2 bên|hai cường quốc|"
    "hai nước láng giềng|hai đồng minh|hai miền|hai chính phủ|hai nước này|hai quốc gia này"
)
_TWO_PERSONS = {
    "hai ông": (), "hai bà": (), "hai người này": (), "hai vị này": (), "hai nghị sĩ này": (), "hai quan chức này": (),
    "hai nhà lãnh đạo": LEADERS, "hai lãnh đạo": LEADERS, "hai vị lãnh đạo": LEADERS, "hai nguyên thủ": LEADERS,
    "lãnh đạo hai nước": LEADERS, "nguyên thủ hai nước": LEADERS, "hai bộ trưởng": MINISTERS,
    "hai ngoại trưởng": ("foreign_minister",), "hai tổng thống": ("president",), "hai thủ tướng": ("prime_minister",),
    "ngoại trưởng hai nước": ("foreign_minister",), "bộ trưởng quốc phòng hai nước": ("defence_minister",),
}  # fmt: skip
_STATES = ("nước", "quốc gia")
_NUMBERS = {"ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "3": 3, "4": 4, "5": 5, "6": 6, "7": 7}
# After these a title is a post, not a person (`bầu cử tổng thống`), or several persons (`các bộ trưởng`).
_POSTS = set(
    "cử|chức|ghế|viên|trí|kỳ|cấp|hàng|phủ|dinh|các|những|nhiều|mọi|làm|một|nào|mỗi|hai|số|thành|vụ|nhiệm".split("|")
)
_TO_OTHERS = {"từ", "với", "cho", "về", "bởi", "tới", "vào"}
_NEW_CLAUSE = {",", ";", ":", "rằng", "khi", "mà", "là", "vì", "nếu"}
_GROUP = "họ"


def _lexicon_of_references() -> Phrases[str]:
    forms = [(f"{head} {this}", kind) for kind, heads in _HEADS.items() for head in heads.split("|") for this in _THIS]
    forms += [(form, "PAIR") for form in _PAIRS.split("|")]
    forms += [(f"{many} {noun} {this}", "LIST") for many in ("các", "những") for noun in _STATES for this in _THIS[:4]]
    forms += [(f"{number} {noun}", "LIST") for number in _NUMBERS for noun in _STATES]
    forms += [(form, "PERSONS") for form in _TWO_PERSONS]
    forms += [(form.replace("hai", "2"), "PERSONS") for form in _TWO_PERSONS]
    forms += [(form, "PER") for form in (*BARE, "người này")] + [(_GROUP, "GROUP")]
    return Phrases(forms)


_REFERENCES = _lexicon_of_references()


def find_references(
    views: Sequence[View],
    named: Sequence[Mention],
    actors: dict[str, Actor],
    lexicon: Lexicon,
    day: date | None,
    quoted: Sequence[Sequence[bool]],
) -> list[Mention]:
    """All mentions of an article, named ones included, in reading order.

    Args:
        named: what entities.resolve found; `actors` gains the persons that a title alone names.
        day: the day of publication, for who held an office.
        quoted: for each sentence, which tokens stand inside quotation marks.
    """
    lines: list[list[Mention]] = [[] for _ in views]
    for mention in named:
        lines[mention.sentence].append(mention)
    article = Antecedents(views, lines, Posts(views, lines, actors, lexicon, day), quoted)
    result: list[Mention] = []
    for index, seen in enumerate(views):
        near = [mention for mention in article.read if index - mention.sentence <= FAR]
        article.read = near + _Line(seen, index, lines[index], article, near).read()
        result += article.read[len(near) :]
        for mention in article.read[len(near) :]:
            if article.is_person(mention):
                article.persons[mention.actor_id] = (index, mention.first)
    return result


class _Line:
    """One sentence on its way to all its mentions."""

    def __init__(
        self, seen: View, index: int, named: Sequence[Mention], article: Antecedents, before: Sequence[Mention]
    ):
        self.seen, self.index, self.article, self.before = seen, index, article, before
        self.words, self.tokens = seen.words, seen.sentence.tokens
        self.line = list(named)
        self.references = [match for match in _REFERENCES.find(self.words) if self._refers(match)]
        self.persons = [mention for mention in named if article.is_person(mention)]
        self.taken = {n for mention in named for n in range(mention.np_first, mention.last)}
        self.headed = {n for mention in self.persons for n in range(mention.np_first, mention.last)}

    def read(self) -> list[Mention]:
        """All mentions of the sentence, in order."""
        items = [(match.first, 1, match) for match in self.references]
        items += [(match.first, 0, match) for match in self.seen.titles]
        items += [(match.first, 2, match) for match in self.article.bodies.matches(self.seen)]
        for _, kind, match in sorted(items, key=lambda item: item[:2]):
            self.article.read = [*self.before, *(mention for mention in self.line if mention.last <= match.first)]
            if kind == 0:
                self._title(match)
            elif kind == 1 and match.payloads[0] == "LIST" and (region := self._region(match)):
                self._add(match.first, region.last, "pronoun", self._members(match, region))
            elif self.taken.isdisjoint(range(match.first, match.last)):
                found = self._antecedents(match) if kind == 1 else self._body(match)
                self._add(match.first, match.last, "pronoun" if kind == 1 else "nominal", found)
        return sorted(self.line, key=lambda mention: (mention.first, mention.last))

    def _add(self, first: int, last: int, form: str, found: Sequence[str], title: Title | None = None) -> None:
        offset = self.seen.sentence.start
        start, end = self.tokens[first].start, self.tokens[last - 1].end
        surface = self.seen.sentence.text[start - offset : end - offset]
        for actor_id in found:
            if actor_id not in self.article.actors:
                self.article.actors[actor_id] = self.article.lexicon.actors[actor_id]
            self.line.append(Mention(self.index, first, last, start, end, surface, form, actor_id, first, title))
        if found:
            self.taken.update(range(first, last))

    def _refers(self, match: Match) -> bool:
        """Whether a phrase stands alone: not within a longer word (`cơ sở đó`), a name (`Ông` inside a sentence) or a
        noun phrase (`các nước trên thế giới`)."""
        first, after = self.tokens[match.first], match.last
        if first.text.islower() or first.text.isdigit():
            deictic = self.words[after - 1] != "trên" or after == len(self.words) or self.tokens[after].tag != "N"
            return first.begins and deictic
        alone = match.first == 0 or not first.text[0].isupper() or self.words[match.first - 1] in '".:-'
        return alone or match.payloads[0] in ("ORG", "MEDIA")

    def _antecedents(self, match: Match) -> list[str]:
        """The actors a phrase stands for."""
        article, kind = self.article, match.payloads[0]
        phrase = " ".join(self.words[match.first : match.last])
        position = (self.index, match.first)
        if kind == "STATE":
            return article.nearest_states(position, 1)
        if kind == "PAIR":
            return article.two_states(position)
        if kind == "PERSONS":
            return article.two_persons(_TWO_PERSONS[phrase.replace("2", "hai")], position)
        if kind == "PER":
            return article.person(phrase, position, self._subject(match))
        if kind == "LIST":
            number = _NUMBERS.get(self.words[match.first])
            row = article.listed_states(self.index, number, None if number else WINDOW)
            return row or ([] if number else article.nearest(article.is_region, position))
        if kind == "GROUP":
            row = article.listed_here(position) if match.first else article.subject_before(self.index)
            return row or article.nearest(article.is_group, position)
        noun = " ".join(self.words[match.first : match.last - 1])
        if found := noun in STARTS and article.body(STARTS[noun], position):
            return found
        return article.nearest(lambda mention: article.actors[mention.actor_id].type == kind, position)

    def _region(self, match: Match) -> Mention | None:
        """The region that a number of states belongs to (`bốn nước Arab`)."""
        return next((m for m in self.line if m.first == match.last and self.article.is_region(m)), None)

    def _members(self, match: Match, region: Mention) -> list[str]:
        """The states of a region that a list names; the region is then no actor of its own."""
        found = self._antecedents(match)
        if found:
            self.line[self.line.index(region)] = replace(region, modifier=True)
        return found

    def _body(self, match: Match) -> list[str]:
        return self.article.body(match.payloads[0], (self.index, match.first))

    def _subject(self, match: Match) -> str | None:
        """The person at the head of the clause: a pronoun after a preposition is another (`Trump yêu cầu … từ ông`)."""
        if not match.first or self.words[match.first - 1] not in _TO_OTHERS:
            return None
        for mention in reversed(self.article.read):
            if mention.sentence != self.index or _NEW_CLAUSE.intersection(self.words[mention.last : match.first]):
                return None
            if self.article.is_person(mention):
                return mention.actor_id
        return None

    def _title(self, match: Match) -> None:
        """A title that stands alone for a person; the place or body inside it becomes its modifier."""
        title, article = title_for(match, "PER"), self.article
        if title.kind not in PERSONAL or match.first in self.headed:
            return
        if match.first and self.words[match.first - 1] in _POSTS:
            return
        body = body_after([mention for mention in self.line if not article.is_person(mention)], match, self.words)
        body = body or self._this_state(match)
        of = article.actors[body.actor_id] if body else None
        if of and of.type not in ("GPE", "ORG"):
            return
        last = body.last if body else match.last
        person = article.posts.apposed(self.seen, match, title, body, self.line)
        whole = self._is_definite(match, title, body) and (body or self._is_whole(match, title))
        if person is None and not whole:
            return
        words = self.words[match.first : match.last]
        here = {m.actor_id: (self.index, m.first) for m in self.line if m.last <= match.first and article.is_person(m)}
        near = ChainMap(here, article.persons)
        former = is_former(self.words, match)
        found = person.actor_id if person else article.posts.holder(words, title, of, former, near)
        if found is None and (
            of is None or title.kind in ("rank", "person_noun") or title.role in ("member", "candidate")
        ):
            return
        if body:
            self.line[self.line.index(body)] = replace(body, modifier=True)
        if body is None and self.words[last : last + 1] == ["này"]:
            last += 1
        self._add(match.first, last, "nominal", [found or of.actor_id], title)

    def _this_state(self, match: Match) -> Mention | None:
        """The state that a title's holder serves, if only `nước này` stands behind it (`Ngoại trưởng nước này`)."""
        behind = match.last + (self.words[match.last : match.last + 1] == ["của"])
        reference = next((r for r in self.references if r.first == behind and r.payloads[0] == "STATE"), None)
        if reference is None or not self.taken.isdisjoint(range(reference.first, reference.last)):
            return None
        found = self._antecedents(reference)
        self._add(reference.first, reference.last, "pronoun", found)
        return self.line[-1] if found else None

    def _is_whole(self, match: Match, title: Title) -> bool:
        """Whether a title without a body is a phrase of its own: no number before it, no name or noun behind it."""
        if match.first and self.words[match.first - 1].isdigit():
            return False
        if title.kind == "leader_word" and not title.word.startswith("nhà lãnh đạo"):
            return False
        if match.last == len(self.words):
            return True
        noun = self.tokens[match.last].tag in ("N", "Nc", "Np") and self.words[match.last] not in TIME
        return not (self.seen.capitals[match.last] or (noun and title.takes != "state"))

    def _is_definite(self, match: Match, title: Title, body: Mention | None) -> bool:
        """Whether a title means one person: an office; a rank or noun for one named before (`luật sư này`)."""
        if title.kind in ("office", "leader_word"):
            return True
        if body is not None or match.last == len(self.words) or self.seen.capitals[match.last]:
            return False
        after = self.tokens[match.last]
        acts = title.kind == "rank" and after.begins and after.tag in ("V", "R", "C", "CH")
        return acts or self.words[match.last] in ("này", "trên", "đó")
