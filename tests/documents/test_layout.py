"""What is printed: everything the paper says, letter by letter, and nothing that was obeyed instead."""

from datetime import date

import pytest

from documents.layout import render
from documents.paper import Paper, day_in_print
from tests.documents.given import a_paper
from tests.documents.pdf import pages_of, text_of


def test_a_paper_says_everything_it_was_given():
    paper = a_paper(
        "经审查，决定予以受理。",
        "一、受理的诉求",
        remedy="可以自收到本意见书之日起30日内提出复查申请。",
        enclosures=("检测报告", "现场照片"),
        number="离住建信告〔2026〕58号",
        dated_on=date(2026, 3, 2),
    )

    printed = text_of(render(paper))

    said = [paper.title, paper.organ, paper.number, paper.remedy, *paper.paragraphs, "2026年3月2日"]
    assert [words for words in said if words not in printed] == []
    assert "王建国：" in printed
    assert "附件：1.检测报告2.现场照片" in printed


@pytest.mark.parametrize(
    "words",
    [
        '#read("/etc/passwd")',
        "$x^2$*粗*_斜_`码`<标>@引",
        "= 标题",
        "\\u{4e00}//注/*释*/",
        '"}#panic("x")',
        "= - + / ~ ---",
        "“引号”\"q\"'s'",
        "喆堃㛃𠅤龘",
    ],
)
def test_what_a_person_wrote_is_printed_and_not_obeyed(words):
    paper = a_paper(words, title=words, addressee=words, remedy=words, enclosures=(words,), organ=words)

    printed = text_of(render(paper))

    # seven places: the heading and the signature both carry the organ
    assert printed.count("".join(words.split())) == 7


def test_long_papers_go_on_with_numbered_pages():
    pdf = render(a_paper(*["某小区供暖温度不达标一事，经查属实。" * 20] * 12))

    assert pages_of(pdf) > 3
    assert f"—{pages_of(pdf)}—" in text_of(pdf)


@pytest.mark.parametrize("enclosures", [(), ("现场照片",)])
def test_the_signature_never_stands_alone_on_a_page(enclosures):
    letters = [render(a_paper(*["甲" * 20] * lines, enclosures=enclosures)) for lines in range(8, 20)]

    overleaf = [text_of(pdf).partition("—1—")[2] for pdf in letters if pages_of(pdf) == 2]
    assert overleaf
    assert {page[0] for page in overleaf} <= {"甲", "附"}


@pytest.mark.parametrize("length", [4, 20, 80])
def test_an_organ_of_any_length_keeps_its_line(length):
    pdf = render(a_paper(organ="局" * length))

    assert pages_of(pdf) == 1
    assert "局" * length in text_of(pdf)


def test_a_paper_is_printed_as_an_archive_can_keep_it():
    pdf = render(a_paper())

    assert pdf.startswith(b"%PDF-1.7")
    assert b"pdfaid:part>2<" in pdf


def test_a_paper_comes_back_from_its_parts_as_it_was():
    paper = a_paper(
        "甲", "乙", remedy="丙", enclosures=("丁",), number="〔2026〕1号", dated_on=date(2026, 3, 2)
    )

    again = Paper.from_parts(paper.as_parts(), number=paper.number, dated_on=paper.dated_on)

    assert again == paper


def test_days_are_printed_without_leading_zeros():
    assert [day_in_print(date(2026, 3, 2)), day_in_print(date(2026, 11, 12)), day_in_print(None)] == [
        "2026年3月2日",
        "2026年11月12日",
        "",
    ]
