"""Filters that name a state: {{ ref|state:base }} in full, {{ variant|briefly:driver }} in a narrow column."""

from django import template
from django.utils.safestring import SafeString

from fremsyn.scenarios.queries import Ground
from fremsyn.scenarios.schema import Driver, Variant
from fremsyn.scenarios.words import breakable, brief
from fremsyn.web.templatetags.say import say

register = template.Library()


@register.filter
def state(ref: str, base: Ground) -> SafeString:
    """Return a state's name in the language in use."""
    return say(base.variant[ref].name)


@register.filter
def briefly(variant: Variant, driver: Driver) -> str:
    """Return the fewest words that tell a state from its driver's others."""
    return breakable(brief(driver, variant))
