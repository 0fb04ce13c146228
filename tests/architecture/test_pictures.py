"""Every picture that the documentation names is there, with words for those who don't see it, and none lies unused."""

import re
from pathlib import Path

PICTURE = re.compile(r"!\[(?P<alt>[^\]]*)\]\((?P<path>[^)\s]+)\)")
MOST_BYTES = 120_000


def test_every_picture_is_named_somewhere_and_every_one_named_is_there(repo: Path) -> None:
    named = set()
    for page in [*repo.glob("*.md"), *repo.glob("docs/**/*.md")]:
        for found in PICTURE.finditer(page.read_text(encoding="utf-8")):
            path = (page.parent / found["path"]).resolve()
            assert path.is_file(), f"{page.name} names {found['path']}"
            assert len(found["alt"]) > len("A picture"), f"{page.name}: {found['path']} says nothing"
            named.add(path)
    assert named == {path.resolve() for path in repo.glob("docs/pictures/*")}


def test_pictures_are_small(repo: Path) -> None:
    assert all(path.stat().st_size <= MOST_BYTES for path in repo.glob("docs/pictures/*"))
