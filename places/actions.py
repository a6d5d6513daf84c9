"""Changes to the tree of divisions. No row is removed or renamed: old papers keep the old name (Q29)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Concat, Substr
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.parts import Actor, record
from lib.errors import OutOfTurn, Refused, Unknown
from lib.pinyin import pinyin_initials, pinyin_key
from lib.trees import child_path
from places.following import of_divisions
from places.models import CODE_LENGTH, LEVELS, Level, Place, PlaceSuccession
from places.names import short_name


@dataclass(frozen=True)
class ListLoaded:
    """What a list of divisions changed, and what it says otherwise than the tree."""

    added: int
    unchanged: int
    # code and name in the list, where the tree has another name: a person decides whether it was renamed
    named_otherwise: list[tuple[str, str]]
    without_parent: list[str]


@transaction.atomic(durable=True)
def load_list(rows: Sequence[tuple[str, str]], *, valid_from: date, by: Actor, now: datetime) -> ListLoaded:
    """Add the divisions of a list of codes and names that the tree has not; change and remove nothing.

    :raises Refused: for a code of a length no level has
    """
    _refuse_unknown_codes(rows)
    known = {place.code: place for place in Place.objects.current().select_for_update().order_by("pk")}
    unchanged = [code for code, name in rows if code in known and known[code].name == name]
    named_otherwise = [(code, name) for code, name in rows if code in known and known[code].name != name]
    added, without_parent = 0, []
    for level in LEVELS:
        new: dict[str, Place] = {}
        for code, name in rows:
            if len(code) != CODE_LENGTH[level] or code in known:
                continue
            parent = known.get(_parent_code(code, level))
            if parent is None and level is not LEVELS[0]:
                without_parent.append(code)
            else:
                new[code] = _a_place(code, name, level, parent, valid_from)
        added += len(Place.objects.bulk_create(new.values(), batch_size=2000))
        known |= new
    if added:
        root = Place.objects.current().filter(parent=None).order_by("code")[0]
        facts = {"added": added, "valid_from": valid_from.isoformat()}
        record("place.load_list", root, by=by, at=now, facts=facts)
    return ListLoaded(added, len(unchanged), named_otherwise, without_parent)


@transaction.atomic(durable=True)
def add(*, parent_id: int, code: str, name: str, since: date, by: Actor, now: datetime) -> Place:
    """Add a division below another one.

    :raises Refused: if the code does not fit below the parent or is taken, or the day has not come
    """
    parent = _lock([parent_id])[0]
    _refuse_future(since, now)
    place = _new_below(parent, code, name, since)
    record("place.add", place, by=by, at=now, facts={"code": code, "since": since.isoformat()})
    return place


@transaction.atomic(durable=True)
def replace(
    place_ids: Sequence[int],
    *,
    successors: Sequence[tuple[str, str]],
    since: date,
    basis: str,
    by: Actor,
    now: datetime,
) -> list[Place]:
    """Let divisions of one parent be carried on by others from a day on: renamed, merged or split (Q29).

    `successors` are codes and names; a code and name that exist unchanged are taken as they are, which is how
    one division is merged into another. A renamed division may keep its code. What lies below moves along,
    with its path; what the old rows were called, and when, stays. Without successors they are closed.

    What lies in a division that ends goes with it to its only successor: organs, what leaders look after, petitions.
    Between several successors nobody can choose for them; they stay until a person corrects each.

    :raises Refused: if a successor does not fit, the day has not come, or what lies below would be left over
    :raises OutOfTurn: if a division has already ended
    """
    old = _lock(place_ids)
    _refuse_future(since, now)
    if len({place.parent_id for place in old}) != 1 or old[0].parent is None:
        raise Refused(_("Only divisions below the same one can be carried on together."))
    for place in old:
        if since <= place.valid_from:
            raise Refused(_("A division cannot end before it began."), fields={"since": _("Too early.")})
    below = Place.objects.current().filter(parent__in=old).exclude(pk__in=[place.pk for place in old])
    if len(successors) != 1 and below.exists():
        raise Refused(_("There are divisions below. They can only pass to a single successor."))

    kept = {(place.code, place.name): place for place in _lock_named(old[0].parent, successors)}
    ended = [place for place in old if (place.code, place.name) not in kept]
    if not ended:
        raise Refused(_("Nothing would change."))
    for place in ended:
        place.valid_to = since - timedelta(days=1)
        place.save(update_fields=["valid_to"])
    carrying_on = [
        kept.get((code, name)) or _new_below(old[0].parent, code, name, since) for code, name in successors
    ]
    for place in ended:
        for successor in carrying_on:
            PlaceSuccession.objects.create(predecessor=place, successor=successor, since=since, basis=basis)
            _move_below(place, successor)
        moved = (
            of_divisions.follow(place, carrying_on[0], since=since, now=now) if len(carrying_on) == 1 else {}
        )
        facts = {
            "code": place.code,
            "successors": [found.code for found in carrying_on],
            "since": since.isoformat(),
            "basis": basis,
            "moved": moved,
        }
        record("place.replace" if carrying_on else "place.close", place, by=by, at=now, facts=facts)
    return carrying_on


def _lock(place_ids: Sequence[int]) -> list[Place]:
    """Return the divisions, held until the transaction ends.

    :raises Unknown: if one is not there
    :raises OutOfTurn: if one has ended
    """
    found = Place.objects.filter(pk__in=place_ids).select_related("parent")
    places = list(found.select_for_update(of=("self",)).order_by("pk"))
    if not places or len(places) != len(set(place_ids)):
        raise Unknown(_("There is no such division."))
    if any(place.valid_to for place in places):
        raise OutOfTurn(_("The division has already ended. Reload the page to see what carries it on."))
    return places


def _lock_named(parent: Place, named: Sequence[tuple[str, str]]) -> list[Place]:
    """Return those of the named divisions that a parent has already, held until the transaction ends."""
    codes = [code for code, _name in named]
    existing = parent.children.filter(valid_to=None, code__in=codes).select_for_update().order_by("pk")
    return [place for place in existing if (place.code, place.name) in named]


def _new_below(parent: Place, code: str, name: str, since: date) -> Place:
    level = parent.level_below
    if level is None:
        raise Refused(_("Nothing lies below a village or community here."))
    if len(code) != CODE_LENGTH[level] or not code.isdecimal() or not code.startswith(parent.code):
        message = _("The code must have %(length)d digits and begin with %(parent)s.")
        words = message % {"length": CODE_LENGTH[level], "parent": parent.code}
        raise Refused(words, fields={"code": words})
    if Place.objects.current().filter(code=code).exists():
        taken = _("A division with this code exists already.")
        raise Refused(taken, fields={"code": taken})
    if since < parent.valid_from:
        raise Refused(_("The division above did not exist then."), fields={"since": _("Too early.")})
    place = _a_place(code, name, level, parent, since)
    place.save()
    return place


def _a_place(code: str, name: str, level: Level, parent: Place | None, valid_from: date) -> Place:
    said = short_name(name)
    return Place(
        code=code,
        name=name,
        short_name=said,
        level=level,
        parent=parent,
        path=child_path(parent.path if parent else "", code),
        pinyin_key=pinyin_key(said),
        pinyin_initials=pinyin_initials(said),
        valid_from=valid_from,
    )


def _move_below(old: Place, new: Place) -> None:
    """Hang everything that lies below a division that ended below the one that carries it on."""
    below = Place.objects.current().inside(old.path).exclude(pk__in=[old.pk, new.pk])
    if new.path != old.path:
        below.update(path=Concat(Value(new.path), Substr("path", len(old.path) + 1)))
    Place.objects.current().filter(parent=old).exclude(pk=new.pk).update(parent=new)


def _parent_code(code: str, level: Level) -> str:
    place = LEVELS.index(level)
    return code[: CODE_LENGTH[LEVELS[place - 1]]] if place else ""


def _refuse_unknown_codes(rows: Sequence[tuple[str, str]]) -> None:
    lengths = set(CODE_LENGTH.values())
    strange = [code for code, _name in rows if len(code) not in lengths or not code.isdecimal()]
    if strange:
        raise Refused(_("Not the code of a division: %(codes)s") % {"codes": ", ".join(strange[:5])})


def _refuse_future(since: date, now: datetime) -> None:
    if since > timezone.localdate(now):
        raise Refused(
            _("Enter the change once its day has come."), fields={"since": _("This day has not come.")}
        )
