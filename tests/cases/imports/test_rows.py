# ruff: noqa: DTZ001 - Excel keeps moments without a zone
"""A row as a petition, or everything that is wrong with it: no database is asked."""

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from cases.imports.faults import Fault
from cases.imports.fields import Field, match_columns
from cases.imports.rows import Plan, Ready, Rejected, Seen, read_row
from cases.imports.values import is_receipt, moment_of
from cases.states import Channel, Purpose
from lib.tables.reading import Row
from tests.given import MONDAY, SHANGHAI

COLUMNS = {
    "编号": Field.EXTERNAL_NUMBER,
    "姓名": Field.NAME,
    "电话": Field.PHONE,
    "身份证": Field.ID_NUMBER,
    "标题": Field.TITLE,
    "时间": Field.RECEIVED_AT,
    "内容": Field.TEXT,
    "目的": Field.PURPOSE,
    "形式": Field.CHANNEL,
    "分类": Field.CATEGORY,
    "二级": Field.CATEGORY_2,
    "属地": Field.PLACE,
    "人数": Field.PETITIONER_COUNT,
    "答复": Field.REPLY_TEXT,
    "答复时间": Field.REPLIED_AT,
    "答复单位": Field.REPLY_UNIT,
    "登记时间": Field.REGISTERED_AT,
}


def a_plan(**facts) -> Plan:
    given = {
        "batch_id": UUID(int=1),
        "source_id": 7,
        "source_name": "留言板",
        "mapping": {column: field.value for column, field in COLUMNS.items()},
        "channel": Channel.WEB,
        "purpose": Purpose.REQUEST,
        "category_id": 99,
        "place_id": 50,
        "received_on": None,
        "now": MONDAY,
        "categories": {"城乡建设": 3, "城乡建设/住房保障与房地产": 31},
        "places": {"东关社区": 51},
        **facts,
    }
    return Plan(**given)


def row(line: int = 2, **cells) -> Row:
    given = {"编号": "188006", "姓名": "张三", "时间": "2026/2/27 9:05:08", "内容": "停水三天", **cells}
    return Row(line, {column: cell for column, cell in given.items() if cell is not None})


def ready(**cells) -> Ready:
    read = read_row(row(**cells), a_plan())
    assert isinstance(read, Ready), read
    return read


def faults(plan: Plan | None = None, **cells) -> list[tuple[Fault, str]]:
    read = read_row(row(**cells), plan or a_plan())
    assert isinstance(read, Rejected)
    return [(found.fault, found.column) for found in read.faults]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2020/1/6 12:09:38", datetime(2020, 1, 6, 12, 9, 38)),
        ("2020/1/6 9:09", datetime(2020, 1, 6, 9, 9)),
        ("2020/1/6", datetime(2020, 1, 6)),
        ("2020-01-06T12:09:38", datetime(2020, 1, 6, 12, 9, 38)),
        ("2020-1-6 2:9:8", datetime(2020, 1, 6, 2, 9, 8)),
        ("2020.1.6", datetime(2020, 1, 6)),
        ("2020年1月6日 12时9分", datetime(2020, 1, 6, 12, 9)),
        ("　２０２０／１／６\n", datetime(2020, 1, 6)),
        ("20200106", datetime(2020, 1, 6)),
        ("43836.5", datetime(2020, 1, 6, 12)),
        (datetime(2020, 1, 6, 12, 9, 37, 999_999), datetime(2020, 1, 6, 12, 9, 38)),
        (date(2020, 1, 6), datetime(2020, 1, 6)),
    ],
)
def test_dates_in_every_form_that_was_seen(written, meant):
    assert moment_of(written) == meant.replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    "written", ["", "昨天", "2020/13/1", "2020/2/30", "6/1/2020", "12:09", "123", "2020"]
)
def test_what_is_no_date_is_none(written):
    assert moment_of(written) is None


def test_the_text_is_kept_to_the_character_and_the_rest_is_tidied():
    text = "\n\t\t 停水\u00a0三天，\u3000_x000D_ 零宽\u200b与𠮷字。\n\n"

    intake = ready(内容=text, 姓名=" 张三\u3000", 标题="\n停水\t三天 ").incoming.intake

    assert intake.text == text
    assert (intake.people[0].name, intake.title) == ("张三", "停水 三天")


