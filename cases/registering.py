"""The pieces of registering many: which rows can be, and their way onto file in one go."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.models import Organ
from cases import permissions as may
from cases.builders import Resolved, resolved_of
from cases.externals import hold_source, known_externals
from cases.filing import Filing, Folder
from cases.intake import External, Incoming, Intake
from cases.intake_checks import check_dates, check_people
from cases.models import ContentCategory, Petition
from infra.idempotency import claim_each, give_back
from lib.days import local_day
from lib.errors import NotAllowed, Refused
from lib.transactions import require_transaction
from places.models import Place

MOST_AT_ONCE = 1000


def office_of(by: Hat) -> Organ:
    """Return the office that a hat registers many for: its own.

    :raises NotAllowed: if it registers nothing
    """
    if not may.may_register(by):
        raise NotAllowed(_("Your post does not register petitions."))
    return by.organ


def check_incoming(incoming: Incoming, filing: Filing) -> None:
    """Refuse a row that could not be registered by itself either, or not in the open lane.

    :raises Refused: naming the fields
    """
    intake, now = incoming.intake, filing.now
    if intake.is_sealed or intake.report_text:
        message = _("A report or accusation is registered by itself, in the sealed lane.")
        raise Refused(message, fields={"purpose": message})
    since = incoming.registered_at or now
    if since > now:
        message = _("It cannot have been registered in the future.")
        raise Refused(message, fields={"registered_at": message})
    check_people(intake)
    check_dates(intake, now=since, working_day_before=filing.working_day_before(local_day(since)))
    if incoming.reply is not None and not intake.received_at <= incoming.reply.replied_at <= now:
        message = _("The reply lies before the petition, or in the future.")
        raise Refused(message, fields={"replied_at": message})


def file_many(
    rows: Sequence[Incoming], *, by: Hat, now: datetime
) -> tuple[dict[UUID, Petition], dict[UUID, UUID], dict[UUID, Refused]]:
    """Put those rows on file that can be. Return petitions made, those here before, and refusals, by submission.

    :raises NotAllowed: if this hat does not register
    :raises ValueError: for more than a thousand
    :raises RuntimeError: outside a transaction
    """
    require_transaction("file_many")
    if len(rows) > MOST_AT_ONCE:
        raise ValueError(len(rows))
    office = office_of(by)
    filing = Filing(by=by, now=now)
    fresh = claim_each({row.submission_id for row in rows}, now=now)
    waiting = [row for row in rows if row.submission_id in fresh]
    known = _registered_before([row for row in rows if row.submission_id not in fresh])
    numbered = _numbered_before(waiting)
    offered = _Offered(waiting, now)
    folders: list[Folder] = []
    refused: dict[UUID, Refused] = {}
    for row in waiting:
        external = row.intake.external
        if external is not None and external in numbered:
            known[row.submission_id] = numbered[external]
            continue
        try:
            check_incoming(row, filing)
            folder = filing.folder(row, offered.resolved(row.intake, office))
        except Refused as refusal:
            refused[row.submission_id] = refusal
            continue
        folders.append(folder)
        if external is not None:
            numbered[external] = folder.petition.pk
    give_back([row.submission_id for row in waiting if row.submission_id in known.keys() | refused.keys()])
    filing.write(folders)
    return {one.petition.submission_id: one.petition for one in folders}, known, refused


def _registered_before(rows: Sequence[Incoming]) -> dict[UUID, UUID]:
    """Return the petitions that these submissions became."""
    found = Petition.objects.filter(submission_id__in=[row.submission_id for row in rows])
    return dict(found.values_list("submission_id", "pk"))


def _numbered_before(rows: Sequence[Incoming]) -> dict[External, UUID]:
    """Return the petitions that stand under the rows' numbers of their sources, which are held from now on."""
    numbers: dict[int, list[str]] = defaultdict(list)
    for row in rows:
        if row.intake.external is not None:
            numbers[row.intake.external.source_id].append(row.intake.external.number)
    taken = {}
    for source_id in sorted(numbers):
        hold_source(source_id)
        for number, petition_id in known_externals(source_id, numbers[source_id]).items():
            taken[External(source_id, number)] = petition_id
    return taken


class _Offered:
    """The places, categories and stations that rows name, as far as they can be chosen today."""

    def __init__(self, rows: Iterable[Incoming], now: datetime) -> None:
        intakes = [row.intake for row in rows]
        today = timezone.localdate(now)
        self._places = Place.objects.valid_on(today).in_bulk({one.place_id for one in intakes})
        self._categories = ContentCategory.objects.valid_on(today).in_bulk(
            {one.content_category_id for one in intakes}
        )
        self._stations = Organ.objects.in_bulk(
            {one.on_behalf_of_id for one in intakes if one.on_behalf_of_id}
        )

    def resolved(self, intake: Intake, office: Organ) -> Resolved:
        """Return the rows that an intake's ids stand for.

        :raises Refused: if place or category cannot be chosen any more
        """
        station = self._stations.get(intake.on_behalf_of_id) if intake.on_behalf_of_id else None
        return resolved_of(
            office,
            station,
            self._places.get(intake.place_id),
            self._categories.get(intake.content_category_id),
        )
