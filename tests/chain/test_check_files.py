"""Files that are missing, strange or too many, votes and stories: each fault is named with its file and row."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from chain.small import VOTES, write
from fremsyn.cases.yaml_tree import LARGEST
from fremsyn.chain.check import Checked, check_folder
from fremsyn.chain.folder import MOST_FILES


def named(checked: Checked, file: str) -> str:
    [fault] = [each for each in checked.faults if each.file == file]
    assert fault.todo
    return fault.wrong


@pytest.mark.parametrize("sheet", ["case", "framing", "cross_impact", "approval"])
def test_a_missing_file_is_named_once_and_nothing_else_is(folder, sheet):
    (folder / f"{sheet}.yaml").unlink()
    [fault] = check_folder(folder).faults
    assert (fault.file, fault.wrong) == (f"{sheet}.yaml", "the file is missing")


@pytest.mark.parametrize("section", ["questions", "baseline", "process", "scope"])
def test_a_missing_section_is_named_once_and_nothing_else_is(tmp_path, sheets, section):
    del sheets["framing"][section]
    [fault] = check_folder(write(tmp_path, sheets)).faults
    assert (fault.file, fault.field, fault.wrong) == ("framing.yaml", section, "the field is missing")


@pytest.mark.parametrize("name", ["notes.yaml", "extra.yml", "votes/MORE.yaml", "stories/x.yaml"])
def test_a_yaml_file_that_no_case_has_is_a_fault(folder, name):
    (folder / name).write_text("a: 1\n", encoding="utf-8")
    assert "no case has a file of this name" in named(check_folder(folder), name)


def test_an_empty_side_file_is_a_fault(folder):
    (folder / "votes" / "SYNTHETIC.yaml").write_text("", encoding="utf-8")
    assert "empty" in named(check_folder(folder), "votes/SYNTHETIC.yaml")
    (folder / "votes" / "SYNTHETIC.yaml").write_text("schema: case/votes@2\ncolour: 1\n", encoding="utf-8")
    assert "the field is unknown" in {each.wrong for each in check_folder(folder).faults}


def test_files_that_do_not_travel_are_faults(folder):
    (folder / "run.sh").write_text("#!/bin/sh\n", encoding="utf-8")
    (folder / "stories" / "C1 draft.md").write_text("x", encoding="utf-8")
    checked = check_folder(folder)
    assert "does not travel" in named(checked, "run.sh")
    assert "does not travel" in named(checked, "stories/C1 draft.md")


def test_links_pipes_and_large_files_are_faults_and_hidden_ones_are_left_alone(folder, tmp_path):
    secret = tmp_path / "secret.md"
    secret.write_text("secret", encoding="utf-8")
    (folder / "stories" / "C3.da.md").symlink_to(secret)
    (folder / "elsewhere").symlink_to(tmp_path)
    os.mkfifo(folder / "pipe.md")
    (folder / "large.md").write_bytes(b"x" * (LARGEST + 1))
    (folder / ".git").mkdir()
    (folder / ".git" / "config").write_text("x", encoding="utf-8")
    checked = check_folder(folder)

    assert named(checked, "stories/C3.da.md") == named(checked, "elsewhere") == "the file is a link"
    assert named(checked, "pipe.md") == "this is no plain file"
    assert "larger than 5 MB" in named(checked, "large.md")
    assert len(checked.faults) == 4


def test_a_linked_sheet_or_story_is_not_followed(folder, tmp_path):
    for name in ("framing.yaml", "stories/C1.da.md"):
        outside = tmp_path / Path(name).name
        (folder / name).rename(outside)
        (folder / name).symlink_to(outside)
    wrong = {(fault.file, fault.wrong) for fault in check_folder(folder).faults}
    assert ("framing.yaml", "the file is a link") in wrong
    assert ("stories/C1.da.md", "the file is a link") in wrong


def test_a_file_that_may_not_be_read_is_a_fault(folder, monkeypatch):
    read_bytes = Path.read_bytes

    def refused(path: Path) -> bytes:
        if path.name == "plans.yaml":
            raise PermissionError(13, "Permission denied")
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", refused)
    assert "can't be read (Permission denied)" in named(check_folder(folder), "plans.yaml")


def test_too_many_files_are_a_fault(folder):
    for number in range(MOST_FILES):
        (folder / f"n{number}.md").touch()
    assert any("more than 500 files" in fault.wrong for fault in check_folder(folder).faults)


def test_a_folder_that_is_none_is_a_fault(tmp_path, folder):
    for path in (tmp_path / "none", folder / "case.yaml"):
        [fault] = check_folder(path).faults
        assert fault.wrong == "there is no such folder"


def test_a_name_that_is_not_text_is_shown_as_well_as_can_be(folder):
    (folder / os.fsdecode(b"\xff\x1b[31m.md")).touch()
    [fault] = check_folder(folder).faults
    assert str(fault).isprintable()
    assert str(fault).encode()


# --- votes and stories

VOTE_FAULTS = [
    ("participant;circle;statement;vote\n", 1, "", "does not name the columns"),
    ("", 1, "", "does not name the columns"),
    (VOTES + "p9,wide,U1\n", 10, "", "has 3 fields"),
    (VOTES + ",wide,U1,1\n", 10, "participant", "no pseudonym"),
    (VOTES + "x" * 81 + ",wide,U1,1\n", 10, "participant", "no pseudonym"),
    (VOTES + "=1+1,wide,U1,1\n", 10, "participant", "no pseudonym"),
    (VOTES + "a\0b,wide,U1,1\n", 10, "participant", "no pseudonym"),
    (VOTES + "p9,everybody,U1,1\n", 10, "circle", "no circle of this round"),
    (VOTES + "p9,leadership,U1,1\n", 10, "circle", "no circle of this round"),
    (VOTES + "p9,wide,U7,1\n", 10, "statement", "not in this round"),
    (VOTES + "p9,wide,U1,2\n", 10, "vote", "no vote"),
    (VOTES + "p9,wide,U1,yes\n", 10, "vote", "no vote"),
    (VOTES + "p0,wide,U1,1\n", 10, "participant", "answers U1 twice"),
    (VOTES + '"p9,wide,U1,1\n', 10, "", "not CSV"),
    (VOTES + '"' + "x" * 200_000 + '",wide,U1,1\n', 10, "", "not CSV"),
]


@pytest.mark.parametrize(("text", "line", "column", "wrong"), VOTE_FAULTS)
def test_a_wrong_vote_is_named_with_its_row(folder, text, line, column, wrong):
    (folder / "votes" / "R1.csv").write_text(text, encoding="utf-8")

    [fault] = check_folder(folder).faults
    assert (fault.file, fault.line, fault.field) == ("votes/R1.csv", line, column)
    assert wrong in fault.wrong


def test_nobody_votes_in_two_circles(tmp_path, sheets):
    sheets["conversation"]["rounds"][0]["circles"].append("leadership")
    sheets["conversation"]["statements"].append({**sheets["conversation"]["statements"][0], "ref": "U2"})
    sheets["conversation"]["rounds"][0]["statements"].append("U2")
    folder = write(tmp_path, sheets)
    (folder / "votes" / "R1.csv").write_text(VOTES + "p0,leadership,U2,1\n", encoding="utf-8")

    [fault] = check_folder(folder).faults
    assert (fault.line, fault.field, fault.wrong) == (10, "circle", "p0 stands in wide above")


@pytest.mark.parametrize("name", ["votes/R1.csv", "stories/C1.en.md"])
def test_a_file_that_is_not_utf_8_is_named_with_its_line(folder, name):
    (folder / name).write_bytes(b"one\ntwo \xff\n")
    assert "not UTF-8" in named(check_folder(folder), name)


def test_a_story_with_a_character_that_cant_be_kept_is_named(folder):
    (folder / "stories" / "C1.en.md").write_bytes(b"one\ntwo\0\n")
    [fault] = check_folder(folder).faults
    assert (fault.file, fault.line) == ("stories/C1.en.md", 2)
