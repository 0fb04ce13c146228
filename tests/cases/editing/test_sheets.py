"""What the phases say about their forms fits their schemas."""

from importlib import import_module

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from fremsyn.cases.rows import is_own
from fremsyn.cases.shape import holds_rows, slots


def test_each_field_that_a_form_asks_for_is_the_things_own_or_its_parts():
    for app in apps.get_app_configs():
        if app.name.startswith("fremsyn") and module_has_submodule(app.module, "fields"):
            for schema, sheet in import_module(f"{app.name}.fields").FIELDS.items():
                own = {slot.name for slot in slots(schema) if is_own(slot) or holds_rows(slot.type)}
                assert set(sheet.fields) <= own, (schema, set(sheet.fields) - own)
