"""What a deed on a petition is to the page and to the programs' door: one entry of the table in `cases.deeds`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise

from accounts.hats import Hat
from cases.workflow import Step
from lib.forms import RefusableForm

Facts = Mapping[str, Any]
Act = Callable[[UUID, Facts, Hat, datetime], object]
Body = QueryDict | Mapping[str, Any]


@dataclass(frozen=True)
class Deed:
    """One deed: its form, what its button says and the page says after it, the action, where on the page it stands.

    `step` is the step of the workflow it takes, if it takes one. `lane_only` deeds exist in the sealed lane, which
    programs do not reach.
    """

    name: str
    form: type[RefusableForm]
    button: Promise
    done: Promise
    act: Act
    section: str
    step: Step | None = None
    lane_only: bool = False

    @property
    def slug(self) -> str:
        """The word that stands for it in an address."""
        return self.name.replace("_", "-")

    def read(self, body: Body, files: MultiValueDict[str, Any] | None = None) -> RefusableForm:
        """Return the form filled with what was sent."""
        return self.form(body, files)
