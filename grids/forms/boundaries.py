"""A file of boundaries; fields are named as the deed's parameters are."""

from django import forms
from django.utils.translation import gettext_lazy as _

from grids.actions.boundaries import FaultyBoundaries
from grids.map_states import CoordinateSystem
from lib.errors import Refused
from lib.forms import RefusableForm

_MOST_BYTES = 5 * 1024 * 1024
# the rest is told as a number
_MOST_SAID = 30


class UploadBoundaries(RefusableForm):
    system = forms.ChoiceField(
        label=_("Coordinate system of the file"),
        choices=[("", _("Choose one.")), *CoordinateSystem.choices],
        help_text=_(
            "Whoever gave you the file knows. WGS 84 and CGCS2000 are taken; of shifted ones the numbers tell nothing."
        ),
    )
    file = forms.FileField(
        label=_("GeoJSON file"),
        help_text=_(
            "Polygons with a property “code”, the code of the grid. One fault, and nothing is taken."
        ),
        widget=forms.FileInput(attrs={"accept": ".geojson,.json"}),
    )

    def clean_file(self) -> bytes:
        """Return what stands in the file."""
        file = self.cleaned_data["file"]
        if file.size > _MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 5 MB: simplify the lines."))
        content: bytes = file.read()
        return content

    def clean_system(self) -> CoordinateSystem:
        """Return the system that was chosen."""
        return CoordinateSystem(self.cleaned_data["system"])

    def refuse(self, refusal: Refused) -> None:
        """Say of each boundary why it is not taken, a line each."""
        if not isinstance(refusal, FaultyBoundaries):
            super().refuse(refusal)
            return
        self.add_error("file", str(refusal.message))
        for fault in refusal.faults[:_MOST_SAID]:
            self.add_error("file", str(fault))
        left = len(refusal.faults) - _MOST_SAID
        if left > 0:
            self.add_error("file", str(_("And %(number)d more.") % {"number": left}))
