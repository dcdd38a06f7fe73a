"""The sheet 大厅: one item a row, 项目 and 内容."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pydantic import ValidationError

from hall.marked import _
from hall.settings import HallSettings
from hall.workbook import cells
from hall.workbook.cells import BadCell, Raw
from hall.workbook.days import day_and_reason
from hall.workbook.errors import Findings
from hall.workbook.priority import priority_classes
from hall.workbook.rules import TWICE
from hall.workbook.tables import OTHER_LANGUAGE, Row, Table

NO_ITEM = _("The item {item} is missing.")
ITEM_IGNORED = _("This item is not known and is ignored.")
NO_HOURS = _("Give office hours: 上午办公, 下午办公 or both.")
HOURS_OVERLAP = _("The morning's and the afternoon's office hours overlap.")

DEFAULT_CODE = "HALL"
"""Of a hall whose workbook does not say: initials need a table of Pinyin."""
DEFAULT_TIME_ZONE = "Asia/Shanghai"
MORNING, AFTERNOON = "上午办公", "下午办公"
NUMBERS = {
    "停止取号提前分钟": "stop_issuing_minutes",
    "过号保留叫号次数": "calls_before_no_show",
}
UNITS = ("分钟", "分", "次")


@dataclass(frozen=True)
class HallRow:
    code: str
    """Empty when the workbook does not say: then the hall keeps the one it has."""
    names: dict[str, str]
    address: str
    time_zone: str
    sessions: tuple[tuple[str, str], ...]
    supervision_phone: str
    numbers: dict[str, Any]
    """Of `hall.settings.HallSettings`, those the workbook sets."""
    bulletins: tuple[str, ...]
    closed_days: dict[date, str] = field(default_factory=dict)
    """Day → why, which may be empty."""
    extra_days: tuple[date, ...] = ()
    real_name: bool = False
    """For every matter."""


def setting(key: str) -> Callable[[Raw], int]:
    """Within the limits that hold for the setting wherever it is set."""

    def parse(value: Raw) -> int:
        low, high = limits(key)
        found = cells.whole_number(low, high, *UNITS)(value)
        try:
            HallSettings.model_validate({key: found})
        except ValidationError as error:
            raise BadCell(cells.NOT_WHOLE, low=low, high=high) from error
        return found

    return parse


def limits(key: str) -> tuple[int, int]:
    metadata = HallSettings.model_fields[key].metadata
    low = next(limit.ge for limit in metadata if hasattr(limit, "ge"))
    high = next(limit.le for limit in metadata if hasattr(limit, "le"))
    return low, high


NAME, BULLETIN = "大厅名称", "公告"
CLOSED, EXTRA = "休息日", "加班日"
CLASSES = "优先类别"
REAL_NAME = "实名取号"
SEVERAL = {BULLETIN, CLOSED, EXTRA}
"""Items that may stand there more than once."""
ITEMS: dict[str, Callable[[Raw], Any]] = {
    NAME: cells.name,
    "大厅代码": cells.hall_code,
    "地址": cells.name,
    "时区": cells.time_zone,
    MORNING: cells.hours,
    AFTERNOON: cells.hours,
    "监督电话": cells.phone,
    BULLETIN: cells.bulletin,
    CLOSED: day_and_reason,
    EXTRA: day_and_reason,
    REAL_NAME: cells.yes_or_no,
    CLASSES: priority_classes,
} | {item: setting(key) for item, key in NUMBERS.items()}
ALIASES = {"英文名称": f"{NAME}(en)", f"{NAME}(zh)": NAME}


def parser_of(item: str) -> Callable[[Raw], Any] | None:
    match = OTHER_LANGUAGE.fullmatch(item)
    return cells.name if match and match[1] == NAME else ITEMS.get(item)


class Items:
    """The items found, each with the row it stands in."""

    def __init__(self, table: Table, findings: Findings) -> None:
        self.table = table
        self.findings = findings
        self.rows: dict[str, Row] = {}
        self.values: dict[str, Any] = {}
        """Without the items that are empty or wrong."""
        self.wrong: set[str] = set()
        self.several: dict[str, list[Any]] = {item: [] for item in SEVERAL}
        for row in table.rows:
            if "项目" in row.cells:
                item = row.cells["项目"]
                self.add(row, ALIASES.get(item, item))

    def add(self, row: Row, item: str) -> None:
        parse = parser_of(item)
        if parse is None:
            self.findings.warnings.append(self.table.mistake(row, "项目", ITEM_IGNORED))
            return
        if item in self.rows and item not in SEVERAL:
            first = self.rows[item].number
            self.findings.errors.append(self.table.mistake(row, "项目", TWICE, row=first))
            return
        self.rows[item] = row
        if "内容" not in row.cells:
            self.wrong.add(item)  # told with the cell
        elif row.cells["内容"] is not None:
            self.parse(item, row.cells["内容"], parse)
        elif item == NAME:
            self.refuse(item, cells.EMPTY)

    def parse(self, item: str, raw: Raw, parse: Callable[[Raw], Any]) -> None:
        try:
            value = parse(raw)
        except BadCell as bad:
            self.refuse(item, bad.words, **bad.facts)
        else:
            if item in SEVERAL:
                self.several[item].append(value)
            else:
                self.values[item] = value

    def refuse(self, item: str, words: str, **facts: Any) -> None:
        self.wrong.add(item)
        self.findings.errors.append(self.table.mistake(self.rows[item], "内容", words, **facts))

    def miss(self, item: str, words: str) -> None:
        self.findings.errors.append(self.table.mistake(None, item, words, item=item))

    def names(self) -> dict[str, str]:
        found = {"zh": self.values[NAME]}
        for item, text in self.values.items():
            if match := OTHER_LANGUAGE.fullmatch(item):
                found[match[2]] = text
        return found


def read_hall(table: Table, findings: Findings) -> HallRow | None:
    """None when something was wrong, which then stands in the findings."""
    before = len(findings.errors)
    items = Items(table, findings)
    values = items.values
    if NAME not in items.rows:
        items.miss(NAME, NO_ITEM)
    sessions = sorted(values[item] for item in (MORNING, AFTERNOON) if item in values)
    if not sessions and not items.wrong & {MORNING, AFTERNOON}:
        items.miss(MORNING, NO_HOURS)
    if len(sessions) == 2 and sessions[1][0] < sessions[0][1]:
        items.refuse(AFTERNOON, HOURS_OVERLAP)
    if len(findings.errors) > before or items.wrong:
        return None
    numbers = {key: values[item] for item, key in NUMBERS.items() if item in values}
    if CLASSES in values:
        numbers["priority_classes"] = values[CLASSES]
    return HallRow(
        code=values.get("大厅代码", ""),
        names=items.names(),
        address=values.get("地址", ""),
        time_zone=values.get("时区", DEFAULT_TIME_ZONE),
        sessions=tuple(sessions),
        supervision_phone=values.get("监督电话", ""),
        numbers=numbers,
        bulletins=tuple(dict.fromkeys(items.several[BULLETIN])),
        closed_days=dict(items.several[CLOSED]),
        extra_days=tuple(sorted({day for day, _ in items.several[EXTRA]})),
        real_name=values.get(REAL_NAME, False),
    )
