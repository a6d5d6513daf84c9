"""Trees kept as a path of codes, each closed by a slash: `14/1411/141102/`. Inside is a prefix test."""

from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models import Q


def child_path(parent_path: str, code: str) -> str:
    """Return the path of a node under a parent; an empty parent path makes a root."""
    return f"{parent_path}{code}/"


def paths_above(path: str) -> list[str]:
    """Return a path and every path it lies in, from the root down: `14/1411/` gives `14/` and `14/1411/`."""
    codes = path.rstrip("/").split("/")
    return ["/".join(codes[: depth + 1]) + "/" for depth in range(len(codes))]


def path_is_closed(name: str) -> models.CheckConstraint:
    """Return the constraint without which `4403` would lie inside `44031`."""
    return models.CheckConstraint(condition=Q(path__endswith="/"), name=name)


def path_index(name: str) -> models.Index:
    """Return the index that serves a prefix test under any collation."""
    return models.Index(OpClass("path", name="text_pattern_ops"), name=name)
