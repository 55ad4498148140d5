"""Mentions without a name: `nước này`, `hai bên`, `ông`, `bộ này`, `Tổng thống Mỹ`, bound to the actors they stand for.

A walk through the article in reading order; each phrase takes the nearest fitting actor before it, in the manner of
Hobbs (1978) without a parse. A title takes the person the article gives it to, else who held the office on the day.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from helpers.entities import STATE_KINDS, Mention
from helpers.lexicon import Actor, Lexicon, Title
from helpers.names import View, title_for
from helpers.phrases import Match, Phrases

_THIS = ("này", "đó", "ấy", "trên", "ta")
_HEADS = {
    "STATE": "nước|quốc gia|đất nước|quốc đảo|đảo quốc|vương quốc|cường quốc|nước láng giềng|chính phủ|"
    "chính quyền|quân đội|vùng lãnh thổ",
    "ORG": "bộ|cơ quan|tổ chức|tập đoàn|công ty|nhóm|đảng|liên minh|khối|ủy ban|lực lượng|phong trào|đơn vị|hãng|"
    "hiệp hội|nhóm khủng bố|nhóm phiến quân|tổ chức khủng bố|ngân hàng|trường|bệnh viện|doanh nghiệp|sở|cục|viện|"
    "tòa án|liên đoàn",
    "MEDIA": "hãng tin|tờ báo|tờ|báo|kênh|đài|trang tin|hãng thông tấn|tạp chí|nhật báo|kênh truyền hình|trang mạng",
    "PER": "ông|bà|vị|người|anh|chị|cô|nhà lãnh đạo|nhà ngoại giao|chính trị gia|vị tướng|quan chức|tướng|nghị sĩ|"
    "cựu tổng thống|nam ca sĩ|nữ ca sĩ|bị cáo|chuyên gia|người đàn ông|người phụ nữ|luật sư|tỷ phú|nhà báo",
}
_PAIRS = (
    "hai nước|hai bên|hai quốc gia|đôi bên|hai phía|cả hai bên|cả hai nước|2 nước|2 bên|hai cường quốc|"
    "hai nước láng giềng|hai đồng minh|hai miền|hai chính phủ|hai nước này|hai quốc gia này"
)
_BARE = "ông|bà"
# After these a title is a post, not a person (`bầu cử tổng thống`), or several persons (`các bộ trưởng`).
_POSTS = set("cử|chức|ghế|viên|vị|trí|kỳ|cấp|hàng|phủ|dinh|các|những|nhiều|mọi|làm".split("|"))
_TO_OTHERS = {"từ", "với", "cho", "về", "bởi", "tới", "vào"}
_NEW_CLAUSE = {",", ";", ":", "rằng", "khi", "mà", "là", "vì", "nếu"}
_GROUP = "họ"
_LEADERS = {"president", "prime_minister", "king", "supreme_leader", "leader", "chancellor", "emir", "crown_prince"}
_WINDOW = 3


def _lexicon_of_references() -> Phrases[str]:
    forms = [(f"{head} {this}", kind) for kind, heads in _HEADS.items() for head in heads.split("|") for this in _THIS]
    forms += [(form, "PAIR") for form in _PAIRS.split("|")]
    forms += [(form, "PER") for form in _BARE.split("|")] + [(_GROUP, "GROUP")]
    return Phrases(forms)


_REFERENCES = _lexicon_of_references()


class _Article:
    """What has been read so far: who was named, with which title, and how they were addressed."""

    def __init__(self, mentions: Sequence[Mention], actors: dict[str, Actor], lexicon: Lexicon, day: date | None):
        self.actors, self.lexicon, self.day = actors, lexicon, day
        self.read: list[Mention] = []
        self.roles: dict[str, set[str]] = defaultdict(set)
        self.address: dict[str, str] = {}
        for mention in mentions:
            if mention.title and actors[mention.actor_id].type == "PER":
                if mention.title.role:
                    self.roles[mention.actor_id].add(mention.title.role)
                if mention.title.word in ("ông", "bà"):
                    self.address[mention.actor_id] = mention.title.word
        for (role, _), terms in lexicon.offices.items():
            for term in terms:
                if term.actor_id in actors:
                    self.roles[term.actor_id].add(role)

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
        """The last `count` different states before a position; a body named after its state counts for that state."""
        found: list[str] = []
        for mention in reversed(self.read):
            if position[0] - mention.sentence > _WINDOW or len(found) == count:
                break
            actor = self.actors[mention.actor_id]
            state = mention.actor_id if self.is_state(mention) else actor.side if actor.type == "ORG" else None
            if state and state not in found and state in self.actors:
                found.append(state)
            elif state and state not in found and state in self.lexicon.actors and actor.type == "ORG":
                self.actors[state] = self.lexicon.actors[state]
                found.append(state)
        return found[::-1]

    def has_type(self, type_: str):
        return lambda mention: self.actors[mention.actor_id].type == type_

    def is_group(self, mention: Mention) -> bool:
        return not mention.modifier and (self.is_state(mention) or self.actors[mention.actor_id].type == "ORG")

    def person(self, word: str, subject: str | None):
        """Whether a mention is a person addressed so, as far as the article tells, and not the clause's subject."""
        wanted = {"ông": "ông", "bà": "bà"}.get(word.split()[0])

        def fits(mention: Mention) -> bool:
            known = self.address.get(mention.actor_id)
            person = self.actors[mention.actor_id].type == "PER" and mention.actor_id != subject
            return person and (not wanted or known in (wanted, None))

        return fits

    def holder(self, title: Title, of: Actor | None) -> str | None:
        """The person a title stands for: one the article gives that title, else the holder on the day."""
        wanted = _LEADERS if title.role in ("leader", "") else {title.role}
        side = of.side if of else None
        for mention in reversed(self.read):
            if self._holds(mention.actor_id, wanted, side):
                return mention.actor_id
        for actor_id in self.actors:
            if self._holds(actor_id, wanted, side):
                return actor_id
        if of and title.role:
            for role in sorted(wanted) if title.role == "leader" else [title.role]:
                found = self.lexicon.holder(role, side if of.type == "GPE" and side else of.actor_id, self.day)
                if found:
                    return found
        return None

    def _holds(self, actor_id: str, wanted: Iterable[str], side: str | None) -> bool:
        actor = self.actors[actor_id]
        return (
            actor.type == "PER"
            and (side is None or actor.side == side)
            and bool(self.roles[actor_id].intersection(wanted))
        )


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
    article = _Article(named, actors, lexicon, day)
    by_sentence: dict[int, list[Mention]] = defaultdict(list)
    for mention in named:
        by_sentence[mention.sentence].append(mention)
    result: list[Mention] = []
    for index, seen in enumerate(views):
        line = by_sentence[index]
        taken = {n for mention in line for n in range(mention.np_first, mention.last)}
        found = _titles(seen, index, line, article)
        line, nominal = found
        taken |= {n for mention in nominal for n in range(mention.first, mention.last)}
        line = sorted([*line, *nominal], key=lambda mention: (mention.first, mention.last))
        for match in _REFERENCES.find(seen.words):
            if any(n in taken for n in range(match.first, match.last)) or not _refers(seen, match):
                continue
            before = [mention for mention in line if mention.last <= match.first]
            article.read = [*result, *before]
            for actor_id in _antecedents(match, seen, index, article):
                line.append(_mention(seen, index, match.first, match.last, "pronoun", actor_id))
        line.sort(key=lambda mention: (mention.first, mention.last))
        result += line
        article.read = result
    return result


