"""The audit in words, of grids: their tree, who stands for them."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from grids.event_states import EventState
from grids.gathering_states import GatheringKind
from grids.map_states import CoordinateSystem
from grids.round_states import Rhythm
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
        "boundaries.upload": pgettext_lazy("deed", "Uploaded boundaries of grids"),
        "service_team.enter": pgettext_lazy("deed", "Entered a service team"),
        "service_team.end": pgettext_lazy("deed", "Ended a service team"),
    },
    pgettext_lazy("group of deeds", "Rounds over grids"): {
        "round_plan.enter": pgettext_lazy("deed", "Planned rounds over grids"),
        "round_plan.enter_group": pgettext_lazy("deed", "Entered a group for rounds"),
        "round_plan.end": pgettext_lazy("deed", "Ended a plan of rounds"),
        "round.report": pgettext_lazy("deed", "Reported a round"),
        "round.supplement": pgettext_lazy("deed", "Put a report beside that of a round"),
    },
    pgettext_lazy("group of deeds", "Diary, courtyards and household cards"): {
        "diary.write": pgettext_lazy("deed", "Wrote in the diary"),
        "diary.remove": pgettext_lazy("deed", "Took a note out of the diary"),
        "courtyard.enter": pgettext_lazy("deed", "Entered a courtyard"),
        "courtyard.change": pgettext_lazy("deed", "Changed a courtyard"),
        "household_card.enter": pgettext_lazy("deed", "Kept what a household gave for a service"),
        "household_card.open": pgettext_lazy("deed", "Opened a household card"),
        "household_card.remove": pgettext_lazy("deed", "Removed a household card"),
    },
    pgettext_lazy("group of deeds", "Gatherings"): {
        "gathering.enter": pgettext_lazy("deed", "Put a gathering in the calendar"),
        "gathering.note": pgettext_lazy("deed", "Noted how a gathering went"),
        "gathering.follow_up": pgettext_lazy("deed", "Wrote what came of a gathering"),
        "gathering.call_off": pgettext_lazy("deed", "Called a gathering off"),
        "gathering_series.enter": pgettext_lazy("deed", "Entered a gathering that repeats"),
        "gathering_series.end": pgettext_lazy("deed", "Let a gathering repeat no longer"),
    },
    pgettext_lazy("group of deeds", "Events of grids"): {
        "event.report": pgettext_lazy("deed", "Reported an event"),
        "direct_report.receive": pgettext_lazy("deed", "Received what names a cadre"),
        "event.progress": pgettext_lazy("deed", "Noted how it goes with an event"),
        "telling.look_up": pgettext_lazy("deed", "Its state was asked for with the query code"),
        "event.settle": pgettext_lazy("deed", "Settled an event on the spot"),
        "event.send_up": pgettext_lazy("deed", "Sent an event up"),
        "event.accept": pgettext_lazy("deed", "Accepted an event"),
        "event.ask": pgettext_lazy("deed", "Gave an event to a unit"),
        "event.feed_back": pgettext_lazy("deed", "Fed back on an event"),
        "event.decline": pgettext_lazy("deed", "Declined an event"),
        "event.send_back": pgettext_lazy("deed", "Sent an event back"),
        "event.verify": pgettext_lazy("deed", "Verified an event"),
        "event.close": pgettext_lazy("deed", "Struck an event off"),
        "event.evaluate": pgettext_lazy("deed", "Took down how an event was rated"),
        "event.return": pgettext_lazy("deed", "Returned an event"),
        "event.lift": pgettext_lazy("deed", "Lifted an event"),
        "event.reopen": pgettext_lazy("deed", "Opened an event again"),
        "event.join": pgettext_lazy("deed", "Joined an event to an equal one"),
        "event.hand_over": pgettext_lazy("deed", "Handed an event to the petition office"),
        "event.convert": pgettext_lazy("deed", "Registered an event as a petition"),
        "event.add_photo": pgettext_lazy("deed", "Added a photo to an event"),
        "submission.keep": pgettext_lazy(
            "deed", "Kept what a phone wrote beside what somebody wrote meanwhile"
        ),
        "submission.note": pgettext_lazy("deed", "Put what a phone wrote into the record"),
        "submission.mine": pgettext_lazy("deed", "Took the step a phone wrote"),
        "submission.theirs": pgettext_lazy("deed", "Left an event as it was"),
        "phone_key.make": pgettext_lazy("deed", "Made the key of a phone's store"),
        "event.fetch_photo": pgettext_lazy("deed", "Saved a photo of an event"),
    },
}
KINDS: Mapping[str, Words] = {
    "grids.gridscheme": pgettext_lazy("of the audit", "Levels of grids"),
    "grids.grid": pgettext_lazy("of the audit", "Grid"),
    "grids.boundarysheet": pgettext_lazy("of the audit", "Boundaries of grids"),
    "grids.directreport": pgettext_lazy("of the audit", "Report about a cadre"),
    "portal.telling": pgettext_lazy("of the audit", "What was told through a grid's code"),
    "grids.roundplan": pgettext_lazy("of the audit", "Plan of rounds"),
    "grids.round": pgettext_lazy("of the audit", "Round over a grid"),
    "grids.diarynote": pgettext_lazy("of the audit", "Note of the diary"),
    "grids.courtyard": pgettext_lazy("of the audit", "Courtyard"),
    "grids.householdcard": pgettext_lazy("of the audit", "Household card"),
    "grids.gatheringseries": pgettext_lazy("of the audit", "Gathering that repeats"),
    "grids.gathering": pgettext_lazy("of the audit", "Gathering"),
    "grids.gridevent": pgettext_lazy("of the audit", "Event of a grid"),
    "grids.serviceteam": pgettext_lazy("of the audit", "Service team"),
    "mobile.phonekey": pgettext_lazy("of the audit", "Key of a phone's store"),
}
LABELS: Mapping[str, Words] = {
    "grid_part": pgettext_lazy("fact", "Part in the grid"),
    "team": pgettext_lazy("fact", "Service team"),
    "liaison": pgettext_lazy("fact", "Liaison"),
    "event_state": pgettext_lazy("fact", "State of the event"),
    "gathering": pgettext_lazy("fact", "Kind of gathering"),
    "rhythm": pgettext_lazy("fact", "How often"),
    "zero": pgettext_lazy("fact", "Zero report"),
    "system": pgettext_lazy("fact", "Coordinate system"),
}
CODES: Mapping[str, Mapping[str, Words]] = {
    "grid_part": dict(Part.choices),
    "team": dict(TeamKind.choices),
    "liaison": dict(LiaisonKind.choices),
    "event_state": dict(EventState.choices),
    "gathering": dict(GatheringKind.choices),
    "rhythm": dict(Rhythm.choices),
    "system": dict(CoordinateSystem.choices),
}
