"""Keeping one's own phrases."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.hats import Hat
from accounts.parts import lock_post
from audit.parts import record
from leadership import permissions as may
from leadership.models import Phrase
from leadership.phrases import MOST, OF_THE_HOUSE
from lib.errors import NotAllowed, OutOfTurn, Refused, Unknown


@transaction.atomic(durable=True)
def keep_phrase(words: str, *, by: Hat, now: datetime) -> Phrase:
    """Keep a phrase of one's own.

    :raises NotAllowed: if this post writes no instructions
    :raises OutOfTurn: if there are as many as there may be
    :raises Refused: if it says nothing, or is there already
    """
    if not may.may_keep_phrases(by):
        raise NotAllowed(_("Your post writes no instructions."))
    lock_post(by.post.pk)
    words = words.strip()
    own = Phrase.objects.filter(post=by.post)
    if not words or words in OF_THE_HOUSE or own.filter(words=words).exists():
        fault = _("Write a phrase that is not there yet.")
        raise Refused(fault, fields={"words": fault})
    if own.count() >= MOST:
        raise OutOfTurn(_("There are twelve of your own already: drop one first."))
    row = Phrase.objects.create(post=by.post, words=words, kept_at=now)
    record("phrase.keep", row, by=by.actor, at=now)
    return row


@transaction.atomic(durable=True)
def drop_phrase(phrase_id: int, *, by: Hat, now: datetime) -> None:
    """Keep a phrase of one's own no longer.

    :raises Unknown: if it is none of one's own
    """
    row = Phrase.objects.select_for_update().filter(pk=phrase_id, post=by.post).first()
    if row is None:
        raise Unknown(_("There is no such phrase."))
    record("phrase.drop", row, by=by.actor, at=now)
    row.delete()
