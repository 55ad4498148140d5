"""Every word that stands in a figure, in Vietnamese and English; numbers, dates and country names by CLDR (babel)."""

from datetime import date
from functools import cache

import pycountry
from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

LANGUAGES = ("vi", "en")

_TEXT = {
    # titles, notes and captions of the figures, by the figure's name
    "mentions.title": ("Ai được nêu tên nhiều nhất?", "Who is in the news?"),
    "mentions.note": (
        "Số lần được gọi tên, và tỷ lệ bài có tên ấy.",
        "Times named, and share of articles with the name.",
    ),
    "mentions.caption": (
        "Số lần mỗi chủ thể được nêu tên và tỷ lệ bài có nêu tên chủ thể đó; {shown} trong {total} chủ thể.",
        "Times each actor is named and the share of articles that name it; {shown} of {total} actors.",
    ),
    "types.title": ("Bên nào được nêu tên, và là những ai?", "Which sides are named, and as what?"),
    "types.note": (
        "Số lần được gọi tên, theo bên (hàng) và loại (cột).",
        "Times named, by side (rows) and type (columns).",
    ),
    "types.caption": (
        "Số lần nêu tên theo bên (quốc gia mà chủ thể thuộc về) và theo loại; {shown} trong {total} bên.",
        "Mentions by side (the state that an actor belongs to) and by type; {shown} of {total} sides.",
    ),
    "attention.title": ("Sự chú ý thay đổi thế nào theo thời gian?", "How does attention change over time?"),
    "attention.note": (
        "Đậm: số bài có nêu tên, {unit}. Nhạt: tất cả các bài, cao nhất là {most}.",
        "Dark: articles that name them, {unit}. Pale: all articles, {most} at most.",
    ),
    "attention.caption": (
        "Cột đậm: số bài nêu tên chủ thể, {unit}; nền nhạt: mọi bài. {shown} trong {total} chủ thể.",
        "Dark bars: articles that name the actor, {unit}; pale: all articles. {shown} of {total} actors.",
    ),
    "together.title": ("Ai được nhắc cùng ai?", "Who is named with whom?"),
    "together.note": (
        "Số câu nêu tên cả hai; tên đứng trên đường chéo cho cả hàng lẫn cột.",
        "Sentences that name both; a name on the diagonal stands for its row and column.",
    ),
    "together.caption": (
        "Số câu nêu tên cả hai chủ thể; ô càng đậm càng nhiều, nhiều nhất là {most}. {shown} trong {total} chủ thể.",
        "Sentences that name both actors; the darker the more, {most} at most. {shown} of {total} actors.",
    ),
    "speakers.title": ("Ai được lên tiếng?", "Who gets to speak?"),
    "speakers.note": (
        "Số câu dẫn lời, xếp theo tổng hai cột: trong ngoặc kép hay thuật lại.",
        "Sentences with their words, in quotation marks or reported, in order of the sum.",
    ),
    "speakers.caption": (
        "Số câu dẫn lời mỗi người nói: nguyên văn trong ngoặc kép hay thuật lại; {shown} trong {total} người nói.",
        "Sentences that pass on a speaker's words, in quotation marks or reported; {shown} of {total} speakers.",
    ),
    "outlets.title": ("Lời ai đến qua cơ quan báo chí nào?", "Through which outlets do speakers reach us?"),
    "outlets.note": (
        "Số câu; dải càng dày càng nhiều câu.",
        "Sentences; the thicker the band, the more.",
    ),
    "outlets.caption": (
        "Câu dẫn một cơ quan báo chí, theo người nói trong cùng câu; {shown} trong {total} cơ quan báo chí được dẫn.",
        "Sentences that cite an outlet, by the speaker in the same sentence; {shown} of {total} cited outlets.",
    ),
    "matrix.title": ("Ai ủng hộ ai, ai chống ai?", "Who is for and against whom?"),
    "matrix.note": (
        "Số câu: + ủng hộ, − chống. Hàng là bên bày tỏ, cột là bên nhận.",
        "Sentences: + for, − against. Rows: source; columns: target.",
    ),
    "matrix.caption": (
        "Hàng: bên bày tỏ lập trường; cột: bên nhận. Trong ô: số câu ủng hộ (+) và chống (−); "
        "nền xanh khi ủng hộ nhiều hơn, cam khi chống nhiều hơn; ô trống: không có. {shown} trong {total} chủ thể.",
        "Rows: who takes the stance; columns: towards whom. In a cell: sentences for (+) and against (−); "
        "blue ground where for prevails, orange where against; blank: none. {shown} of {total} actors.",
    ),
    "network.title": ("Ai đứng cùng phía với ai, ai đối đầu với ai?", "Who stands with whom, and who against?"),
    "network.note": (
        "Mũi tên chỉ vào bên nhận; càng dày càng nhiều câu. {drawn} trong {arrows} mũi tên.",
        "Arrows point at the target; the thicker, the more sentences. {drawn} of {arrows} arrows.",
    ),
    "network.caption": (
        "Mũi tên đi từ bên bày tỏ lập trường đến bên nhận: nét liền xanh là ủng hộ, nét đứt cam là chống; "
        "càng dày càng nhiều câu, nhiều nhất là {most}. Bên gần nhau đứng cạnh nhau. "
        "{drawn} trong {arrows} mũi tên, nhiều câu nhất trước; {shown} trong {total} chủ thể.",
        "Arrows run from the source to the target of a stance: solid blue for, dashed orange against; "
        "the thicker the more sentences, {most} at most. Friends stand side by side. "
        "{drawn} of {arrows} arrows, those of most sentences; {shown} of {total} actors.",
    ),
    "balance.title": ("Khi nào {actor} được ủng hộ, khi nào bị chống?", "When is {actor} supported, when opposed?"),
    "balance.note": (
        "Số câu, {unit}: trên vạch là ủng hộ (+), dưới vạch là chống (−).",
        "Sentences, {unit}: for (+) above the line, against (−) below.",
    ),
    "balance.caption": (
        "Số câu ủng hộ (trên vạch) và chống (dưới vạch, kẻ chéo) {actor}, {unit}; "
        "bên dưới là những lúc nhiều nhất, ai và bằng gì.",
        "Sentences for (above the line) and against (below, hatched) {actor}, {unit}; "
        "listed below: the busiest times, by whom and how.",
    ),
    "bases.title": ("Bằng lời nói, việc làm hay quan hệ?", "By words, deeds or relations?"),
    "bases.note": (
        "Số câu: bên phải vạch là ủng hộ (+), bên trái là chống (−).",
        "Sentences: for (+) to the right of the line, against (−) to the left.",
    ),
    "bases.caption": (
        "Số câu ủng hộ (phải) và chống (trái, kẻ chéo) của từng cặp, theo cơ sở của lập trường; "
        "{shown} trong {total} cặp.",
        "Sentences for (right) and against (left, hatched) by dyad and basis of the stance; {shown} of {total} dyads.",
    ),
    "claims.title": ("Việc gì chỉ là theo lời một bên?", "Which acts rest on somebody's word?"),
    "claims.note": (
        "Số việc được kể: bên phải vạch là ủng hộ (+), bên trái là chống (−).",
        "Acts told: for (+) to the right of the line, against (−) to the left.",
    ),
    "claims.caption": (
        "Việc làm được kể theo lời một chủ thể khác bên làm (tên in đậm), và số lần bên bị nói bác bỏ trong cùng bài. "
        "{shown} trong {total} nhóm; {unclaimed} việc làm khác được kể mà không dựa vào lời ai.",
        "Acts told on the word of an actor other than the doer (in bold), and how often the doer denies it in the same "
        "article. {shown} of {total} groups; {unclaimed} other acts are told on nobody's word.",
    ),
    "certainty.title": ("Thứ hạng chắc đến đâu?", "How sure is the ranking?"),
    "certainty.note": (
        "Vạch ngang: khoảng 95% khi lấy mẫu lại các bài.",
        "Lines: 95% intervals over resampled articles.",
    ),
    "certainty.caption": (
        "Số lần nêu tên và thứ hạng với khoảng 95% khi lấy mẫu lại các bài {draws} lần; "
        "độ tin cậy trung bình của các lập trường có mặt chủ thể. {shown} trong {total} chủ thể.",
        "Mentions and rank with 95% intervals over {draws} bootstrap samples of articles; "
        "mean confidence of the stances that involve the actor. {shown} of {total} actors.",
    ),
    # shares and differences, as counted and as corrected by a coded sample
    "estimate.speech": ("{actor}: phần trong các câu dẫn lời", "{actor}: share of the statements"),
    "estimate.speech.less": ("{actor} hơn {other}: phần dẫn lời", "{actor} over {other}: share of the statements"),
    "estimate.against": (
        "{actor}: phần chống, trong lập trường với họ",
        "{actor}: share against, of stances to it",
    ),
    "estimate.against.less": ("{actor} hơn {other}: phần chống", "{actor} over {other}: share against"),
    "estimate.balance": ("{actor} → {other}: ủng hộ trừ chống", "{actor} → {other}: for less against"),
    "estimate.naive": ("máy đếm", "as counted"),
    "estimate.corrected": ("đã hiệu chỉnh, khoảng 95%", "corrected, 95% interval"),
    "estimate.title": (
        "Số đã hiệu chỉnh theo mẫu mã hóa ({units} đơn vị; {coders})",
        "Corrected by the coded sample ({units} units; {coders})",
    ),
    "certainty.corrected": (
        "Bên dưới: phần và chênh lệch mà các hình nêu ra, như máy đếm và đã hiệu chỉnh theo mẫu mã hóa "
        "{units} đơn vị (người mã hóa: {coders}), với khoảng 95% (Egami và cộng sự 2023).",
        "Below: shares and differences that the figures state, as counted and as corrected by a coded sample of "
        "{units} units (coders: {coders}), with 95% intervals (Egami et al. 2023).",
    ),
    "sensitivity.confidence": ("Chỉ lập trường có độ tin cậy từ {bar}.", "Stances of confidence {bar} and more only."),
    "sensitivity.holds": ("Đứng đầu vẫn là {old}.", "{old} still comes first."),
    "sensitivity.flips": ("Đứng đầu đổi: {new}, thay cho {old}.", "First place flips: {new} instead of {old}."),
    "sensitivity.duplicates": ("Kể cả các bài trùng.", "Duplicates are counted too."),
    "lengths.title": ("Đã đọc những bài nào?", "Which articles were read?"),
    "lengths.note": (
        "Độ dài mỗi bài tính bằng tiếng, theo ngày đăng; vạch chấm: trung vị; chấm rỗng: bài trùng.",
        "Length of each article in syllables, by day of publication; dotted: median; open dots: repeats.",
    ),
    "lengths.caption": (
        "Mỗi chấm là một bài: ngày đăng và độ dài tính bằng tiếng; chấm rỗng là bài trùng; vạch chấm là trung vị. "
        "{dated} bài có ngày.",
        "Each dot is an article: day of publication and length in syllables; open dots repeat another article; the "
        "dotted line is the median. {dated} articles have a date.",
    ),
    "syllables": ("Số tiếng", "Syllables"),
    "some actor": ("một bên", "somebody"),
    # what captions end with
    "basis.articles": ("{articles} bài", "{articles} articles"),
    "basis.article": ("Chỉ {articles} bài", "Only {articles} article"),
    "basis.duplicates": ("bỏ {duplicates} bài trùng", "duplicates left out: {duplicates}"),
    "basis.corrected": ("{corrected} dòng đã sửa bằng tay", "{corrected} rows corrected by hand"),
    "basis.undated": ("{undated} bài không rõ ngày", "{undated} without a date"),
    "error": (
        "Đo trên {articles} bài đã mã hóa của karabakh_2020: {precision} số {what} tìm ra là đúng, "
        "tìm ra được {recall} số {what} có trong bài.",
        "Measured on {articles} coded articles of karabakh_2020: {precision} of the {what} found are right, "
        "{recall} of those there are found.",
    ),
    "error.mentions": ("tên", "names"),
    "error.statements": ("lời dẫn", "statements"),
    "error.stances": ("lập trường", "stances"),
    "empty.documents": ("Không có bài nào trong tập này.", "There are no articles in this corpus."),
    "empty.rows": ("Không có gì để vẽ trong {articles} bài này.", "Nothing to draw in these {articles} articles."),
    "empty.row": ("Không có gì để vẽ: tập này chỉ có một bài.", "Nothing to draw: this corpus has one article only."),
    "empty.dates": ("Không có bài nào rõ ngày đăng.", "No article has a date of publication."),
    "empty.one": (
        "Chỉ có một bài: không thể ước lượng sai số giữa các bài.",
        "One article only: no error between articles can be estimated.",
    ),
    # heads of panels and axes
    "mentions": ("Số lần nêu tên", "Mentions"),
    "share": ("Tỷ lệ bài", "Share of articles"),
    "direct": ("Nguyên văn", "Quoted"),
    "indirect": ("Thuật lại", "Reported"),
    "rank": ("Thứ hạng", "Rank"),
    "confidence": ("Độ tin cậy", "Confidence"),
    "for": ("ủng hộ", "for"),
    "against": ("chống", "against"),
    "words": ("Lời nói", "Words"),
    "deeds": ("Việc làm", "Deeds"),
    "relation": ("Quan hệ", "Relations"),
    "outlet": ("Báo, hãng tin", "Outlet"),
    "speaker": ("Người nói", "Speaker"),
    "no speaker": ("không dẫn ai", "nobody quoted"),
    "other speakers": ("người khác", "others"),
    "according to": ("Theo {actor}", "According to {actor}"),
    "denied": ("bác bỏ {times}", "denied {times}"),
    "articles": ("bài", "articles"),
    "PER": ("Người", "People"),
    "ORG": ("Tổ chức", "Bodies"),
    "MEDIA": ("Báo chí", "Media"),
    "GPE": ("Nước, tỉnh, thành", "States, cities"),
    "LOC": ("Nơi khác", "Other places"),
    "unit.D": ("theo ngày", "by day"),
    "unit.W": ("theo tuần", "by week"),
    "unit.M": ("theo tháng", "by month"),
    "week of": ("tuần từ {day}", "week of {day}"),
    # PLOVER root categories
    "AGREE": ("đồng ý", "agree"),
    "CONSULT": ("tham vấn", "consult"),
    "SUPPORT": ("ủng hộ", "support"),
    "CONCEDE": ("nhượng bộ", "concede"),
    "COOPERATE": ("hợp tác", "cooperate"),
    "AID": ("viện trợ", "aid"),
    "RETREAT": ("rút lui", "retreat"),
    "YIELD": ("nhượng bộ", "yield"),
    "ACCUSE": ("cáo buộc", "accuse"),
    "REQUEST": ("yêu cầu", "request"),
    "REJECT": ("bác bỏ", "reject"),
    "THREATEN": ("đe dọa", "threaten"),
    "PROTEST": ("phản đối", "protest"),
    "SANCTION": ("trừng phạt", "sanction"),
    "MOBILIZE": ("huy động lực lượng", "mobilise"),
    "COERCE": ("cưỡng ép", "coerce"),
    "ASSAULT": ("tấn công", "assault"),
    # evidence
    "evidence.search": ("Tìm trong các câu", "Search the sentences"),
    "evidence.count": ("{rows} câu", "{rows} sentences"),
    "evidence.none": ("Không có câu nào.", "No sentences."),
    "evidence.link": ("bài gốc", "article"),
    "evidence.claimed": ("theo {actor}", "according to {actor}"),
    "evidence.corrected": ("đã sửa bằng tay", "corrected by hand"),
    "evidence.undated": ("không rõ ngày", "no date"),
    "evidence.here": ("Ở đây", "Here"),
    "evidence.compared": ("Để so sánh", "For comparison"),
    "role.mention": ("nêu tên", "mention"),
    "role.speaker": ("người nói", "speaker"),
    "role.source": ("bên bày tỏ", "source"),
    "role.target": ("bên nhận", "target"),
    "role.cue": ("từ chỉ dấu", "cue"),
    "role.claimant": ("theo lời", "claimant"),
}

