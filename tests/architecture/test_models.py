"""What the database promises, asked of the models themselves."""

from django.apps import apps
from django.conf import settings
from django.db import models

from tests.architecture.source import ROOMS

# Tables of history are left out: copies that triggers write.
OURS = [
    model
    for room in ROOMS
    for model in apps.get_app_config(room).get_models()
    if not hasattr(model, "pgh_tracked_model")
]
FIELDS = [field for model in OURS for field in model._meta.concrete_fields if field.name != "last_login"]
# What belongs to an account and goes with it; nobody answers for it.
GOES_WITH_ITS_OWNER = {"accounts.TrustedDevice.user"}


def _name(field: models.Field) -> str:
    return f"{field.model._meta.label}.{field.name}"


def test_no_model_sorts_behind_the_readers_back():
    assert [model for model in OURS if model._meta.ordering] == []


def test_every_foreign_key_has_an_index():
    bare = [_name(field) for field in FIELDS if field.is_relation and not _is_indexed(field)]
    assert bare == []


def _is_indexed(field: models.Field) -> bool:
    leading = {index.fields[0].lstrip("-") for index in field.model._meta.indexes if index.fields}
    leading |= {rule.fields[0] for rule in field.model._meta.total_unique_constraints if rule.fields}
    return field.db_index or field.unique or field.name in leading


def test_what_people_answer_for_does_not_vanish_with_them():
    vanishing = {
        _name(field)
        for field in FIELDS
        if field.is_relation and field.remote_field.on_delete is models.CASCADE
        if field.related_model._meta.label
        in {"accounts.User", "accounts.Post", "accounts.Organ", "places.Place"}
    }
    assert vanishing <= GOES_WITH_ITS_OWNER


def test_the_database_knows_every_closed_list():
    """`choices` checks forms; `update()` and a colleague with psql go past it."""
    unguarded = [
        _name(field)
        for field in FIELDS
        if field.choices
        if not any(
            _speaks_of(rule.condition, field.name)
            for rule in field.model._meta.constraints
            if isinstance(rule, models.CheckConstraint)
        )
    ]
    assert unguarded == []


def _speaks_of(condition: models.Q, name: str) -> bool:
    return any(
        _speaks_of(part, name) if isinstance(part, models.Q) else part[0].split("__")[0] == name
        for part in condition.children
        if isinstance(part, models.Q | tuple)
    )


def test_moments_and_days_are_told_apart_by_their_names():
    moments = {_name(field) for field in FIELDS if type(field) is models.DateTimeField}
    days = {_name(field) for field in FIELDS if type(field) is models.DateField}

    assert {name for name in moments if not name.endswith((".at", "_at", ".since"))} == set()
    assert {name for name in days if name.endswith(("_at", ".at"))} == set()


def test_there_is_no_second_way_in_for_administrators():
    assert "django.contrib.admin" not in settings.INSTALLED_APPS
    assert not hasattr(apps.get_model(settings.AUTH_USER_MODEL), "is_superuser")
