"""What counts as naming a rule, in a small house of one app."""

from pathlib import Path

import pytest

from config import traceability
from config.traceability import Place

CATALOGUE = """
series = "Q · Rulings"

Q6 = { built = true, source = "ruling", line = "Alike." }
Q26 = { built = false, source = "ruling", line = "A | B" }
R-07 = { built = false, source = "Art 20", line = "Five." }
P-5 = { built = true, forbids = true, source = "Art 30", line = "Hidden." }
"""


@pytest.fixture
def root(tmp_path) -> Path:
    writes(tmp_path, "docs/rules/q.toml", CATALOGUE)
    return tmp_path


def writes(root: Path, name: str, text: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param('"""Says no (Q6)."""', "", id="module"),
        pytest.param('def find():\n    """Find (Q6)."""', "find", id="docstring"),
        pytest.param("class Desk:\n    def find(self):\n        return 1  # Q6", "Desk.find", id="comment"),
        pytest.param("# 见Q6\n@final\ndef find():\n    return 1", "find", id="comment above"),
        pytest.param('class Desk:\n    rule = "Q6"', "Desk.rule", id="string"),
    ],
)
def test_code_names_a_rule(root, text, name):
    writes(root, "cases/actions.py", text)

    assert traceability.trace(root).code == {"Q6": {Place("cases/actions.py", name)}}


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("test_law_3_invariant_10_it_is_written_down", "INV-10"),
        ("test_law_5_9_nobody_else_extends", "ACC-9"),
    ],
)
def test_an_invariant_or_a_sample_is_named_by_where_it_stands_in_the_law(root, name, number):
    rule = f'{number} = {{ built = true, sample = true, source = "law", line = "One." }}'
    writes(root, "docs/rules/law.toml", f'series = "L"\n\n{rule}\n')
    writes(root, "tests/test_law.py", f"def {name}():\n    assert True")

    found = traceability.trace(root)

    assert found.tests == {number: {Place("tests/test_law.py", name)}}
    assert not [line for line in traceability.faults(traceability.rules(root), found) if number in line]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('def find():\n    return "see Q6"', id="a string that says more"),
        pytest.param("def find():\n    return UQ6", id="part of a word"),
        pytest.param("def find_q99():\n    return 1", id="a name that is no rule"),
    ],
)
def test_code_does_not_name_a_rule(root, text):
    writes(root, "cases/actions.py", text)

    assert traceability.trace(root).code == {}


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("templates/cases/page.html", "<p>Q26</p>{# alike: Q6 #}"),
        ("static/js/page.js", "const Q26 = 1; // Q6"),
        ("static/css/page.css", ".Q26 {} /* Q6 */"),
        ("start", "echo Q26 # Q6"),
    ],
)
def test_pages_scripts_and_styles_name_rules_in_comments(root, file, text):
    writes(root, file, text)

    trace = traceability.trace(root)

    assert trace.code["Q6"] == {Place(file, "")}
    assert "Q26" not in trace.code


def test_a_section_is_a_number_too():
    assert traceability.numbers_in("data-standard §4.1 and protection.md §2.5") == ["DS-4.1", "P-5"]


def test_tests_name_rules_in_names_and_texts(root):
    writes(root, "tests/cases/test_find.py", 'def test_q26_and_r07_hold():\n    assert find("Q6 here") == 1')

    assert traceability.trace(root).tests == {
        number: {Place("tests/cases/test_find.py", "test_q26_and_r07_hold")}
        for number in ("Q26", "R-07", "Q6")
    }


def test_a_built_rule_needs_code_and_a_test_and_a_prohibition_a_test(root):
    catalogue, trace = traceability.rules(root), traceability.trace(root)

    assert traceability.faults(catalogue, trace) == [
        "Q6 is marked as built, but no code names it",
        "Q6 is marked as built, but no test names it",
        "P-5 is marked as built, but no test names it",
    ]


def test_a_number_without_a_rule_is_told(root):
    stranger = "Q" + "99"
    writes(root, "cases/actions.py", f'"""{stranger}"""')

    faults = traceability.faults(traceability.rules(root), traceability.trace(root))

    assert faults[-1] == f"{stranger} is no rule of the catalogue: cases/actions.py"


def test_rules_named_in_code_and_tests_are_ready_to_be_marked(root):
    writes(root, "cases/actions.py", '"""Q26, R-07"""')
    writes(root, "tests/cases/test_find.py", '"""Q26"""')

    assert traceability.ready(traceability.rules(root), traceability.trace(root)) == ["Q26"]


def test_the_page_lists_each_rule_with_its_places(root):
    writes(root, "cases/actions.py", "def find():\n    return 1  # Q26\n\n\ndef keep():\n    return 1  # Q26")
    writes(root, "tests/cases/test_find.py", '"""Q26"""')

    page = traceability.page(traceability.rules(root), traceability.trace(root))

    assert "| Q26 | ruling | A \\| B |  | cases/actions.py: find, keep | tests/cases/test_find.py |\n" in page
    assert "Built: 2 of 4." in page
