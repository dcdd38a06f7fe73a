"""What systemd is given starts the programs again and again, and lets them do little else."""

import configparser
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from commands import units
from commands.units import WHAT, WITHOUT_SCREEN, files

PROGRAMS = [
    "kiosk",
    "board",
    "board:east",
    "sign:3",
    "spooler",
    "speaker",
    "speaker:east",
    "keeper",
]


def install(*words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "jiaohao", "install", *words],
        capture_output=True,
        text=True,
        check=False,
    )


def unit_of(program: str) -> configparser.ConfigParser:
    (text,) = (
        one.text
        for one in files([program], "/opt/jiaohao/bin/jiaohao", 7)
        if one.path.endswith(".service")
    )
    read = configparser.ConfigParser(strict=False, interpolation=None)
    read.optionxform = str  # type: ignore[assignment, method-assign]
    read.read_string(text)
    return read


@pytest.mark.parametrize("program", PROGRAMS)
def test_each_program_is_started_again_whatever_ends_it_and_runs_as_nobody_in_particular(
    program: str,
) -> None:
    unit = unit_of(program)
    assert unit["Service"]["Restart"] == "always"
    assert unit["Unit"]["StartLimitIntervalSec"] == "0"
    assert unit["Service"]["User"] == "jiaohao"
    assert unit["Service"]["UMask"] == "0007"
    assert unit["Install"]["WantedBy"] == "multi-user.target"


@pytest.mark.parametrize("program", WITHOUT_SCREEN)
def test_what_has_no_screen_can_write_nowhere_but_in_the_hall_s_folder(program: str) -> None:
    service = unit_of(program)["Service"]
    assert service["ProtectSystem"] == "strict"
    assert service["ReadWritePaths"] == units.FOLDER
    assert service["NoNewPrivileges"] == "yes"
    assert service["CapabilityBoundingSet"] == ""


def test_the_words_are_those_jiaohao_run_takes() -> None:
    told = {program: " ".join(units.words_of(program)) for program in PROGRAMS}
    assert told["sign:3"] == "counter-sign 3 --wall"
    assert told["board:east"] == "board --zone east"
    for words in told.values():
        done = subprocess.run(
            [sys.executable, "-m", "jiaohao", "run", *words.split(), "--help"],
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, words


def test_each_screen_has_a_terminal_and_a_display_of_its_own() -> None:
    made = files(["kiosk", "board", "spooler", "sign:3"], "jiaohao", 7)
    started = [line for one in made for line in one.text.splitlines() if "xinit" in line]
    assert [line[line.index("-- :") :].split(" -nolisten")[0] for line in started] == [
        "-- :0 vt7",
        "-- :1 vt8",
        "-- :2 vt9",
    ]


@pytest.mark.parametrize("wrong", ["kiosks", "sign", "sign:x", "keeper:2", "spooler:a b"])
def test_what_is_no_program_is_refused_and_nothing_is_written(wrong: str, tmp_path: Path) -> None:
    done = install("keeper", wrong, "--root", str(tmp_path))
    assert (done.returncode, wrong in done.stderr) == (2, True)
    assert list(tmp_path.iterdir()) == []


def test_they_are_shown_or_written_and_systemd_finds_nothing_wrong(tmp_path: Path) -> None:
    shown = json.loads(install(*PROGRAMS, "--print", "--json").stdout)["files"]
    done = install(*PROGRAMS, "--root", str(tmp_path))

    assert done.returncode == 0
    for path, text in shown.items():
        assert (tmp_path / path.lstrip("/")).read_text() == text
    assert all(
        f"jiaohao-{program.replace(':', '-')}.service" in done.stdout for program in PROGRAMS
    )
    if (judge := shutil.which("systemd-analyze")) is not None:
        written = sorted((tmp_path / "etc/systemd/system").glob("*.service"))
        judged = subprocess.run(
            [judge, "verify", *map(str, written)], capture_output=True, text=True, check=False
        )
        wrong = [
            line
            for line in judged.stderr.splitlines()
            if "jiaohao" in line and "is not executable" not in line  # kitty, xinit are not here
        ]
        assert wrong == []


def test_every_program_without_a_person_at_it_has_a_unit() -> None:
    assert set(WHAT) == {"kiosk", "board", "sign", "spooler", "speaker", "keeper"}
