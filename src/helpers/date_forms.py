"""How the Vietnamese press writes dates: the patterns of dates.py, and the words in them.

A group is named for what it holds; where a pattern can hold it in two places, the second name ends in 2.
"""

import re

NUMBERS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}
MONTHS = NUMBERS | {"giêng": 1, "tư": 4, "mười một": 11, "mười hai": 12}
WEEKDAYS = {"hai": 0, "ba": 1, "tư": 2, "năm": 3, "sáu": 4, "bảy": 5, "nhật": 6} | {str(n): n - 2 for n in range(2, 8)}
SEASONS = {"xuân": 3, "hè": 6, "hạ": 6, "thu": 9, "đông": 12}
QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
YEAR_WORDS = {"nay": 0, "ngoái": -1, "trước": -1, "tới": 1, "sau": 1}
DAY_WORDS = {"nay": 0, "qua": -1, "kia": -2, "mai": 1}
SIDES = {"này": 0, "nay": 0, "tới": 1, "sau": 1}  # all others lie one back
MONTHS_OF = {"tháng": 1, "năm": 12, "thập kỷ": 120, "thập niên": 120}

TRIGGER = re.compile(r"(?i)\d|ngày|hôm|giờ|nay|qua|tuần|tháng|năm|thứ|chủ nhật|quý|mai|thập")
FUTURE = re.compile(r"(?i)\b(?:sẽ|sắp|dự kiến|dự định|chuẩn bị|lên kế hoạch|chậm nhất|muộn nhất|trước ngày)\b")
FROM = re.compile(r"(?i)\btừ\s+(?:(?:hồi|khoảng|giữa)\s+)?\Z")
UNTIL = re.compile(r"(?i)\s+(?:(?:cho\s+)?(?:đến|tới)(?:\s+hết)?|[-–])\s+")
UNTIL_NOW = re.compile(r"(?i)\s+(?:cho\s+)?(?:đến|tới)\s+nay\b")
# After these a unit of time is a rough number of them (`nhiều tuần qua`), which cannot be resolved.
VAGUE = re.compile(r"(?i)(?:\b(?:nhiều|vài|mấy|những|các|bao|hàng|chục|trăm|nghìn|ngàn|nửa|rưỡi)|\d)\s+\Z")

_D, _M, _Y = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])", r"(?:1[0-9]|20)\d\d"
_NUMBER = rf"(?:\d{{1,3}}|{'|'.join(NUMBERS)})"
# `tháng năm` may be `months, years`: months in words have their capital.
_MONTH = (
    rf"(?P<month>{_M}(?!\d)|(?-i:Mười [Mm]ột|Mười [Hh]ai|[Gg]iêng|Tư|"
    rf"{'|'.join(word.title() for word in NUMBERS if word != 'bốn')}))"
)
_SMALL_MONTH = r"(?P<month>mười một|mười hai|một|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)"
_NOT_MONTH = r"(?<!\d )(?<!cách mạng )"
_TIME = r"(?:rạng sáng|sáng|trưa|chiều|tối|đêm|khuya)"
_PART = r"(?:(?P<part>nửa đầu|nửa cuối|đầu|giữa|cuối)\s+)?"
_SIDE = r"(?!\s+(?:đó|đây|khi|lúc|ngày|thời)\b)"
_YEAR = rf"năm\s+(?:(?P<year>{_Y})|(?P<yearword>nay|ngoái|trước|tới|sau){_SIDE})"
_SOON = r"(?:\s+(?P<soon>(?:sắp\s+)?tới|sắp đến)(?!\s+(?:ngày|tháng|năm|hết|\d)))?"
_END = r"(?![\w%]|[-–/.,]\d)"
# Two numbers with one of these behind them are an amount, a score or a fraction.
_AMOUNT = (
    r"(?!\s*[%‰°$€₫]|\s+(?:phần trăm|người|tuổi|lần|tiếng|giờ|phút|giây|ngày|tuần|tháng|năm|triệu|tỷ|tỉ|nghìn|ngàn|"
    r"trăm|chục|km|m|kg|tấn|USD|đồng|dân số|số|bàn|điểm|viên|bữa|chiếc|chuyến|vụ|quả|thành viên)\b)"
)
_NUMERIC = rf"(?P<day>{_D})(?P<sep>[-/.])(?P<month>{_M})(?:(?P=sep)(?P<year>{_Y}|\d\d(?!\d)))?{_END}{_AMOUNT}"
_BESIDE = rf"(?:(?:\s*\(\s*|,?\s+)(?:ngày\s+)?{_NUMERIC}\)?)?"
_LEAD = rf"(?:{_TIME}(?:\s+(?:ngày|hôm|mùng|mồng))?|(?:ngày|hôm)(?:\s+(?:mùng|mồng))?|mùng|mồng|hồi)\s+"
# `thứ hai` may be `the second`: a weekday has its capital, or a word of time before it.
_WEEKDAY = (
    rf"(?:{_TIME}\s+|ngày\s+|hôm\s+)(?P<weekday>thứ\s+(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)"
    r"|(?P<weekday2>thứ\s+(?-i:Hai|Ba|Tư|Năm|Sáu|Bảy)|(?-i:[Cc]hủ [Nn]hật)(?!\s+(?:ký|báo)\b))"
)
_NOT_WEEKDAY = r"(?<!thế giới )(?<!thế chiến )(?<!lần )(?<!người )"


