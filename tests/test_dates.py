"""Dates of the press, resolved against a Monday, 5 October 2020."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.dates import find_dates
from helpers.days import parse_day
from helpers.text import Sentence

MONDAY = date(2020, 10, 5)


def found(text: str, published: date | None = MONDAY) -> list[tuple[str, str, str]]:
    """Surface, first and last day of each date of one sentence."""
    dates = find_dates([Sentence(0, 0, len(text), text, ())], published)
    return [(d.surface, str(d.first_day), str(d.last_day)) for d in dates]


@pytest.mark.parametrize(
    ("text", "surface", "first", "last"),
    [
        ("Hai video được đăng hôm 4-10.", "hôm 4-10", "2020-10-04", "2020-10-04"),
        ("Họ gặp nhau ngày 27/9.", "ngày 27/9", "2020-09-27", "2020-09-27"),
        ("Giao tranh nổ ra sáng 27-9.", "sáng 27-9", "2020-09-27", "2020-09-27"),
        ("Ảnh chụp 27-9-2020", "27-9-2020", "2020-09-27", "2020-09-27"),
        ("ngày 3.6, ông nói", "ngày 3.6", "2020-06-03", "2020-06-03"),
        ("ngày 27 tháng 9 năm 2020", "ngày 27 tháng 9 năm 2020", "2020-09-27", "2020-09-27"),
        ("ngày 29-2", "ngày 29-2", "2020-02-29", "2020-02-29"),
        ("ngày 27, 28 và 29-9", "ngày 27, 28 và 29-9", "2020-09-27", "2020-09-29"),
        ("hội nghị ngày 7-8/7", "ngày 7-8/7", "2020-07-07", "2020-07-08"),
        ("thứ Sáu (2/10)", "thứ Sáu (2/10)", "2020-10-02", "2020-10-02"),
        ("hôm qua (4-10)", "hôm qua (4-10)", "2020-10-04", "2020-10-04"),
        ("từ tháng 4-2016", "tháng 4-2016", "2016-04-01", "2016-04-30"),
        ("tháng 7/2020", "tháng 7/2020", "2020-07-01", "2020-07-31"),
        ("tháng Tư 1920", "tháng Tư 1920", "1920-04-01", "1920-04-30"),
        ("tháng Chín năm nay", "tháng Chín năm nay", "2020-09-01", "2020-09-30"),
        ("tháng ba năm ngoái", "tháng ba năm ngoái", "2019-03-01", "2019-03-31"),
        ("hồi tháng 12", "tháng 12", "2019-12-01", "2019-12-31"),
        ("đầu tháng 5", "đầu tháng 5", "2020-05-01", "2020-05-10"),
        ("giữa tháng 5", "giữa tháng 5", "2020-05-11", "2020-05-20"),
        ("cuối tháng 5", "cuối tháng 5", "2020-05-21", "2020-05-31"),
        ("mùa hè năm 2014", "mùa hè năm 2014", "2014-06-01", "2014-08-31"),
        ("mùa đông năm ngoái", "mùa đông năm ngoái", "2019-12-01", "2020-02-29"),
        ("quý II", "quý II", "2020-04-01", "2020-06-30"),
        ("quý I-2016", "quý I-2016", "2016-01-01", "2016-03-31"),
        ("năm 2014", "năm 2014", "2014-01-01", "2014-12-31"),
        ("cuối năm ngoái", "cuối năm ngoái", "2019-09-01", "2019-12-31"),
        ("cuối những năm 1980", "cuối những năm 1980", "1987-01-01", "1989-12-31"),
        ("giai đoạn 2014-2020", "giai đoạn 2014-2020", "2014-01-01", "2020-12-31"),
        ("6 tháng đầu năm 2017", "6 tháng đầu năm 2017", "2017-01-01", "2017-06-30"),
        ("trong một tuần qua", "một tuần qua", "2020-09-28", "2020-10-05"),
        ("hai ngày qua", "hai ngày qua", "2020-10-03", "2020-10-05"),
        ("24 giờ qua", "24 giờ qua", "2020-10-04", "2020-10-05"),
        ("5 năm qua", "5 năm qua", "2015-10-05", "2020-10-05"),
        ("ba ngày tới", "ba ngày tới", "2020-10-05", "2020-10-08"),
        ("ba năm trước", "ba năm trước", "2017-01-01", "2017-12-31"),
        ("hôm qua", "hôm qua", "2020-10-04", "2020-10-04"),
        ("sáng nay", "sáng nay", "2020-10-05", "2020-10-05"),
        ("tối qua", "tối qua", "2020-10-04", "2020-10-04"),
        ("ngày mai", "ngày mai", "2020-10-06", "2020-10-06"),
        ("tuần trước", "tuần trước", "2020-09-28", "2020-10-04"),
        ("cuối tuần qua", "cuối tuần qua", "2020-10-03", "2020-10-04"),
        ("tháng trước", "tháng trước", "2020-09-01", "2020-09-30"),
        ("năm ngoái", "năm ngoái", "2019-01-01", "2019-12-31"),
        ("năm tới", "năm tới", "2021-01-01", "2021-12-31"),
        ("hôm thứ Sáu", "hôm thứ Sáu", "2020-10-02", "2020-10-02"),
        ("thứ Tư tuần trước", "thứ Tư tuần trước", "2020-09-30", "2020-09-30"),
        ("Chủ nhật tới", "Chủ nhật tới", "2020-10-11", "2020-10-11"),
        ("từ 27-9 đến 10-11", "từ 27-9 đến 10-11", "2020-09-27", "2020-11-10"),
        ("từ ngày 27/9 đến ngày 2/10", "từ ngày 27/9 đến ngày 2/10", "2020-09-27", "2020-10-02"),
        ("từ tháng 11 đến tháng 2-2016", "từ tháng 11 đến tháng 2-2016", "2015-11-01", "2016-02-29"),
        ("từ năm 2014 đến 2016", "từ năm 2014 đến 2016", "2014-01-01", "2016-12-31"),
        ("từ tháng 4 đến nay", "từ tháng 4 đến nay", "2020-04-01", "2020-10-05"),
    ],
)
def test_forms(text, surface, first, last):
    assert found(text) == [(surface, first, last)]


@pytest.mark.parametrize(
    "text",
    [
        "Ông 45 tuổi, cao 1,75 m.",
        "Đội nhà thắng 2-1 nhờ hai bàn cuối trận.",
        "Đường dây nóng mở 24/7, gọi 0912-345-678.",
        "Hai phần ba, tức 2/3 số ghế, và 3/4 dân số.",
        "Su-25, F-16, MH17 và T-50",
        "từ 3-5 triệu USD đến 7-10 triệu USD",
        "Chiến tranh thế giới thứ Hai",
        "đứng thứ ba, lần thứ sáu",
        "Cách mạng tháng Tám",
        "ngày 31/2/2019",
        "hai ngày trước đó",
        "nhiều tuần qua, vài tháng qua",
        "tháng năm dài đằng đẵng",
        "ngày 3-4 lần",
    ],
)
def test_what_is_no_date(text):
    assert found(text) == []


def test_the_past_unless_the_future_is_said():
    assert found("Hội nghị khai mạc ngày 10-11.")[0][1] == "2019-11-10"
    assert found("Hội nghị sẽ khai mạc ngày 10-11.")[0][1] == "2020-11-10"
    assert found("Bầu cử diễn ra tháng 11 tới.")[0][1] == "2020-11-01"


def test_without_a_publication_date_only_what_is_absolute():
    text = "Hôm qua, thứ Sáu, ngày 4-10, tháng 4 và năm ngoái; năm 2014, tháng 4-2016 và 27-9-2020"
    assert [surface for surface, *_ in found(text, None)] == ["năm 2014", "tháng 4-2016", "27-9-2020"]


def test_offsets_count_in_the_article():
    sentence = Sentence(3, 100, 113, "Ngày 27/9 qua", ())
    (one,) = find_dates([sentence], MONDAY)
    assert (one.sentence, one.start, one.end) == (3, 100, 109)


@given(st.text(alphabet="0123456789-/.() ngàythángnămtừđếnquaquýthứSáuhôm", max_size=60), st.dates())
def test_any_text_on_any_day(text, published):
    for surface, first, last in found(text, published):
        assert surface in text
        assert first <= last


@pytest.mark.parametrize(
    "written",
    ["2020-10-05", "2020-10-05T08:30:00+07:00", "20201005", "5/10/2020", "05-10-2020", "5 tháng 10 năm 2020",
     "Thứ Hai, 5/10/2020, 08:30 (GMT+7)", "Mon, 05 Oct 2020 08:30:00 +0700", "5 Oct 2020", "October 5, 2020", MONDAY],
)  # fmt: skip
def test_days_in_metadata(written):
    assert parse_day(written) == MONDAY


@pytest.mark.parametrize("written", ["hôm nào đó", "31/2/2020", "2020-13-01", "5 10"])
def test_a_date_that_is_none(written):
    with pytest.raises(ValueError):
        parse_day(written)
