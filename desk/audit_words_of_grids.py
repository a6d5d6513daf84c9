"""The audit in words, of grids: their tree, who stands for them."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from grids.states import LiaisonKind, Part, TeamKind

Words = str | Promise

GROUPS: Mapping[Words, Mapping[str, Words]] = {
    pgettext_lazy("group of deeds", "Grids"): {
        "grid_scheme.enter": pgettext_lazy("deed", "Entered the levels of grids"),
        "grid.open": pgettext_lazy("deed", "Opened a grid"),
        "grid.change": pgettext_lazy("deed", "Changed a grid"),
        "grid.post": pgettext_lazy("deed", "Posted a grid for everybody"),
        "grid.close": pgettext_lazy("deed", "Closed a grid"),
        "grid.name_staff": pgettext_lazy("deed", "Let somebody stand for a grid"),
        "grid.end_staff": pgettext_lazy("deed", "Ended somebody's part in a grid"),
        "grid.enter_liaison": pgettext_lazy("deed", "Entered who looks after a grid"),
        "grid.end_liaison": pgettext_lazy("deed", "Ended a liaison of a grid"),
        "grid.hand_over": pgettext_lazy("deed", "Passed grids on to another organ"),
        "service_team.enter": pgettext_lazy("deed", "Entered a service team"),
        "service_team.end": pgettext_lazy("deed", "Ended a service team"),
    },
}
KINDS: Mapping[str, Words] = {
    "grids.gridscheme": pgettext_lazy("of the audit", "Levels of grids"),
    "grids.grid": pgettext_lazy("of the audit", "Grid"),
    "grids.serviceteam": pgettext_lazy("of the audit", "Service team"),
}
LABELS: Mapping[str, Words] = {
    "grid_part": pgettext_lazy("fact", "Part in the grid"),
    "team": pgettext_lazy("fact", "Service team"),
    "liaison": pgettext_lazy("fact", "Liaison"),
}
CODES: Mapping[str, Mapping[str, Words]] = {
    "grid_part": dict(Part.choices),
    "team": dict(TeamKind.choices),
    "liaison": dict(LiaisonKind.choices),
}
