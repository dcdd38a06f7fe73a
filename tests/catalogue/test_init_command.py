"""jiaohao init: what scripts and the office see."""

import json
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import jiaohao
from tests.catalogue.office import Office

Run = Any


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("JIAOHAO_LANGUAGE", "en")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("JIAOHAO_DATABASE_URL", raising=False)

    def run(*words: str | Path) -> tuple[int, str, str]:
        capsys.readouterr()
        code = jiaohao.main(["init", *map(str, words)])
        out, err = capsys.readouterr()
        return code, out, err

    return run


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "memory" / "hall.db"


@pytest.fixture
def url(place: Path) -> str:
    return f"--database=sqlite:///{place}"


def test_one_line_says_what_was_made(run: Run, url: str, place: Path, office: Office) -> None:
    code, out, err = run(office.save(), url)

    assert (code, err) == (0, "")
    assert out.count("\n") == 1
    for said in ("Lincang Hall", "3", str(place)):
        assert said in out
    assert place.is_file()


def test_json_has_the_figures(run: Run, url: str, place: Path, office: Office) -> None:
    office.column("人员", "备注", None, None, None)
    code, out, err = run(office.save(), url, "--json")

    facts = json.loads(out)
    warnings = facts.pop("warnings")
    assert code == 0
    assert facts == {
        "hall": "Lincang Hall",
        "code": "HALL",
        "version": 1,
        "groups": 2,
        "services": 3,
        "materials": 3,
        "counters": 3,
        "clerks": 3,
        "database": str(place),
        "unchanged": False,
    }
    assert [(one["sheet"], one["column"]) for one in warnings] == [("人员", "H")]
    assert "人员!H1" in err


def test_without_a_database_named_it_goes_to_the_users_data(
    run: Run, tmp_path: Path, office: Office
) -> None:
    code, out, _err = run(office.save(), "--json")

    assert code == 0
    assert Path(json.loads(out)["database"]) == tmp_path / "data" / "jiaohao" / "hall.db"


def test_a_wrong_workbook_is_told_line_by_line_and_makes_nothing(
    run: Run, url: str, place: Path, office: Office
) -> None:
    office.put("事项", "预计办理分钟", 2, 0)
    office.put("人员", "角色", 3, "保安")
    path = office.save()

    code, out, err = run(path, url)
    assert (code, out) == (1, "")
    assert err.count("\n") == 3
    assert "事项!K2（预计办理分钟）" in err
    assert "人员!E3（角色）" in err

    code, out, _err = run(path, url, "--json")
    told = json.loads(out)
    assert (code, told["error"]) == (1, "workbook_refused")
    assert [(one["sheet"], one["row"], one["column"]) for one in told["errors"]] == [
        ("事项", 2, "K"),
        ("人员", 3, "E"),
    ]
    assert told["errors"][1]["header"] == "角色"
    assert told["errors"][1]["value"] == "保安"
    assert told["errors"][1]["message"]
    assert not place.parent.exists()


def test_a_wrong_workbook_does_not_touch_the_hall_there_is(
    run: Run, url: str, place: Path, office: Office
) -> None:
    run(office.save(), url)
    before = place.read_bytes()
    office.put("事项", "预计办理分钟", 2, 0)

    assert run(office.save(), url, "--update")[0] == 1
    assert place.read_bytes() == before


def test_a_file_that_is_not_there_is_wrong_usage(run: Run, url: str, tmp_path: Path) -> None:
    code, out, err = run(tmp_path / "none.xlsx", url, "--json")

    assert code == 2
    assert json.loads(out)["error"] == "no_such_file"
    assert "none.xlsx" in err


def test_what_the_rules_refuse_has_exit_code_1(run: Run, url: str, office: Office) -> None:
    path = office.save()
    assert run(path, url, "--update", "--json")[:1] == (1,)

    assert run(path, url)[0] == 0
    code, out, err = run(path, url, "--json")
    assert (code, json.loads(out)["error"]) == (1, "hall_exists")
    assert err


def test_update_says_whether_anything_changed(run: Run, url: str, office: Office) -> None:
    path = office.save()
    run(path, url)
    code, out, _err = run(path, url, "--update", "--json")
    assert (code, json.loads(out)["unchanged"], json.loads(out)["version"]) == (0, True, 1)

    same = run(path, url, "--update")[1]
    office.put("人员", "职务", 2, "主任")
    other = run(office.save(), url, "--update")[1]
    assert same != other
    assert "2" in other


def test_a_place_that_cannot_be_written_to_is_the_environments_fault(
    run: Run, tmp_path: Path, office: Office
) -> None:
    (tmp_path / "file").write_text("")

    code, _out, err = run(office.save(), f"--database=sqlite:///{tmp_path}/file/hall.db")

    assert code == 3
    assert err


def test_the_front_door_makes_a_hall_in_a_process_of_its_own(
    url: str, place: Path, office: Office
) -> None:
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "jiaohao.py", "init", str(office.save()), url, "--json"],
        cwd=root,
        capture_output=True,
        check=True,
        timeout=60,
    )

    assert json.loads(done.stdout)["services"] == 3
    with sqlite3.connect(place) as memory:
        assert memory.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert memory.execute("PRAGMA journal_mode").fetchone() == ("wal",)
