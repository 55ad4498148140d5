"""Common nouns that stand alone for a body named before (`bệnh viện cam kết`, `Hội đồng cũng yêu cầu`)."""

from collections.abc import Iterator, Sequence

from helpers.entities import Mention
from helpers.lexicon import Actor, Lexicon
from helpers.names import View
from helpers.phrases import Match, Phrases, normal, pieces

# Nouns for a body, with what the names begin with that they stand for.
_NOUNS = {
    "bệnh viện": "bệnh viện", "công ty": "công ty|tổng công ty|tập đoàn", "tập đoàn": "tập đoàn|công ty",
    "tổng công ty": "tổng công ty", "hãng": "hãng|tập đoàn|công ty", "ngân hàng": "ngân hàng", "nhà băng": "ngân hàng",
    "hội đồng": "hội đồng", "ủy ban": "ủy ban", "nhà trường": "trường|đại học|học viện", "trường": "trường",
    "học viện": "học viện", "bộ": "bộ", "sở": "sở", "cục": "cục", "viện": "viện", "tòa": "tòa", "tòa án": "tòa",
    "hiệp hội": "hiệp hội", "liên đoàn": "liên đoàn", "trung tâm": "trung tâm", "câu lạc bộ": "câu lạc bộ|clb",
    "clb": "câu lạc bộ|clb", "đảng": "đảng", "đại sứ quán": "đại sứ quán|đsq", "liên minh": "liên minh",
    "cơ quan điều tra": "cơ quan cảnh sát điều tra|cơ quan điều tra|cơ quan csđt",
    "cqđt": "cơ quan cảnh sát điều tra|cơ quan điều tra|cơ quan csđt", "công an": "công an",
    "viện kiểm sát": "viện kiểm sát|vks", "vks": "viện kiểm sát|vks", "ban quản lý": "ban quản lý",
    "ban tổ chức": "ban tổ chức",
}  # fmt: skip
STARTS = {noun: starts.split("|") for noun, starts in _NOUNS.items()}
_MEDIA = ("bài báo", "tờ báo", "hãng tin", "hãng thông tấn", "tạp chí", "nhật báo")
_ALONE = Phrases([*STARTS.items(), *((noun, None) for noun in _MEDIA)])
# Short nouns that stand for a body with a capital only (`Bộ cho biết`), or only without (`đảng`).
_CAPITAL, _SMALL = {"bộ", "sở", "cục", "viện", "công an", "trường"}, {"đảng"}
# Before a noun that is one of many, new, said of another, or the end of a longer word.
_OTHER = set(
    "các những một nhiều mọi mỗi từng vài hai ba bốn năm số nào nội toàn cán tiến trụ cơ hay mấy loại ngành cấp nữ nam"
    " là trưởng tên người thành trở".split()
)
_OWNERS = {"phía", "diện", "đạo", "theo", "thay", "đốc"}
_AUXILIARIES = {"bị", "được", "có", "phải", "muốn", "cần", "nên", "tiếp", "không"}
_CLOSED = {"R", "E", "C", "CH", "T", "X", "F"}
_NOT_AFTER = {"nào", "khác", "của", "thuộc", "mẹ", "con", "gì", "trên", "trong", "tại", "ở", "về"}


class Bodies:
    """The bodies and outlets named in an article."""

    def __init__(self, mentions: Sequence[Mention], actors: dict[str, Actor], lexicon: Lexicon):
        self.actors, self.lexicon = actors, lexicon
        self._begins: dict[str, set[str]] = {}
        for mention in mentions:
            begins = self._begins.setdefault(mention.actor_id, set())
            begins.add(self._form(mention.surface))
            begins.add(self._form(actors[mention.actor_id].name))
            if mention.title:
                begins.add(self._form(mention.title.word))

    @staticmethod
    def _form(name: str) -> str:
        return " ".join(normal(word) for word in pieces(name)) + " "

    def begins(self, actor_id: str, starts: Sequence[str]) -> bool:
        """Whether an actor is a body whose name, or the noun before it, begins with one of some words."""
        if self.actors[actor_id].type not in ("ORG", "MEDIA"):
            return False
        return any(form.startswith(f"{start} ") for form in self._begins.get(actor_id, ()) for start in starts)

    def matches(self, seen: View) -> Iterator[Match]:
        """Nouns for a body that stand as noun phrases of their own."""
        for match in _ALONE.find(seen.words):
            if self._stands_alone(seen, match):
                yield match

    def _stands_alone(self, seen: View, match: Match) -> bool:
        """Whether no number, name or further noun is part of the phrase."""
        tokens, words = seen.sentence.tokens, seen.words
        first = tokens[match.first]
        noun = " ".join(words[match.first : match.last])
        small = first.text.islower()
        if (small and (not first.begins or noun in _CAPITAL)) or (not small and noun in _SMALL):
            return False
        if match.first:
            before, tag = words[match.first - 1], tokens[match.first - 1].tag
            if before in _OTHER or before.isdigit() or (tag in ("M", "L", "N", "Nc") and before not in _OWNERS):
                return False
        if match.last == len(tokens):
            return True
        after = tokens[match.last]
        if not after.begins or after.text[0].isupper() or words[match.last] in _NOT_AFTER:
            return False
        return after.tag in _CLOSED or words[match.last] in _AUXILIARIES or self._acts(seen, match.last)

    def _acts(self, seen: View, n: int) -> bool:
        """Whether a verb of the lexicon begins at a token, and is no mere part of a word (`bảo` in `bảo mật`)."""
        tokens = seen.sentence.tokens
        found = [*self.lexicon.speech_cues.at(seen.words, n), *self.lexicon.stance_cues.at(seen.words, n)]
        return any(match.last == len(tokens) or tokens[match.last].begins for match in found)
