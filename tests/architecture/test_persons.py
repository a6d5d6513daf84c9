"""No page, export or address gathers the petitions of one person; the look-up for repeats and the search that says
what for alone ask by person (P-2; protection §2.2; Q5)."""

import ast
import re
from pathlib import Path

from django.urls import get_resolver

from tests.architecture.source import at, every, modules
from tests.architecture.test_addresses import addresses

# By these somebody's petitions could be found whoever he is.
PARTICULARS = re.compile(r"id_number_index|phone_index|name_key|people__(?:name|phone|id_number|address)\w*")
LOOK_UP = Path("cases/candidates.py")
# Five petitions at most that the hat may open anyway, asked what for and written down (Q5).
SEARCH = Path("cases/actions/search.py")
MAY_ASK = {LOOK_UP, SEARCH}
# The one page that asks the search; by post, so that nobody stands in an address.
SEARCH_PAGE = Path("desk/search.py")
SEARCH_ADDRESS = "search/person/"
# Where they are written, and kept up with their keys; none of these reads petitions by them.
WRITES_THEM = {
    Path("cases/builders.py"),
    Path("cases/models/people.py"),
    Path("cases/rotation.py"),
    Path("cases/sealing.py"),
    Path("cases/secrets.py"),
    Path("config/benchmark/copying.py"),
    Path("lib/pinyin.py"),
}
# Who may ask the look-up: the deeds on repeats, and what shows their answer.
ASKS_IT = {
    Path("cases/actions/repeating.py"),
    Path("cases/forms/intake.py"),
    Path("cases/repeats.py"),
    Path("cases/repeats_page.py"),
    Path("config/benchmark/measuring.py"),
}
OF_ONE_PETITION = {"petition", "petition_id", "petition__in"}
KEEPS_ROWS = {"filter", "get", "exclude"}


def test_p_2_persons_are_looked_for_in_one_place_alone():
    elsewhere = [
        at(path, node)
        for path, node in every((ast.Name, ast.Attribute, ast.keyword, ast.Constant), modules())
        if path not in WRITES_THEM | MAY_ASK and PARTICULARS.fullmatch(_word(node))
    ]
    assert elsewhere == []


def _word(node: ast.AST) -> str:
    match node:
        case ast.Name():
            return node.id
        case ast.Attribute():
            return node.attr
        case ast.keyword():
            return node.arg or ""
        case ast.Constant() if isinstance(node.value, str):
            return node.value
        case _:
            return ""


def test_p_2_whoever_reads_petitioners_names_the_petition_they_are_on():
    rows_of_everybody = [
        at(path, call)
        for path, call in every(ast.Call, modules())
        if path not in WRITES_THEM | MAY_ASK and _asks_for_petitioners(call)
    ]
    assert rows_of_everybody == []


def _asks_for_petitioners(call: ast.Call) -> bool:
    """Test for `Petitioner.objects.filter(…)` and its like without a petition; who represents is a column of lists."""
    begins = isinstance(call.func, ast.Attribute) and call.func.attr in KEEPS_ROWS
    if not begins or ast.unparse(call.func.value) != "Petitioner.objects":  # type: ignore[attr-defined]
        return False
    asked = {keyword.arg for keyword in call.keywords}
    return not asked & OF_ONE_PETITION and asked != {"representative_no"}


def test_q14_the_look_up_is_asked_by_the_deeds_on_repeats_alone():
    others = [
        at(path, node)
        for path, node in every(ast.ImportFrom, modules())
        if node.module == "cases.candidates" and path not in ASKS_IT | {Path("cases/views/repeats.py")}
    ]
    assert others == []


def test_q5_the_search_for_a_person_is_asked_by_its_page_alone():
    others = [
        at(path, node)
        for path, node in every(ast.ImportFrom, modules())
        if node.module == "cases.actions.search" and path != SEARCH_PAGE
    ]
    assert others == []


def test_p_2_no_address_leads_to_a_person():
    """A person is reached through one petition, never the other way round; the search for one has no key in it."""
    loose = [
        path
        for path, _name, _view in addresses(get_resolver())
        if re.search(r"people|persons?\b|petitioners?\b", path)
        and "petition_id" not in path
        and path != SEARCH_ADDRESS
    ]
    assert loose == []
