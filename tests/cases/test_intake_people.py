"""The people on the registration form: typed row by row, pasted or uploaded as a list, refused as the deed refuses."""

import re
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cases.api import RegisterIn
from cases.intake import Person
from cases.models import Draft, Petition, Petitioner
from cases.rules import WRONG_DIGIT
from cases.states import PersonRole
from lib.errors import Refused
from tests.cases.browsers import register_by_form, rows, typed
from tests.cases.given import a_category, a_village, a_workbook, registered
from tests.given import MONDAY

pytestmark = pytest.mark.django_db

ID_NUMBER = "11010519491231002X"
WRONG_ID = "110101199003070013"


def test_adding_a_person_without_a_script_keeps_what_was_typed(registrar):
    draft = uuid4()

    page = registrar.send("cases:draft", draft, do="add_person", **typed())

    shown = page.content.decode()
    assert page.status_code == 200
    assert "张大强" in shown and "people-1-name" in shown
    assert Draft.objects.filter(pk=draft).exists()


def test_adding_a_claim_without_a_script_keeps_what_was_typed(registrar):
    page = registrar.send("cases:draft", uuid4(), do="add_claim", **typed())

    shown = page.content.decode()
    assert "给出办证时间表" in shown and "claims-1-wording" in shown


def test_a_form_grows_row_by_row_and_is_registered_with_all_of_them(registrar):
    draft = uuid4()
    people = rows("people", {"name": "张大强"}, {"name": "李梅", "role": "accompanying"}, {"name": ""})
    claims = rows("claims", {"wording": "办证"}, {"wording": ""}, {"wording": "退费"})

    registrar.send("cases:draft", draft, do="add_person", **typed())
    registrar.send(
        "cases:draft",
        draft,
        do="register",
        **typed(**people, **claims, petitioner_count="2", seen_version="1"),
    )

    petition = Petition.objects.get()
    assert list(petition.people.order_by("position").values_list("name", flat=True)) == ["张大强", "李梅"]
    assert list(petition.claims.order_by("number").values_list("wording", flat=True)) == ["办证", "退费"]


def test_q17_a_pasted_list_of_sixty_names_accompanies_and_the_count_stands(registrar):
    pasted = "\n".join(f"{number}. 村民{number}\t1380000{number:04}\t凤山村" for number in range(1, 61))

    register_by_form(registrar, channel="visit", petitioner_count="75", name_list=pasted)

    petition = Petition.objects.get()
    assert (petition.petitioner_count, petition.is_collective) == (75, True)
    assert petition.people.count() == 61
    assert petition.people.filter(role="accompanying").count() == 60
    assert petition.people.get(position=61).name == "村民60"


def test_r07_six_typed_as_representatives_are_registered_and_the_sixth_accompanies(registrar):
    six = rows("people", *({"name": f"来访人{number}"} for number in range(1, 7)))

    page = register_by_form(registrar, channel="visit", petitioner_count="6", **six)

    assert page.status_code == 200
    assert Petitioner.objects.filter(role="representative").count() == 5
    assert Petitioner.objects.get(name="来访人6").role == "accompanying"


def test_q19_a_petitioner_under_14_comes_through_a_guardian(registrar):
    child = {"name": "小明", "under_14": "on"}
    alone = register_by_form(registrar, **rows("people", child))
    before = Petition.objects.count()

    guardian = {"name": "张大强", "role": "guardian", "acts_for": "1"}
    register_by_form(registrar, petitioner_count="2", **rows("people", child, guardian))

    assert (alone.status_code, before) == (422, 0)
    assert Petitioner.objects.get(name="张大强").acts_for.name == "小明"


def test_an_anonymous_petition_is_said_to_be_so(registrar):
    nobody = rows("people", {"name": "", "phone": ""})

    unsaid = register_by_form(registrar, **nobody)
    before = Petition.objects.count()
    register_by_form(registrar, is_anonymous="on", **nobody)

    assert (unsaid.status_code, before) == (422, 0)
    assert Petition.objects.get().is_anonymous


def test_an_identity_number_with_a_wrong_digit_is_refused_and_stays_typed(registrar):
    page = register_by_form(registrar, **rows("people", {"name": "张大强", "id_number": WRONG_ID}))

    assert page.status_code == 422
    assert WRONG_ID in page.content.decode()
    assert not Petition.objects.exists()