def test_without_a_title_the_text_begins_with_one():
    assert ready(内容="\n\t停水三天，" + "无人处理。" * 30).incoming.intake.title.startswith(
        "停水三天，无人处理。"
    )


def test_without_a_name_it_is_anonymous_and_what_was_said_of_the_person_is_kept_beside():
    read = ready(姓名=None, 电话="13800001234")

    assert read.incoming.intake.is_anonymous and read.incoming.intake.people == ()
    assert read.others == {"电话": "13800001234"}


def test_columns_that_fill_no_field_are_kept_beside_to_the_character():
    assert ready(点赞数="3", 备注=" 急 \n").others == {"点赞数": "3", "备注": " 急 \n"}


def test_a_column_with_an_earlier_reason_for_rejection_is_not_kept():
    assert ready(退回原因="“时间”为空").others == {}


def test_every_fault_of_a_row_is_named_at_once():
    found = faults(时间="昨天", 内容=None, 电话="八二二二三四五", 身份证="14110219800101001X", 人数="若干")

    assert found == [
        (Fault.NO_TEXT, ""),
        (Fault.WRONG_DATE, "时间"),
        (Fault.WRONG_DIGIT, "身份证"),
        (Fault.WRONG_TELEPHONE, "电话"),
        (Fault.WRONG_COUNT, "人数"),
    ]


def test_a_row_that_holds_only_an_error_message_is_told_so():
    read = read_row(Row(9, {"编号": "查询超时"}), a_plan(received_on=MONDAY.date()))

    assert [found.fault for found in read.faults] == [Fault.ONLY_MESSAGE]


@pytest.mark.parametrize(
    ("written", "fault"),
    [("2026-03-09", Fault.FUTURE), ("1999-12-31", Fault.TOO_OLD), (None, Fault.NO_DATE)],
)
def test_q25_a_day_of_receipt_that_cannot_be(written, fault):
    assert faults(时间=written) == [(fault, "时间")]


def test_a_day_stated_for_the_list_is_taken_where_there_is_none_and_marked_unknown():
    plan = a_plan(received_on=date(2026, 2, 20))

    stated = read_row(row(时间=None), plan).incoming.intake
    written = read_row(row(), plan).incoming.intake

    assert (stated.received_at, stated.day_unknown) == (datetime(2026, 2, 20, tzinfo=SHANGHAI), True)
    assert written.day_unknown is False


@pytest.mark.parametrize("words", ["检举控告", "揭发控告", "举报", "检举/控告"])
def test_q1_a_report_is_rejected_with_that_reason(words):
    assert faults(目的=words) == [(Fault.REPORT, "目的")]


def test_q1_a_row_marked_as_a_report_in_any_column_is_rejected_and_own_words_make_none():
    assert faults(类别="信访举报") == [(Fault.REPORT, "类别")]
    assert faults(是否检举="是") == [(Fault.REPORT, "是否检举")]
    assert ready(是否检举="否", 内容="我要举报楼下噪音", 标题="举报噪音").incoming
    # a second column of titles, which fills no field because the first one does
    assert ready(标题="楼下噪音", title="举报噪音").others == {"title": "举报噪音"}


def test_codes_in_the_words_of_others_are_understood_and_unknown_ones_named():
    intake = ready(目的="投诉/求助", 形式="来信").incoming.intake

    assert (intake.purpose, intake.channel) == (Purpose.REQUEST, Channel.LETTER)
    assert faults(目的="上天", 形式="飞鸽") == [(Fault.WRONG_CHANNEL, "形式"), (Fault.WRONG_PURPOSE, "目的")]


def test_a_category_is_known_by_its_path_and_one_that_is_not_is_kept_in_words():
    assert ready(分类="城乡建设", 二级="住房保障与房地产").incoming.intake.content_category_id == 31
    assert ready(分类="城乡建设_住房保障与房地产").incoming.intake.content_category_id == 31
    partly = ready(分类="城乡建设", 二级="棚户区")
    unknown = ready(分类="城建")

    assert (partly.incoming.intake.content_category_id, partly.others) == (
        3,
        {"分类": "城乡建设", "二级": "棚户区"},
    )
    assert (unknown.incoming.intake.content_category_id, unknown.others) == (99, {"分类": "城建"})


