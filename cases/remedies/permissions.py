"""Who may do what about remedies. Each rule is one function; pages, programs and actions ask the same one."""

from collections.abc import Iterable

from accounts.hats import Hat
from accounts.models import Organ, Post
from cases.models import Petition, Remedy
from cases.workflow import APPROVES, HANDLES, SIGNS
from documents.models import Document


def may_note_request(hat: Hat, petition: Petition, organs: list[Organ]) -> bool:
    """Note that a petitioner asks for a remedy: the office, and each organ of the chain, where he brought it."""
    here = (petition.register_organ, *organs)
    return hat.role in SIGNS and any(hat.organ.is_or_carries_on(organ) for organ in here)


def is_elsewhere(organ: Organ) -> bool:
    """Test if an organ has nobody here who works on petitions: then its papers come from outside (Q24)."""
    works = Post.objects.filter(
        organ__in=Organ.objects.of_today(organ), role__in=sorted(HANDLES), held_to=None
    )
    return not works.exists()


def reviews(hat: Hat, remedy: Remedy) -> bool:
    """Decide on a request and on the opinion: who works on petitions in the reviewing organ (Art 35, 36)."""
    return hat.role in HANDLES and hat.organ.is_or_carries_on(remedy.organ)


def approves(hat: Hat, remedy: Remedy) -> bool:
    """Approve a paper of a remedy or send it back: a head in the reviewing organ (documents.md §1)."""
    return hat.role in APPROVES and hat.organ.is_or_carries_on(remedy.organ)


def takes_in(hat: Hat, remedy: Remedy) -> bool:
    """Take in what an organ outside this house decided: who works on petitions in the office that registered."""
    ours = hat.role in HANDLES and hat.organ.is_or_carries_on(remedy.petition.register_organ)
    return ours and is_elsewhere(remedy.organ)


def delivers(hat: Hat, remedy: Remedy) -> bool:
    """Note the posting and service of a paper of a remedy: the organ whose paper it is, or who took it in."""
    own = hat.role in SIGNS and hat.organ.is_or_carries_on(remedy.organ)
    return own or takes_in(hat, remedy)


def confirms_delivery(hat: Hat, remedy: Remedy) -> bool:
    """Confirm that a delivery was mistyped: a head of the organ whose paper it is, or of who took it in (Q18)."""
    ours = hat.role in APPROVES and hat.organ.is_or_carries_on(remedy.petition.register_organ)
    return approves(hat, remedy) or (ours and is_elsewhere(remedy.organ))


def notes_withdrawal(hat: Hat, remedy: Remedy) -> bool:
    """Note that a request is withdrawn: the reviewing organ or the office, never the one that is reviewed (Q19)."""
    here = (remedy.organ, remedy.petition.register_organ)
    contested = hat.organ.is_or_carries_on(remedy.contested_organ)
    return hat.role in SIGNS and not contested and any(hat.organ.is_or_carries_on(organ) for organ in here)


def cares(hat: Hat, organs: Iterable[Organ]) -> bool:
    """Note help: who works on petitions in the office, or in an organ that leads or reviewed it (Art 37)."""
    return hat.role in SIGNS and any(hat.organ.is_or_carries_on(organ) for organ in organs)


def had_a_hand_in(hat: Hat, contested: Document) -> bool:
    """Test if a person drew up or approved the opinion that is contested: he does not review it (Art 28(3); R-33)."""
    return hat.user.pk in {contested.drafter_id, contested.approver_id, contested.issuer_id}
