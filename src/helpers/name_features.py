"""What the word lists, the form of a token and the rest of the article say of each token, as named features."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from helpers.lexicon import Lexicon
from helpers.phrases import Match, Phrases
from helpers.views import View

# A syllable that Vietnamese spelling allows: onset, vowels, coda.
_VIETNAMESE = re.compile(
    r"(?:b|c|ch|d|đ|g|gh|gi|h|k|kh|l|m|n|ng|ngh|nh|p|ph|qu|r|s|t|th|tr|v|x)?"
    r"[aăâeêioôơuưyàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]{1,3}"
    r"(?:c|ch|m|n|ng|nh|p|t)?"
)
_HINTS = {
    **dict.fromkeys(("rank", "honorific", "person_noun"), "PER"),
    **dict.fromkeys(("office", "leader_word"), "OFFICE"),
    "admin_unit": "GPE",
    "media_noun": "MEDIA",
    "feature": "LOC",
    "org_head": "ORG",
    "uncoded": "NONE",
}
_JOINTS = "-–.'’&"
_STOPS = frozenset('.;:()"“”')
_CREDITS = {"ảnh", "nguồn", "video", "clip", "theo"}


class Hints(NamedTuple):
    """What an article as a whole says: of single words, and of the runs of capitals that titles or brackets mark."""

    words: dict[str, set[str]]
    runs: Phrases[str]


def is_vietnamese(word: str) -> bool:
    """Whether a small word could be a Vietnamese syllable."""
    return bool(_VIETNAMESE.fullmatch(word))


@lru_cache(maxsize=100_000)
def shape(text: str) -> str:
    """How a token is written: `x` small, `X` one capital, `Xx`, `XX` capitals, `xX` mixed, `0` number, or a sign."""
    if text.isdigit():
        return "0"
    if not text[0].isalnum():
        return text
    if text.isupper():
        return "X" if len(text) == 1 else "XX"
    if text.islower():
        return "x"
    return "Xx" if text[1:].islower() else "xX"


def _capital_run(seen: View, first: int) -> int:
    """Where the run of capitals that begins at `first` ends (`Kim Jong-un`, `A.P. Moller-Maersk`)."""
    last = first
    for n in range(first, len(seen.words)):
        if seen.capitals[n]:
            last = n + 1
        elif seen.sentence.tokens[n].text not in _JOINTS or last < n or not _joined(seen, n):
            break
    return last


def _joined(seen: View, n: int) -> bool:
    """Whether a sign stands without blanks after the token before it."""
    return n > 0 and seen.sentence.tokens[n].start == seen.sentence.tokens[n - 1].end


def document_hints(views: Sequence[View]) -> Hints:
    """What titles, brackets and small letters anywhere in an article say of its words and runs of capitals."""
    words: dict[str, set[str]] = defaultdict(set)
    runs: set[tuple[str, str]] = set()
    for seen in views:
        for n, word in enumerate(seen.words):
            if word[0].isalpha():
                if not seen.capitals[n]:
                    words[word].add("small")
                elif n and seen.sentence.tokens[n - 1].text not in '"“.':
                    words[word].add("capital")
        for first, last, kind in _marked_runs(seen):
            for n in range(first, last):
                words[seen.words[n]].add(kind)
            runs.add((" ".join(token.text for token in seen.sentence.tokens[first:last]), kind))
    return Hints(words, Phrases(sorted(runs)))


def _marked_runs(seen: View) -> Iterator[tuple[int, int, str]]:
    """Runs of capitals after a title or head (and after the state between: `Tổng thống Mỹ Donald Trump`), and
    acronyms in brackets."""
    known = {match.first: match.last for match in seen.names}
    for match in seen.titles:
        kind = _HINTS.get(match.payloads[0].kind)
        if kind is None:
            continue
        first = match.last
        if first in known and _capital_run(seen, first) > known[first]:
            if kind != "OFFICE":
                continue
            first, kind = known[first], "PER"
        last = _capital_run(seen, first)
        if last > first and first not in known:
            yield first, last, kind
    for n in range(1, len(seen.words) - 1):
        text = seen.sentence.tokens[n].text
        if seen.words[n - 1] == "(" and seen.words[n + 1] == ")" and text.isupper() and len(text) > 1:
            yield n, n + 1, "ACRONYM"


def _place(n: int, match: Match) -> str:
    """Beginning, inside, end of a match, or all of it."""
    if match.last - match.first == 1:
        return "S"
    return "B" if n == match.first else "E" if n == match.last - 1 else "I"


def _lexical(seen: View, lexicon: Lexicon) -> list[tuple[str, str]]:
    """For each token: place in a name of the lexicon with its possible types, and the same with the kind."""
    labels = [("", "")] * len(seen.words)
    for match in seen.names:
        actors = [(lexicon.actors[alias.actor_id], alias.context) for alias in match.payloads]
        types = "/".join(sorted({f"{'?' if context else ''}{actor.type}" for actor, context in actors}))
        kind = min(actor.kind for actor, _ in actors)
        for n in range(match.first, match.last):
            place = _place(n, match)
            labels[n] = (f"{place}-{types}", f"{place}-{types}:{kind}")
    return labels


def _marks(seen: View, hints: Hints) -> list[str]:
    """For each token: place in a run of capitals that the article marks somewhere."""
    marks = [""] * len(seen.words)
    for match in hints.runs.find(seen.words):
        if seen.capitals[match.first]:
            kinds = "+".join(match.payloads)
            for n in range(match.first, match.last):
                marks[n] = f"{_place(n, match)}-{kinds}"
    return marks


def _titled(seen: View, following: Sequence[str]) -> tuple[list[str], list[str], list[str]]:
    """For each token: place in a title with its kinds, the same with what follows that title, and the kinds of the
    title that ends before it."""
    size = len(seen.words)
    titled, then, before = [""] * size, [""] * size, [""] * (size + 1)
    for match in seen.titles:
        label = "+".join(sorted({f"{title.kind}.{title.takes}" for title in match.payloads}))
        for n in range(match.first, match.last):
            titled[n] = f"{_place(n, match)}-{label}"
            then[n] = f"{titled[n]}|{following[match.last]}"
        before[match.last] = label
    return titled, then, before


def _ahead(seen: View, lexical: Sequence[tuple[str, str]]) -> list[str]:
    """For each token: what the next capital of the clause is, with a mark where a verb stands before it."""
    found, next_ = [], ""
    for n in reversed(range(len(seen.words))):
        found.append(next_)
        token = seen.sentence.tokens[n]
        if seen.capitals[n]:
            next_ = lexical[n][0] or "name"
        elif token.text in _STOPS:
            next_ = ""
        elif token.tag == "V" and token.begins and next_ and next_[-1] != "v":
            next_ += "v"
    return found[::-1]


@lru_cache(maxsize=100_000)
def _form_features(word: str, shape_: str) -> tuple[str, ...]:
    """Features of a capital token by itself."""
    vietnamese = is_vietnamese(word)
    found = [f"vn={vietnamese}|{shape_}", f"len={min(len(word), 4)}"]
    if not vietnamese and len(word) > 3:
        found += [f"suffix={word[-2:]}", f"suffix={word[-3:]}", f"prefix={word[:3]}"]
    return tuple(found)


def features(seen: View, hints: Hints, lexicon: Lexicon) -> list[list[str]]:
    """Named features of each token of a sentence."""
    tokens, words, size = seen.sentence.tokens, seen.words, len(seen.words)
    lexical, marks = _lexical(seen, lexicon), _marks(seen, hints)
    shapes = [shape(token.text) for token in tokens]
    titled, then, before = _titled(
        seen, [type_ or form for (type_, _), form in zip(lexical, shapes, strict=True)] + [""]
    )
    gaps = ["", *("_" if tokens[n].end < tokens[n + 1].start else "" for n in range(size - 1)), ""]
    upper = sum(s in ("XX", "X") for s in shapes) > sum(s in ("x", "Xx") for s in shapes)
    ahead = _ahead(seen, lexical)
    state = _State()
    result = []
    for n, token in enumerate(tokens):
        word, form, (type_, kind) = words[n], shapes[n], lexical[n]
        state.step(n, seen, shapes[n], titled[n])
        tag = f"{token.tag}{'+' if token.begins else '-'}"
        previous, following = (shapes[n - 1] if n else "^"), (shapes[n + 1] if n + 1 < size else "$")
        left, right = (words[n - 1] if n else "^"), (words[n + 1] if n + 1 < size else "$")
        f = [
            "bias",
            f"w={word}",
            f"tag={tag}|{form}",
            f"lex={kind}",
            f"lextype={type_}",
            f"title={titled[n]}",
            f"before={before[n]}|{form}",
            f"shapes={previous}{gaps[n]}{form}{gaps[n + 1]}{following}",
            f"shape={form}",
            f"w[-1]={left}|{form}",
            f"w[1]={right}|{form}",
            f"w[-1]={left}",
            f"w[1]={right}",
        ]
        if n:
            f += [
                f"lextype[-1]={lexical[n - 1][0]}|{form}",
                f"title[-1]={titled[n - 1]}",
                f"tag[-1]={tokens[n - 1].tag}",
            ]
        else:
            f += ["first", f"first|{type_}|{form}"]
        if n + 1 < size:
            f += [f"lextype[1]={lexical[n + 1][0]}|{form}", f"title[1]={titled[n + 1]}", f"tag[1]={tokens[n + 1].tag}"]
            if n + 2 < size:
                f.append(f"w[2]={words[n + 2]}")
        if n > 1:
            f.append(f"w[-2]={words[n - 2]}|{form}")
        if type_:
            f += [
                f"lextype={type_}|{previous}{gaps[n]}|{following}",
                f"lextype={type_}|{before[n]}",
                f"lextype={type_}|{left}",
            ]
        if titled[n]:
            f.append(f"title={then[n]}")
        if seen.capitals[n]:
            f += _form_features(word, form)
            f += [f"hint={hint}" for hint in hints.words.get(word, ())]
            f += [f"part={part}" for part in lexicon.parts_of.get(word, ())]
            if marks[n]:
                f += [f"mark={marks[n]}", f"mark={marks[n]}|{type_}"]
            run = n - state.run
            f.append(f"run={min(run, 4)}|{type_}")
            f.append(f"runbefore={before[state.run]}|{min(run, 1)}")
            if run:
                f += [f"runfirst={part}" for part in lexicon.parts_of.get(words[state.run], ("other",))]
                if state.run:
                    f.append(f"runprev={words[state.run - 1]}")
        if upper:
            f.append(f"upper|{type_}|{form}")
        if state.credit:
            f.append(f"credit={state.credit}|{form}|{type_}")
        if state.head is not None:
            head = words[state.head]
            pair = f"{left} {word}" in lexicon.body_pairs
            f += [
                f"head={head}|{form}",
                f"head={head}|{word}",
                f"headed={titled[state.head]}|{min(n - state.head, 8)}|{form}",
                f"headed|{tag}|{form}|{type_}",
                f"headed|{pair}|{tag}",
                f"headed|{pair}|{left}",
                f"headed|next={f'{word} {right}' in lexicon.body_pairs}|{form}",
                f"headed|ahead={ahead[n]}|{tag}",
                f"headed|after={lexical[n - 1][0]}|{tag}|{form}",
            ]
        if state.quotes % 2:
            f.append(f"quoted|{form}")
        result.append(f)
    return result


class _State:
    """What a reader keeps in mind along a sentence: the head of a body's name, a run of capitals, quotes, a credit."""

    def __init__(self) -> None:
        self.head: int | None = None
        self.run = 0
        self.quotes = 0
        self.credit = ""

    def step(self, n: int, seen: View, form: str, titled: str) -> None:
        token = seen.sentence.tokens[n]
        if seen.capitals[n] and not (n and (seen.capitals[n - 1] or (n > 1 and self._inside_run(n, seen)))):
            self.run = n
        if titled.startswith(("B-org_head", "S-org_head")):
            self.head = n
        elif token.text in _STOPS or (token.tag in ("V", "R") and form == "x" and token.begins):
            self.head = None
        if token.text in '"“”':
            self.quotes += 1
        if token.text == ":" and n and seen.words[n - 1] in _CREDITS:
            self.credit = seen.words[n - 1]
        elif token.text in "()." or form == "x":
            self.credit = ""

    @staticmethod
    def _inside_run(n: int, seen: View) -> bool:
        return seen.sentence.tokens[n - 1].text in _JOINTS and seen.capitals[n - 2] and _joined(seen, n)
