"""Every word of the product is there in Chinese, and says the same things."""

import ast
import string
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from db import journal
from db.faults import DatabaseFault, NoDatabase
from db.tables import AttemptOutcome, CounterState, PrinterState, TicketState
from hall import errors
from hall.errors import Refused
from hall.errors.catalogue import UnknownService
from hall.wording import FAULTS, Wording

ROOT = Path(__file__).parent.parent
ROOMS = ("commands", "counter", "devices", "display", "hall", "kiosk", "proof", "ui")
TEXT = ROOT / "assets" / "locale" / "zh" / "LC_MESSAGES" / "jiaohao.po"


STATES = (TicketState, CounterState, PrinterState, AttemptOutcome)
NAMED = {state.value for states in STATES for state in states} | {
    journal.ROW_MISSING,
    journal.ROW_SLIPPED_IN,
    journal.ROW_CHANGED,
}
"""What is said by the name the database has for it."""


def used() -> dict[str, str]:
    """Sentence → where it stands in the code; also within f-strings, where Babel does not look."""
    found = {}
    for room in ROOMS:
        for file in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if not isinstance(node, ast.Call) or not node.args:
                    continue
                called = getattr(node.func, "attr", getattr(node.func, "id", ""))
                words = node.args[0]
                if called in ("say", "_") and isinstance(words, ast.Constant):
                    assert isinstance(words.value, str)
                    found[words.value] = f"{file.relative_to(ROOT)}:{node.lineno}"
    return found


@pytest.fixture(scope="module")
def chinese() -> Catalog:
    with TEXT.open("rb") as text:
        return read_po(text)


def test_every_sentence_is_translated(chinese: Catalog) -> None:
    missing = {
        words: place
        for words, place in (used() | dict.fromkeys(NAMED, "db")).items()
        if (message := chinese.get(words)) is None or not message.string or message.fuzzy
    }
    assert missing == {}


def test_a_translation_names_the_same_facts(chinese: Catalog) -> None:
    def names(text: str) -> set[str | None]:
        return {name for _, name, _, _ in string.Formatter().parse(text)} - {None}

    for message in chinese:
        if isinstance(message.id, str) and message.id:
            assert isinstance(message.string, str)
            assert names(message.string) == names(message.id), message.id


def test_no_translation_is_left_over(chinese: Catalog) -> None:
    assert {message.id for message in chinese if message.id} == used().keys() | NAMED


def test_what_is_installed_is_what_is_written(chinese: Catalog) -> None:
    """The compiled translations are not older than their text."""
    wording = Wording("zh")
    for message in chinese:
        if message.id:
            assert wording.translations.gettext(str(message.id)) == message.string


def test_every_refusal_and_every_fault_has_words() -> None:
    subjects = [import_module(f"hall.errors.{one.name}") for one in iter_modules(errors.__path__)]
    kinds = [kind for subject in subjects for kind in vars(subject).values()]
    refusals = {kind for kind in kinds if isinstance(kind, type) and issubclass(kind, Refused)}
    assert len(refusals) > 100
    for kind in refusals - {Refused}:
        assert kind.words
        assert kind.code != Refused.code
    assert set(DatabaseFault.__subclasses__()) <= set(FAULTS)


def test_words_come_in_the_readers_language() -> None:
    refusal = UnknownService(service="X9")
    assert Wording("zh").refusal(refusal) == "没有编码为 X9 的事项。"
    assert Wording("en").refusal(refusal) == "There is no service X9."
    # Not translated yet: who reads Tibetan is expected to read Chinese, others English.
    assert Wording("bo").refusal(refusal) == "没有编码为 X9 的事项。"
    assert Wording("fr").refusal(refusal) == "There is no service X9."
    assert "hall.db" in Wording("zh").fault(NoDatabase("hall.db"))
