"""The world a test starts from. Each builder makes one valid thing; a test states only what it is about."""

from tests.accounts.given import (
    LONG_AGO,
    MONDAY,
    PASSWORD,
    SHANGHAI,
    a_hat,
    a_place,
    a_post,
    a_user,
    an_organ,
    in_the_demo_world,
    signed_in,
    the_petition_office,
)

__all__ = [
    "LONG_AGO",
    "MONDAY",
    "PASSWORD",
    "SHANGHAI",
    "a_hat",
    "a_place",
    "a_post",
    "a_user",
    "an_organ",
    "in_the_demo_world",
    "signed_in",
    "the_petition_office",
]
