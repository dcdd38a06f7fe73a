"""Notices on the command line: special papers, corrections, finding again, figures, coming back."""

import json
from pathlib import Path

import pytest

from jiaohao import main


@pytest.fixture
def here(database: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("JIAOHAO_DATABASE_URL", f"sqlite:///{database}")
    monkeypatch.setenv("JIAOHAO_LANGUAGE", "zh")
    return database


class CommandLine:
    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys

    def run(self, *words: str) -> tuple[int, dict[str, object], str]:
        """Its exit code, the object, what it says to a person."""
        exit_code = main([*words, "--json"])
        told = self.capsys.readouterr()
        return exit_code, json.loads(told.out), told.err

    def ask(self, *words: str) -> dict[str, object]:
        exit_code, answer, complaint = self.run(*words)
        assert exit_code == 0, complaint
        return answer

    def refused(self, *words: str) -> str:
        exit_code, answer, complaint = self.run(*words)
        assert exit_code == 1
        assert complaint.strip()
        return str(answer["error"])

    def issue(self, *words: str) -> dict[str, object]:
        return self.ask("notice", "issue", "T201", "--clerk", "1001", *words)


@pytest.fixture
def line(here: Path, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(capsys)


def test_what_a_notice_may_not_say_is_refused(line: CommandLine) -> None:
    issue = ("notice", "issue", "T201", "--clerk", "1001")
    assert line.refused(*issue, "--missing", "1", "--remark", "补" * 501) == "remark_too_long"
    assert line.refused(*issue, "--wrong", "1=" + "旧" * 201) == "text_too_long"
    assert line.refused(*issue, "--special", "证" * 61) == "text_too_long"
    assert line.refused(*issue, "--special", "=原件") == "paper_unnamed"
    assert line.refused(*issue, "--special", "公证书=不 归我管") == "forbidden_phrase"
    assert line.run(*issue, "--missing", "x")[0] == 2
    assert line.ask("notice", "list")["notices"] == []


def test_corrections_are_refused_in_words(line: CommandLine) -> None:
    correct = ("notice", "correct", "LC-2026-000001", "--fault", "omitted", "--clerk", "1001")
    assert line.refused(*correct, "--missing", "1") == "unknown_notice"
    serial = str(line.issue("--missing", "1")["serial"])
    correct = ("notice", "correct", serial, "--fault", "omitted", "--clerk", "1002")
    assert line.refused(*correct, "--answerable", "7777") == "unknown_clerk"
    line.ask(*correct, "--missing", "1,2")
    assert line.refused(*correct, "--missing", "1,2") == "already_corrected"
    with pytest.raises(SystemExit):
        main(["notice", "correct", serial, "--fault", "late", "--clerk", "1001"])


def test_a_correction_is_told_with_what_it_corrects(line: CommandLine) -> None:
    first = line.issue("--missing", "1", "--special", '委托书="须公证"', "--special", "照片")
    assert first["special"] == ["委托书", "照片"]
    second = line.ask(
        "notice", "correct", str(first["serial"]), "--fault", "incomplete", "--missing", "1,2",
        "--clerk", "1002", "--answerable", "1003", "--remark", "x" * 500,
    )  # fmt: skip
    assert second["corrects"] == first["serial"]
    assert (second["fault"], second["answerable"]) == ("incomplete", "1003")

    old = line.ask("notice", "show", str(first["serial"]))
    assert (old["corrected_by"], old["unchanged"]) == (second["serial"], True)
    assert line.ask("notice", "show", str(second["serial"]))["corrected_by"] is None
    assert main(["notice", "show", str(first["serial"])]) == 0
    assert str(second["serial"]) in line.capsys.readouterr().out.splitlines()[0]


def test_lists_and_figures(line: CommandLine) -> None:
    first = line.issue("--missing", "1")
    second = line.ask(
        "notice", "correct", str(first["serial"]), "--fault", "omitted", "--missing", "1",
        "--wrong", "3=未备案", "--clerk", "1002",
    )  # fmt: skip
    listed = line.ask("notice", "list", "--service", "T201", "--serial", "1")["notices"]
    assert isinstance(listed, list)
    assert [(one["serial"], one["corrected_by"]) for one in listed] == [
        (first["serial"], second["serial"])
    ]
    assert line.ask("notice", "list", "--date", "2020-01-01") == {"notices": []}
    figures = line.ask("notice", "figures")
    assert figures["notices"] == 2
    assert figures["corrections"] == [{"clerk": "1001", "fault": "omitted", "notices": 1}]
    materials = figures["materials"]
    assert isinstance(materials, list)
    assert {(one["material"], one["missing"], one["wrong"]) for one in materials} == {
        ("居民身份证", 1, 0),
        ("购房合同", 0, 1),
    }
    assert line.ask("notice", "figures", "--to", "2020-01-01")["notices"] == 0
    for words in (["notice", "list"], ["notice", "figures"]):
        assert main(words) == 0
    assert "1001 李四" in line.capsys.readouterr().out


def test_the_notice_brings_its_citizen_back(line: CommandLine) -> None:
    told = line.issue("--missing", "1")
    assert line.run("ticket", "issue")[0] == 2
    assert line.run("ticket", "issue", "T201", "--notice", str(told["code"]))[0] == 2
    assert line.refused("ticket", "issue", "--notice", "LC-1999-000001") == "unknown_notice"

    back = line.ask("ticket", "issue", f"--notice={told['code']}", "--class", "elderly")
    assert (back["number"], back["service"], back["class"]) == ("A001", "T201", "elderly")
    again = ("ticket", "issue", "--notice", str(told["serial"]), "--assisted-by", "1002")
    assert line.refused(*again) == "already_back"
