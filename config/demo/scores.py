"""The demo's ledger of scores: what the clock found, one appeal, a closed month, a rating in question."""

from datetime import datetime, timedelta

from django.utils import timezone

from accounts.hats import Hat
from accounts.models import Post
from accounts.roles import Role
from config.demo.content import PETITION_OFFICE
from config.demo.desks import Desks
from config.demo.hearing import at_half_past_nine
from indicators.sweeps import follow_history
from scoring.actions import appeals, closes, vetoes
from scoring.models import MonthClose, RuleSet, ScoreEntry, Veto
from scoring.states import EntryState, VetoGround
from scoring.sweeps import close_appeals, propose_scores, read_rates, tell_units

# working days before today
_FOUND, _FINAL, _LAST = -16, -9, -2


def keep_scores(*, latest: datetime) -> int:
    """Let the ledger begin as it would have by itself, with what persons did to it; once in a world."""
    if ScoreEntry.objects.exists() or MonthClose.objects.exists():
        return 0
    desks = Desks(timezone.localdate(latest))
    officer = desks.one(PETITION_OFFICE, Role.SCORE_OFFICER)
    for found, final in ((_FOUND, _FINAL), (_LAST, _LAST)):
        now = at_half_past_nine(latest, working_days=found)
        propose_scores(now=now)
        tell_units(now=now)
        close_appeals(now=at_half_past_nine(latest, working_days=final))
    follow_history()
    read_rates(now=latest)
    _contest(latest=latest)
    _question(officer, now=at_half_past_nine(latest, working_days=_LAST))
    _close(officer, now=latest)
    return ScoreEntry.objects.count()


def _contest(*, latest: datetime) -> None:
    """Let a unit contest what it was told two working days ago."""
    told = ScoreEntry.objects.of_open_lane().at({EntryState.NOTIFIED}).order_by("organ__code", "pk")
    for entry in told.select_related("organ"):
        heads = Post.objects.held_on(timezone.localdate(latest)).filter(
            organ=entry.organ_id, role=Role.UNIT_HEAD
        )
        head = heads.select_related("user", "organ__place").first()
        if head is not None:
            now = at_half_past_nine(latest, working_days=-1)
            words = "书面告知已于期限内送达，回证随后补录。"
            appeals.appeal(entry.pk, words=words, by=Hat(head, head.user), now=now)
            return


def _question(officer: Hat, *, now: datetime) -> None:
    """Propose to withhold one unit's excellent rating, and hear it."""
    organ = ScoreEntry.objects.told().order_by("organ__code").values_list("organ", flat=True).first()
    if organ is None or Veto.objects.exists():
        return
    row = vetoes.propose_veto(
        organ_id=organ,
        year=timezone.localdate(now).year,
        ground=VetoGround.FORGED,
        words="抽查档案发现一份送达回证签名与本人不符，待核实。",
        by=officer,
        now=now,
    )
    vetoes.hear_unit(
        row.pk,
        heard_on=timezone.localdate(now),
        heard_words="单位分管负责人到场说明：签名系代签，已重新送达。",
        by=officer,
        now=now + timedelta(hours=2),
    )


def _close(officer: Hat, *, now: datetime) -> None:
    """Close the month before this one, where rules held at its end."""
    last = timezone.localdate(now).replace(day=1) - timedelta(days=1)
    if RuleSet.objects.adopted().filter(valid_from__lte=last, valid_to__gte=last).exists():
        closes.close_month(year=last.year, month=last.month, by=officer, now=now)
