"""Chinese within a page of another language is marked as Chinese, and nothing else is."""

import pytest
from django.utils import translation
from django.utils.html import escape

from lib.chinese import is_chinese_among_others, marked


@pytest.mark.parametrize(
    ("words", "drawn"),
    [
        (
            "Handling opinion: 区住建局, last day 11-15",
            'Handling opinion: <span lang="zh-CN">区住建局</span>, last day 11-15',
        ),
        ("离信访转〔2026〕6号", '<span lang="zh-CN">离信访转〔2026〕6号</span>'),
        ("张*厚 2026-09-14, By post", '<span lang="zh-CN">张*厚</span> 2026-09-14, By post'),
        ("<b>村</b> & 1", '&lt;b&gt;<span lang="zh-CN">村</span>&lt;/b&gt; &amp; 1'),
        ("plain", "plain"),
    ],
)
def test_each_run_of_chinese_is_marked_and_the_rest_is_escaped(words, drawn):
    with translation.override("en"):
        assert marked(words) == drawn


def test_on_a_chinese_page_nothing_is_marked():
    with translation.override("zh-hans"):
        assert marked("区住建局 <A>") == "区住建局 &lt;A&gt;"
        assert not is_chinese_among_others("区住建局")


def test_what_is_escaped_already_is_not_escaped_again():
    with translation.override("en"):
        assert marked(escape("A&B 村")) == 'A&amp;B <span lang="zh-CN">村</span>'