def _refers(seen: View, match: Match) -> bool:
    """Whether a phrase stands alone: not within a longer word (`cơ sở đó`), a name (`Ông` inside a sentence) or a noun
    phrase (`các nước trên thế giới`)."""
    first, after = seen.sentence.tokens[match.first], match.last
    if first.text.islower():
        deictic = seen.words[after - 1] != "trên" or after == len(seen.words) or seen.sentence.tokens[after].tag != "N"
        return first.begins and deictic
    return match.first == 0 or not first.text[0].isupper() or seen.words[match.first - 1] in '".:-'


def _mention(seen: View, index: int, first: int, last: int, form: str, actor_id: str) -> Mention:
    tokens, offset = seen.sentence.tokens, seen.sentence.start
    start, end = tokens[first].start, tokens[last - 1].end
    return Mention(
        index, first, last, start, end, seen.sentence.text[start - offset : end - offset], form, actor_id, first
    )


def _antecedents(match: Match, seen: View, index: int, article: _Article) -> list[str]:
    """The actors a phrase stands for."""
    kind = match.payloads[0]
    phrase = " ".join(seen.words[match.first : match.last])
    position = (index, match.first)
    if kind == "STATE":
        return article.nearest_states(position, 1)
    if kind == "PAIR":
        pair = article.nearest_states(position, 2)
        return pair if len(pair) == 2 else []
    if kind == "PER":
        return article.nearest(article.person(phrase, _subject(match, seen, index, article)), position)
    if kind == "GROUP":
        return article.nearest(article.is_group, position)
    return article.nearest(article.has_type(kind), position)


