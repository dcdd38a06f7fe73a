"""优先类别 in the workbook: whom the hall serves sooner, in its own order."""

import pytest

from tests.catalogue.office import Office


@pytest.mark.parametrize(
    ("cell", "classes"),
    [
        ("老年人、军人", ["elderly", "soldier"]),
        ("急事, 孕妇，带婴儿者;残疾人 急事", ["urgent", "pregnant", "infant", "disabled"]),
        ("无", []),
    ],
)
def test_the_classes_are_read_in_the_halls_order(
    office: Office, cell: str, classes: list[str]
) -> None:
    office["大厅"].append(["优先类别", cell])
    assert office.read().hall.numbers["priority_classes"] == classes


def test_without_the_item_the_hall_keeps_what_it_has(office: Office) -> None:
    assert "priority_classes" not in office.read().hall.numbers


def test_a_class_nobody_knows_is_refused_where_it_stands(office: Office) -> None:
    office["大厅"].append(["优先类别", "老年人、贵宾"])
    (mistake,) = office.refusals()
    assert (mistake.sheet, mistake.row) == ("大厅", 12)
    assert "老年人" in str(mistake)
