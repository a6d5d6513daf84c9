"""The words of the product: complete in two languages, none that must not be built, none about its making."""

import re
from pathlib import Path

import pytest

from config import catalogues
from tests.architecture.source import ROOMS, ROOT

# Chinese and English for what the house refuses to build (protection §1, §2; words to avoid of the glossary).
NEVER_BUILT = re.compile(
    "重点人员|重点人群|特殊人员|稳控|管控|维稳|吸附|摆平|截访|缠访|闹访|老户|钉子户|上访专业户|零上访|黑名单|人脸"
    r"|key[ _]?person|watch[ _-]?list|black[ _-]?list|special[ _]?person|control[ _]?level|risk[ _]?level"
    r"|petitioner[ _]?risk|stability[ _]?control|face[ _]?recognition|promise[ _]?not[ _]?to",
    re.IGNORECASE,
)
# What a file says when it speaks of how or where it was made.
ABOUT_THE_MAKING = re.compile(
    r"/work/|/tmp/w/|/root/|/home/\w|\.\./shared|mock-?ups?\b|language model"
    r"|\b(?:Claude|ChatGPT|Copilot|LLM)\b|AI[- ](?:generated|assisted)|as requested|https?://(?:pypi|registry|mirrors)\.",
    re.IGNORECASE,
)
TEXT_SUFFIX = re.compile(r"(\.(py|html|txt|md|toml|po|js|css|in|sh|json|yml|cfg|example))?")
NOT_OURS = {"var", "node_modules", "__pycache__", "vendor", "screens"}
HIDDEN_BUT_OURS = {".ci", ".env.example", ".gitignore"}

TEMPLATES = sorted(path.relative_to(ROOT) for path in (ROOT / "templates").rglob("*.html"))
# Comments, and blocks that fill a class attribute.
SILENT = re.compile(
    r"\{#.*?#\}|\{% comment.*?%\}.*?\{% endcomment %\}|<!--.*?-->|\{% block \w*class %\}.*?\{% endblock",
    re.DOTALL,
)
TRANSLATED = re.compile(r"\{% blocktrans.*?%\}.*?\{% endblocktrans\w* %\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
NOT_TEXT = re.compile(r"<(script|style|kbd)\b.*?</\1>|<svg\b.*?</svg>|&\w+;", re.DOTALL)
SHOWN_BY_TAGS = re.compile(r"\b(?:title|alt|placeholder|aria-label|aria-description)=\"([^\"]*)\"")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
WORD = re.compile(r"[A-Za-z]{3,}|[\u4e00-\u9fff]")
# A language is named in itself, and these are the same in both.
SAME_IN_BOTH = re.compile(r"中文|English|PDF|DOCX|Excel|JSON|CSV|TOTP|API|WebAuthn|Huiyin|回音")


def _product_files() -> list[Path]:
    tops = [path for path in ROOT.iterdir() if path.name in HIDDEN_BUT_OURS or not path.name.startswith(".")]
    inside = [path for top in tops if top.name not in NOT_OURS for path in (top, *top.rglob("*"))]
    files = [
        path.relative_to(ROOT) for path in inside if path.is_file() and TEXT_SUFFIX.fullmatch(path.suffix)
    ]
    return sorted(path for path in files if not NOT_OURS & set(path.parts))


def _lines_with(pattern: re.Pattern[str], path: Path) -> list[str]:
    text = (ROOT / path).read_text(encoding="utf-8", errors="ignore")
    return [
        f"{path}:{number} {line.strip()}"
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def test_nothing_is_named_that_must_not_be_built():
    """No field, page, script or word of the interface names it (P-1, P-8)."""
    spoken = [
        path
        for path in _product_files()
        if path.parts[0] in {*ROOMS, "templates", "static", "locale"} and path.suffix != ".txt"
    ]

    assert [line for path in spoken for line in _lines_with(NEVER_BUILT, path)] == []


def test_the_files_speak_of_the_product_alone():
    silent = Path(__file__).resolve().relative_to(ROOT)

    assert [
        line for path in _product_files() if path != silent for line in _lines_with(ABOUT_THE_MAKING, path)
    ] == []


def test_every_word_is_said_in_both_languages():
    assert catalogues.problems(catalogues.House.ours()) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=str)
def test_templates_say_nothing_untranslated(path):
    page = SILENT.sub("", (ROOT / path).read_text(encoding="utf-8"))
    page = NOT_TEXT.sub(" ", TRANSLATED.sub(" ", page))
    texts = [re.sub(r"<[^>]*>", "\n", page), *SHOWN_BY_TAGS.findall(page)]

    untranslated = [
        line.strip()
        for text in texts
        for line in SAME_IN_BOTH.sub("", text).splitlines()
        if WORD.search(line)
    ]
    assert untranslated == []


def test_scripts_take_their_words_from_the_page():
    scripts = [path for path in _product_files() if path.parts[0] == "static" and path.suffix == ".js"]

    assert [line for path in scripts for line in _lines_with(CHINESE, path)] == []
