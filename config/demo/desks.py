"""Who acts in the demo: the hats of its staff, by organ and role."""

from datetime import date

from accounts.hats import Hat
from accounts.models import Organ, Post
from accounts.roles import Role
from config.demo.timetable import draw


class Desks:
    """The hats of the demo's staff by organ and role: everybody has had his post since the demo's founding."""

    def __init__(self, on: date) -> None:
        self._hats: dict[tuple[str, Role], list[Hat]] = {}
        for post in Post.objects.held_on(on).select_related("organ__place", "user").order_by("pk"):
            hat = Hat(post, post.user)
            self._hats.setdefault((post.organ.code, hat.role), []).append(hat)
        self.offices = {code for code, role in self._hats if role == Role.PETITION_OFFICER}
        self.organ_ids = dict(Organ.objects.values_list("code", "pk"))

    def one(self, organ: str, role: Role, title: str = "") -> Hat:
        """Return one of the organ's people in a role, always the same for a title.

        :raises KeyError: if the demo has nobody there
        """
        hats = self._hats[organ, role]
        return hats[draw(title, "desk", len(hats))]
