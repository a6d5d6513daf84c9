"""Entries of the audit as lines that a person reads: keys of things as their names, each kind asked for once a page."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.models import Organ, Post, User
from accounts.roles import Role
from audit.models import Entry
from cases.models import ContentCategory, Petition, PetitionText
from deadlines.models import Rule
from desk.audit_words import KINDS, actor_words, deed_words, label_words, value_words
from documents.models import Document
from documents.states import DocumentKind, State
from places.models import Place

Words = str | Promise


@dataclass(frozen=True)
class Line:
    """One entry in words."""

    at: datetime
    who: Words
    # of the post it was done from; empty for what is done without one
    role: str
    deed: Words
    kind: Words
    subject: str
    facts: Sequence[tuple[Words, str]]


@dataclass(frozen=True)
class _Named:
    """A kind of thing with a name: where it is, by which column it is named, and its name."""

    rows: Callable[[], QuerySet[Any]]
    key: str
    words: Callable[[Any], str]


def _post_words(post: Post) -> str:
    return f"{post.user.name} · {post.organ.short_name} · {post.title or Role(post.role).label}"


_POST = _Named(lambda: Post.objects.select_related("organ", "user"), "pk", _post_words)
_ROLE = _Named(lambda: Post.objects.only("role"), "pk", lambda post: str(Role(post.role).label))
_PERSON = _Named(lambda: User.objects.all(), "pk", lambda user: f"{user.name}（{user.username}）")
# A sealed petition has no number here, whatever led to it (protection §2.5).
_PETITION = _Named(
    lambda: Petition.objects.filter(sealed=False).only("number"), "pk", lambda petition: petition.number
)
_OF_SUBJECT: Mapping[str, _Named] = {
    "cases.petition": _PETITION,
    "cases.contentcategory": _Named(lambda: ContentCategory.objects.all(), "pk", str),
    "accounts.user": _PERSON,
    "accounts.post": _POST,
    "accounts.organ": _Named(lambda: Organ.objects.all(), "pk", str),
    "places.place": _Named(lambda: Place.objects.all(), "pk", str),
}


def _paper_words(paper: Document) -> str:
    kind = str(DocumentKind(paper.kind).label)
    state = "" if paper.is_issued else str(State(paper.state).label)
    return f"{kind} {paper.number or state}"


# Nor has a paper of a sealed petition a name.
_PAPER = _Named(
    lambda: Document.objects.filter(sealed=False).exclude(case__petition__sealed=True), "pk", _paper_words
)
_ORGAN_BY_CODE = _Named(lambda: Organ.objects.all(), "code", str)
_ORGAN_BY_KEY = _Named(lambda: Organ.objects.all(), "pk", str)
_PLACE_BY_CODE = _Named(lambda: Place.objects.current(), "code", str)
_OF_FACT: Mapping[str, _Named] = {
    **dict.fromkeys(("post", "posts", "to_post", "taken_over_by", "granted"), _POST),
    **dict.fromkeys(("user", "deputy"), _PERSON),
    **dict.fromkeys(("organ", "successor"), _ORGAN_BY_CODE),
    **dict.fromkeys(("place", "successors"), _PLACE_BY_CODE),
    "to_organ": _ORGAN_BY_KEY,
    "document": _PAPER,
    "category": _Named(lambda: ContentCategory.objects.all(), "code", str),
}
# Things whose key is never shown: without a name for this reader they are left out.
_NAMED_OR_LEFT_OUT = frozenset({"document"})
# Keys of rows that have no name a reader could use.
_SILENT = frozenset({"person", "attachment", "original", "incident"})
# What `field` and `changed` name columns of.
_COLUMNS_OF: Mapping[str, tuple[type[Model], ...]] = {
    "cases.petition": (Petition, PetitionText),
    "accounts.organ": (Organ,),
    "deadlines.rule": (Rule,),
}

_Names = Mapping[_Named, Mapping[str, str]]


def lines_of(entries: Sequence[Entry]) -> list[Line]:
    """Return entries in words, in their order, in a fixed number of queries."""
    names = _names_in(entries)
    return [_line(entry, names) for entry in entries]


def _line(entry: Entry, names: _Names) -> Line:
    named = _OF_SUBJECT.get(entry.subject_kind)
    return Line(
        at=entry.at,
        who=actor_words(entry.actor_words) if entry.actor_user_id is None else entry.actor_words,
        role=names[_ROLE].get(str(entry.actor_post_id), ""),
        deed=deed_words(entry.verb),
        kind=KINDS.get(entry.subject_kind, entry.subject_kind),
        subject=names[named].get(entry.subject_id, "") if named else _own_name(entry),
        facts=list(_facts(entry, names)),
    )


def _own_name(entry: Entry) -> str:
    """Return the key of a thing whose key is its name."""
    return entry.subject_id if entry.subject_kind == "deadlines.calendaryear" else ""


def _facts(entry: Entry, names: _Names) -> Iterator[tuple[Words, str]]:
    for name, value in entry.facts.items():
        if name in _SILENT or value is None or value in ("", [], {}):
            continue
        if name == "before" and entry.verb == "petition.correct":
            # The fingerprint of an old value tells a reader nothing (Q8).
            continue
        if name in ("field", "changed"):
            words = _(", ").join(_column_words(entry.subject_kind, one) for one in _each(value))
        elif name in _OF_FACT:
            known = names[_OF_FACT[name]]
            if name in _NAMED_OR_LEFT_OUT and str(value) not in known:
                continue
            words = _(", ").join(known.get(str(one), str(one)) for one in _each(value))
        else:
            words = value_words(name, value)
        yield label_words(name), words


def _column_words(kind: str, column: str) -> str:
    """Return what a column is called on the pages; a field of another table by its code."""
    for model in _COLUMNS_OF.get(kind, ()):
        for field in model._meta.fields:
            if column in (field.name, field.attname):
                return str(field.verbose_name)
    return value_words("field", column)


def _each(value: Any) -> Collection[Any]:
    return value if isinstance(value, list) else [value]


def _names_in(entries: Sequence[Entry]) -> _Names:
    """Return the names of everything the entries point at."""
    wanted: dict[_Named, set[str]] = defaultdict(set)
    for entry in entries:
        wanted[_ROLE].add(str(entry.actor_post_id or ""))
        if entry.subject_kind in _OF_SUBJECT:
            wanted[_OF_SUBJECT[entry.subject_kind]].add(entry.subject_id)
        for name in entry.facts.keys() & _OF_FACT.keys():
            wanted[_OF_FACT[name]].update(str(one) for one in _each(entry.facts[name]) if one is not None)
    return {named: _read(named, keys - {""}) for named, keys in wanted.items()}


def _read(named: _Named, keys: Collection[str]) -> dict[str, str]:
    if not keys:
        return {}
    rows = named.rows().filter(**{f"{named.key}__in": keys})
    return {str(getattr(row, named.key)): named.words(row) for row in rows}
