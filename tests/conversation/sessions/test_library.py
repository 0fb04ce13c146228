"""The templates that ship."""

from __future__ import annotations

import pytest

from fremsyn.conversation.queries import PHASES
from fremsyn.conversation.sessions.library import templates
from fremsyn.core.text import Text, Texts


def test_every_phase_has_a_template():
    assert {each.phase for each in templates()} == set(PHASES)
    assert [PHASES.index(each.phase) for each in templates()] == sorted(PHASES.index(e.phase) for e in templates())


@pytest.mark.parametrize("template", templates(), ids=lambda each: each.id)
def test_a_template_is_whole_in_both_languages(template):
    texts = [value for value in vars(template).values() if isinstance(value, Text | Texts)]
    texts += [text for line in template.run_sheet for text in (line.part, line.how)]
    texts += template.prompts

    assert all(text.da and text.en for text in texts)
    assert len(template.prompts) == 3
    assert sum(line.minutes for line in template.run_sheet) == template.minutes_total
