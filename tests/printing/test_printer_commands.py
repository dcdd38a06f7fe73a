"""jiaohao printer, jiaohao slip and the reprints: what an installer and the staff are answered."""

import json
import os
import pty
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import Engine, text

from commands.context import now
from db import journal
from db.engine import reading, writing
from devices.printing.spooler import Spooler
from hall.open_hall import OpenHall
from jiaohao import main
from proof.paper.virtual_printer import VirtualPrinter
from tests.printing.paper_trail import issue, issue_notice, states

Ask = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture
def ask(
    database: Path,
    printer: VirtualPrinter,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Ask:
    """Exit code and JSON of a command on the hall with the virtual printer."""
    monkeypatch.setenv("JIAOHAO_DATABASE_URL", f"sqlite:///{database}")
    monkeypatch.setenv("JIAOHAO_HALL__NUMBERS_AT_ANY_HOUR", "true")
    monkeypatch.setenv("JIAOHAO_PRINTER__ADDRESS", printer.address)
    monkeypatch.setenv("JIAOHAO_PRINTER__STATUS_SECONDS", "0.3")
    monkeypatch.setenv("JIAOHAO_PRINTER__ACKNOWLEDGE_SECONDS", "1.5")

    def ask(*words: str) -> tuple[int, dict[str, Any]]:
        code = main([*words, "--json"])
        return code, json.loads(capsys.readouterr().out)

    return ask


def test_status_tells_every_printer_and_what_waits_for_it(
    ask: Ask, printing_hall: OpenHall
) -> None:
    issue(printing_hall)
    code, facts = ask("printer", "status")
    assert (code, facts["waiting"]) == (0, 1)
    assert facts["waiting_without_a_spooler"] == {"default": 1}

    Spooler(printing_hall).print_waiting()
    _, facts = ask("printer", "status")

    (told,) = facts["printers"]
    assert (told["name"], told["state"], told["waiting"]) == ("default", "ready", 0)


def test_status_of_a_printer_without_paper_is_the_environments_fault(
    ask: Ask, printer: VirtualPrinter
) -> None:
    printer.faults.add("paper-out")

    assert ask("printer", "status")[1]["error"] == "printer_paper_out"
    assert main(["printer", "status"]) == 3


@pytest.mark.parametrize(
    ("faults", "supports"),
    [
        (set(), {"status": True, "process_id": True, "paper_status": True}),
        ({"no-process-id"}, {"status": True, "process_id": False, "paper_status": True}),
    ],
)
def test_a_test_finds_out_what_the_printer_supports(
    ask: Ask, printer: VirtualPrinter, faults: set[str], supports: dict[str, bool]
) -> None:
    printer.faults |= faults

    code, facts = ask("printer", "test")

    assert code == 0
    assert facts["supports"] == {**supports, "model": "Jiaohao JH-80"}
    assert len(printer.slips) == 1


@pytest.mark.parametrize(
    ("answers", "code", "seen"),
    [
        ("y\ny\nja\nj\n是\ny\n", 0, {"width": True, "cut": True}),
        ("n\ny\ny\ny\ny\n", 1, {"width": False, "cut": True}),
        ("y\n\x04", 0, {"width": True}),
    ],
)
def test_what_only_eyes_can_see_is_asked_and_kept(
    ask: Ask,
    engine: Engine,
    monkeypatch: pytest.MonkeyPatch,
    answers: str,
    code: int,
    seen: dict[str, bool],
) -> None:
    installer, terminal = pty.openpty()
    os.write(installer, answers.encode())
    with os.fdopen(terminal) as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        assert main(["printer", "test"]) == code
    os.close(installer)

    with reading(engine) as session:
        (told,) = (row for row in journal.entries(session, 1) if row.what == "printer.tested")
    assert told.after is not None
    assert {what: told.after["seen"].get(what) for what in seen} == seen


def test_a_slip_is_printed_again_from_the_command_line(ask: Ask, printing_hall: OpenHall) -> None:
    printing_hall.now = now
    _, issued = ask("ticket", "issue", "T201", "--large")
    serial = issue_notice(printing_hall)
    Spooler(printing_hall).print_waiting()

    assert ask("ticket", "reprint", issued["number"], "--reason", "lost", "--clerk", "1001") == (
        0,
        {"number": issued["number"], "reprint": True},
    )
    assert ask("ticket", "reprint", issued["number"])[1]["error"] == "print_waits"
    assert ask("notice", "reprint", serial) == (0, {"serial": serial, "reprint": True})
    assert ask("notice", "reprint", serial, "--clerk", "9999")[1]["error"] == "unknown_clerk"
    assert states(printing_hall)["ticket/1/2"] == "queued"


def test_the_archive_shows_and_proves_what_was_printed(
    ask: Ask, printing_hall: OpenHall, printer: VirtualPrinter, tmp_path: Path
) -> None:
    serial = issue_notice(printing_hall)
    Spooler(printing_hall).print_waiting()

    code, facts = ask("slip", "show", serial, "--png", str(tmp_path / "kept"))
    assert code == 0
    assert [one["outcome"] for one in facts["prints"]] == ["printed"]
    kept = [Image.open(file).tobytes() for file in facts["files"]]
    assert kept == [slip.tobytes() for slip in printer.slips]

    assert ask("slip", "verify") == (0, {"intact": True, "prints": 1})
    with writing(printing_hall.engine) as session:
        session.connection().execute(text("UPDATE slip_picture SET dots = x'' WHERE piece = 1"))
    code, facts = ask("slip", "verify")
    assert (code, facts["error"]) == (1, "archive_changed")
    assert "notice/1/1" in facts["message"]


def test_a_slip_never_sent_is_said_so(ask: Ask) -> None:
    code, facts = ask("slip", "show", "notice/1")

    assert (code, facts["error"]) == (1, "never_printed")


@pytest.mark.parametrize("kind", ["ticket", "notice", "payment"])
def test_any_slip_can_be_seen_before_there_is_a_hall(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JIAOHAO_DATABASE_URL", f"sqlite:///{tmp_path}/none.db")

    assert main(["slip", "preview", kind, "--width", "384"]) == 0
    told = capsys.readouterr().out
    assert main(["slip", "preview", kind, "--dots", "--large"]) == 0
    dots = capsys.readouterr().out

    assert "临沧" in told.replace(" ", "")
    assert set(dots) <= set(" ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█\n")