def test_a_place_with_a_slip_of_the_pen_stays_in_words_for_a_person_to_read():
    known, slip = ready(属地="东关社区").incoming.intake, ready(属地="东关居委会").incoming.intake

    assert known.place_id == 51
    assert (slip.place_id, slip.place_detail) == (50, "东关居委会")


def test_a_row_without_a_number_is_known_by_what_it_says():
    one, same = ready(编号=None), ready(编号=None)
    other = ready(编号=None, 内容="停电三天")

    assert one.number == same.number and one.number.startswith("text:")
    assert other.number != one.number


def test_an_answered_row_was_registered_when_it_was_received():
    read = ready(答复="经核实，已修好。", 答复时间="2026/3/1", 答复单位="水务局")

    assert read.incoming.reply.replied_at == datetime(2026, 3, 1, tzinfo=SHANGHAI)
    assert (read.incoming.reply.unit, read.incoming.reply.answers) == ("水务局", True)
    assert read.incoming.registered_at == read.incoming.intake.received_at


def test_a_receipt_leaves_a_row_open():
    read = ready(答复="网友：您好！留言已收悉", 答复时间="2026/3/1")

    assert read.incoming.reply.answers is False
    assert read.incoming.registered_at is None


def test_a_reply_needs_its_day_and_comes_after_the_petition():
    assert faults(答复="已修好。") == [(Fault.REPLY_UNDATED, "答复")]
    assert faults(答复="已修好。", 答复时间="2026/2/26") == [(Fault.REPLY_EARLY, "答复时间")]
    assert ready(答复时间="待回复").others == {"答复时间": "待回复"}


@pytest.mark.parametrize(
    ("reply", "receipt"),
    [
        ("已收悉", True),
        ("网友：您好！留言已收悉", True),
        ("您的留言已收悉。关于您反映的问题，已转市教育局调查处理。", True),
        ("网友：您反映的问题已转市交警支队调查核处。2019年3月1日", True),
        ("您好，来信收悉！现答复如下：该路段计划年内完工。", False),
        ("您好，您的来信已收悉，经核实，您已收到退款。", False),
        ("您反映的问题已收悉，不属于我局职能，建议您联系房产局。", False),
        ("该路段计划年内完工。", False),
        ("已收悉。" + "我局高度重视。" * 20, False),
    ],
)
def test_a_receipt_is_no_answer(reply, receipt):
    assert is_receipt(reply) is receipt


def test_the_same_number_again_is_the_same_row_or_another_one():
    seen, first = Seen(), read_row(row(2), a_plan())
    assert seen.again(first) is None
    same, differs = read_row(row(3), a_plan()), read_row(row(4, 分类="城建"), a_plan())

    again, other = seen.again(same), seen.again(differs)

    assert (again.fault, again.line) == (Fault.SAME_ROW, 2)
    assert (other.fault, other.line) == (Fault.SAME_NUMBER, 2)


def test_columns_are_matched_by_their_headings_in_any_order_and_under_any_name():
    columns = ["一级分类", "留言详情(必填)", " 留言 编号 ", "点赞数", "留言时间", "#6"]

    assert match_columns(columns, {}) == {
        " 留言 编号 ": "external_number",
        "留言详情(必填)": "text",
        "留言时间": "received_at",
        "一级分类": "category",
    }


def test_of_two_columns_for_one_field_the_surer_heading_fills_it():
    assert match_columns(["title", "标题", "date", "来信日期"], {}) == {
        "标题": "title",
        "来信日期": "received_at",
    }


def test_what_was_confirmed_before_is_remembered_also_that_a_column_is_nothing():
    matched = match_columns(["编号", "详细", "日期"], {"详细": "text", "编号": ""})

    assert matched == {"详细": "text", "日期": "received_at"}


def test_q25_what_was_registered_elsewhere_was_received_before():
    later = MONDAY - timedelta(days=1)

    assert ready(登记时间=later.replace(tzinfo=None).isoformat()).incoming.registered_at is not None
    assert faults(登记时间="2026-02-26") == [(Fault.REGISTERED_EARLY, "登记时间")]