def _form(pattern: str) -> re.Pattern:
    return re.compile(rf"(?<![\w/])(?<!\d[-–.,])(?:{pattern})(?!\w)", re.IGNORECASE)


FORMS: list[tuple[str, re.Pattern]] = [
    ("day", _form(rf"{_LEAD}{_NUMERIC}{_SOON}")),
    ("day", _form(rf"(?P<day>{_D})(?P<sep>[-/.])(?P<month>{_M})(?P=sep)(?P<year>{_Y}){_END}")),
    ("day", re.compile(rf"(?<=\()(?!24/7)(?P<day>{_D})/(?P<month>{_M})(?=\))")),
    (
        "day",
        _form(
            rf"(?:từ\s+|(?:từ\s+)?{_LEAD})(?P<from>{_D})(?:(?:,\s*|\s+và\s+)(?:ngày\s+)?{_D}(?![-/.]?\d))*?"
            rf"(?:,?\s+(?:và|đến|tới)\s+|,\s*|\s*[-–]\s*)(?:ngày\s+)?(?P<day>{_D})[-/.](?P<month>{_M})"
            rf"(?:[-/.](?P<year>{_Y}))?{_END}{_AMOUNT}"
        ),
    ),
    (
        "day",
        _form(
            rf"(?:{_LEAD})?(?:(?P<from>{_D})(?:\s+(?:và|đến|tới)\s+|\s*[-–]\s*)(?:ngày\s+)?)?(?P<day>{_D})\s+tháng\s+"
            rf"{_MONTH}(?:(?:,?\s+{_YEAR}|[-/.,]\s*(?P<year2>{_Y})))?{_SOON}"
        ),
    ),
    (
        "range",
        _form(
            rf"từ\s+(?:ngày\s+)?(?P<fromday>{_D})[-/.](?P<frommonth>{_M})\s+(?:cho\s+)?(?:đến|tới)\s+"
            rf"(?:hết\s+)?(?:ngày\s+)?{_NUMERIC}"
        ),
    ),
    ("bare day", _form(rf"(?:{_TIME}\s+)?hôm\s+(?:mùng\s+)?(?P<day>{_D})(?=\s|[,;.)](?:\s|$)|$){_AMOUNT}(?!\s+tháng)")),
    ("bare day", _form(rf"(?:{_TIME}\s+)?ngày\s+(?P<day>{_D})(?=[,;.)](?:\s|$)|$)")),
    (
        "month",
        _form(
            rf"{_NOT_MONTH}{_PART}tháng\s+{_MONTH}(?![-–/.,]\d)(?:\s+{_YEAR}|\s+(?P<year2>{_Y}){_END}{_AMOUNT})?"
            rf"{_SOON}(?!\s+(?:tuổi|ngày)\b)"
        ),
    ),
    (
        "month",
        _form(
            rf"(?:(?<=hồi )|(?<=vào )|(?<=từ )|(?<=đầu )|(?<=cuối )|(?<=giữa ))"
            rf"tháng\s+{_SMALL_MONTH}(?:\s+{_YEAR})?{_SOON}"
        ),
    ),
    ("month", _form(rf"tháng\s+{_SMALL_MONTH}\s+{_YEAR}")),
    ("month", _form(rf"{_PART}tháng\s+(?P<month>{_M})(?:\s*[-–/.]\s*|,\s+)(?P<year>{_Y}){_END}")),
    ("season", _form(rf"(?:mùa\s+)?(?P<season>xuân|hè|hạ|thu|đông)\s+(?:năm\s+)?(?P<year>{_Y}){_END}")),
    ("season", _form(r"mùa\s+(?P<season>xuân|hè|hạ|thu|đông)\s+(?:năm\s+)?(?P<yearword>nay|ngoái|tới|sau)")),
    (
        "quarter",
        _form(rf"quý\s+(?P<quarter>(?-i:III|II|IV|I)|[1-4])(?:\s*[-–/.]\s*(?P<year2>{_Y})|\s+{_YEAR})?{_END}{_SOON}"),
    ),
    ("year", _form(rf"{_PART}năm\s+(?P<year>{_Y})(?:\s*[-–]\s*(?P<last>{_Y}))?{_END}")),
    (
        "year",
        _form(
            rf"(?:từ|giai đoạn)\s+(?:năm\s+)?(?P<year>{_Y})\s*(?:[-–]|đến|tới)\s*(?:năm\s+)?(?P<last>{_Y})"
            rf"{_END}{_AMOUNT}"
        ),
    ),
    (
        "year",
        _form(rf"{_PART}(?P<decade>những\s+năm|thập\s+(?:niên|kỷ))\s+(?:những\s+năm\s+)?(?P<year>1\d\d0|20\d0){_END}"),
    ),
    (
        "year",
        _form(
            rf"(?P<months>[1-9]|1[01]|{'|'.join(NUMBERS)})\s+tháng\s+đầu\s+năm(?:\s+(?:(?P<year>{_Y})|(?P<yearword>nay|ngoái)))?"
        ),
    ),
    ("year", _form(rf"{_PART}năm\s+(?P<yearword>nay|ngoái)")),
    (
        "stretch",
        _form(
            rf"(?:(?P<count>{_NUMBER})\s+)?(?P<unit>giờ|tiếng|ngày|đêm|tuần|tháng|năm|thập kỷ|thập niên)\s+"
            rf"(?P<side>(?:vừa\s+)?qua|gần đây|sắp tới|tới)(?!\s+(?:đó|\d)){_SIDE}"
        ),
    ),
    ("ago", _form(rf"(?P<count>{_NUMBER})\s+(?P<unit>ngày|tuần|tháng|năm)\s+trước{_SIDE}")),
    (
        "ago",
        _form(rf"cách\s+đây\s+(?:(?:gần|hơn|khoảng|đúng)\s+)?(?P<count>{_NUMBER})\s+(?P<unit>ngày|tuần|tháng|năm)"),
    ),
    ("this", _form(rf"{_PART}(?P<unit>tuần|tháng)\s+(?P<side>này|nay|trước|rồi|vừa rồi|tới|sau){_SIDE}")),
    ("this", _form(r"(?P<unit>năm)\s+(?P<side>tới)")),
    ("this", _form(r"(?P<part>đầu|giữa|cuối)\s+(?P<unit>tuần|tháng)\s+(?P<side>qua|vừa qua)")),
    ("day word", _form(rf"(?:(?:ngày\s+)?hôm\s+(?P<when>nay|qua|kia)){_BESIDE}")),
    ("day word", _form(rf"(?:{_TIME}\s+(?:hôm\s+)?(?P<when>nay|qua|mai)|ngày\s+(?P<when2>mai)){_BESIDE}")),
    (
        "weekday",
        _form(
            rf"{_NOT_WEEKDAY}(?:{_WEEKDAY})"
            rf"(?:\s+(?P<week>tuần\s+(?:này|trước|rồi|qua|tới|sau))|\s+(?P<soon>(?:sắp\s+)?tới))?{_BESIDE}"
        ),
    ),
]