# CLDR's long forms, in the short form of the press
_SHORT_COUNTRY = {
    "ARE": ("UAE", "UAE"),
    "GBR": ("Anh", "UK"),
    "HKG": ("Hồng Kông", "Hong Kong"),
    "MAC": ("Ma Cao", "Macao"),
    "PSE": ("Palestine", "Palestine"),
    "USA": ("Mỹ", "United States"),
}
_NOT_IN_ISO = {"XKX": "XK"}


def language(lang: str) -> int:
    """Position of a language in the pairs of this module; ValueError for a language that is not there."""
    if lang not in LANGUAGES:
        raise ValueError(f"lang must be one of {', '.join(LANGUAGES)}, not {lang!r}")
    return LANGUAGES.index(lang)


def say(key: str, lang: str, **values: object) -> str:
    """The text `key` in `lang`, with whole numbers and dates among `values` written as in that language."""
    return _TEXT[key][language(lang)].format(**{name: _written(value, lang) for name, value in values.items()})


def known(key: object) -> bool:
    """Is there a text of this key?"""
    return key in _TEXT


def number(value: float, lang: str) -> str:
    """`1234.5` → `1.234,5` (vi), `1,234.5` (en); at most two decimals; a true minus sign."""
    return format_decimal(round(value, 2), locale=lang).replace("-", "\N{MINUS SIGN}")


