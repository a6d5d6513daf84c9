"""The hat a person wears: one post, his own or one he deputises for. Every deed is done under a hat."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from accounts.models import Absence, Organ, Post, PostQuerySet, User
from accounts.roles import Role
from audit.parts import Actor
from lib.prepared import Given, prepared


@dataclass(frozen=True)
class Hat:
    """A person acting from a post. `acts_for` is the absent holder when a deputy wears it."""

    post: Post
    user: User
    acts_for: User | None = None

    @property
    def key(self) -> str:
        """What a form carries, so that a write under another hat is noticed."""
        return str(self.post.pk)

    @property
    def role(self) -> Role:
        return Role(self.post.role)

    @property
    def organ(self) -> Organ:
        return self.post.organ

    @property
    def sees_its_place(self) -> bool:
        return self.post.sees_its_place

    @property
    def words(self) -> str:
        """The person as the audit writes him down: name, for whom, title or organ."""
        absent = f"（代{self.acts_for.name}）" if self.acts_for else ""
        return f"{self.user.name}{absent} {self.organ.short_name} {self.post.title}".strip()

    @property
    def actor(self) -> Actor:
        return Actor(
            words=self.words, user_id=self.user.pk, post_id=self.post.pk, organ_id=self.post.organ_id
        )


def hats_of(user: User, *, on: date) -> list[Hat]:
    """Return every hat a person may put on, his own posts first, then those he deputises for."""
    if not user.is_active:
        return []
    # One query, sorted here: this is asked at every request.
    in_order = sorted(
        _posts_to_wear(user=user.pk, day=on), key=lambda post: (post.user_id != user.pk, post.pk)
    )
    return [Hat(post, user, acts_for=None if post.user_id == user.pk else post.user) for post in in_order]


@prepared
def _posts_to_wear(user: Given, day: Given) -> PostQuerySet:
    absences = Absence.objects.running_on(day).filter(deputy=user)
    may_wear = Q(user=user) | Q(pk__in=absences.values("post"), user__is_active=True)
    return Post.objects.held_on(day).filter(may_wear).select_related("organ__place", "user")


def hat_of(user: User, post_id: int, *, on: date) -> Hat | None:
    """Return the hat of one post if this person may wear it that day."""
    return next((hat for hat in hats_of(user, on=on) if hat.post.pk == post_id), None)


def actor_of(user: User) -> Actor:
    """Return a person without a post as the audit writes him down: signing in, changing his password."""
    return Actor(words=user.name, user_id=user.pk)
