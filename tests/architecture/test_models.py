"""Rules about tables."""

from __future__ import annotations

import re

import pytest
from django.apps import apps
from django.core.management import call_command

from fremsyn.people.models import Person

MODELS = [model for model in apps.get_models() if model.__module__.startswith("fremsyn.")]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_model_says_which_fields_are_personal(model):
    declared = getattr(model, "PERSONAL_FIELDS", None)
    assert declared is not None, "give it PERSONAL_FIELDS, if only an empty tuple"
    fields = {field.name: field for field in model._meta.get_fields()}
    assert set(declared) <= set(fields)
    to_people = {name for name, field in fields.items() if field.concrete and field.related_model is Person}
    assert to_people <= set(declared)


def test_every_model_is_in_the_glossary(repo):
    glossary = repo / "docs" / "glossary.md"
    if not glossary.exists():
        pytest.skip("there is no docs/glossary.md yet")
    text = glossary.read_text(encoding="utf-8")
    assert not [model.__name__ for model in MODELS if not re.search(rf"\b{model.__name__}\b", text)]


@pytest.mark.django_db
def test_migrations_say_what_the_models_say():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
