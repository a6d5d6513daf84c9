"""What a search shows of a petition: its title and the places where the words stand, covered as on its page."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from cases.models import Petition, Petitioner
from lib.folding import places_of
from lib.masking import mask_text

# of one petition
MOST_FRAGMENTS = 2
_BEFORE, _AFTER = 16, 64
# A long text is looked through in pieces, and covered with more around a word than is shown: no number or name that is
# covered is longer than the difference.
_PIECE, _AROUND = 1_000, 160


@dataclass(frozen=True)
class Part:
    """A stretch of text; `hit` if it is what was searched for."""

    text: str
    hit: bool = False


Marked = Sequence[Part]


@dataclass(frozen=True)
class Shown:
    """A petition's title and fragments as parts."""

    title: Marked
    fragments: Sequence[Marked]


def shown(petitions: Sequence[Petition], terms: Sequence[str]) -> Mapping[UUID, Shown]:
    """Return what is shown of each found petition, loaded with its words and claims; one query for the names."""
    names = _names(petitions)
    return {petition.pk: _shown(petition, names.get(petition.pk, []), terms) for petition in petitions}


def _names(petitions: Sequence[Petition]) -> Mapping[UUID, list[str]]:
    """Return every name on each petition: who is covered on its page is covered here."""
    names: dict[UUID, list[str]] = {}
    rows = Petitioner.objects.filter(petition__in=[petition.pk for petition in petitions])
    for key, name in rows.values_list("petition", "name"):
        names.setdefault(key, []).append(name)
    return names


def _shown(petition: Petition, names: Collection[str], terms: Sequence[str]) -> Shown:
    words = petition.words
    texts = dict.fromkeys([words.summary, words.text, *(claim.wording for claim in petition.claims.all())])
    # a petition without claims has its title as one, which stands above already
    texts.pop(words.title, None)
    fragments = (fragment for text in texts for fragment in _fragments(text, names, terms))
    return Shown(
        title=_marked(mask_text(words.title, names), terms),
        fragments=[fragment for fragment, _nth in zip(fragments, range(MOST_FRAGMENTS), strict=False)],
    )


def _fragments(text: str, names: Collection[str], terms: Sequence[str]) -> Iterator[Marked]:
    """Yield at most one fragment of a text: the surroundings of the first word that stands in it uncovered."""
    for start in range(0, len(text), _PIECE):
        piece = text[max(0, start - _AROUND) : start + _PIECE + _AROUND]
        for begin, end in sorted(place for term in terms for place in places_of(term, piece)):
            # covered with what stands around it, so that no number is cut in two where it is covered
            first, last = max(0, begin - _AROUND), end + _AROUND
            covered = mask_text(piece[first:last], names)
            if any(places_of(term, covered[begin - first : end - first]) for term in terms):
                yield _cut(covered, begin - first, end - first, terms)
                return


def _cut(text: str, begin: int, end: int, terms: Sequence[str]) -> Marked:
    first, last = max(0, begin - _BEFORE), end + _AFTER
    middle = _marked(" ".join(text[first:last].split()), terms)
    return [*([Part("…")] if first else []), *middle, *([Part("…")] if last < len(text) else [])]


def _marked(text: str, terms: Sequence[str]) -> Marked:
    """Return a text in parts, the words that were searched for apart; overlapping ones as one."""
    hit = [False] * len(text)
    for term in terms:
        for start, end in places_of(term, text):
            hit[start:end] = [True] * (end - start)
    parts: list[Part] = []
    begin = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or hit[at] != hit[begin]:
            parts.append(Part(text[begin:at], hit[begin]))
            begin = at
    return parts
