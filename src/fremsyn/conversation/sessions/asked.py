"""What names the state of a session's pages, so that one that has it is answered with nothing."""

from django.http import HttpRequest
from django.utils.translation import get_language

from fremsyn.conversation.sessions.state import Meeting


def etag(request: HttpRequest, meeting: Meeting, case_revision: object) -> str:
    """Return what names the state of a session's page: it changes with the case, the run, the language and the reader."""
    run = meeting.run.version if meeting.run else 0
    return f'"{case_revision}-{run}-{get_language()}-{request.user.pk}"'
