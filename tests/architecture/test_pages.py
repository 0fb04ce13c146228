"""Rules about templates and about what is said on the screen."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po
from django.template import Template, engines
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

SOURCE = Path(__file__).parents[2] / "src" / "fremsyn"
TEMPLATES = sorted(SOURCE.glob("*/templates/**/*.html"))
APPS = sorted(path.name for path in SOURCE.iterdir() if path.is_dir() and path.name != "__pycache__")
KEYWORDS = {
    name: places
    for suffix in ("", "_lazy")
    for name, places in {
        f"gettext{suffix}": (1,),
        f"ngettext{suffix}": (1, 2),
        f"pgettext{suffix}": ((1, "c"), 2),
        "_": (1,),
    }.items()
}
PLACE = re.compile(r"%\(\w+\)s|{\w*}")


def in_template(path: Path) -> set[str]:
    text = path.read_text(encoding="utf-8")
    nodes = Template(text, engine=engines["django"].engine).nodelist
    said = set(re.findall(r"""_\((?:"|')(.+?)(?:"|')\)""", text))
    said |= {str(node.filter_expression.var.literal) for node in nodes.get_nodes_by_type(TranslateNode)}
    for node in nodes.get_nodes_by_type(BlockTranslateNode):
        said.add(node.render_token_list(node.singular)[0])
        if node.plural:
            said.add(node.render_token_list(node.plural)[0])
    return said - {"None"}


def in_module(path: Path) -> set[str]:
    found = extract_from_file("python", path, keywords=KEYWORDS)
    return {text for _line, said, *_rest in found for text in ([said] if isinstance(said, str) else said) if text}


@pytest.mark.parametrize("app", APPS)
def test_every_text_has_its_danish(app):
    folder = SOURCE / app
    said = {text for path in folder.rglob("templates/**/*.html") for text in in_template(path)}
    said |= {text for path in folder.rglob("*.py") for text in in_module(path)}
    file = folder / "locale/da/LC_MESSAGES/django.po"
    if not said:
        return
    assert file.exists(), f"{app} speaks but has no Danish catalogue"
    with file.open("rb") as opened:
        entries = {entry.id: entry for entry in read_po(opened, abort_invalid=True) if entry.id}
    texts = {}
    for entry in entries.values():
        ids, strings = (part if isinstance(part, (list, tuple)) else (part,) for part in (entry.id, entry.string))
        texts |= {each: strings for each in ids if all(strings) and not entry.fuzzy}
    assert not sorted(said - set(texts))
    plain = {text: strings[0] for text, strings in texts.items() if len(strings) == 1}
    assert not [text for text, da in plain.items() if sorted(PLACE.findall(text)) != sorted(PLACE.findall(da))]


def test_the_same_words_are_said_alike_everywhere():
    """What is meant otherwise in one place has a context of its own there."""
    said = {}
    for file in SOURCE.glob("*/locale/da/LC_MESSAGES/django.po"):
        with file.open("rb") as opened:
            for entry in read_po(opened, abort_invalid=True):
                if entry.id:
                    said.setdefault((entry.context, entry.id), set()).add(entry.string)
    assert not {words: danish for words, danish in said.items() if len(danish) > 1}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: "/".join(path.parts[-3:]))
def test_a_template_compiles_and_keeps_to_the_policy(path):
    text = path.read_text(encoding="utf-8")
    Template(text, engine=engines["django"].engine)
    outside_tags = re.sub(r"{[%#{].*?[%#}]}", "", text, flags=re.DOTALL)
    assert not re.search(r"\sstyle\s*=|\son[a-z]+\s*=|<style|javascript:", outside_tags)
    assert all("src=" in tag for tag in re.findall(r"<script\b[^>]*>", outside_tags))
    assert not re.search(r"""(src|href)=["'](https?:)?//""", outside_tags)
