"""The page about the case format says what the code reads."""

from fremsyn.chain.case_format import described


def test_the_page_is_what_the_dataclasses_say(repo):
    page = (repo / "docs" / "case-format.md").read_text(encoding="utf-8")
    assert page == described(), "run: fremsyn case format > docs/case-format.md"
