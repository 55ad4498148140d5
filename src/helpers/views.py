"""What the word lists say of a sentence: names of the lexicon in it, titles and heads of names, capitals."""

from collections.abc import Container, Sequence
from typing import NamedTuple

from helpers.lexicon import Alias, Lexicon, Title
from helpers.phrases import Match, normal, pieces
from helpers.text import Sentence

PERSON_TITLES = {"office", "rank", "honorific", "leader_word", "person_noun"}


class View(NamedTuple):
    """What the word lists say of one sentence."""

    sentence: Sentence
    words: list[str]
    capitals: list[bool]
    names: list[Match]
    titles: list[Match]


def _is_capital(word: str) -> bool:
    return word[0].isupper()


def case_fits(alias: Alias, tokens: Sequence[str], initial: bool) -> bool:
    """Whether a form found in any case is written as a name there.

    Every capital of the form must be one in the text; of a form of several words, the first may be small (`điện
    Kremlin`), or only the first be capital (`Liên hợp quốc`) unless it opens the sentence and so must be.
    """
    forms = [word for word in pieces(alias.form) if word[0].isalpha()]
    found = [token for token in tokens if token[0].isalpha()]
    wanted = [_is_capital(word) for word in forms]
    given = [_is_capital(token) for token in found]
    if alias.form.isupper() and len(alias.form) <= 5 and len(forms) == 1:
        return found[0].isupper() or (_is_capital(found[0]) and len(alias.form) > 3)
    if all(has or not needs for needs, has in zip(wanted, given, strict=True)):
        return True
    if len(forms) == 1:
        return False
    if any(given[1:]) and all(has or not needs for needs, has in zip(wanted[1:], given[1:], strict=True)):
        return True
    return given[0] and len(forms) >= (3 if initial else 2)


def view(sentence: Sentence, lexicon: Lexicon, hidden: Container[str] = ()) -> View:
    """Look a sentence up in the lexicon; actors in `hidden` are passed over (as if the lexicon lacked them)."""
    texts = [token.text for token in sentence.tokens]
    words = [normal(text) for text in texts]
    names, first = [], 0
    while first < len(words):
        kept = None
        for match in lexicon.names.at(words, first):
            payloads = tuple(
                alias
                for alias in match.payloads
                if alias.actor_id not in hidden and case_fits(alias, texts[match.first : match.last], first == 0)
            )
            if payloads:
                kept = match._replace(payloads=payloads)
        if kept:
            names.append(kept)
        first = kept.last if kept else first + 1
    return View(sentence, words, [_is_capital(text) for text in texts], names, _titles(sentence, words, lexicon))


def _titles(sentence: Sentence, words: list[str], lexicon: Lexicon) -> list[Match]:
    """Titles and heads of names; not an abbreviation in small letters, nor the end of a longer word (`yêu cầu`)."""
    found = []
    for match in lexicon.titles.find(words):
        tokens = sentence.tokens[match.first : match.last]
        if len(tokens) == 1 and not tokens[0].begins and tokens[0].text.islower():
            continue
        if tokens[0].text.islower() and all(title.word.isupper() for title in match.payloads):
            continue
        found.append(match)
    return found


def title_for(match: Match, type_: str) -> Title:
    """The meaning of a title before a name of a type: `lãnh đạo` may be a person's title or a noun before a state."""
    person = type_ == "PER"
    return next((title for title in match.payloads if (title.kind in PERSON_TITLES) == person), match.payloads[0])
