"""The deeds of scores as their pages offer them, by what they are done to."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.hats import Hat
from accounts.page_deeds import Deed, plain, table
from hearings.forms.holding import Nothing
from scoring.actions import rule_sets
from scoring.forms import rule_sets as forms
from scoring.states import Scope


def _draw(_key: object, form: Any, by: Hat, now: datetime) -> object:
    typed = form.cleaned_data
    return rule_sets.draw_rule_set(
        scope=Scope(typed["scope"]),
        year=typed["year"],
        name=typed["name"],
        basis=typed["basis"],
        caps=form.caps(),
        by=by,
        now=now,
    )


def _enter(key: UUID, form: Any, by: Hat, now: datetime) -> object:
    return rule_sets.enter_rule(key, form.written(), by=by, now=now)


DRAW_RULE_SET = Deed(
    "draw_rule_set",
    forms.DrawRuleSet,
    _draw,
    _("Draw up rules of a year"),
    pgettext_lazy("a rule set", "Begun; now enter its rules."),
)
ON_RULE_SET = table(
    Deed("enter_rule", forms.EnterRule, _enter, _("Enter a rule"), pgettext_lazy("a rule", "Entered.")),
    Deed(
        "drop_rule",
        forms.DropRule,
        plain(rule_sets.drop_rule),
        pgettext_lazy("a rule", "Take it out"),
        _("It is no longer in the draft."),
    ),
    Deed(
        "adopt",
        forms.AdoptRuleSet,
        plain(rule_sets.adopt_rule_set),
        _("Adopt it"),
        _("Adopted; from now on only a new version follows it."),
    ),
    Deed(
        "draw_next_version",
        Nothing,
        plain(rule_sets.draw_next_version),
        _("Draw the next version"),
        _("Begun with all that the version before says."),
    ),
    Deed(
        "discard",
        forms.DiscardRuleSet,
        plain(rule_sets.discard_rule_set),
        _("Discard the draft"),
        pgettext_lazy("a draft", "Discarded."),
    ),
)
