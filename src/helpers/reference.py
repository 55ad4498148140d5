"""Mentions without a name: `nước này`, `hai bên`, `ông`, `bộ này`, `Tổng thống Mỹ`, bound to the actors they stand for.

A walk through the article in reading order; each phrase takes the nearest fitting actor before it, in the manner of
Hobbs (1978) without a parse; a pronoun prefers who a sentence begins with, as in centering (Grosz, Joshi and Weinstein
1995). A title takes the person the article gives it to, else who held the office on the day (posts.py).
"""

from collections import ChainMap, Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date

from helpers.bodies import STARTS, Bodies
from helpers.entities import STATE_KINDS, Mention
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
_BARE = ("ông", "bà")
_STATES = ("nước", "quốc gia")
_NUMBERS = {"ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "3": 3, "4": 4, "5": 5, "6": 6, "7": 7}
_SERIES = ([], [","], ["và"], ["cùng"], [",", "và"], ["cùng", "với"])
# After these a title is a post, not a person (`bầu cử tổng thống`), or several persons (`các bộ trưởng`).
_POSTS = set(
    "cử|chức|ghế|viên|trí|kỳ|cấp|hàng|phủ|dinh|các|những|nhiều|mọi|làm|một|nào|mỗi|hai|số|thành|vụ|nhiệm".split("|")
)
_TO_OTHERS = {"từ", "với", "cho", "về", "bởi", "tới", "vào"}
_NEW_CLAUSE = {",", ";", ":", "rằng", "khi", "mà", "là", "vì", "nếu"}
_GROUP = "họ"
_WINDOW = 3
_FAR = 12


def _lexicon_of_references() -> Phrases[str]:
    forms = [(f"{head} {this}", kind) for kind, heads in _HEADS.items() for head in heads.split("|") for this in _THIS]
    forms += [(form, "PAIR") for form in _PAIRS.split("|")]
    forms += [(f"{many} {noun} {this}", "LIST") for many in ("các", "những") for noun in _STATES for this in _THIS[:4]]
    forms += [(f"{number} {noun}", "LIST") for number in _NUMBERS for noun in _STATES]
    forms += [(form, "PERSONS") for form in _TWO_PERSONS]
    forms += [(form.replace("hai", "2"), "PERSONS") for form in _TWO_PERSONS]
    forms += [(form, "PER") for form in (*_BARE, "người này")] + [(_GROUP, "GROUP")]
    return Phrases(forms)


_REFERENCES = _lexicon_of_references()


class _Article:
    """What has been read so far, and what the whole article tells: titles, forms of address, lists, quotations."""

    def __init__(
        self,
        views: Sequence[View],
        lines: Sequence[Sequence[Mention]],
        actors: dict[str, Actor],
        lexicon: Lexicon,
        day: date | None,
    ):
        self.views, self.actors, self.lexicon = views, actors, lexicon
        self.posts = Posts(views, lines, actors, lexicon, day)
        mentions = [mention for line in lines for mention in line]
        self.bodies = Bodies(mentions, actors, lexicon)
        self.lists = [(n, row) for n, line in enumerate(lines) for row in self._lists(views[n], line)]
        self.inside = _inside(views)
        self.cues: dict[int, list[tuple[Match, set[str]]]] = {}
        self.read: list[Mention] = []  # of the last sentences
        self.persons: dict[str, tuple[int, int]] = {}  # where each person was last named
        self.address: dict[str, str] = {}
        for mention in mentions:
            if mention.title and mention.title.word in ("ông", "bà"):
                self.address[mention.actor_id] = mention.title.word

    def _lists(self, seen: View, line: Sequence[Mention]) -> Iterator[list[str]]:
        """The lists of actors of one type in a sentence (`Nga, Pháp (nước chủ nhà) và Mỹ`)."""
        row: list[Mention] = []
        for mention in (*(mention for mention in line if not mention.modifier), None):
            if mention and row:
                joint = [word for word in seen.words[row[-1].last : mention.np_first] if word not in "()"]
                alike = self.actors[mention.actor_id].type == self.actors[row[-1].actor_id].type
                if alike and joint in _SERIES:
                    row.append(mention)
                    continue
            members = list(dict.fromkeys(member.actor_id for member in row))
            if len(members) > 1:
                yield members
            row = [mention] if mention else []

    def nearest(self, fits, position: tuple[int, int], count: int = 1) -> list[str]:
        """The last `count` different actors before a position that fit, nearest last."""
        found: list[str] = []
        for mention in reversed(self.read):
            if position[0] - mention.sentence > _WINDOW:
                break
            if mention.actor_id not in found and fits(mention):
                found.append(mention.actor_id)
                if len(found) == count:
                    break
        return found[::-1]

    def is_state(self, mention: Mention) -> bool:
        return self.actors[mention.actor_id].kind in STATE_KINDS

    def nearest_states(self, position: tuple[int, int], count: int) -> list[str]:
        """The last `count` different states before a position; a body named after its state counts for that state.

        One state alone is none of several meant by one phrase (`bốn nước … nước này`).
        """
        found: list[str] = []
        spans = Counter((mention.sentence, mention.first) for mention in self.read)
        for mention in reversed(self.read):
            if position[0] - mention.sentence > _WINDOW or len(found) == count:
                break
            if count == 1 and spans[mention.sentence, mention.first] > 1:
                continue
            actor = self.actors[mention.actor_id]
            state = mention.actor_id if self.is_state(mention) else actor.side if actor.type == "ORG" else None
            if state and state not in found and state in self.actors:
                found.append(state)
            elif state and state not in found and state in self.lexicon.actors and actor.type == "ORG":
                self.actors[state] = self.lexicon.actors[state]
                found.append(state)
        return found[::-1]

    def two_states(self, position: tuple[int, int]) -> list[str]:
        """The last two states before a position; a pair just named goes before a third (`Nga kêu gọi hai nước`)."""
        pair = self.nearest_states(position, 2)
        here = {mention.actor_id for mention in self.read if mention.sentence == position[0] and self.is_state(mention)}
        row = self.listed_states(position[0], 2, 2) if len(here) < 2 else []
        return row or (pair if len(pair) == 2 else [])

    def two_persons(self, roles: Collection[str], position: tuple[int, int]) -> list[str]:
        """The last two persons before a position, of some roles if two of the last four have them."""
        near = self.nearest(self.is_person, position, 4)
        holders = [person for person in near if self.posts.has_role(person, roles)]
        pair = (holders if len(holders) > 1 else near)[-2:]
        return pair if len(pair) == 2 else []

    def is_region(self, mention: Mention) -> bool:
        return self.actors[mention.actor_id].kind == "region" and not mention.modifier

    def listed_states(self, sentence: int, size: int | None, reach: int | None) -> list[str]:
        """The states of the last list at most `reach` sentences before one, of a size if one is told.

        With a size and no limit, else those of the first such list after it.
        """
        rows = [(at, row) for at, row in self.lists if all(self.actors[key].kind in STATE_KINDS for key in row)]
        fitting = [(at, row) for at, row in rows if size in (None, len(row))]
        before = [row for at, row in fitting if at < sentence and (reach is None or sentence - at <= reach)]
        after = [row for at, row in fitting if at > sentence and size and reach is None]
        return (before[-1:] or after[:1] or [[]])[0]

    def subject_before(self, sentence: int) -> list[str]:
        """The group that the sentence before begins with, or the members of the list; no outlets."""
        free = (mention for mention in self.read if mention.sentence == sentence - 1 and not mention.modifier)
        first = next(free, None)
        if first is None:
            return []
        rows = [row for at, row in self.lists if at == sentence - 1 and first.actor_id in row]
        if rows and self.actors[first.actor_id].type in ("PER", "ORG", "GPE"):
            return rows[0]
        return [first.actor_id] if self.is_group(first) else []

    def listed_here(self, position: tuple[int, int]) -> list[str]:
        """The members of the only list of a sentence, if it stands before a position."""
        rows = [row for at, row in self.lists if at == position[0]]
        here = {mention.actor_id for mention in self.read if mention.sentence == position[0]}
        return rows[0] if len(rows) == 1 and here.issuperset(rows[0]) else []

    def body(self, starts: Sequence[str] | None, position: tuple[int, int]) -> list[str]:
        """The last body before a position whose name begins with some words; an outlet for None."""
        if starts is None:
            return self.nearest(lambda mention: self.actors[mention.actor_id].type == "MEDIA", position)
        for mention in reversed(self.read):
            if position[0] - mention.sentence > _FAR:
                break
            if self.bodies.begins(mention.actor_id, starts):
                return [mention.actor_id]
        return []

    def is_group(self, mention: Mention) -> bool:
        actor = self.actors[mention.actor_id]
        return not mention.modifier and (actor.kind in (*STATE_KINDS, "region") or actor.type == "ORG")

    def is_person(self, mention: Mention) -> bool:
        return self.actors[mention.actor_id].type == "PER"

    def person(self, phrase: str, position: tuple[int, int], subject: str | None) -> list[str]:
        """The person a pronoun or noun stands for, as far as the article tells how each is addressed."""
        wanted = {"ông": "ông", "bà": "bà"}.get(phrase.split()[0])
        fitting = []
        for mention in reversed(self.read):
            if position[0] - mention.sentence > _WINDOW:
                break
            if (
                self.is_person(mention)
                and mention.actor_id != subject
                and (not wanted or self.address.get(mention.actor_id) in (wanted, None))
            ):
                fitting.append(mention)
        speaks = phrase in _BARE and self.speaks(position[0], position[1], position[1] + len(phrase.split()))
        best = max(fitting, key=lambda mention: self._fitness(mention, phrase, position, speaks), default=None)
        return [best.actor_id] if best else []

    def _fitness(self, mention: Mention, phrase: str, position: tuple[int, int], speaks: bool) -> int:
        """How well a person suits a pronoun: near; for a bare one first in its sentence and, if the pronoun speaks, a
        speaker; not only quoted, if the pronoun is not."""
        sentence, token = position
        quoted = self.inside[sentence][token]
        fitness = mention.sentence - sentence
        if phrase in _BARE:
            same = (other for other in self.read if other.sentence == mention.sentence and not other.modifier)
            fitness += not any(self.is_person(other) and other.np_first < mention.np_first for other in same)
            if speaks and not quoted and self.speaks(mention.sentence, mention.np_first, mention.last):
                fitness += 2
        if self.inside[mention.sentence][mention.first] and not quoted:
            fitness -= 2
        return fitness

    def speaks(self, sentence: int, first: int, last: int) -> bool:
        """Whether a speech cue outside quotation marks stands straight behind or before a phrase."""
        words, inside = self.views[sentence].words, self.inside[sentence]
        if sentence not in self.cues:
            found = self.lexicon.speech_cues.find(words)
            self.cues[sentence] = [(match, {row.speaker for row in match.payloads}) for match in found]
        for match, rows in self.cues[sentence]:
            if inside[match.first]:
                continue
            if (
                "before" in rows
                and 0 <= match.first - last <= 4
                and not {",", ";", ".", "rằng"}.intersection(words[last : match.first])
            ):
                return True
            if rows - {"before"} and 0 <= first - match.last <= 1:
                return True
        return False


def _inside(views: Sequence[View]) -> list[list[bool]]:
    """For each sentence, which tokens stand inside quotation marks."""
    marks, inside = [], False
    for seen in views:
        tokens = seen.sentence.tokens
        line = []
        for n, token in enumerate(tokens):
            if token.text in '"“”«»':
                opens = token.text in "“«" or (
                    token.text == '"'
                    and n + 1 < len(tokens)
                    and tokens[n + 1].start == token.end
                    and not (n and tokens[n - 1].end == token.start)
                )
                if not opens and not inside:
                    line = [True] * len(line)
                inside = opens
                line.append(True)
            else:
                line.append(inside)
        marks.append(line)
    return marks


def find_references(
    views: Sequence[View],
    named: Sequence[Mention],
    actors: dict[str, Actor],
    lexicon: Lexicon,
    day: date | None,
) -> list[Mention]:
    """All mentions of an article, named ones included, in reading order.

    Args:
        named: what entities.resolve found; `actors` gains the persons that a title alone names.
        day: the day of publication, for who held an office.
    """
    lines: list[list[Mention]] = [[] for _ in views]
    for mention in named:
        lines[mention.sentence].append(mention)
    article = _Article(views, lines, actors, lexicon, day)
    result: list[Mention] = []
    for index, seen in enumerate(views):
        near = [mention for mention in article.read if index - mention.sentence <= _FAR]
        article.read = near + _Line(seen, index, lines[index], article, near).read()
        result += article.read[len(near) :]
        for mention in article.read[len(near) :]:
            if article.is_person(mention):
                article.persons[mention.actor_id] = (index, mention.first)
    return result


class _Line:
    """One sentence on its way to all its mentions."""

    def __init__(self, seen: View, index: int, named: Sequence[Mention], article: _Article, before: Sequence[Mention]):
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
            row = article.listed_states(self.index, number, None if number else _WINDOW)
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
