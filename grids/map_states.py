"""In which coordinate system boundaries are stated. Codes are stored, words shown."""

from django.db import models
from django.utils.translation import pgettext_lazy


class CoordinateSystem(models.TextChoices):
    """What a file's numbers mean: of the shifted systems the numbers alone tell nothing, so the office states it."""

    WGS84 = "wgs84", pgettext_lazy("coordinate system", "WGS 84")
    CGCS2000 = "cgcs2000", pgettext_lazy("coordinate system", "CGCS2000 (国家大地坐标系)")
    GCJ02 = "gcj02", pgettext_lazy("coordinate system", "GCJ-02 (of map services, shifted)")
    BD09 = "bd09", pgettext_lazy("coordinate system", "BD-09 (of Baidu, shifted)")


# they differ by less than a metre; a phone's position fits both
TAKEN_IN = frozenset({CoordinateSystem.WGS84, CoordinateSystem.CGCS2000})
