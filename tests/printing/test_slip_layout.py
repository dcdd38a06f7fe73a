"""Where things stand on a slip: labels, marks, lines to write on."""

import pytest

from devices.printing.drawing import fonts
from devices.printing.drawing.paper import Mark, Size
from devices.printing.drawing.slip_layout import Sheet


class WatchedSheet(Sheet):
    """Notes every line, where it begins and how high it stands."""

    def __init__(self, width_dots: int, *, large: bool = False) -> None:
        super().__init__(width_dots, large=large)
        self.noted: list[tuple[str, float, float]] = []

    def line(self, text: str, dots: int, x: float, *, fill: int = 0, heavy: bool = False) -> None:
        self.noted.append((text, x, self.y))
        assert x >= 0 and x + fonts.width(text, dots) <= self.width
        super().line(text, dots, x, fill=fill, heavy=heavy)

    @property
    def texts(self) -> list[str]:
        return [text for text, _, _ in self.noted]


def test_a_short_value_stands_beside_its_label() -> None:
    sheet = WatchedSheet(384)

    sheet.pair("窗口", "7", Size.BODY)

    (label, left, top), (value, right, beside) = sheet.noted
    assert (label, value) == ("窗口：", "7")
    assert right > left and top == beside


@pytest.mark.parametrize(
    "value", ["LC-D301-2026-000482", "2026-11-23 10:12", "2026年12月7日 星期一"]
)
def test_a_number_or_a_day_goes_below_its_label_rather_than_is_broken(value: str) -> None:
    sheet = WatchedSheet(384, large=True)

    sheet.pair("办件编号", value, Size.BODY)

    assert sheet.texts == ["办件编号：", value]
    assert sheet.noted[1][2] > sheet.noted[0][2]


def test_a_long_value_goes_on_below_its_label_in_full_width() -> None:
    sheet = WatchedSheet(384)
    value = "连续足额缴存住房公积金六个月以上，有稳定的收入和偿还贷款本息的能力，信用良好"

    sheet.pair("办理条件", value, Size.BODY)

    assert "".join(sheet.texts) == "办理条件：" + value
    (_, label, _), (_, beside, _), *below = sheet.noted
    assert label < beside
    assert {x for _, x, _ in below} == {sheet.left}


def test_a_long_label_stands_above() -> None:
    sheet = WatchedSheet(384)

    sheet.pair("Time at which the application was accepted", "09:00", Size.BODY)

    assert sheet.texts[-1] == "09:00"
    assert sheet.noted[-1][2] > sheet.noted[0][2]


def test_amounts_end_at_the_same_place_whatever_they_are() -> None:
    ends = []
    for amount in ("¥5.00", "¥1,280.50"):
        sheet = WatchedSheet(384)
        sheet.item("1", "登记费", [], amount, Mark.PLAIN, Size.BODY)
        x = next(x for text, x, _ in sheet.noted if text == amount)
        ends.append(x + fonts.width(amount, sheet.sizes[Size.BODY]))

    assert abs(ends[0] - ends[1]) < 1


def test_an_amount_that_leaves_no_room_stands_below_its_title() -> None:
    sheet = WatchedSheet(384, large=True)

    sheet.item("3", "房屋价值评估费", [], "¥1,000,280.50", Mark.PLAIN, Size.BODY)

    assert sheet.texts == ["3", "房屋价值评估费", "¥1,000,280.50"]


@pytest.mark.parametrize("width", [384, 576])
@pytest.mark.parametrize("large", [False, True], ids=["normal", "large"])
@pytest.mark.parametrize(
    "label", ["当事人签名", "首办责任人签名", "Signature of the first handler"]
)
def test_a_signature_has_a_centimetre_of_room(width: int, large: bool, label: str) -> None:
    """80 dots, 8 to the millimetre, and a third of the paper wide."""
    sheet = WatchedSheet(width, large=large)
    sheet.paragraph("地址", Size.BODY)
    before = sheet.y

    sheet.signature(label, Size.BODY)

    picture = sheet.picture().convert("L")
    row = picture.crop((0, round(sheet.y) - 6, width, round(sheet.y) - 5))
    assert sum(row.histogram()[:1]) >= width / 3
    assert sheet.y - 6 - before >= 80


def test_a_headline_a_little_too_long_is_set_smaller_and_a_long_one_is_balanced() -> None:
    one, two = WatchedSheet(384), WatchedSheet(384)

    one.centred("临沧市住房公积金服务大厅呀", Size.LARGE, heavy=True)
    two.centred("临沧市住房公积金管理中心临翔区政务服务大厅", Size.LARGE, heavy=True)

    assert len(one.texts) == 1
    assert len(two.texts) == 2 and abs(len(two.texts[0]) - len(two.texts[1])) <= 2
