"""What can be done to people, posts and organs, one transaction each."""

from accounts.actions.founding import found
from accounts.actions.organs import change_organ, make_organ, replace_organ, split_organ
from accounts.actions.own import (
    add_passkey,
    add_totp,
    change_password,
    make_calendar_key,
    new_recovery_codes,
    remove_factor,
    revoke_calendar_key,
    revoke_device,
    set_language,
    sign_in,
    sign_in_failed,
    sign_out,
    trust_device,
)
from accounts.actions.people import close_account, open_account, reset_password, reset_second_factor, unlock
from accounts.actions.posts import (
    announce_absence,
    end_absence,
    end_portfolio,
    end_post,
    give_post,
    hand_over,
    set_portfolio,
)
from accounts.actions.tokens import make_token, revoke_token, set_role_policies

__all__ = [
    "add_passkey",
    "add_totp",
    "announce_absence",
    "change_organ",
    "change_password",
    "close_account",
    "end_absence",
    "end_portfolio",
    "end_post",
    "found",
    "give_post",
    "hand_over",
    "make_calendar_key",
    "make_organ",
    "make_token",
    "new_recovery_codes",
    "open_account",
    "remove_factor",
    "replace_organ",
    "reset_password",
    "reset_second_factor",
    "revoke_calendar_key",
    "revoke_device",
    "revoke_token",
    "set_language",
    "set_portfolio",
    "set_role_policies",
    "sign_in",
    "sign_in_failed",
    "sign_out",
    "split_organ",
    "trust_device",
    "unlock",
]
