"""The model that suggests content categories: a new one takes over, or none suggests any more."""

import hashlib
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.roles import Role
from audit.parts import Actor, record
from cases.models import CategoryModel
from lib.errors import NotAllowed, OutOfTurn


@transaction.atomic(durable=True)
def keep_category_model(
    weights: bytes,
    *,
    texts: int,
    categories: int,
    macro_f1: float,
    among_three: float,
    by: Actor,
    now: datetime,
) -> CategoryModel:
    """Let a new model suggest from now on; the one before keeps its figures and loses its weights."""
    _end_current(now)
    model = CategoryModel.objects.create(
        trained_at=now,
        texts=texts,
        categories=categories,
        macro_f1=macro_f1,
        among_three=among_three,
        weights=weights,
        sha256=hashlib.sha256(weights).hexdigest(),
    )
    facts = {"texts": texts, "categories": categories, "macro_f1": round(macro_f1, 3)}
    record("category_model.train", model, by=by, at=now, facts=facts)
    return model


@transaction.atomic(durable=True)
def end_category_model(*, by: Hat, now: datetime) -> CategoryModel:
    """Let nothing suggest any more until the next training.

    :raises NotAllowed: if this hat is not the system administrator's
    :raises OutOfTurn: if nothing suggests
    """
    if by.role != Role.SYSTEM_ADMINISTRATOR:
        raise NotAllowed(_("Only the system administrator keeps reference data."))
    model = _end_current(now)
    if model is None:
        raise OutOfTurn(_("Nothing suggests categories at present."))
    record("category_model.end", model, by=by.actor, at=now)
    return model


def _end_current(now: datetime) -> CategoryModel | None:
    model = CategoryModel.objects.current().select_for_update().first()
    if model is not None:
        model.ended_at, model.weights = now, None
        model.save(update_fields=["ended_at", "weights"])
    return model
