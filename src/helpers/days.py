"""Ranges of days: months, years and parts of them, and the day that a piece of metadata names."""

import re
from calendar import monthrange
from datetime import date, datetime, timedelta
from email.utils import parsedate_to_datetime

Days = tuple[date, date]

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:\D.*)?")
_PRESS = re.compile(
    r"(?i)(?<!\d)(\d{1,2})\s*(?:[-/.]|\s+tháng\s+)\s*(\d{1,2})\s*(?:[-/.]|,?\s+năm\s+|,\s*)\s*(\d{4})(?!\d)"
)
_ENGLISH = ("%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y", "%B %d %Y", "%b %d %Y")


def parse_day(value: object) -> date | None:
    """The day that a cell or a tag names: ISO, `20201005`, `5/10/2020`, `5 tháng 10 năm 2020`, `5 Oct 2020`.

    Day stands before month. The day is taken as written, whatever the time zone beside it.

    Returns:
        None if nothing is there.

    Raises:
        ValueError: there is something, but no day.
    """
    if isinstance(value, datetime):
        return value.date()
    if value is None or isinstance(value, date):
        return value
    text = " ".join(str(value).split())
    if not text:
        return None
    if found := _ISO.match(text) or _COMPACT.fullmatch(text):
        year, month, day = found.groups()
    elif found := _PRESS.search(text):
        day, month, year = found.groups()
    else:
        return _english(text)
    return date(int(year), int(month), int(day))


def _english(text: str) -> date:
    for pattern in _ENGLISH:
        try:
            return datetime.strptime(text, pattern).date()
        except ValueError:
            continue
    try:
        return parsedate_to_datetime(text).date()
    except (ValueError, IndexError) as error:
        raise ValueError(f"no day: {text[:40]!r}") from error


def month_days(year: int, month: int) -> Days:
    """First and last day of a month."""
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def shift(day: date, months: int) -> date:
    """The same day some months off, or the last one of a shorter month. ValueError beyond the calendar."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise ValueError(f"year {year}")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def unit_days(day: date, unit: str, count: int) -> Days:
    """The day, week (Monday to Sunday), month or year that lies `count` of them after the one of a day."""
    if unit == "tuần":
        monday = day - timedelta(day.weekday()) + timedelta(7 * count)
        return monday, monday + timedelta(6)
    if unit == "tháng":
        return month_days(*shift(day.replace(day=1), count).timetuple()[:2])
    if unit == "năm":
        return date(day.year + count, 1, 1), date(day.year + count, 12, 31)
    return (day + timedelta(count),) * 2


def part_days(days: Days, part: str) -> Days:
    """The beginning (`đầu`), middle (`giữa`), end (`cuối`) or a half (`nửa đầu`, `nửa cuối`) of a range; "" is all.

    Thirds of a month are of ten days, of a year four months, of a decade three or four years; a week begins with two
    days and ends with its weekend.
    """
    if not part:
        return days
    first, last = days
    size, pieces = (last - first).days + 1, 2 if part.startswith("nửa") else 3
    if size == 7 and pieces == 3:
        cuts = [0, 2, 5, 7]
    elif 28 <= size <= 31:
        cuts = [0, 10, 20, size] if pieces == 3 else [0, 15, size]
    elif 365 <= size <= 366:
        cuts = [(shift(first, n * 12 // pieces) - first).days for n in range(pieces)] + [size]
    elif size > 3650:
        cuts = [(shift(first, 12 * years) - first).days for years in ((0, 3, 7) if pieces == 3 else (0, 5))] + [size]
    else:
        cuts = [size * n // pieces for n in range(pieces + 1)]
    n = {"đầu": 0, "giữa": 1, "cuối": pieces - 1}[part.split()[-1]]
    return first + timedelta(cuts[n]), first + timedelta(cuts[n + 1] - 1)
