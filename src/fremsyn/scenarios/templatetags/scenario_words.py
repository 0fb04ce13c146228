"""The filter that names a state by its reference: {{ ref|state:base }}."""

from django import template
from django.utils.safestring import SafeString

from fremsyn.scenarios.queries import Ground
from fremsyn.web.templatetags.say import say

register = template.Library()


@register.filter
def state(ref: str, base: Ground) -> SafeString:
    """Return a state's name in the language in use."""
    return say(base.variant[ref].name)