def test_name_address_and_one_contact_are_enough(registrar):
    """DS-3: No identity number is asked for, and nothing more than these facts is taken (PIPL Art 6)."""
    person = {"name": "张大强", "phone": "13800001234", "address": "永宁花园 3 号楼", "ethnicity": "汉"}

    register_by_form(registrar, **rows("people", person))

    row = Petitioner.objects.get()
    assert (row.name, row.address, row.id_number_sealed) == ("张大强", "永宁花园 3 号楼", None)
    taken = {field.name for field in Petitioner._meta.get_fields()}
    assert not taken & {"ethnicity", "birth_date", "occupation", "politics", "photo", "education"}


def test_r09_whom_a_guardian_acts_for_is_told_by_the_numbers_the_page_shows(registrar):
    """A row taken off has no number, an empty one keeps its own."""
    people = rows(
        "people",
        {"name": "写错了", "DELETE": "on"},
        {"name": ""},
        {"name": "小明", "under_14": "on"},
        {"name": "张大强", "role": "guardian", "acts_for": "2"},
    )

    register_by_form(registrar, petitioner_count="2", **people)

    assert Petitioner.objects.get(name="张大强").acts_for.name == "小明"
    assert not Petitioner.objects.filter(name="写错了").exists()


def test_a_row_without_a_name_is_not_dropped_in_silence(registrar):
    page = register_by_form(registrar, **rows("people", {"name": "张大强"}, {"phone": "13900006025"}))

    assert page.status_code == 422
    assert 'href="#id_people-1-name"' in page.content.decode()
    assert not Petition.objects.exists()


def test_a_persons_fault_stands_at_the_top_with_a_link_and_beside_its_field(registrar):
    people = rows("people", {"name": "张大强"}, {"name": "小明", "under_14": "on", "id_number": WRONG_ID})

    page = register_by_form(registrar, **people).content.decode()

    assert 'href="#id_people-1-id_number"' in page and 'href="#id_people-1-under_14"' in page
    assert 'id="id_people-1-id_number_error"' in page and 'id="id_people-1-under_14_error"' in page
    assert "data-asked" in page


def what_to_correct(page) -> list[str]:
    """Return the lines of the list of what to correct, as a person reads them."""
    summary = page.content.decode().split("data-errsum")[1].split("</ul>")[0]
    return [re.sub(r"<[^>]*>|\s+", "", line) for line in summary.split("<li>")[1:]]


def test_the_list_of_what_to_correct_says_whose_number_is_wrong(registrar):
    people = rows("people", {"name": "张大强"}, {"name": "李秀英", "id_number": WRONG_ID})

    page = register_by_form(registrar, petitioner_count="2", **people)

    (line,) = what_to_correct(page)
    assert line.startswith("第2人的证件号：")


def test_a_row_taken_off_does_not_count_in_what_is_said_of_the_next(registrar):
    people = rows(
        "people",
        {"name": "张大强"},
        {"name": "写错", "DELETE": "on"},
        {"name": "李秀英", "id_number": WRONG_ID},
    )

    page = register_by_form(registrar, petitioner_count="2", **people)

    (line,) = what_to_correct(page)
    assert line.startswith("第2人的")


def test_what_to_correct_is_listed_as_the_page_goes(registrar):
    page = register_by_form(
        registrar,
        title="",
        received_at="昨天",
        content_category="",
        place="",
        place_text="",
        **rows("people", {"name": "", "phone": ""}),
    )

    fields = re.findall(
        r'href="#id_([\w-]+)"', page.content.decode().split("data-errsum")[1].split("</ul>")[0]
    )
    assert fields == ["received_at", "people-0-name", "title", "content_category", "place_text"]


def test_a_typed_number_comes_back_as_it_was_typed(registrar):
    page = register_by_form(
        registrar,
        title="",
        **rows("people", {"name": "张大强", "id_number": ID_NUMBER, "phone": "13800001234"}),
    ).content.decode()

    assert f'value="{ID_NUMBER}"' in page and 'value="13800001234"' in page
    assert "data-asked" in page


# What the deed refuses, the form and the programs refuse alike


