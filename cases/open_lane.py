"""The open lane as a hat may know of it: asked by every page and deed, so prepared for the hat's kind.

What a hat may know of is said by `PetitionQuerySet.visible_to` alone; here a hat stands in whose keys are `Given`.
"""

from functools import cache
from uuid import UUID

from accounts.hats import Hat
from accounts.models import Organ, OrganKind, Post, User
from accounts.roles import Role
from cases.models import Petition, PetitionQuerySet
from lib.prepared import Given, Prepared, prepared
from places.models import Place


def is_open_to(hat: Hat, petition_id: UUID) -> bool:
    """Test if a petition is in the open lane and this hat may know of it."""
    return bool(_seen(hat.role, hat.organ.kind)(pk=petition_id, **keys_of(hat)))


def hold_if_open_to(hat: Hat, petition_id: UUID) -> Petition | None:
    """Return a petition of the open lane this hat may know of, held until the transaction ends; nothing for none.

    Only a row in sight is held, in one statement with the question, so that who may not know of a petition neither
    waits for it nor holds it (Q6). Ask again afterwards: it may have been sealed while this one waited for it.

    :raises RuntimeError: outside a transaction
    """
    return _held(hat.role, hat.organ.kind).first(pk=petition_id, **keys_of(hat))


def keys_of(hat: Hat) -> dict[str, object]:
    """Return the values that a question prepared with `visible_to_kind` is asked with."""
    return {"post": hat.post.pk, "organ": hat.organ.pk, "path": hat.organ.place.path}


@cache
def _seen(role: Role, kind: str) -> Prepared[Petition]:
    @prepared
    def seen(pk: Given, post: Given, organ: Given, path: Given) -> PetitionQuerySet:
        return visible_to_kind(role, kind, post, organ, path).filter(pk=pk).only("pk")[:1]

    return seen


@cache
def _held(role: Role, kind: str) -> Prepared[Petition]:
    @prepared
    def held(pk: Given, post: Given, organ: Given, path: Given) -> PetitionQuerySet:
        in_sight = visible_to_kind(role, kind, post, organ, path).values("pk")
        # Not locked as a key: rows that point at it may be written meanwhile.
        rows = Petition.objects.select_for_update(of=("self",), no_key=True).select_related("register_organ")
        return rows.filter(pk=pk, pk__in=in_sight)

    return held


def visible_to_kind(role: Role, kind: str, post: Given, organ: Given, path: Given) -> PetitionQuerySet:
    """Return what a hat of a kind may know of, for a question that is prepared and asked by petitions' keys."""
    return Petition.objects.visible_to(hat_of_kind(role, kind, post, organ, path))


def hat_of_kind(
    role: Role, kind: str, post: Given, organ: Given, path: Given, user: Given | None = None
) -> Hat:
    """Return what stands for every hat of a kind in a question that is prepared: its keys come with the asking."""
    own = Organ(pk=organ, kind=OrganKind(kind), place=Place(path=path))
    return Hat(Post(pk=post, role=role, organ=own), User(pk=user))
