"""Dates in the text, as ranges of days, resolved against the day of publication.

The press forms of Vietnamese (`hôm 4-10`, `tháng 4-2016`, `đầu tháng 5`, `một tuần qua`, `thứ Sáu`) are a list of
patterns (date_forms.py), each with a function that turns a match into days (date_rules.py). Here the longest of them
are chosen, and two with `từ … đến` joined.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from helpers import date_forms as forms
from helpers.date_rules import RESOLVE, Anchor, Match
from helpers.days import Days, shift
from helpers.text import Sentence


class FoundDate(NamedTuple):
    """A date in a sentence: its offsets in the article, and the days it may mean, both included."""

    sentence: int
    start: int
    end: int
    surface: str
    first_day: date
    last_day: date


class _Found(NamedTuple):
    """A date in a sentence; `dated`: it names its year."""

    start: int
    end: int
    days: Days
    dated: bool


def find_dates(sentences: Sequence[Sentence], published: date | None) -> list[FoundDate]:
    """Every date of an article that can be resolved, in the order of the text.

    Args:
        published: the day of publication; without it only dates that name their year are found.
    """
    found = []
    for sentence in sentences:
        if not forms.TRIGGER.search(sentence.text):
            continue
        anchor = Anchor(published, bool(forms.FUTURE.search(sentence.text)))
        for start, end, days, _ in _joined(sentence.text, _longest(sentence.text, anchor), published):
            span = (sentence.start + start, sentence.start + end)
            found.append(FoundDate(sentence.index, *span, sentence.text[start:end], *days))
    return found


def _longest(text: str, anchor: Anchor) -> list[_Found]:
    """The longest dates of a sentence, from left to right."""
    found = []
    for form, pattern in forms.FORMS:
        for match in pattern.finditer(text):
            named = Match(match, anchor)
            try:
                days = RESOLVE[form](named)
            except (ValueError, OverflowError):  # 31/2; beyond the calendar
                continue
            if days and days[0] <= days[1]:
                found.append(_Found(match.start(), match.end(), days, named.year is not None))
    kept: list[_Found] = []
    for item in sorted(found, key=lambda item: (item.start, -item.end)):
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
    return kept


def _joined(text: str, found: list[_Found], published: date | None) -> Iterator[_Found]:
    """Two dates with `từ` before and `đến` between are one range; `từ … đến nay` ends on the day of publication."""
    n = 0
    while n < len(found):
        one = found[n]
        opening = forms.FROM.search(text, 0, one.start)
        now = forms.UNTIL_NOW.match(text, one.end)
        if opening and now and published and one.days[0] <= published:
            one = _Found(opening.start(), now.end(), (one.days[0], published), True)
        elif opening and n + 1 < len(found) and forms.UNTIL.fullmatch(text, one.end, found[n + 1].start):
            days = _between(one, found[n + 1])
            if days[0] <= days[1]:
                one = _Found(opening.start(), found[n + 1].end, days, True)
                n += 1
        yield one
        n += 1


def _between(one: _Found, other: _Found) -> Days:
    """From one date to another; the one that names no year follows the one that does."""
    first, last = one.days[0], other.days[1]
    if other.dated and not one.dated:
        first = shift(first, 12 * (last.year - first.year))
        return (first if first <= last else shift(first, -12)), last
    if not other.dated:
        last = shift(last, 12 * (first.year - last.year))
        last = last if first <= last else shift(last, 12)
    return first, last
