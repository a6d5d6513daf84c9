"""Users, organs, posts, what stands in for a post when its holder is away, and how long a role may idle."""

from accounts.models.organs import Organ, OrganKind, OrganSuccession
from accounts.models.policies import Policy, RolePolicy, policies, policy_of
from accounts.models.posts import Absence, Portfolio, Post, PostQuerySet
from accounts.models.users import ApiToken, CalendarKey, TrustedDevice, User

__all__ = [
    "Absence",
    "ApiToken",
    "CalendarKey",
    "Organ",
    "OrganKind",
    "OrganSuccession",
    "Policy",
    "Portfolio",
    "Post",
    "PostQuerySet",
    "RolePolicy",
    "TrustedDevice",
    "User",
    "policies",
    "policy_of",
]
