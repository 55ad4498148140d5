"""One actor per thing: the named spans of an article bound to lexicon rows, to one another and to the state they serve.

Names come from names.py. Here a short form joins its full one (`ông Trump`, `Donald Trump`; `Sở Y tế`, `Sở Y tế Hà
Nội`), an acronym in brackets the name before it, `Bộ Ngoại giao` the ministry of the state the text speaks of; what the
lexicon lacks gets an id made of its type and name. For whom an actor stands is sides.py's, nominal and pronoun
mentions are reference.py's.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from helpers.forms import is_short_of, misspells, shortens, slug
from helpers.lexicon import Actor, Alias, Lexicon, Title
from helpers.names import Span, View, title_for
from helpers.phrases import Match, pieces
from helpers.sides import Name, Sides

STATE_KINDS = {"state", "territory", "self_declared", "former_state"}
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


def _collect(views: Sequence[View], spans: Sequence[Sequence[Span]]) -> list[Name]:
    """Names in reading order, each with the titles and names that stand before it in one phrase."""
    found = []
    for index, (seen, line) in enumerate(zip(views, spans, strict=True)):
        text, offset = seen.sentence.text, seen.sentence.start
        ends: dict[int, Match] = {match.last: match for match in seen.titles}
        previous: Name | None = None
        for span in line:
            tokens = seen.sentence.tokens
            surface = text[tokens[span.first].start - offset : tokens[span.last - 1].end - offset]
            name = Name(index, span, seen.words[span.first : span.last], surface, span.first)
            title = ends.get(span.first) or _around(seen, span)
            if previous and previous.span.last == span.first and span.type == "PER" and previous.span.type != "PER":
                name.between = [previous, *previous.between]
                previous.modifier = True
                name.np_first = previous.np_first
                title = title or ends.get(previous.span.first)
            if title:
                name.np_first, name.title = min(name.np_first, title.first), title_for(title, span.type)
            found.append(name)
            previous = name
    return found


def _around(seen: View, span: Span) -> Match | None:
    """The title that a name begins inside of (`Chủ tịch | UBND quận 1`, where the titles have `chủ tịch UBND`)."""
    return next((match for match in seen.titles if match.first < span.first < match.last <= span.last), None)


def _plain(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in "-.'’")


class _Resolver:
    """The names of one article on their way to actors."""

    def __init__(self, names: list[Name], views: Sequence[View], lexicon: Lexicon):
        self.names, self.views, self.lexicon = names, views, lexicon
        self.actors: dict[str, Actor] = {}
        self.sides = Sides(names, views, lexicon, self.actors)

    def run(self) -> None:
        for name in self.names:
            name.candidates = self._candidates(name)
        self.sides.count()
        persons = self._persons()
        acronyms: dict[tuple[str, ...], str] = {}
        for n, name in enumerate(self.names):
            if name.span.type == "PER":
                name.actor_id = persons[_plain(name.words)]
                continue
            key = tuple(name.words)
            known = self._known(name)
            name.actor_id = known or acronyms.get(key) or self._new(name)
            before = self.names[n - 1] if n else None
            if before and self._brackets(before, name) and before.span.type == name.span.type:
                if before.actor_id not in self.lexicon.actors and known:
                    self._rename(before.actor_id, known)
                else:
                    name.actor_id = before.actor_id
                acronyms[key] = name.actor_id
        for name in self.names:
            self._add(name)

    def _candidates(self, name: Name) -> list[Alias]:
        """Forms of the lexicon that are exactly this name."""
        matches = self.lexicon.names.at(name.words, 0)
        return list(matches[-1].payloads) if matches and matches[-1].last == len(name.words) else []

    def _known(self, name: Name) -> str | None:
        """The lexicon's actor of a name: of the type the text calls for, plain form or by context; of several, the one
        of the state that the text speaks of."""
        actors = self.lexicon.actors
        fitting = [alias for alias in name.candidates if actors[alias.actor_id].type == name.span.type]
        if not fitting and name.span.type != "PER":
            fitting = [a for a in name.candidates if not a.context and actors[a.actor_id].type not in ("PER", "MEDIA")]
        if name.span.type == "ORG" and (not fitting or all(alias.context for alias in fitting)):
            return self._organ(name, fitting)
        if name.span.type == "GPE" and len(fitting) > 1:
            return self._place(name, fitting)
        plain = [alias for alias in fitting if not alias.context] or fitting
        return plain[0].actor_id if plain else None

    def _place(self, name: Name, fitting: list[Alias]) -> str:
        """Of namesakes among places the one in the state named next to it; a state only where no unit is meant."""
        actors = self.lexicon.actors
        beside = self.sides.beside(name)
        unit = (
            name.title is not None and name.title.kind == "admin_unit" and name.title.word not in ("nước", "quốc gia")
        )
        return min(
            fitting,
            key=lambda alias: (
                not (beside and actors[alias.actor_id].side == beside),
                unit and actors[alias.actor_id].kind in STATE_KINDS,
                alias.context,
            ),
        ).actor_id

    def _organ(self, name: Name, fitting: list[Alias]) -> str | None:
        """A body named without its state (`Bộ Ngoại giao`): that of the state the text speaks of, in the lexicon or
        made of both names; a name with the state in it (`Bộ Ngoại giao Cộng hòa Séc`) in its common form."""
        actors = self.lexicon.actors
        inside, bare = self.sides.state_inside(name)
        if not inside:
            if not fitting and not self.sides.is_organ(name):
                return None
            inside, bare = self.sides.speaks_of(name), name.words
            for alias in fitting:
                if actors[alias.actor_id].side == inside or actors[alias.actor_id].side is None:
                    return alias.actor_id
            if not self.sides.is_organ(name):
                return None
        if inside not in actors:
            return None
        for form in self.lexicon.state_forms.get(inside, ()):
            match = self.lexicon.names.at([*bare, *form], 0)
            if match and match[-1].last == len(bare) + len(form):
                return match[-1].payloads[0].actor_id
        if fitting or inside != self.sides.domestic:
            return f"org:{slug(' '.join(bare))}-{slug(actors[inside].name)}"
        return None

    def _brackets(self, before: Name, name: Name) -> bool:
        """Whether `name` is an acronym in brackets straight after `before`."""
        tokens = self.views[name.sentence].sentence.tokens
        return (
            before.sentence == name.sentence
            and name.span.first - before.span.last == 1
            and tokens[before.span.last].text in _BRACKETED
            and (before.span.type == "ORG" or name.surface.replace(".", "").replace("-", "").isupper())
            and len(name.words) <= 3
            and len(before.words) > 1
        )

    def _rename(self, old: str, new: str) -> None:
        for name in self.names:
            if name.actor_id == old:
                name.actor_id = new

    def _persons(self) -> dict[tuple[str, ...], str]:
        """An actor for each form of a person: full names first, then short ones, by the full ones of the article."""
        forms: dict[tuple[str, ...], Name] = {}
        for name in self.names:
            if name.span.type == "PER":
                forms.setdefault(_plain(name.words), name)
        counts = Counter(_plain(name.words) for name in self.names if name.span.type == "PER")
        found: dict[tuple[str, ...], str] = {}
        for form in sorted(forms, key=len, reverse=True):
            fulls = [full for full in found if is_short_of(form, full)]
            known = self._known_person(forms[form])
            ids = {found[full] for full in fulls}
            if known and (known in ids or (not ids and len(form) > 1)):
                found[form] = known
            elif fulls:
                ends = [full for full in fulls if full[-len(form) :] == form] or fulls
                found[form] = found[max(ends, key=lambda full: counts[full])]
            else:
                alike = next((found[full] for full in found if not known and misspells(form, full)), None)
                found[form] = known or alike or f"per:{slug(forms[form].surface)}"
        return found

    def _known_person(self, name: Name) -> str | None:
        """The lexicon's person of a name; one that needs context counts where the article names the state."""
        fitting = [alias for alias in name.candidates if self.lexicon.actors[alias.actor_id].type == "PER"]
        fitting = [a for a in fitting if not a.context or self.lexicon.actors[a.actor_id].side in self.sides.shares]
        return min(fitting, key=lambda alias: alias.context).actor_id if fitting else None

    def _new(self, name: Name) -> str:
        """An id for a name the lexicon lacks, made of the fullest form that the article has for it."""
        if name.span.type != "ORG":
            return self._like(name) or f"{name.span.type.lower()}:{slug(name.surface)}"
        short = pieces(name.surface)
        fuller = [
            other
            for other in self.names
            if other.span.type == "ORG"
            and other is not name
            and len(other.surface) > len(name.surface)
            and (len(short) > 1 or name.surface.isupper())
            and shortens(short, pieces(other.surface))
        ]
        if not fuller:
            return f"org:{slug(self._common_form(name.surface))}"
        nearest = min(fuller, key=lambda other: (other.sentence > name.sentence, abs(other.sentence - name.sentence)))
        return self._known(nearest) or self._new(nearest)

    def _like(self, name: Name) -> str | None:
        """The place of the article that a name misspells (`Austrlia`) or gives without its head (`Tân Sơn Nhất`)."""
        for other in self.names:
            if name.span.type == "GPE" and misspells(name.words, other.words[:1]) and (known := self._known(other)):
                return known
            if name.span.type == other.span.type == "LOC" and len(other.words) > len(name.words):
                bare = name.words[1:] if name.words[0] == other.words[0] else name.words
                if bare and other.words[-len(bare) :] == bare and self.sides.has_head(other):
                    return self._known(other) or f"loc:{slug(other.surface)}"
        return None

    @staticmethod
    def _common_form(surface: str) -> str:
        """A local body without the word for its unit: `UBND TP Hà Nội`, `UBND thành phố Hà Nội`, `UBND Hà Nội`."""
        return re.sub(r"\b(?:thành phố|tp\.?|tỉnh)\s+(?=\w{3})", "", surface, flags=re.IGNORECASE)

    def _add(self, name: Name) -> None:
        """The actor of a name, with the fullest form met and the best side known."""
        if name.actor_id in self.lexicon.actors:
            self.actors.setdefault(name.actor_id, self.lexicon.actors[name.actor_id])
            return
        side = self.sides.of(name)
        old = self.actors.get(name.actor_id)
        if old is None:
            self.actors[name.actor_id] = Actor(name.actor_id, name.surface, name.span.type, side)
        else:
            fuller = name.surface if len(name.surface) > len(old.name) else old.name
            self.actors[name.actor_id] = replace(old, name=fuller, side=old.side or side)


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