BAD_PEOPLE = {
    "nobody": ([], {"people"}),
    "a wrong digit": ([{"name": "张大强", "id_number": WRONG_ID}], {"people-0-id_number"}),
    "an agent of nobody": (
        [{"name": "张大强"}, {"name": "王代理", "role": "agent"}],
        {"people-1-acts_for"},
    ),
    "an agent of himself": (
        [{"name": "张大强"}, {"name": "王代理", "role": "agent", "acts_for": 2}],
        {"people-1-acts_for"},
    ),
    "an agent of one who is not there": (
        [{"name": "张大强"}, {"name": "王代理", "role": "agent", "acts_for": 3}],
        {"people-1-acts_for"},
    ),
    "a child alone": ([{"name": "张大强"}, {"name": "小明", "under_14": True}], {"people-1-under_14"}),
    "a child with an agent alone": (
        [{"name": "小明", "under_14": True}, {"name": "王代理", "role": "agent", "acts_for": 1}],
        {"people-0-under_14"},
    ),
    "two children as each other's guardians": (
        [
            {"name": "小明", "under_14": True, "role": "guardian", "acts_for": 2},
            {"name": "小红", "under_14": True, "role": "guardian", "acts_for": 1},
        ],
        {"people-0-under_14", "people-1-under_14"},
    ),
    "several faults": (
        [{"name": "张大强", "id_number": WRONG_ID}, {"name": "李监护", "role": "guardian"}],
        {"people-0-id_number", "people-1-acts_for"},
    ),
}
bad_people = pytest.mark.parametrize(("people", "paths"), BAD_PEOPLE.values(), ids=BAD_PEOPLE.keys())


def faults_on(page) -> set[str]:
    """Return what the form refuses about people, named as the deed names it."""
    form = page.context["form"]
    of_rows = {f"people-{at}-{name}" for at, row in enumerate(form.people.forms) for name in row.errors}
    # that nobody is named stands where the first name would
    nobody = "people" if not any(row["name"].value() for row in form.people.forms) else "people-0-name"
    return {nobody if path == "people-0-name" else path for path in of_rows}


@bad_people
def test_r09_q19_form_deed_and_programs_refuse_the_same_people(registrar, people, paths):
    typed_rows = [{name: "on" if value is True else value for name, value in row.items()} for row in people]
    as_facts = tuple(
        Person(**{**row, "role": PersonRole(row.get("role", PersonRole.REPRESENTATIVE))}) for row in people
    )
    body = RegisterIn(
        data={
            "submission_id": str(uuid4()),
            "channel": "web",
            "purpose": "request",
            "title": "要求办证",
            "text": "至今没有办证。",
            "received_at": MONDAY.isoformat(),
            "place": a_village().code,
            "content_category": a_category().code,
            "people": people,
        }
    )

    page = register_by_form(registrar, **rows("people", *(typed_rows or [{"name": "", "phone": ""}])))
    with pytest.raises(Refused) as refusal:
        registered(registrar.hat, people=as_facts)

    assert page.status_code == 422
    assert faults_on(page) == paths
    assert set(refusal.value.fields) == paths
    assert not body.is_valid() and set(body.errors) == paths
    assert not Petition.objects.exists() and not Petitioner.objects.exists()


# A list as a sheet


def a_sheet_of_names() -> SimpleUploadedFile:
    """Make a sheet as offices send it: two titles, then the headings, 12 persons and 2 rows that cannot be read."""
    good = [
        [number, f"村民{number}", "女", 13900000000 + number, f"凤山村 {number} 号"]
        for number in range(1, 13)
    ]
    return a_workbook(
        ["永宁花园来访人员名单"],
        ["填表单位：凤山街道"],
        ["序号", "姓名", "性别", "联系电话", "住址", "身份证号"],
        *good[:6],
        [13, "李数错", "男", None, "东村", WRONG_ID],
        *good[6:],
        [14, None, "男", 13900006025, "西村"],
    )


def test_q17_of_an_uploaded_sheet_the_good_rows_are_taken_and_the_bad_ones_stay_with_line_and_reason(
    registrar,
):
    draft = uuid4()

    page = registrar.send(
        "cases:draft", draft, do="upload_names", names_file=a_sheet_of_names(), **typed(name_list="先来的人")
    )

    main = page.context["form"].main
    shown = page.content.decode()
    assert page.status_code == 200
    assert len(main.listed.people) == 13
    assert main.listed.people[1].phone == "13900000001"
    assert [(row.line, str(row.reason)) for row in main.corrected.bad] == [
        (10, str(WRONG_DIGIT)),
        (17, "没有姓名。"),
    ]
    assert WRONG_ID in shown and "13900006025" in shown and str(WRONG_DIGIT) in shown
    assert "2013 年买的房" in shown
    assert "村民12" in registrar.open("cases:draft", draft).content.decode()
    assert not Petition.objects.exists()


def test_q17_bad_rows_are_corrected_on_the_page_and_registered_with_the_others(registrar):
    draft = uuid4()
    page = registrar.send("cases:draft", draft, do="upload_names", names_file=a_sheet_of_names(), **typed())
    main = page.context["form"].main
    lists = {name: main[name].value() for name in ("name_list", "rows_to_correct")}

    refused = registrar.send("cases:draft", draft, do="register", **typed(seen_version="1", **lists))
    before = Petition.objects.count()
    lists["rows_to_correct"] = f"10. 李数错\t{ID_NUMBER}\n17. 赵西村\t13900006025"
    registrar.send("cases:draft", draft, do="register", **typed(seen_version="2", **lists))

    assert (refused.status_code, before) == (422, 0)
    assert "id_rows_to_correct" in refused.content.decode()
    assert Petition.objects.get().people.count() == 15
    assert Petitioner.objects.get(name="赵西村").phone_index is not None


