"""What the word search may find of a petition: its words as its page shows them, kept beside it (Q5; protection §2)."""

import re
from collections.abc import Collection, Iterable
from datetime import date

from cases.models import Petition, SearchText
from lib.days import local_day
from lib.folding import fold_all
from lib.masking import STAR, mask_text
from lib.new_rows import new_row
from lib.transactions import require_transaction

# A covered name or number, with the signs that a list leaves readable: its last digits are no word.
_READABLE = r"0-9０-９Xx〇零○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖两+()（） -"
_COVERED = re.compile(rf"[{_READABLE}]*[*][*{_READABLE}]*")


def month_number(day: date) -> int:
    """Return a month as the index counts it, from the year 0."""
    return day.year * 12 + day.month - 1


def search_text(petition: Petition, texts: Iterable[str], names: Iterable[str]) -> SearchText:
    """Return the row of an open petition with these words and these persons on it, not yet written."""
    month = month_number(local_day(petition.received_at))
    return new_row(SearchText, petition=petition, month=month, words=findable(texts, list(names)))


def findable(texts: Iterable[str], names: Collection[str]) -> str:
    """Return what words may find in texts: what a page shows of them, without what it covers."""
    shown = [mask_text(text, names) for text in texts if text]
    return fold_all(part for text in shown for part in (_COVERED.split(text) if STAR in text else [text]))


def index_anew(petition: Petition) -> None:
    """Write what the search may find of a locked petition after its words, its people or its lane changed.

    Of a sealed one it finds nothing, because there is nothing (Q1).
    """
    require_transaction("index_anew")
    if petition.sealed:
        SearchText.objects.filter(petition=petition).delete()
        return
    row = search_text_of_stored(petition)
    SearchText.objects.update_or_create(petition=petition, defaults={"month": row.month, "words": row.words})


def search_text_of_stored(petition: Petition) -> SearchText:
    """Return the row that belongs to a stored petition of the open lane, not yet written."""
    words = petition.words
    claims = petition.claims.order_by("number").values_list("wording", flat=True)
    names = petition.people.order_by("position").values_list("name", flat=True)
    return search_text(petition, [words.title, words.summary, words.text, *claims], names)
