"""Which petitions figures count (统计口径): named versions. A change of definition is a new one, never an edit (§1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.states import STAT_GROUP_OF, RegisterLevel, Routing, StatGroup

# 四级登记: national, province, city, county (data-standard §4.6)
_FOUR_LEVELS = (RegisterLevel.NATIONAL, RegisterLevel.PROVINCE, RegisterLevel.CITY, RegisterLevel.COUNTY)
# outside it the count of persons is a slip of the keyboard (data-standard §5)
MOST_PERSONS = 9999


class Universe(StrEnum):
    """The versions there are."""

    FOUR_LEVELS_1 = "u1"
    WITHOUT_LITIGATION_1 = "u2"


# the one that figures are counted in unless another is named
USUAL = Universe.FOUR_LEVELS_1


@dataclass(frozen=True)
class Definition:
    """A universe in words, and as the condition of a fact."""

    words: str | Promise
    condition: Q


_REGISTERED = Q(
    by_office=True, register_level__in=_FOUR_LEVELS, petitioner_count__range=(1, MOST_PERSONS)
) & ~Q(routing=Routing.VOID)
_CALLS = sorted(channel for channel, group in STAT_GROUP_OF.items() if group is StatGroup.PHONE)

UNIVERSES: Mapping[Universe, Definition] = {
    Universe.FOUR_LEVELS_1: Definition(
        _(
            "Petitions registered by petition offices of the nation, province, city and county, of 1 to 9999 "
            "persons, by the place of the problem; void ones left out. Version 1."
        ),
        _REGISTERED,
    ),
    Universe.WITHOUT_LITIGATION_1: Definition(
        _("The same without litigation-related petitions and without calls. Version 1."),
        _REGISTERED & Q(litigation_related=False) & ~Q(channel__in=_CALLS),
    ),
}
