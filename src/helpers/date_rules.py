"""What a date of the press means: a match of a form (date_forms.py) and the day of publication give a range of days.

A day without a year is the nearest one in the past, or the nearest of all where the sentence speaks of the future.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from helpers import date_forms as forms
from helpers.days import Days, month_days, part_days, shift, unit_days


class Anchor(NamedTuple):
    """What a date is resolved against: the day of publication, if known, and whether the future is spoken of."""

    published: date | None
    future: bool


class Match:
    """A match of a form with what it is resolved against; groups are read in small letters, a missing one as ""."""

    def __init__(self, match: re.Match, anchor: Anchor):
        self._groups = match.groupdict()
        self.published, self.future = anchor
        self.vague = bool(forms.VAGUE.search(match.string, 0, match.start()))

    def __getitem__(self, group: str) -> str:
        return (self._groups.get(group) or self._groups.get(f"{group}2") or "").lower()

    @property
    def year(self) -> int | None:
        """The year that is named, in figures or by a word."""
        if self["year"]:
            year = int(self["year"])
            return year if year > 99 else year + (2000 if year < 50 else 1900)
        if self["yearword"] and self.published:
            return self.published.year + forms.YEAR_WORDS[self["yearword"]]
        return None

    @property
    def month(self) -> int:
        """The month that is named, in figures or by a word."""
        return int(self["month"]) if self["month"].isdigit() else forms.MONTHS[self["month"]]

    def count(self, group: str) -> int:
        """A number in figures or as a word; a missing one is 1."""
        return int(self[group]) if self[group].isdigit() else forms.NUMBERS.get(self[group], 1)

    def nearest(self, in_year: Callable[[int], Days]) -> Days | None:
        """The range in the year that is named; else the nearest past one, or the nearest of all if future is said.

        Up to two days ahead count as present: newsrooms and time zones differ on what day it is.
        """
        if self.year is not None:
            return in_year(self.year)
        if self["yearword"] or not self.published:
            return None
        today, ranges = self.published, []
        for year in range(today.year - 8, today.year + 9):  # the 29th of February comes once in four or eight years
            try:
                ranges.append(in_year(year))
            except ValueError:
                continue
        if self["soon"]:
            return min((days for days in ranges if days[1] > today), default=None)
        if self.future:
            return min(ranges, key=lambda days: abs((days[0] - today).days), default=None)
        return max((days for days in ranges if days[0] <= today + timedelta(2)), default=None)


def _day(found: Match) -> Days | None:
    """`27-9-2020`, `hôm 4-10`, `ngày 7-8/7`, `ngày 27 và 28 tháng 9`."""
    month, last = found.month, int(found["day"])
    return found.nearest(lambda year: (date(year, month, int(found["from"] or last)), date(year, month, last)))


def _range(found: Match) -> Days | None:
    """`từ 27-9 đến 10-11`: the nearest one that has begun, or with the year that stands at its end."""
    begin, end = (int(found["frommonth"]), int(found["fromday"])), (found.month, int(found["day"]))
    before, after = (1, 0) if found["year"] else (0, 1)

    def in_year(year: int) -> Days:
        turn = begin > end
        return date(year - turn * before, *begin), date(year + turn * after, *end)

    return found.nearest(in_year)


def _bare_day(found: Match) -> Days | None:
    """`hôm 27`: the nearest such day of a month in the past."""
    today, day = found.published, int(found["day"])
    for back in range(3 if today else 0):
        first, last = unit_days(today, "tháng", -back)
        if day <= last.day and first.replace(day=day) <= today:
            return (first.replace(day=day),) * 2
    return None


def _month(found: Match) -> Days | None:
    days = found.nearest(lambda year: month_days(year, found.month))
    return days and part_days(days, found["part"])


def _season(found: Match) -> Days | None:
    if found.year is None:
        return None
    first = date(found.year, forms.SEASONS[found["season"]], 1)
    return first, shift(first, 3) - timedelta(1)


def _quarter(found: Match) -> Days | None:
    month = 3 * forms.QUARTERS[found["quarter"]] - 2
    return found.nearest(lambda year: (date(year, month, 1), month_days(year, month + 2)[1]))


def _year(found: Match) -> Days | None:
    """`năm 2014`, `cuối năm ngoái`, `giai đoạn 2014-2020`, `những năm 1990`, `6 tháng đầu năm`."""
    year = found.year
    if year is None and found["months"] and not found["yearword"] and found.published:
        year = found.published.year
    if year is None:
        return None
    if found["months"]:
        return date(year, 1, 1), month_days(year, found.count("months"))[1]
    last = int(found["last"] or (year + 9 if found["decade"] else year))
    return part_days((date(year, 1, 1), date(last, 12, 31)), found["part"])


def _stretch(found: Match) -> Days | None:
    """`một tuần qua`, `24 giờ qua`, `ba ngày tới`: a stretch that ends or begins on the day of publication."""
    today, unit, count = found.published, found["unit"], found.count("count")
    if not today or found.vague or (found["side"].endswith("tới") and not found["count"]):
        return None
    count = count if found["side"].endswith("tới") else -count
    if unit in forms.MONTHS_OF:
        far = shift(today, count * forms.MONTHS_OF[unit])
    elif unit in ("giờ", "tiếng"):
        far = today + timedelta(round(count / 24) or (1 if count > 0 else -1))
    else:
        far = today + timedelta(count * (7 if unit == "tuần" else 1))
    return min(today, far), max(today, far)


def _ago(found: Match) -> Days | None:
    """`ba năm trước`, `cách đây hai tháng`."""
    if not found.published or found.vague:
        return None
    return unit_days(found.published, found["unit"], -found.count("count"))


def _this(found: Match) -> Days | None:
    """`tuần trước`, `đầu tháng này`, `cuối tuần qua`."""
    if not found.published or found.vague:
        return None
    count = forms.SIDES.get(found["side"], -1)
    if found["side"] == "qua" and found["part"] == "cuối" and found.published.weekday() == 6:
        count = 0  # a Sunday's `cuối tuần qua` is its own
    return part_days(unit_days(found.published, found["unit"], count), found["part"])


def _day_word(found: Match) -> Days | None:
    """`hôm qua`, `sáng nay`; with its date beside it, that date."""
    if found["day"]:
        return _day(found)
    return unit_days(found.published, "ngày", forms.DAY_WORDS[found["when"]]) if found.published else None


def _weekday(found: Match) -> Days | None:
    """`thứ Sáu`, `thứ Sáu tuần trước`, `Chủ nhật tới`; with its date beside it, that date."""
    today = found.published
    if found["day"]:
        return _day(found)
    if not today:
        return None
    number = forms.WEEKDAYS[found["weekday"].split()[-1]]
    if found["week"]:
        monday = unit_days(today, "tuần", forms.SIDES.get(found["week"].split()[-1], -1))[0]
        day = monday + timedelta(number)
    else:
        day = today - timedelta((today.weekday() - number) % 7) + timedelta(7 if found["soon"] else 0)
    return day, day


RESOLVE: dict[str, Callable[[Match], Days | None]] = {
    "day": _day,
    "range": _range,
    "bare day": _bare_day,
    "month": _month,
    "season": _season,
    "quarter": _quarter,
    "year": _year,
    "stretch": _stretch,
    "ago": _ago,
    "this": _this,
    "day word": _day_word,
    "weekday": _weekday,
}
