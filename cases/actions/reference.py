"""What the district keeps for itself: content categories with validity, and numbers with a day of effect."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.roles import Role
from audit.parts import record
from cases.models import ContentCategory
from infra.local_settings import Setting
from infra.models import LocalSetting
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown
from lib.trees import child_path


def _check(by: Hat) -> None:
    if by.role != Role.SYSTEM_ADMINISTRATOR:
        raise NotAllowed(_("Only the system administrator keeps reference data."))


@transaction.atomic(durable=True)
def add_category(*, parent_code: str, code: str, name: str, by: Hat, now: datetime) -> ContentCategory:
    """Add a category under another one, valid from today (data-standard §4.4).

    :raises NotAllowed: if this hat is not the system administrator's
    :raises Refused: if the code is taken or does not belong under its parent, or the parent does not exist
    """
    _check(by)
    parent = ContentCategory.objects.filter(code=parent_code, valid_to=None).first()
    if parent is None:
        raise Refused(
            _("Choose the category above."), fields={"parent_code": _("Choose the category above.")}
        )
    level = len(parent.path.rstrip("/").split("/"))
    if (
        level > 2
        or not code.startswith(parent.code[: 2 * level])
        or ContentCategory.objects.filter(code=code).exists()
    ):
        message = _("The code has six digits, begins like the category above, and is not taken.")
        raise Refused(message, fields={"code": message})
    category = ContentCategory.objects.create(
        code=code,
        name=name,
        parent=parent,
        path=child_path(parent.path, code),
        label=f"{parent.label} › {name}",
        valid_from=timezone.localdate(now),
    )
    record("category.add", category, by=by.actor, at=now, facts={"code": code, "parent": parent_code})
    return category


@transaction.atomic(durable=True)
def end_category(code: str, *, by: Hat, now: datetime) -> ContentCategory:
    """End a category yesterday: from today it cannot be chosen, on older petitions it stays.

    :raises NotAllowed: if this hat is not the system administrator's
    :raises Unknown: if there is no such category
    :raises OutOfTurn: if it ended before, began today, or others stand below it
    """
    _check(by)
    category = ContentCategory.objects.select_for_update().filter(code=code).first()
    if category is None:
        raise Unknown(_("There is no such category."))
    last_day = timezone.localdate(now) - timedelta(days=1)
    if category.valid_to is not None or category.valid_from > last_day:
        raise OutOfTurn(_("It has ended already, or began only today."))
    if category.children.filter(valid_to=None).exists():
        raise OutOfTurn(_("End the categories below it first."))
    category.valid_to = last_day
    category.save(update_fields=["valid_to"])
    record("category.end", category, by=by.actor, at=now, facts={"code": code})
    return category


@transaction.atomic(durable=True)
def set_local(
    *, key: Setting, value: int, valid_from: date, basis: str, by: Hat, now: datetime
) -> LocalSetting:
    """Set one of the district's own numbers from a day on; older matters keep what held then.

    :raises NotAllowed: if this hat is not the system administrator's
    :raises Refused: for a day in the past, a number below one, or without a basis
    """
    _check(by)
    wrong = {}
    if valid_from < timezone.localdate(now):
        wrong["valid_from"] = _("It holds from today on at the earliest.")
    if value < 1:
        wrong["value"] = _("The number is one or more.")
    if not basis.strip():
        wrong["basis"] = _("Name the decision it rests on.")
    if wrong:
        raise Refused(_("The setting needs another look."), fields=wrong)
    setting, _made = LocalSetting.objects.update_or_create(
        key=key, valid_from=valid_from, defaults={"value": value, "basis": basis}
    )
    record("local_setting.set", setting, by=by.actor, at=now, facts={"key": key, "value": value})
    return setting
