"""Chinese within pages of another language: marked as such, so that it is read out as Chinese (WCAG 3.1.2)."""

import re

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

_CHINESE = "zh"
_SIGN = "\u3400-\u9fff"
# A run begins and ends with a Chinese sign; numbers, masks and Chinese punctuation within belong to it.
_RUN = re.compile(f"[{_SIGN}](?:[\u3000-\u303f{_SIGN}\uff00-\uffef0-9*·]*[{_SIGN}])?")


def is_chinese_among_others(text: str) -> bool:
    """Test if a text has Chinese in it while the page speaks another language."""
    return not (get_language() or _CHINESE).startswith(_CHINESE) and _RUN.search(text) is not None


def marked(text: object) -> SafeString:
    """Return a text for a page, each run of Chinese marked where the page speaks another language."""
    words = conditional_escape(str(text))
    if not is_chinese_among_others(words):
        return words
    return mark_safe(_RUN.sub(r'<span lang="zh-CN">\g<0></span>', words))  # noqa: S308 - escaped above
