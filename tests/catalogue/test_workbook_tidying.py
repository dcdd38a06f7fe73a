"""What is unambiguous is tidied, not refused."""

import unicodedata
from datetime import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.workbook import cells
from tests.catalogue.office import Office


def test_codes_and_numbers_become_narrow_and_prose_keeps_its_punctuation(office: Office) -> None:
    office.put("事项", "事项编码", 2, " ｔ２０１ ")
    office.put("材料", "事项编码", 2, "t201")
    office.put("事项", "申请条件", 2, "符合（一）、（二）；或者：其他")
    office.put("事项", "咨询电话", 2, "０８８３－２１２０００１（转３）")
    office.put("事项", "预计办理分钟", 2, "１５ 分钟")
    office.put("材料", "份数", 2, "2份")
    office.put("窗口", "窗口号", 2, "1号窗口")
    office.put("窗口", "主办工号(A角)", 2, 1001.0)
    office.put("人员", "工号", 2, 1001)

    book = office.read()

    assert [service.code for service in book.services] == ["T201", "T203", "D301"]
    assert book.services[0].conditions == "符合（一）、（二）；或者：其他"
    assert book.services[0].phone == "0883-2120001(转3)"
    assert book.services[0].minutes == 15
    assert book.materials[0].copies == 2
    assert book.counters[0].number == 1
    assert (book.counters[0].primary, book.people[0].staff_number) == ("1001", "1001")


@pytest.mark.parametrize("text", ["提取；贷款", "提取、贷款", "提取，贷款", "提取 ;\n贷款;提取;"])
def test_groups_of_a_counter_may_be_set_apart_in_any_way(office: Office, text: str) -> None:
    office.put("窗口", "受理类别", 4, text)

    assert office.read().counters[2].groups == ("提取", "贷款")


def test_two_spellings_of_a_group_are_one_group(office: Office) -> None:
    office.put("事项", "业务类别", 2, "提取（个人）")
    office.put("事项", "业务类别", 3, "提取(个人) ")
    office.put("窗口", "受理类别", 2, "提取 (个人)")
    office.put("窗口", "受理类别", 4, "提取（个人）；贷款")

    book = office.read()

    assert [group.code for group in book.groups] == ["提取（个人）", "贷款"]
    assert {service.group for service in book.services[:2]} == {"提取（个人）"}
    assert book.counters[0].groups == ("提取（个人）",)


def test_blank_rows_titles_and_untidy_headers_do_not_matter(office: Office) -> None:
    people = office["人员"]
    people[0] = [" 工 号*", "姓\n名", "科室：", "职务", "角色", "监督电话", "党员"]
    people[2:2] = [[None] * 7, [" ", "\u3000", None, None, None, None, "  "]]
    people.insert(0, ["人员一览表"])
    office.put("窗口", "主办工号(A角)", 1, "主办工号（a角）")

    assert [person.staff_number for person in office.read().people] == ["1001", "1002", "1003"]


def test_control_characters_never_come_in(office: Office) -> None:
    office.put("事项", "事项名称", 2, "购房_x000D_\n提取\u202e\u200b_x001B_[2J")
    office.put("人员", "姓名", 2, "赵　一")
    office.put("人员", "姓名", 3, "Anna  Maria")

    book = office.read()

    assert book.services[0].names["zh"] == "购房 提取[2J"
    assert [person.name for person in book.people[:2]] == ["赵一", "Anna Maria"]


def test_any_language_can_be_added_to_a_name(office: Office) -> None:
    office.column("事项", "事项名称（bo）", "ཁང་པ", None, None)
    office.column("事项", "业务类别(en)", None, "Withdrawals", "Loans")
    office.column("材料", "英文名称", "ID card", None, None)
    office.column("窗口", "窗口名称(mn-Mong)", "ᠴᠣᠩᠬᠤ", None, None)
    office.item("大厅名称(bo)", "ཚོམས་ཆེན")

    book = office.read()

    home = {"zh": "购房提取", "en": "Home purchase", "bo": "ཁང་པ"}
    assert book.services[0].names == home
    assert book.services[1].names == {"zh": "退休提取", "en": "Retirement"}
    assert book.groups[0].names == {"zh": "提取", "en": "Withdrawals"}
    assert book.materials[0].names == {"zh": "身份证", "en": "ID card"}
    assert book.materials[1].names == {"zh": "购房合同"}
    assert book.counters[0].names["mn-mong"] == "ᠴᠣᠩᠬᠤ"
    assert book.hall.names["bo"] == "ཚོམས་ཆེན"


