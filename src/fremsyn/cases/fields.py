"""How what every phase may hold is asked for: the entries of a case's own vocabularies."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from fremsyn.cases import shape
from fremsyn.cases.editing.codes import small_letters
from fremsyn.cases.editing.fields import Field, Sheet

FIELDS: Mapping[type, Sheet] = {
    shape.Named: Sheet(
        {
            "id": Field(
                _("Code"), _("Small letters, digits and underscores; what uses it keeps it."), made=small_letters
            ),
            "name": Field(_("In words"), lines=1),
        }
    ),
}
