"""The template an office starts from is read as it is, and is the one the code makes."""

from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook as Xlsx
from openpyxl import load_workbook

from hall.settings import HallSettings
from hall.workbook import plans
from hall.workbook.reading import read_workbook
from hall.workbook.tables import Plan, column_of, heading
from hall.workbook.template import HEADERS
from hall.workbook.template import template as make_template


@pytest.fixture
def template() -> Path:
    return Path(str(resources.files("assets") / "service-catalogue-template.xlsx"))


def test_the_template_is_read_without_a_mistake_or_a_warning(template: Path) -> None:
    book = read_workbook(template)

    assert (len(book.services), len(book.materials), len(book.counters)) == (1, 1, 1)
    assert book.warnings == ()
    every = HallSettings().priority_classes
    assert book.hall.numbers == {
        "stop_issuing_minutes": 15,
        "calls_before_no_show": 3,
        "priority_classes": every,
    }


def test_the_template_in_assets_is_the_one_the_code_makes(template: Path) -> None:
    def cells(book: Xlsx) -> dict[str, list[tuple[Any, ...]]]:
        return {sheet.title: list(sheet.values) for sheet in book.worksheets}

    assert cells(load_workbook(template)) == cells(make_template())


@pytest.mark.parametrize("plan", plans.PLANS, ids=lambda plan: plan.sheet)
def test_the_template_has_every_column_that_is_read(plan: Plan) -> None:
    headers = {column_of(plan, heading(one)) for one in HEADERS[plan.sheet]}

    assert headers >= set(plan.columns)
