"""The roles a post can have, and the sets of roles that rules speak of."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    REGISTRAR = "registrar", _("Registrar")
    PETITION_OFFICER = "petition_officer", _("Petition-office officer")
    SECTION_HEAD = "section_head", _("Section head")
    OFFICE_DIRECTOR = "office_director", _("Office director")
    SEALED_LANE_OFFICER = "sealed_lane_officer", _("Sealed-lane officer")
    CASE_OFFICER = "case_officer", _("Case officer")
    UNIT_HEAD = "unit_head", _("Principal leader of a unit")
    LEADER = "leader", _("Leader")
    LEADER_SECRETARY = "leader_secretary", _("Leader's secretary")
    JOINT_CONFERENCE_OFFICER = "joint_conference_officer", _("Joint-conference officer")
    GRID_WORKER = "grid_worker", _("Grid worker")
    GRID_LEADER = "grid_leader", _("Grid leader")
    HEARING_CLERK = "hearing_clerk", _("Hearing clerk")
    SCORE_OFFICER = "score_officer", _("Score officer")
    INSPECTOR = "inspector", _("Inspector (reads only)")
    SYSTEM_ADMINISTRATOR = "system_administrator", _("System administrator")
    SECURITY_ADMINISTRATOR = "security_administrator", _("Security administrator")
    AUDIT_ADMINISTRATOR = "audit_administrator", _("Audit administrator")


# 三员分立: no person holds two of them (protection §6), and the sealed lane is none of theirs.
ADMINISTRATORS = frozenset({Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR})
NEVER_ON_ONE_PERSON = ADMINISTRATORS | {Role.SEALED_LANE_OFFICER}

# Roles that see every open petition of their organ's place, if their organ looks after a place.
PLACE_WIDE = frozenset(
    {
        Role.REGISTRAR,
        Role.PETITION_OFFICER,
        Role.SECTION_HEAD,
        Role.OFFICE_DIRECTOR,
        Role.JOINT_CONFERENCE_OFFICER,
        Role.INSPECTOR,
        Role.HEARING_CLERK,
        Role.SCORE_OFFICER,
    }
)
# Roles that see what their organ has part in.
ORGAN_WIDE = frozenset({*PLACE_WIDE, Role.CASE_OFFICER, Role.UNIT_HEAD})
# Roles that see what they have part in themselves.
OWN_ONLY = frozenset({Role.LEADER, Role.LEADER_SECRETARY, Role.GRID_WORKER, Role.GRID_LEADER})
# Any organ may register what comes to it (Art 22, 23; Q30).
MAY_REGISTER = frozenset(
    {Role.REGISTRAR, Role.PETITION_OFFICER, Role.SECTION_HEAD, Role.CASE_OFFICER, Role.UNIT_HEAD}
)
