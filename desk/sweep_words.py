"""What runs by itself, in words: what each sweep does, and why it left something alone."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from notices.models import DeliveryState, Fault

SWEEPS: Mapping[str, Promise] = {
    "infra.tasks.close_audit_block": _("Close the audit's chain"),
    "infra.tasks.know_all_sweeps": _("Note what is to run by itself"),
    "infra.tasks.remove_ended_sessions": _("Remove ended sessions"),
    "infra.tasks.remove_loose_files": _("Remove files that hang on nothing"),
    "infra.tasks.remove_nameless_files": _("Remove files that no row names"),
    "infra.tasks.remove_old_sign_ins": _("Remove old tries to sign in"),
    "infra.tasks.remove_old_sweep_runs": _("Remove old records of runs"),
    "portal.tasks.remove_old_attempts": _("Remove old counts of the public page"),
    "notices.tasks.write_digests": _("Write the day's digests"),
    "notices.tasks.send_deliveries": _("Send what waits in the outbox"),
    "notices.tasks.tell_of_missing_sweeps": _("Watch what runs by itself"),
    "notices.tasks.tell_of_missing_year": _("Ask for the notice of a year that is missing"),
    "cases.tasks.give_waiting_to_the_lane": _("Give sealed petitions to the lane's officers"),
    "cases.tasks.tell_of_waiting_drafts": _("Tell of parked drafts"),
    "cases.tasks.deem_received": _("Take as received what nobody signed for"),
    "cases.tasks.presume_handling": _("Let a presumed T5 run"),
    "cases.tasks.lapse_objections": _("End unused days for an objection"),
    "cases.tasks.put_objections_before_heads": _("Put objections before section heads"),
    "cases.tasks.sample_keeps": _("Draw petitions kept without action"),
    "indicators.tasks.follow_history": _("Bring figures up to what was done"),
    "indicators.tasks.merge_sums": _("Merge daily sums of figures"),
    "indicators.tasks.recount_figures": _("Count figures again"),
    "scoring.tasks.propose_scores": _("Propose score entries"),
    "scoring.tasks.read_rates": _("Read rates of scores"),
    "scoring.tasks.tell_units": _("Tell units of score entries"),
    "scoring.tasks.close_appeals": _("Let score entries become final"),
    "reports.tasks.draw_reports": _("Draw up reports of figures"),
    "reports.tasks.carry_on_logs": _("Write event logs"),
    "reports.tasks.remove_log_files": _("Remove files of event logs"),
    "hearings.tasks.call_off_hearings": _("Call off hearings on what is over"),
    "grids.tasks.ring_periods": _("Tell of periods of events"),
    "grids.tasks.remind_units": _("Remind units of events given to them"),
    "grids.tasks.lift_overdue": _("Lift overdue events"),
    "grids.tasks.open_rounds": _("Open rounds over grids"),
    "grids.tasks.enter_gatherings": _("Enter the gatherings that repeat"),
    "grids.tasks.remove_expired_notes": _("Remove notes and cards of the ground whose day is over"),
    "grids.tasks.tell_of_missed_rounds": _("Tell of missed rounds"),
    "leadership.tasks.open_supervision": _("Open drafts of supervision orders"),
    "leadership.tasks.remind_of_asked": _("Tell of what is asked and comes to its day"),
    "leadership.tasks.draw_bulletins": _("Draw up the month's bulletin"),
    "leadership.tasks.escalate": _("Lift what the rules lift"),
    "leadership.tasks.tell_of_slips_to_lift": _("Tell of slips that can be lifted"),
    "leadership.tasks.watch_meetings": _("Watch how often meetings are held"),
    "leadership.tasks.tell_of_briefs": _("Tell of the morning brief"),
    "leadership.tasks.press_items": _("Tell of items of lists that do not move"),
    "leadership.tasks.close_lifts": _("End lifts of what is over"),
    "leadership.tasks.close_sponsorships": _("End sponsorships of what is over"),
    "leadership.tasks.give_instructions": _("Send instructions that can be undone no longer"),
    "leadership.tasks.open_call_backs": _("Draw which petitioners are called back"),
    "leadership.tasks.remind_of_oral": _("Remind of oral instructions"),
    "cases.tasks.remind_of_periods": _("Tell of periods that come to their end"),
    "cases.tasks.carry_on_imports": _("Carry on imports of lists"),
    "cases.tasks.remove_import_files": _("Remove files of imports"),
    "cases.tasks.read_superiors_lists": _("Read superiors' lists"),
    "cases.tasks.carry_on_exports": _("Write exports of the ledger"),
    "cases.tasks.remove_export_files": _("Remove files of exports"),
    "cases.tasks.bind_dossiers": _("Bind case files"),
    "cases.tasks.remove_dossiers": _("Remove bound case files"),
}
_SKIPPED: Mapping[str, str | Promise] = {
    "seen_to_meanwhile": _("seen to by somebody meanwhile"),
    "lane_without_officer": _("the sealed lane has no officer"),
    "held_or_ended": _("held by a deed, or ended meanwhile"),
    "nobody_to_tell": _("nobody is left who could be told"),
    "nothing_to_list": _("nothing was to be listed"),
    "nobody_over_it": _("no office stands over the unit on this petition"),
    "complained_of": _("the petition names the unit, so nothing goes there"),
    "nobody_named": _("nobody is named for the tier"),
    "as_high_already": _("it stands at this tier or above already"),
    "agree": _("both counts agree"),
    "deeds_wait": _("deeds still waited to be taken up"),
    "lapses": _("a right that lapses by itself"),
    DeliveryState.NOTHING_LEFT.value: DeliveryState.NOTHING_LEFT.label,
    **{fault.value: fault.label for fault in Fault},
}


def sweep_words(name: str) -> str:
    """Return what a sweep does; one without words by its name."""
    return str(SWEEPS.get(name, name))


def skipped_words(skipped: Mapping[str, int]) -> list[tuple[str, int]]:
    """Return why a run left how many alone."""
    return [(str(_SKIPPED.get(reason, reason)), count) for reason, count in sorted(skipped.items())]