def _subject(match: Match, seen: View, index: int, article: _Article) -> str | None:
    """The person at the head of the clause: a pronoun after a preposition is another (`Trump yêu cầu … từ ông`)."""
    if not match.first or seen.words[match.first - 1] not in _TO_OTHERS:
        return None
    for mention in reversed(article.read):
        if mention.sentence != index or _NEW_CLAUSE.intersection(seen.words[mention.last : match.first]):
            return None
        if article.actors[mention.actor_id].type == "PER":
            return mention.actor_id
    return None


def _titles(seen: View, index: int, line: list[Mention], article: _Article) -> tuple[list[Mention], list[Mention]]:
    """Titles that stand alone for a person; the place or body inside such a title becomes its modifier."""
    starts = {mention.first: n for n, mention in enumerate(line)}
    headed = {mention.np_first for mention in line if article.actors[mention.actor_id].type == "PER"}
    found = []
    for match in seen.titles:
        title = title_for(match, "PER")
        if title.kind not in ("office", "leader_word") or match.first in headed:
            continue
        if match.first and seen.words[match.first - 1] in _POSTS:
            continue
        n = starts.get(match.last)
        of = article.actors[line[n].actor_id] if n is not None else None
        if of is not None and of.type not in ("GPE", "ORG"):
            continue
        if of is None and title.kind == "office" and match.last < len(seen.words) and seen.capitals[match.last]:
            continue
        if of is None and title.kind == "leader_word" and not title.word.startswith("nhà lãnh đạo"):
            continue
        last = line[n].last if n is not None else match.last
        holder = _apposed(seen, last, line, article) or article.holder(title, of)
        if holder is None and of is None:
            continue
        if n is not None:
            line[n] = replace(line[n], modifier=True)
        if holder is not None and holder not in article.actors:
            article.actors[holder] = article.lexicon.actors[holder]
        actor_id = holder or of.actor_id
        found.append(replace(_mention(seen, index, match.first, last, "nominal", actor_id), title=title))
    return line, found


def _apposed(seen: View, last: int, line: Sequence[Mention], article: _Article) -> str | None:
    """The person named after a comma straight behind a title (`Bộ trưởng Quốc phòng Nhật Bản, bà Tomomi Inada`)."""
    if seen.words[last : last + 1] != [","]:
        return None
    persons = (mention for mention in line if article.actors[mention.actor_id].type == "PER")
    return next((person.actor_id for person in persons if person.np_first == last + 1), None)
