"""What pages show of clocks."""

from datetime import date

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from deadlines.lamps import Colour, Lamp
from deadlines.models import AbstractClock
from deadlines.words import article_words, day_words, explain, last_day_words, title_of

register = template.Library()


@register.simple_tag
def lamp(lit: Lamp, large: bool = False) -> SafeString:
    """Draw a deadline's lamp: colour, shape and words (Q27). Lists draw one in every row, hence no template."""
    return format_html(
        '<span class="lamp lamp-{}{}"><span class="visually-hidden">{}</span> {}</span>',
        lit.css,
        " lamp-lg" if large else "",
        _said_of(lit.colour),
        lit.words,
    )


def _said_of(colour: Colour) -> str:
    """Return what is read out in the place of a colour that means something."""
    match colour:
        case Colour.GREEN:
            return _("Green lamp:")
        case Colour.AMBER:
            return _("Amber lamp:")
        case Colour.RED:
            return _("Red lamp:")
        case _:
            return ""


@register.filter
def why(clock: AbstractClock) -> list[str]:
    """Return the way to a clock's day, sentence by sentence."""
    return explain(clock.steps)


@register.filter(name="last_day_words")
def last_day_of(clock: AbstractClock) -> str:
    """Return a clock's last day in words, or what it waits for (Q26)."""
    return last_day_words(clock.last_day, clock.steps)


@register.filter
def clock_title(clock: AbstractClock) -> str:
    """Return what a clock's timer is for."""
    return title_of(clock.code)


@register.filter
def rule_title(code: str) -> str:
    """Return what a timer is for, by its code."""
    return title_of(code)


@register.filter
def cited(article: str) -> str:
    """Return a cited article as the reader's language writes it."""
    return article_words(article)


@register.filter
def with_weekday(day: date) -> str:
    """Return a day in words, with its weekday."""
    return day_words(day)
