"""The programs' door: a token belongs to one post, a browser's session wears its hat; refusals are JSON."""

from typing import Any, cast

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.authentication import BaseAuthentication, CSRFCheck, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from accounts.hats import Hat, hat_of
from accounts.models import ApiToken, User
from accounts.requests import SAFE, refuse_other_hat, unfinished_duty
from accounts.second_factor import digest_of

KEYWORD = b"token"


def hat_worn(request: Request) -> Hat:
    """Return the hat under which a program's key, or a signed-in browser, acts."""
    return cast(Hat, request._request.hat)  # type: ignore[attr-defined]  # set by whichever way in was used


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Token <key>`: the program acts from the token's post, in its holder's name."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """Return whose key the request carries and the key, or `None` if it carries none.

        :raises AuthenticationFailed: for a key that is unknown, expired or revoked, or whose post is vacant
        :raises PermissionDenied: if a key that only reads is used to write
        """
        words = get_authorization_header(request).split()
        if not words or words[0].lower() != KEYWORD:
            return None
        found = self._token(words)
        hat = self._hat(found) if found else None
        if found is None or hat is None:
            # One answer for all of them: nothing is told of keys that once were (Q6).
            raise AuthenticationFailed(_("This key opens nothing."))
        if request.method not in SAFE and not found.may_write:
            raise PermissionDenied(_("This key only reads."))
        # The pages' code and the deeds read the hat from the request underneath.
        request._request.user = hat.user
        request._request.hat = hat  # type: ignore[attr-defined]
        request._request.hats = [hat]  # type: ignore[attr-defined]
        return hat.user, found

    def authenticate_header(self, request: Request) -> str:
        return "Token"

    def _token(self, words: list[bytes]) -> ApiToken | None:
        if len(words) != 2:
            return None
        digest = digest_of(words[1].decode("ascii", "replace"))
        valid = ApiToken.objects.valid_at(timezone.now()).select_related("post__user")
        return valid.filter(digest=digest).first()

    def _hat(self, token: ApiToken) -> Hat | None:
        return hat_of(token.post.user, token.post_id, on=timezone.localdate())


class HatSessionAuthentication(BaseAuthentication):
    """A signed-in browser, under the hat it wears on the pages; writes carry the CSRF token."""

    def authenticate(self, request: Request) -> tuple[User, None] | None:
        """Return who is signed in, or `None`.

        :raises PermissionDenied: if a write comes without its CSRF token, or the sign-in is not complete
        """
        user = request._request.user
        if not isinstance(user, User):
            return None
        # REST framework exempts its views from the check, so it is made here.
        check = CSRFCheck(lambda _request: None)  # type: ignore[arg-type]
        check.process_request(request._request)
        if reason := check.process_view(request._request, HttpResponse, (), {}):
            raise PermissionDenied(_("CSRF check failed: %(reason)s") % {"reason": reason})
        if unfinished_duty(request._request):
            raise PermissionDenied(_("Finish signing in on the pages first."))
        return user, None


class WearsAHat(BasePermission):
    """Let only requests under a hat through, and set `request.hat` and `request.now` for the view."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Test if somebody wears a hat here.

        :raises WrongHat: if a write names another hat than the one worn
        """
        hat = getattr(request._request, "hat", None)
        if hat is None or not isinstance(request.user, User):
            return False
        refuse_other_hat(request._request)
        request.hat = hat  # type: ignore[attr-defined]
        request.now = request._request.now  # type: ignore[attr-defined]
        return True
