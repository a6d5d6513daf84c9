"""Telephone and identity numbers for invented people: they pass their checks and belong to nobody."""

from datetime import date, timedelta
from hashlib import sha256

from stdnum.cn import ric

# Middle digits 0000 keep clear of subscribers' numbers.
PHONE_PREFIXES = ("1390000", "1580000", "1860000")
# 离石县, as cards of those born before 1996 carry it
ADDRESS_CODE = "142331"
# Order numbers within a birthday are given from 001 on, so nobody's card carries this one (GB 11643).
UNUSED_ORDER_NUMBER = "000"
_FIRST_BIRTHDAY = date(1948, 1, 7)
_DAYS_APART = 31
# 54 years, and no multiple of 31: people below this number are born on different days, the last ones in 2002
_BIRTHDAYS = 20_011


def phone_of(index: int) -> str:
    """Return the telephone number of the index-th invented person, a different one for each below 27,000."""
    # 4-digit endings spread out, so that two neighbours in a list do not differ in the last digit alone
    ending = (index * 137 + 1180) % 9000 + 1000
    # the endings are used up after 9000 people, who then begin again under another prefix
    return f"{PHONE_PREFIXES[(index + index // 9000) % len(PHONE_PREFIXES)]}{ending:04d}"


def work_telephone_of(username: str) -> str:
    """Return the telephone on somebody's desk; the exchange 000 is nobody's."""
    return f"0358-000{sha256(username.encode()).digest()[0] * 37 % 9000 + 1000}"


def id_number_of(index: int) -> str:
    """Return the identity number of the index-th invented grown-up, with its check digit; below 20,011 all differ."""
    birthday = _FIRST_BIRTHDAY + timedelta(days=index * _DAYS_APART % _BIRTHDAYS)
    digits = f"{ADDRESS_CODE}{birthday:%Y%m%d}{UNUSED_ORDER_NUMBER}"
    return digits + ric.calc_check_digit(digits + "0")
