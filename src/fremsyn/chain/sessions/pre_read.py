"""A draft of a session's pre-read, drawn from the case's own material: one page, with references."""

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import override

from fremsyn.cases.access import Visit
from fremsyn.chain.sessions.material import MATERIAL, listed, short
from fremsyn.conversation.answers import answers, shown
from fremsyn.conversation.handover import load as load_conversation
from fremsyn.conversation.schema import Session
from fremsyn.conversation.sessions.queries import asked_of_circles, surprised_leadership
from fremsyn.conversation.wording import circle_name
from fremsyn.core.text import LANGUAGES, Text
from fremsyn.web.templatetags.say import say_plain

FEW = 3


def draft(visit: Visit, session: Session) -> Text:
    """Return a draft in every language, a paragraph for each thing worth knowing before the session."""
    return Text(**{code: _in_language(code, visit, session) for code in LANGUAGES})


def _in_language(code: str, visit: Visit, session: Session) -> str:
    with override(code):
        return "\n\n".join(_paragraphs(visit, session))


def _paragraphs(visit: Visit, session: Session) -> Iterator[str]:
    yield _("We are to talk about: %(question)s") % {"question": say_plain(session.focal_question)}
    material: Callable[[Visit], Iterator[str]] = MATERIAL[session.phase]
    yield from material(visit)
    yield from _differences(visit, session)
    yield from _insights(visit)
    yield from _last_time(visit, session)
    if session.prompts:
        yield _("Think of this on the way: %(prompts)s") % {"prompts": " ".join(map(say_plain, session.prompts))}


def _differences(visit: Visit, session: Session) -> Iterator[str]:
    talk = load_conversation(visit.case).conversation
    texts = {each.ref: each.text for each in talk.statements if each.ref in visit.entries}
    refs = [ref for each in talk.rounds if each.phase == session.phase for ref in each.statements if ref in texts]
    widest = answers(visit.case).widest(refs)[:FEW] if refs else ()
    said = []
    for each in widest:
        circles = ", ".join(
            _("%(circle)s %(n)d per cent") % {"circle": circle_name(visit.case, code), "n": n}
            for code, n in shown(each).items()
        )
        said.append(f"{each.statement} {short(texts[each.statement])} ({circles})")
    yield from listed(_("Here the circles are furthest apart, in per cent who agree:"), said)


def _insights(visit: Visit) -> Iterator[str]:
    learnt = visit.of_kind("insight")[-FEW:]
    yield from listed(_("The latest insights:"), [f"{each.ref} {short(each.title)}" for each in learnt])


def _last_time(visit: Visit, session: Session) -> Iterator[str]:
    """Say what the session before this one was surprised by, and what it asked the circles."""
    surprised = [each for each in surprised_leadership(visit.case) if each.session != session.ref][:1]
    yield from listed(
        _("What surprised the leadership last:"), [f"{short(each.text)} ({each.session})" for each in surprised]
    )
    asked = [each for each in asked_of_circles(visit.case) if each.session != session.ref][:1]
    yield from listed(_("What we last asked the circles:"), [f"{short(each.text)} ({each.session})" for each in asked])
