"""Free text on a page: names, numbers and addresses in it are covered, as everywhere (design §1.7)."""

from collections.abc import Sequence

from django import template

from lib.masking import mask_text

register = template.Library()


@register.simple_tag
def covered(words: str, names: Sequence[str]) -> str:
    """Return a text with every name of the petition, identity number and telephone in it covered."""
    return mask_text(words, names=names)