def test_q17_a_csv_in_gb18030_is_registered_with_the_form(registrar):
    content = "姓名,手机号码,家庭住址\n㛃大强,13900000001,凤山村\n李梅,13900000002,东村\n".encode("gb18030")

    register_by_form(registrar, names_file=SimpleUploadedFile("名单.csv", content))

    people = Petition.objects.get().people.order_by("position")
    assert [(person.name, person.role, person.address) for person in people[1:]] == [
        ("㛃大强", "accompanying", "凤山村"),
        ("李梅", "accompanying", "东村"),
    ]


def test_q17_the_same_sheet_twice_brings_nobody_twice(registrar):
    draft = uuid4()
    first = registrar.send("cases:draft", draft, do="upload_names", names_file=a_sheet_of_names(), **typed())
    standing = first.context["form"].main["name_list"].value()

    again = registrar.send(
        "cases:draft",
        draft,
        do="upload_names",
        names_file=a_sheet_of_names(),
        **typed(seen_version="1", name_list=standing),
    )

    assert len(again.context["form"].main.listed.people) == 12


@pytest.mark.parametrize("do", ["upload_names", "register"])
def test_a_file_that_is_no_list_is_refused_in_words_with_the_text_kept(registrar, do):
    draft = uuid4()
    paper = SimpleUploadedFile("来信.pdf", b"%PDF-1.4\n")

    page = registrar.send("cases:draft", draft, do=do, names_file=paper, **typed())

    shown = page.content.decode()
    assert page.status_code == 422
    assert 'href="#id_names_file"' in shown
    assert "来信.pdf" in shown and "2013 年买的房" in shown
    assert Draft.objects.filter(pk=draft).exists()
    assert not Petition.objects.exists()


def test_asking_to_read_a_sheet_without_one_says_so(registrar):
    page = registrar.send("cases:draft", uuid4(), do="upload_names", **typed())

    assert page.status_code == 422
    assert 'href="#id_names_file"' in page.content.decode()


@pytest.mark.parametrize(
    ("facts", "asked"),
    [
        ({"channel": "visit", "petitioner_count": "5"}, True),
        ({"channel": "visit", "petitioner_count": "4"}, False),
        ({"channel": "letter", "petitioner_count": "12"}, False),
        ({"channel": "visit", "petitioner_count": "12", "name_list": "李梅"}, False),
        ({"channel": "visit", "petitioner_count": "5"} | rows("people", *[{"name": "某人"}] * 5), False),
    ],
)
def test_a_group_that_came_without_its_list_is_asked_for_it_and_registered_all_the_same(
    registrar, facts, asked
):
    """DS-5: five or more on a visit; the list is asked for, the number stands without it (Q17)."""
    page = registrar.send("cases:draft", uuid4(), do="save", **typed(**facts))
    done = register_by_form(registrar, **facts)

    assert page.context["asks_for_names"] is asked
    assert done.status_code == 200
    assert Petition.objects.get().petitioner_count == int(facts["petitioner_count"])


@pytest.mark.parametrize(
    "phone",
    [
        "8222345",
        "0358-8222345",
        "8222345 转 801",
        "0358-8222345-801",
        "(010) 6655 4433",
        "+86 138 0000 1234",
        "+852 2345 6789",
        "400-810-8000",
        "13800001234、0358-8222345",
    ],
)
def test_a_telephone_is_taken_as_people_write_it(phone):
    registered(people=(Person("张大强", phone=phone),))

    assert Petitioner.objects.count() == 1


@pytest.mark.parametrize(
    "phone",
    [
        "123456789012345678901234567890",
        "没有",
        "12",
        "，",
        "12345",
        "82345",
        "1380000123",
        "138000012345",
        "13800001234、12345",
    ],
)
def test_what_is_no_telephone_is_refused_beside_its_field_and_nothing_is_registered(phone):
    with pytest.raises(Refused) as refusal:
        registered(people=(Person("张大强", phone=phone),))

    assert list(refusal.value.fields) == ["people-0-phone"]
    assert not Petition.objects.exists()


def test_q17_the_longest_name_a_group_may_give_is_registered():
    name = "庄" * 60

    registered(people=(Person(name),))

    assert Petitioner.objects.get().name == name
