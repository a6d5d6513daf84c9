"""Each paper is printed, read back, and says what docs/papers.md lists; the list has every number and every kind."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest

from documents.layout import render
from documents.states import TITLES, DocumentKind
from documents.wording.opinion import REPLY_TITLE
from tests.documents.papers import PAPERS, Sample, said
from tests.documents.pdf import text_of

PAGE = Path(__file__).parents[2] / "docs" / "papers.md"
# What is left where a text was to be filled in.
UNFILLED = re.compile(r"\{\{|\{%|\}\}|%\(|None|□|�|编号：\s*[）。，]|：。|（）|“”")
# Made elsewhere and taken in: nothing of it is printed here.
TAKEN_IN = {DocumentKind.D14, DocumentKind.D27}


def listed() -> Mapping[str, list[str]]:
    """Return the rows of the page by their number."""
    rows = [line.strip("| \n").split(" | ") for line in PAGE.read_text(encoding="utf-8").splitlines()]
    return {row[0]: row[1:] for row in rows if len(row) == 7 and row[0] != "number"}


@pytest.mark.parametrize("sample", PAPERS.values(), ids=PAPERS)
def test_each_paper_is_printed_with_all_its_elements_and_nothing_unfilled(sample: Sample):
    issued = replace(sample.paper, number="离住建信告〔2026〕58号", dated_on=date(2026, 3, 2))

    printed = text_of(render(issued))

    common = [issued.title, issued.organ, issued.number, "2026年3月2日", "（盖章）"]
    elements = [*common, *sample.elements.values()]
    assert [words for words in elements if "".join(words.split()) not in printed] == []
    assert not UNFILLED.search(printed)
    assert not UNFILLED.search(said(sample.paper))


def test_the_page_lists_every_number_once_with_the_elements_that_are_checked():
    rows = listed()

    assert {f"D{number:02}" for number in range(1, 31)} <= {name[:3] for name in rows}
    checked = {name: "；".join(sample.elements) for name, sample in PAPERS.items()}
    assert {name: row[-1] for name, row in rows.items() if row[-1] != "—"} == checked


def test_each_paper_comes_about_where_the_page_says():
    for row in listed().values():
        if row[-2] != "—":
            module, _, name = row[-2].strip("`").rpartition(".")
            assert hasattr(import_module(module), name), row[-2]


def test_every_kind_that_is_printed_here_is_read_back():
    printed = {sample.kind for sample in PAPERS.values()}

    assert set(DocumentKind) - printed == TAKEN_IN


@pytest.mark.parametrize("sample", PAPERS.values(), ids=PAPERS)
def test_a_paper_bears_the_title_of_its_kind(sample: Sample):
    assert sample.paper.title in {TITLES[sample.kind], REPLY_TITLE}
