"""One actor per thing: the named spans of an article bound to lexicon rows, to one another and to the state they serve.

Names come from names.py. Here a short form joins its full one (`ông Trump`, `Donald Trump`), an acronym in brackets the
name before it, `Bộ Ngoại giao` the ministry of the state the text speaks of; what the lexicon lacks gets an id made of
its type and name. Nominal and pronoun mentions are reference.py's.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from helpers.lexicon import Actor, Alias, Lexicon, Title
from helpers.names import Span, View
from helpers.phrases import Match, normal

STATE_KINDS = {"state", "territory", "self_declared", "former_state"}
_NAMED_AFTER_STATE = {"office", "rank", "leader_word"}
_BRACKETED = {"(", "["}


@dataclass(frozen=True)
class Mention:
    """A mention: its tokens in the sentence, its offsets in the article, its form and its actor.

    `np_first` is where the whole phrase with its titles begins; `title` the title before it; `modifier` is true of a
    name inside the phrase of another (`Mỹ` in `Tổng thống Mỹ Donald Trump`).
    """

    sentence: int
    first: int
    last: int
    start: int
    end: int
    surface: str
    form: str
    actor_id: str
    np_first: int
    title: Title | None = None
    modifier: bool = False


@dataclass
class _Name:
    """A named span on its way to an actor."""

    sentence: int
    span: Span
    words: list[str]
    surface: str
    np_first: int
    title: Title | None
    between: list["_Name"]
    modifier: bool = False
    actor_id: str = ""


def slug(name: str) -> str:
    """A name in small ASCII letters with hyphens.

    >>> slug("Bộ Quốc phòng Đức")
    'bo-quoc-phong-duc'
    """
    plain = unicodedata.normalize("NFD", name.lower().replace("đ", "d")).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or f"u{'-'.join(f'{ord(c):x}' for c in name)}"


def _ends_before(matches: Sequence[Match], position: int) -> Match | None:
    return next((match for match in matches if match.last == position), None)


def _collect(views: Sequence[View], spans: Sequence[Sequence[Span]]) -> list[_Name]:
    """Names in reading order, each with the titles and names that stand before it in one phrase."""
    found = []
    for index, (seen, line) in enumerate(zip(views, spans, strict=True)):
        text, offset = seen.sentence.text, seen.sentence.start
        previous: _Name | None = None
        for span in line:
            tokens = seen.sentence.tokens
            surface = text[tokens[span.first].start - offset : tokens[span.last - 1].end - offset]
            name = _Name(index, span, seen.words[span.first : span.last], surface, span.first, None, [])
            title = _ends_before(seen.titles, span.first)
            if title:
                name.np_first, name.title = title.first, title.payloads[0]
            elif previous and previous.span.last == span.first and span.type == "PER" and previous.span.type != "PER":
                name.between = [previous, *previous.between]
                previous.modifier = True
                name.np_first, name.title = previous.np_first, previous.title
            found.append(name)
            previous = name
    return found


def _candidates(name: _Name, lexicon: Lexicon) -> list[Alias]:
    """Forms of the lexicon that are exactly this name."""
    matches = lexicon.names.at(name.words, 0)
    return list(matches[-1].payloads) if matches and matches[-1].last == len(name.words) else []


def _from_lexicon(name: _Name, lexicon: Lexicon) -> str | None:
    """The lexicon's actor of a name: a plain form first, of the type that the text calls for; then one by context."""
    candidates = _candidates(name, lexicon)
    fitting = [a for a in candidates if lexicon.actors[a.actor_id].type == name.span.type]
    for pool in ([a for a in fitting if not a.context], fitting):
        if pool:
            return pool[0].actor_id
    plain = [a for a in candidates if not a.context and lexicon.actors[a.actor_id].type != "PER"]
    return plain[0].actor_id if plain and name.span.type != "PER" else None


