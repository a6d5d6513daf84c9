"""Every file of real petitions comes in whole: each row is a petition, or was rejected for a true reason.

None of their texts is in this repository: they are counted, and known by a hash.
"""

import hashlib
from datetime import UTC, date, datetime

import pytest
from django.db.models import Count, F
from django.utils.timezone import localdate

from accounts.roles import Role
from cases.models import EarlierReply, ImportState, Petition, PetitionClock, PetitionText
from cases.states import ClockCode
from tests.cases.imports.given import imported
from tests.given import a_hat

pytestmark = [pytest.mark.shared, pytest.mark.wide, pytest.mark.django_db(transaction=True)]

# After the newest row of them all.
TODAY = datetime(2026, 7, 1, 1, tzinfo=UTC)
STATED = date(2026, 6, 30)

# file → rows, all of which are petitions; of these finished; hash of their texts
FILES = {
    "messages-labelled.xlsx": (2361, 0, "6d0a4ee87de7f173"),
    "messages-labelled-bodies.csv": (3514, 0, "4d089dadd1affa38"),
    "messages-hot-issues.xlsx": (3442, 0, "774ed4d02390028f"),
    "messages-with-replies.xlsx": (2240, 2092, "2a4953b0e2e93718"),
    "letters-with-units-and-replies.csv": (4559, 4550, "0da053cc861a68f3"),
    "board-with-ratings.jsonl": (1348, 0, "ed02d0f51a6f3bf9"),
}
# file → median of days to the reply, and the shares within 15, 60 and 90 days, as known from elsewhere
REPLIES = {
    "messages-with-replies.xlsx": (11, ["61", "94", "97"]),
    "letters-with-units-and-replies.csv": (25, ["28.5", "93.9", "99.7"]),
}


def hash_of_texts() -> str:
    """Return one hash of all petitions' own words, to the character."""
    digest = hashlib.sha256()
    for text in sorted(PetitionText.objects.values_list("text", flat=True)):
        digest.update(text.encode() + b"\x00")
    return digest.hexdigest()[:16]


@pytest.mark.parametrize("name", FILES)
def test_every_row_of_a_real_file_is_a_petition_or_truly_rejected(name, shared_data):
    rows, finished, texts = FILES[name]
    registrar = a_hat(Role.REGISTRAR)

    batch = imported(shared_data / "petitions" / name, by=registrar, now=TODAY, received_on=STATED)

    assert batch.state == ImportState.DONE
    assert (batch.rows, batch.created, batch.finished) == (rows, rows, finished)
    assert not batch.findings.exists()
    assert Petition.objects.count() == rows
    assert hash_of_texts() == texts
    if name in REPLIES:
        the_replies_came_when_they_did(*REPLIES[name])
    if "bodies" in name:
        the_days_are_unknown()

    again = imported(shared_data / "petitions" / name, by=registrar, now=TODAY, received_on=STATED)

    assert (again.created, again.linked, Petition.objects.count()) == (0, rows, rows)


def the_replies_came_when_they_did(median: int, shares: list[str]) -> None:
    """Compare the days to the replies with what is known, and the clocks with the days."""
    replies = list(EarlierReply.objects.select_related("petition"))
    days = {
        one.petition_id: (localdate(one.replied_at) - localdate(one.petition.received_at)).days
        for one in replies
    }
    within = [100 * sum(taken <= most for taken in days.values()) / len(days) for most in (15, 60, 90)]
    places = [len(share.partition(".")[2]) for share in shares]
    assert sorted(days.values())[len(days) // 2] == median
    assert [f"{share:.{digits}f}" for share, digits in zip(within, places, strict=True)] == shares
    answered = {one.petition_id for one in replies if one.answers}
    clocks = PetitionClock.objects.filter(petition__in=answered)
    assert set(clocks.values_list("code", flat=True)) == {ClockCode.T2, ClockCode.T5}
    assert clocks.filter(met_at=None).count() == 0
    for code, most in ((ClockCode.T2, 15), (ClockCode.T5, 60)):
        late = set(clocks.filter(code=code, met_at__gte=F("due_at")).values_list("petition", flat=True))
        assert late == {petition for petition in answered if days[petition] > most}
        assert late == set(
            clocks.filter(code=code, breached_at=F("due_at")).values_list("petition", flat=True)
        )


def the_days_are_unknown() -> None:
    assert not Petition.objects.filter(day_unknown=False).exists()
    assert not PetitionClock.objects.exists()


def test_copies_sent_in_bulk_stay_letters_of_their_own(shared_data):
    imported(shared_data / "petitions" / "letters-with-units-and-replies.csv", now=TODAY)

    groups = PetitionText.objects.values("text").annotate(letters=Count("petition")).filter(letters__gte=5)
    assert (len(groups), sum(group["letters"] for group in groups)) == (26, 318)
