"""The audit in words, of what leaders and offices do together: meetings, hearings, lists to strike off, teams."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from desk import audit_of_decisions, audit_of_figures, audit_of_hearings, audit_of_scoring, audit_of_voices
from leadership.list_states import ListSource
from leadership.meeting_states import AgendaGround, Cadence, DecisionKind

Words = str | Promise

GROUPS: Mapping[Words, Mapping[str, Words]] = {
    **audit_of_hearings.GROUPS,
    **audit_of_decisions.GROUPS,
    **audit_of_figures.GROUPS,
    **audit_of_voices.GROUPS,
    **audit_of_scoring.GROUPS,
    pgettext_lazy("group of deeds", "What is asked, about no petition"): {
        "assignment.receive_slip": pgettext_lazy("deed", "Signed for what was asked"),
        "assignment.reply_slip": pgettext_lazy("deed", "Replied to what was asked"),
        "assignment.send_back_reply": pgettext_lazy("deed", "Sent a reply back"),
        "assignment.verify_reply": pgettext_lazy("deed", "Verified a reply"),
        "assignment.fetch_reply": pgettext_lazy("deed", "Took the file of a reply"),
        "assignment.remind_of_asked": pgettext_lazy("deed", "Told of a day of what was asked"),
    },
    pgettext_lazy("group of deeds", "Meetings"): {
        "meeting.call": pgettext_lazy("deed", "Called a meeting"),
        "meeting.reschedule": pgettext_lazy("deed", "Set a meeting for another time"),
        "meeting.call_off": pgettext_lazy("deed", "Called a meeting off"),
        "meeting.name_unit": pgettext_lazy("deed", "Called a unit to a meeting"),
        "meeting.note_presence": pgettext_lazy("deed", "Noted who came to a meeting"),
        "meeting.take": pgettext_lazy("deed", "Put a matter on an agenda"),
        "meeting.strike": pgettext_lazy("deed", "Struck a matter from an agenda"),
        "meeting.add_topic": pgettext_lazy("deed", "Put a topic on an agenda"),
        "meeting.write_minutes": pgettext_lazy("deed", "Wrote minutes"),
        "meeting.decide": pgettext_lazy("deed", "Wrote a decision into minutes"),
        "meeting.drop_decision": pgettext_lazy("deed", "Took a decision out of minutes"),
        "meeting.issue_minutes": pgettext_lazy("deed", "Signed and issued minutes"),
        "meeting_kind.enter": pgettext_lazy("deed", "Entered a kind of meeting"),
        "meeting_kind.end": pgettext_lazy("deed", "Ended a kind of meeting"),
    },
    pgettext_lazy("group of deeds", "Teams"): {
        "task_force.form": pgettext_lazy("deed", "Formed a task force"),
        "task_force.join": pgettext_lazy("deed", "Gave somebody a place in a task force"),
        "task_force.leave": pgettext_lazy("deed", "Ended a place in a task force"),
        "task_force.take_petitions": pgettext_lazy("deed", "Let a task force take petitions"),
        "task_force.give_up_petition": pgettext_lazy("deed", "Took a petition from a task force"),
        "task_force.resolve": pgettext_lazy("deed", "Wrote the result of a task force"),
        "pairing.form": pgettext_lazy("deed", "Paired a leader with a commissioner"),
        "pairing.end": pgettext_lazy("deed", "Ended a pairing"),
        "team_role.enter": pgettext_lazy("deed", "Entered a role in teams"),
        "team_role.end": pgettext_lazy("deed", "Ended a role in teams"),
        "post.pass_places": pgettext_lazy("deed", "Passed on places in teams"),
        "post.pass_tasks": pgettext_lazy("deed", "Passed on what a post answers for"),
    },
    pgettext_lazy("group of deeds", "Lists to strike off"): {
        "strike_list.open": pgettext_lazy("deed", "Opened a list to strike off"),
        "strike_list.add_item": pgettext_lazy("deed", "Put an item on a list"),
        "strike_list.strike_off": pgettext_lazy("deed", "Struck an item off"),
        "strike_list.draw_look_back": pgettext_lazy("deed", "Drew items to be looked at again"),
        "strike_list.look": pgettext_lazy("deed", "Looked at an item again"),
        "strike_list.fetch_evidence": pgettext_lazy("deed", "Took what shows that an item is done"),
    },
}
KINDS: Mapping[str, Words] = {
    **audit_of_hearings.KINDS,
    **audit_of_decisions.KINDS,
    **audit_of_figures.KINDS,
    **audit_of_voices.KINDS,
    **audit_of_scoring.KINDS,
    "leadership.meeting": pgettext_lazy("of the audit", "Meeting"),
    "leadership.strikelist": pgettext_lazy("of the audit", "List to strike off"),
    "leadership.listitem": pgettext_lazy("of the audit", "Item of a list"),
    "leadership.taskforce": pgettext_lazy("of the audit", "Task force"),
    "leadership.pairing": pgettext_lazy("of the audit", "Pairing"),
    "leadership.teamrole": pgettext_lazy("of the audit", "Role in teams"),
    "leadership.meetingkind": pgettext_lazy("of the audit", "Kind of meeting"),
}
LABELS: Mapping[str, Words] = {
    **audit_of_hearings.LABELS,
    **audit_of_decisions.LABELS,
    **audit_of_figures.LABELS,
    **audit_of_voices.LABELS,
    **audit_of_scoring.LABELS,
    "meeting": pgettext_lazy("fact", "Meeting"),
    "agenda": pgettext_lazy("fact", "Ground on the agenda"),
    "decided": pgettext_lazy("fact", "What was decided"),
    "cadence": pgettext_lazy("fact", "How often"),
    "came": pgettext_lazy("fact", "Came"),
    "team_role": pgettext_lazy("fact", "Role in the team"),
    "list_source": pgettext_lazy("fact", "Source of the list"),
    "seed": pgettext_lazy("fact", "Number of the draw"),
    "holds": pgettext_lazy("fact", "Still holds"),
}
CODES: Mapping[str, Mapping[Any, Any]] = {
    **audit_of_hearings.CODES,
    **audit_of_decisions.CODES,
    **audit_of_voices.CODES,
    **audit_of_scoring.CODES,
    "agenda": dict(AgendaGround.choices),
    "decided": dict(DecisionKind.choices),
    "cadence": dict(Cadence.choices),
    "list_source": dict(ListSource.choices),
}