def _is_short_of(short: Sequence[str], full: Sequence[str]) -> bool:
    """Whether a person's form can be short for another: its end (`Trump`), its beginning (`Tập`, `Kim`), or an
    initial and the end (`H.Rouhani`)."""
    if len(short) >= len(full):
        return False
    if list(short) == list(full[-len(short) :]) or list(short) == list(full[: len(short)]):
        return True
    core = [word for word in short if word != "."]
    return len(core) == 2 and len(core[0]) == 1 and core[1] == full[-1] and full[0].startswith(core[0])


def _plain(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in "-.'’")


class _Resolver:
    """The names of one article on their way to actors."""

    def __init__(self, names: list[_Name], views: Sequence[View], lexicon: Lexicon):
        self.names, self.views, self.lexicon = names, views, lexicon
        self.actors: dict[str, Actor] = {}
        self.states = Counter(
            lexicon.actors[actor].side
            for name in names
            if name.span.type == "GPE" and (actor := _from_lexicon(name, lexicon)) and lexicon.actors[actor].side
        )
        self.home = self.states.most_common(1)[0][0] if self.states else None

    def run(self) -> None:
        persons = self._persons()
        acronyms: dict[tuple[str, ...], str] = {}
        for n, name in enumerate(self.names):
            if name.span.type == "PER":
                name.actor_id = persons[_plain(name.words)]
                continue
            key = tuple(name.words)
            known = _from_lexicon(name, self.lexicon)
            name.actor_id = acronyms.get(key) or known or self._new(name)
            before = self.names[n - 1] if n else None
            if before and self._brackets(before, name) and before.span.type == name.span.type:
                if before.actor_id not in self.lexicon.actors and known:
                    self._rename(before.actor_id, known)
                else:
                    name.actor_id = before.actor_id
                acronyms[key] = name.actor_id
        for name in self.names:
            self._add(name)

    def _brackets(self, before: _Name, name: _Name) -> bool:
        """Whether `name` is an acronym in brackets straight after `before`."""
        tokens = self.views[name.sentence].sentence.tokens
        return (
            before.sentence == name.sentence
            and name.span.first - before.span.last == 1
            and tokens[before.span.last].text in _BRACKETED
            and name.surface.replace(".", "").replace("-", "").isupper()
            and len(before.words) > 1
        )

    def _rename(self, old: str, new: str) -> None:
        for name in self.names:
            if name.actor_id == old:
                name.actor_id = new

    def _persons(self) -> dict[tuple[str, ...], str]:
        """An actor for each form of a person: full names first, then short ones, by the full ones of the article."""
        forms: dict[tuple[str, ...], _Name] = {}
        for name in self.names:
            if name.span.type == "PER":
                forms.setdefault(_plain(name.words), name)
        counts = Counter(_plain(name.words) for name in self.names if name.span.type == "PER")
        found: dict[tuple[str, ...], str] = {}
        for form in sorted(forms, key=len, reverse=True):
            fulls = [full for full in found if _is_short_of(form, full)]
            known = _from_lexicon(forms[form], self.lexicon)
            ids = {found[full] for full in fulls}
            if known and (known in ids or (not ids and len(form) > 1)):
                found[form] = known
            elif fulls:
                ends = [full for full in fulls if full[-len(form) :] == form] or fulls
                found[form] = found[max(ends, key=lambda full: counts[full])]
            else:
                found[form] = known or f"per:{slug(forms[form].surface)}"
        return found

    def _new(self, name: _Name) -> str:
        """An id for a name the lexicon lacks; a body of a state is one with that state's in its name."""
        kind = name.span.type.lower()
        return f"{kind}:{slug(self._canonical(name))}"

    def _canonical(self, name: _Name) -> str:
        if name.span.type != "ORG":
            return name.surface
        short = " ".join(name.words)
        longer = [
            other.surface
            for other in self.names
            if other.span.type == "ORG" and " ".join(other.words).startswith(short + " ") and self._state_inside(other)
        ]
        return longer[0] if longer and not self._state_inside(name) else name.surface

    def _state_inside(self, name: _Name) -> str | None:
        """The side of the place that a body's name ends with (`Bộ Quốc phòng Nga`)."""
        for first in range(1, len(name.words)):
            for match in self.lexicon.names.at(name.words, first):
                actor = self.lexicon.actors[match.payloads[0].actor_id]
                if match.last == len(name.words) and actor.type == "GPE" and actor.side:
                    return actor.side
        return None

    def _add(self, name: _Name) -> None:
        """The actor of a name, with the fullest form met and the best side known."""
        if name.actor_id in self.lexicon.actors:
            self.actors.setdefault(name.actor_id, self.lexicon.actors[name.actor_id])
            return
        side = self._side(name)
        old = self.actors.get(name.actor_id)
        if old is None:
            self.actors[name.actor_id] = Actor(name.actor_id, name.surface, name.span.type, side)
        else:
            fuller = name.surface if len(name.surface) > len(old.name) else old.name
            self.actors[name.actor_id] = replace(old, name=fuller, side=old.side or side)

    def _side(self, name: _Name) -> str | None:
        """For whom an actor that the lexicon lacks stands, as far as the words around it tell."""
        if name.span.type == "PER":
            return self._person_side(name)
        if name.span.type == "MEDIA":
            return None
        if name.span.type == "ORG":
            head = next((m.payloads[0] for m in self.lexicon.titles.at(name.words, 0)[::-1]), None)
            if head is None or head.side_rule != "state":
                return None
            return self._state_inside(name) or self._near(name)
        if name.span.type == "LOC" and not self._is_facility(name):
            return None
        return self._near(name)

    def _is_facility(self, name: _Name) -> bool:
        return any(
            m.payloads[0].kind == "feature" and m.payloads[0].side_rule == "state"
            for m in self.lexicon.titles.at(name.words, 0)
        )

    def _person_side(self, name: _Name) -> str | None:
        for other in name.between:
            known = self.lexicon.actors.get(other.actor_id) or self.actors.get(other.actor_id)
            if known:
                return known.side
        if name.title and name.title.kind in _NAMED_AFTER_STATE and name.title.takes == "state":
            return self._near(name)
        return self._apposition(name)

    def _apposition(self, name: _Name) -> str | None:
        """`X, Bộ trưởng Quốc phòng Nga`: the side in a title that follows the name."""
        seen = self.views[name.sentence]
        after = name.span.last
        tokens = seen.sentence.tokens
        if after + 1 >= len(tokens) or tokens[after].text not in ",(-–":
            return None
        title = next((m for m in seen.titles if m.first in (after + 1, after + 2)), None)
        if title is None or title.payloads[0].kind not in _NAMED_AFTER_STATE:
            return None
        for other in self.names:
            if other.sentence == name.sentence and other.span.first == title.last and other.span.type in ("GPE", "ORG"):
                known = self.lexicon.actors.get(other.actor_id) or self.actors.get(other.actor_id)
                return known.side if known else None
        return None

    def _near(self, name: _Name) -> str | None:
        """The state of the nearest place in the sentence, one that follows first; else the article's main state."""
        places = [
            (other.span.first < name.span.first, abs(other.span.first - name.span.first), side)
            for other in self.names
            if other.sentence == name.sentence
            and other is not name
            and other.span.type == "GPE"
            and (actor := self.lexicon.actors.get(other.actor_id))
            and (side := actor.side)
            and abs(other.span.first - name.span.last) <= 8
        ]
        return min(places)[2] if places else self.home


def resolve(
    views: Sequence[View], spans: Sequence[Sequence[Span]], lexicon: Lexicon
) -> tuple[list[Mention], dict[str, Actor]]:
    """Bind the named spans of one article to actors.

    Returns:
        Named mentions in reading order, and the actors by id.
    """
    names = _collect(views, spans)
    resolver = _Resolver(names, views, lexicon)
    resolver.run()
    mentions = []
    for name in names:
        tokens = views[name.sentence].sentence.tokens
        mentions.append(
            Mention(
                name.sentence,
                name.span.first,
                name.span.last,
                tokens[name.span.first].start,
                tokens[name.span.last - 1].end,
                name.surface,
                "name",
                name.actor_id,
                name.np_first,
                name.title,
                name.modifier,
            )
        )
    return mentions, resolver.actors