def percent(share: float, lang: str) -> str:
    """A share (0…1) in whole per cent; below one half per cent `<1%`."""
    if 0 < share < 0.005:
        return "<" + format_percent(0.01, locale=lang)
    return format_percent(round(share, 2), locale=lang)


def day(value: date, lang: str) -> str:
    """`27/9/2020` or `27 Sep 2020`."""
    return format_date(value, "d/M/y" if lang == "vi" else "d MMM y", locale=lang)


def moment(value: date, unit: str, lang: str) -> str:
    """A day without its year (units `D`, `W`) or a month with its year (unit `M`), short enough for an axis."""
    patterns = {"vi": ("d/M", "M/y"), "en": ("d MMM", "MMM y")}
    return format_date(value, patterns[lang][unit == "M"], locale=lang)


@cache
def country(side: str, lang: str) -> str:
    """Name of a state by its ISO 3166-1 alpha-3 code (CLDR by babel); an unknown code comes back as it is."""
    if side in _SHORT_COUNTRY:
        return _SHORT_COUNTRY[side][language(lang)]
    known_country = pycountry.countries.get(alpha_3=side)
    alpha_2 = known_country.alpha_2 if known_country else _NOT_IN_ISO.get(side)
    return Locale(lang).territories.get(alpha_2, side)


def _written(value: object, lang: str) -> object:
    if isinstance(value, date):
        return day(value, lang)
    return number(value, lang) if isinstance(value, int) else value
