"""The cell 优先类别: whom the hall serves sooner, in its own order."""

import re

from hall.workbook import cells
from hall.workbook.cells import BadCell, Raw

CLASSES = {
    "老年人": "elderly",
    "残疾人": "disabled",
    "孕妇": "pregnant",
    "带婴儿者": "infant",
    "带婴儿": "infant",
    "军人": "soldier",
    "急事": "urgent",
}
NOBODY = "无"


def priority_classes(value: Raw) -> list[str]:
    """无 is []. Raises BadCell for a class that is not known."""
    told = [part for part in re.split(r"[、，,;；/\s]+", cells.text(value)) if part]
    if told == [NOBODY]:
        return []
    if not all(part in CLASSES for part in told):
        raise BadCell(cells.NOT_ONE_OF, choices="、".join([*CLASSES, NOBODY]))
    return list(dict.fromkeys(CLASSES[part] for part in told))
