"""The deeds of ratings and of the letters asked for, as entries of the table in `cases.deeds`."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts.hats import Hat
from cases.actions import rating
from cases.deed import Deed, Facts
from cases.forms import rating as forms
from cases.rating_states import LetterForm, RatingWay, Satisfaction


def _take_down_rating(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    said = rating.Said(of=facts["of"], value=Satisfaction(facts["value"]), reason=facts["reason"])
    return rating.take_down_rating(petition_id, said, way=RatingWay(facts["way"]), by=by, now=now)


def _note_letter_wish(petition_id: UUID, facts: Facts, by: Hat, now: datetime) -> object:
    chosen = [LetterForm(each) for each in facts["forms"]]
    return rating.note_letter_wish(petition_id, person=facts["person"], forms=chosen, by=by, now=now)


RATING_DEEDS = (
    Deed(
        "take_down_rating",
        forms.TakeDownRating,
        _("Take the rating down"),
        _("What the petitioner said is taken down."),
        _take_down_rating,
        "ratings",
    ),
    Deed(
        "note_letter_wish",
        forms.NoteLetterWish,
        _("Note which letters"),
        _("The wish is noted; whoever draws up papers sees it."),
        _note_letter_wish,
        "ratings",
    ),
)
