"""The working copy says what the paper says, names the families of GB/T 9704, and says on each page that it is none."""

from dataclasses import replace
from datetime import date

import pytest

from documents.working_copy import DOCX, as_docx, working_copy, working_copy_of
from tests.documents.docx import fonts_of, paragraphs_of, text_of
from tests.documents.given import a_draft, a_paper, an_issued, an_uploaded
from tests.documents.papers import PAPERS, Sample
from tests.given import MONDAY

TAKEN = "工作稿，不作为正式文书使用　李文斌　2026年3月2日09:30"


@pytest.mark.parametrize("sample", PAPERS.values(), ids=PAPERS)
def test_each_paper_is_there_as_a_working_copy_with_all_its_elements(sample: Sample):
    issued = replace(sample.paper, number="离住建信告〔2026〕58号", dated_on=date(2026, 3, 2))

    said = text_of(as_docx(issued, taken=TAKEN))

    common = [issued.title, issued.organ, issued.number, "2026年3月2日", "（盖章）"]
    assert [words for words in [*common, *sample.elements.values()] if words not in said] == []


def test_it_is_laid_out_as_the_printed_paper():
    paper = a_paper(
        "经审查，决定予以受理。",
        "一、受理的诉求",
        remedy="可以提出复查申请。",
        enclosures=("检测报告", "现场照片"),
        number="离住建信告〔2026〕58号",
        dated_on=date(2026, 3, 2),
    )

    docx = as_docx(paper, taken=TAKEN)

    assert paragraphs_of(docx) == [
        ("Organ", "吕梁市离石区住房和城乡建设局"),
        ("Number", "离住建信告〔2026〕58号"),
        ("Title", "信访事项受理告知书"),
        ("Addressee", "王建国："),
        ("Body", "经审查，决定予以受理。"),
        ("Section", "一、受理的诉求"),
        ("Body", "可以提出复查申请。"),
        ("Enclosure", "附件：1. 检测报告"),
        ("Enclosure", "2. 现场照片"),
        ("Signature", "吕梁市离石区住房和城乡建设局\n2026年3月2日\n（盖章）"),
    ]
    assert {"仿宋_GB2312", "黑体", "方正小标宋简体"} == fonts_of(docx)


def test_every_page_says_that_it_is_no_paper():
    docx = as_docx(a_paper(), taken=TAKEN)

    assert paragraphs_of(docx, "word/header.xml") == [("", TAKEN)]
    assert "工作稿" not in text_of(docx)


@pytest.mark.parametrize("words", ["<w:p/>", "a & b", "]]>", "\x00\x0b坏\ufffe", '"引号"', "{{ 7 * 7 }}"])
def test_what_a_person_wrote_is_shown_and_not_obeyed(words):
    shown = words.translate(dict.fromkeys([0, 11, 0xFFFE]))

    assert ("Body", shown) in paragraphs_of(as_docx(a_paper(words), taken=TAKEN))


def test_the_same_words_make_the_same_file():
    assert as_docx(a_paper(), taken=TAKEN) == as_docx(a_paper(), taken=TAKEN)


@pytest.mark.django_db
def test_it_is_called_by_its_number_and_says_who_took_it_and_when():
    document = an_issued()
    assert document.file is not None

    copy = working_copy_of(document.file, by="李文斌", now=MONDAY)

    assert (copy.name, copy.content_type) == (f"{document.number}（工作稿）.docx", DOCX)
    assert paragraphs_of(copy.content, "word/header.xml") == [("", TAKEN)]
    assert document.number in text_of(copy.content)


@pytest.mark.django_db
def test_a_draft_has_one_under_its_title():
    copy = working_copy(a_draft(), by="李文斌", now=MONDAY)

    assert copy.name == "信访事项受理告知书（工作稿）.docx"


@pytest.mark.django_db
def test_of_a_paper_made_elsewhere_there_is_none():
    with pytest.raises(KeyError):
        working_copy(an_uploaded(), by="李文斌", now=MONDAY)
