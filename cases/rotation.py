"""What of petitions is sealed or indexed under keys, and how a row of it is written anew under the newest ones."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from cases.models import Correction, Draft, ImportedRow, Petitioner, QueryCode, ReportedParty, Reporter
from cases.secrets import (
    id_number_index,
    open_field,
    open_reporter_field,
    phone_index,
    phone_tail_index,
    seal_field,
    seal_reporter_field,
)
from infra.rotation import SealedTable, sealed_otherwise
from lib.crypto import present_index_prefix

_REPORTER_FIELDS = ("name", "id_number", "phone", "address")


def codes_of_older_keys() -> "QuerySet[QueryCode]":
    """Return the query codes in use whose hash is of an older key. They cannot be written anew: nobody knows them.

    Each goes when its code is issued again; as long as there is one, its key is needed.
    """
    present = present_index_prefix(keys=settings.QUERY_CODE_KEYS)
    return QueryCode.objects.filter(replaced_at=None).exclude(digest__startswith=present)


def _stale_fields(*columns: str) -> Q:
    return _any(columns, lambda one: sealed_otherwise(one, keys=settings.FIELD_KEYS, cipher=settings.CIPHER))


def _stale_reporter_fields(*columns: str) -> Q:
    return _any(
        columns, lambda one: sealed_otherwise(one, keys=settings.REPORTER_KEYS, cipher=settings.CIPHER)
    )


def _stale_indexes(*columns: str) -> Q:
    present = present_index_prefix(keys=settings.BLIND_INDEX_KEYS)
    return _any(columns, lambda one: Q(**{f"{one}__isnull": False}) & ~Q(**{f"{one}__startswith": present}))


def _any(columns: tuple[str, ...], stale: Callable[[str], Q]) -> Q:
    found = Q()
    for column in columns:
        found |= stale(column)
    return found


def _field_anew(model: str, row: object, field: str, sealed: Any) -> bytes | None:
    """Return a value sealed anew, and nothing, or no bytes, as it was."""
    return seal_field(model, row, field, open_field(model, row, field, sealed)) if sealed else sealed


def _reporter_field_anew(row: object, field: str, sealed: Any) -> bytes | None:
    return seal_reporter_field(row, field, open_reporter_field(row, field, sealed)) if sealed else sealed


def _draft(row: Draft) -> list[str]:
    row.content_sealed = _field_anew("draft", row.pk, "content", row.content_sealed)
    return ["content_sealed"]


def _correction(row: Correction) -> list[str]:
    row.before_sealed = _field_anew("correction", row.petition_id, row.field, row.before_sealed)
    return ["before_sealed"]


def _petitioner(row: Petitioner) -> list[str]:
    if row.id_number_index is not None:
        number = open_field("petitioner", row.pk, "id_number", row.id_number_sealed)
        row.id_number_index = id_number_index(number)
    if row.phone_index is not None:
        phone = open_field("petitioner", row.pk, "phone", row.phone_sealed)
        row.phone_index, row.phone_tail_index = phone_index(phone), phone_tail_index(phone)
    row.id_number_sealed = _field_anew("petitioner", row.pk, "id_number", row.id_number_sealed)
    row.phone_sealed = _field_anew("petitioner", row.pk, "phone", row.phone_sealed)
    return ["id_number_index", "phone_index", "phone_tail_index", "id_number_sealed", "phone_sealed"]


def _reporter(row: Reporter) -> list[str]:
    for field in _REPORTER_FIELDS:
        column = f"{field}_sealed"
        setattr(row, column, _reporter_field_anew(row.pk, field, getattr(row, column)))
    return [f"{field}_sealed" for field in _REPORTER_FIELDS]


def _reported_party(row: ReportedParty) -> list[str]:
    row.name_sealed = _reporter_field_anew(row.pk, "reported_name", row.name_sealed)
    return ["name_sealed"]


def _stale_imported_rows() -> "QuerySet[ImportedRow]":
    """Keep the rows under an older key of the lane their petition is in."""
    open_lane = Q(petition__sealed=False) & _stale_fields("others_sealed")
    sealed_lane = Q(petition__sealed=True) & _stale_reporter_fields("others_sealed")
    return ImportedRow.objects.filter(open_lane | sealed_lane).select_related("petition")


def _imported_row(row: ImportedRow) -> list[str]:
    if row.petition.sealed:
        row.others_sealed = _reporter_field_anew(row.pk, "others", row.others_sealed)
    else:
        row.others_sealed = _field_anew("imported_row", row.pk, "others", row.others_sealed)
    return ["others_sealed"]


TABLES = (
    SealedTable(Draft, lambda: Draft.objects.filter(_stale_fields("content_sealed")), _draft),
    SealedTable(
        Petitioner,
        lambda: Petitioner.objects.filter(
            _stale_fields("id_number_sealed", "phone_sealed")
            | _stale_indexes("id_number_index", "phone_index", "phone_tail_index")
        ),
        _petitioner,
    ),
    SealedTable(
        Reporter,
        lambda: Reporter.objects.filter(
            _stale_reporter_fields(*(f"{field}_sealed" for field in _REPORTER_FIELDS))
        ),
        _reporter,
    ),
    SealedTable(
        ReportedParty,
        lambda: ReportedParty.objects.filter(_stale_reporter_fields("name_sealed")),
        _reported_party,
    ),
    SealedTable(ImportedRow, _stale_imported_rows, _imported_row),
    SealedTable(Correction, lambda: Correction.objects.filter(_stale_fields("before_sealed")), _correction),
)
