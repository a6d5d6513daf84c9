"""The ways this system says no. Each message is fit to show to whoever asked."""

from collections.abc import Mapping

from django.utils.functional import Promise

Words = str | Promise


class Refused(Exception):  # noqa: N818 - said in the office's words: the deed was refused
    """A deed was refused and nothing was written.

    `fields` names the form fields the refusal belongs to, each with its own message.
    """

    http_status = 400
    code = "refused"

    def __init__(self, message: Words, fields: Mapping[str, Words] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.fields = dict(fields or {})


class Unknown(Refused):
    """There is no such thing, or none this person may know of; both answer alike (Q6)."""

    http_status = 404
    code = "unknown"


class NotAllowed(Refused):
    """This person may not do this to a thing he may see."""

    http_status = 403
    code = "not_allowed"


class OutOfTurn(Refused):
    """The step does not follow from where the matter stands."""

    http_status = 409
    code = "out_of_turn"


class Stale(Refused):
    """Somebody was first: the write carries a version that is no longer the present one (Q32)."""

    http_status = 409
    code = "stale"


class WrongHat(Refused):
    """The form was opened under another post than the one now worn."""

    http_status = 409
    code = "wrong_hat"
