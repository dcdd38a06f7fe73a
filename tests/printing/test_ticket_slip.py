"""What stands on the ticket."""

import pytest

from devices.printing.pictures import pictures_of
from devices.printing.slips.samples import TICKET
from devices.printing.slips.ticket_slip import expected_wait
from hall.wording import Wording
from tests.printing.slip_reading import WIDTHS, read_codes, said


def test_a_ticket_says_what_its_citizen_needs() -> None:
    (text,) = said("ticket", TICKET)

    for told in ("临沧市住房公积金管理中心服务大厅", "A012", "购买自住住房提取", "4、5、6"):
        assert told in text
    for told in ("7", "12", "25", "2026-11-23", "09:00", "0883-2120000", "k3Jd8_fQz1Ab"):
        assert told in text


def test_a_ticket_speaks_chinese_and_the_citizens_language() -> None:
    names = TICKET["service"] | {"bo": "ཁང་པ"}

    (text,) = said("ticket", TICKET | {"language": "bo", "service": names})

    assert text.index("购买自住住房提取") < text.index("ཁང་པ")
    assert Wording("bo").say("Expected wait").replace(" ", "") in text


def test_a_wait_nobody_can_tell_is_not_a_number() -> None:
    wording = Wording("zh")

    unknown = expected_wait({"wait_low_s": None, "wait_high_s": float("nan")}, wording)

    assert unknown == wording.say("no counter is open for this yet")


@pytest.mark.parametrize(
    ("low", "high", "words", "facts"),
    [
        (720, 1500, "{first} to {last} minutes", {"first": 12, "last": 25}),
        (0, 720, "up to {last} minutes", {"last": 12}),
        (300, 300, "about {last} minutes", {"last": 5}),
        (0, 30, "about a minute", {}),
        (61, 119, "{first} to {last} minutes", {"first": 1, "last": 2}),
    ],
)
def test_a_wait_is_a_range_that_keeps_its_later_end(
    low: int, high: int, words: str, facts: dict[str, int]
) -> None:
    wording = Wording("en")

    told = expected_wait({"wait_low_s": low, "wait_high_s": high}, wording)

    assert told == wording.say(words, **facts)


def test_a_priority_is_named_and_an_ordinary_ticket_is_not_marked() -> None:
    words = Wording("zh").say("Priority: elderly").replace(" ", "")

    (ordinary,) = said("ticket", TICKET)
    (elderly,) = said("ticket", TICKET | {"class": "elderly"})

    assert words in elderly
    assert words not in ordinary


@pytest.mark.parametrize("width", WIDTHS)
def test_a_name_of_500_characters_is_printed_whole(width: int) -> None:
    name = "".join(chr(0x4E00 + number) for number in range(500))
    content = TICKET | {"service": {"zh": name}}

    (picture,) = pictures_of("ticket", content, width)

    assert name in said("ticket", content)[0]
    assert read_codes(picture) == ["k3Jd8_fQz1Ab"]
    assert picture.height > pictures_of("ticket", TICKET, width)[0].height
