"""What programs without a screen tell: lines for people, or an object a line for programs."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

LIMIT_S = 30


def first_line_of_a_spooler(database: Path, form: str) -> str:
    """Of one whose printer is not there."""
    spooler = subprocess.Popen(
        [sys.executable, "-m", "jiaohao", "run", "spooler"],
        env=os.environ
        | {
            "JIAOHAO_DATABASE_URL": f"sqlite:///{database}",
            "JIAOHAO_PRINTER__ADDRESS": "127.0.0.1:9",  # nobody listens there
            "JIAOHAO_LOG_FORMAT": form,
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert spooler.stderr is not None
        return spooler.stderr.readline()
    finally:
        spooler.terminate()
        spooler.communicate(timeout=LIMIT_S)


def test_a_fact_is_an_object_with_its_printer_as_a_field(database: Path) -> None:
    told = json.loads(first_line_of_a_spooler(database, "json"))
    assert set(told) == {"at", "level", "logger", "message", "printer", "state"}
    assert (told["level"], told["logger"]) == ("WARNING", "jiaohao.printing")
    assert (told["printer"], told["state"]) == ("default", "unreachable")
    assert told["at"].endswith("+00:00")


def test_for_people_it_is_a_line(database: Path) -> None:
    line = first_line_of_a_spooler(database, "text")
    assert "printer default:" in line
    with pytest.raises(json.JSONDecodeError):
        json.loads(line)