def test_what_the_workbook_leaves_out_has_a_meaning(office: Office) -> None:
    for item in ("时区", "英文名称", "地址", "监督电话", "公告", "停止取号提前分钟"):
        office.item(item, None)
    office.without("窗口", "标识")
    office.without("人员", "党员")
    office.put("事项", "可预约", 2, None)
    del office["材料"][1:]

    book = office.read()

    assert (book.hall.code, book.hall.time_zone) == ("", "Asia/Shanghai")
    assert book.hall.names == {"zh": "临沧市服务大厅"}
    assert book.hall.numbers == {"calls_before_no_show": 3}
    assert (book.hall.bulletins, book.materials) == ((), ())
    assert book.services[0].bookable is False
    assert book.counters[0].sign == ""
    assert not any(person.party_member for person in book.people)


def test_the_sessions_come_in_the_order_of_the_day_and_may_touch(office: Office) -> None:
    office.item("上午办公", "12:00-17:30")
    office.item("下午办公", "8：30～12：00")

    assert office.read().hall.sessions == (("08:30", "12:00"), ("12:00", "17:30"))


# -- single cells --------------------------------------------------------------------------------

WIDE = {ord("0") + digit: 0xFF10 + digit for digit in range(10)}
JOINERS = ["-", "－", "–", "—", "——", "~", "～", "至", "到", " 到 "]
COLONS = [":", "：", "点", "时", "∶"]


@given(
    start=st.times(),
    end=st.times(),
    joiner=st.sampled_from(JOINERS),
    colon=st.sampled_from(COLONS),
    wide=st.booleans(),
    padded=st.booleans(),
)
def test_hours_in_every_spelling_are_the_same_hours(
    start: time, end: time, joiner: str, colon: str, wide: bool, padded: bool
) -> None:
    def spelled(moment: time) -> str:
        hour = f"{moment.hour:02d}" if padded else str(moment.hour)
        return f"{hour}{colon}{moment.minute:02d}"

    text = f" {spelled(start)}{joiner}{spelled(end)}"
    if wide:
        text = text.translate(WIDE)
    wanted = (f"{start:%H:%M}", f"{end:%H:%M}")
    if wanted[0] < wanted[1]:
        assert cells.hours(text) == wanted
    else:
        with pytest.raises(cells.BadCell):
            cells.hours(text)


@given(
    number=st.integers(0, 10**9 - 1),
    spelling=st.sampled_from(["{}", " {} ", "{}.0", "{}.", "+{}", "{}份", "{} 份", "00{}"]),
    wide=st.booleans(),
)
def test_a_whole_number_in_every_spelling_is_that_number(
    number: int, spelling: str, wide: bool
) -> None:
    text = spelling.format(number)[:12]
    if wide:
        text = text.translate(WIDE)
    parse = cells.whole_number(1, 480, "份")
    if 1 <= number <= 480:
        assert parse(text) == parse(number) == parse(float(number)) == number
    else:
        for value in (text, number, float(number)):
            with pytest.raises(cells.BadCell):
                parse(value)


@pytest.mark.parametrize("value", ["是", "√", "✓", "Y", "yes", "Ｙ", True, 1, 1.0, " 是 "])
def test_yes(value: Any) -> None:
    assert cells.yes_or_no(value) is True


@pytest.mark.parametrize("value", ["否", "×", "N", "no", "ｎ", False, 0])
def test_no(value: Any) -> None:
    assert cells.yes_or_no(value) is False


@given(
    st.one_of(
        st.text(), st.integers(), st.floats(), st.booleans(), st.datetimes(), st.dates(),
        st.times(), st.timedeltas(), st.none(),
    )
)  # fmt: skip
def test_no_value_of_a_cell_makes_a_parser_crash_or_lets_anything_through(value: Any) -> None:
    parsers: list[Any] = [
        cells.name, cells.prose, cells.person, cells.phone, cells.code, cells.hall_code,
        cells.hours, cells.time_zone, cells.yes_or_no, cells.listed, cells.group_name,
        cells.bulletin, cells.one_of({"即办件": "即办件"}), cells.whole_number(1, 99, "份"),
    ]  # fmt: skip
    if cells.is_blank(value):
        return
    for parse in parsers:
        try:
            found = parse(value)
        except cells.BadCell as bad:
            bad.words.format(**bad.facts)
            continue
        for text in found if isinstance(found, tuple) else (found,):
            if isinstance(text, str):
                assert text and text == text.strip()
                assert all(unicodedata.category(sign) not in ("Cc", "Cs") for sign in text)
                assert "\u202e" not in text
