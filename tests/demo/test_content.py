"""What is written down for the demo world: complete, invented, and in the office's words."""

import re
from collections import Counter

import pytest
from stdnum.cn import ric

from accounts.roles import Role
from cases.models import ContentCategory
from cases.states import Channel, Purpose, Source
from config.demo.content import read_world
from config.demo.intakes import people_in_order
from config.demo.logins import LOGINS
from config.demo.particulars import id_number_of, phone_of
from places.models import Place

WORLD = read_world()
ORGANS = {organ.code: organ for organ in WORLD.organs}
OUR_PHONES = re.compile(r"(?:139|158|186)0000\d{4}")
ANY_PHONE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
ANY_ID_NUMBER = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
# the glossary's words to avoid: the act or the matter is described, never the person
ABOUT_THE_PERSON = re.compile(
    "缠访|闹访|老户|钉子户|上访专业户|维稳|重点人员|管控|摆平|吸附|稳控|零上访|刁民"
)
SENTENCE_END = re.compile(r"(?<=[。！？])")


def _words(petition):
    return " ".join((petition.title, petition.text, petition.summary, *petition.claims, petition.address))


def test_the_district_has_forty_organs():
    assert len([organ for organ in WORLD.organs if organ.place.startswith("141102")]) == 40


def test_organs_name_only_organs_above_them_in_the_file():
    seen = set()
    for organ in WORLD.organs:
        assert {organ.parent, organ.next_higher} <= seen | {None}, organ.code
        seen.add(organ.code)


def test_number_prefixes_are_two_to_six_latin_letters_and_nobody_shares_one():
    prefixes = [organ.number_prefix for organ in WORLD.organs if organ.number_prefix]

    assert len(set(prefixes)) == len(prefixes)
    assert [prefix for prefix in prefixes if not re.fullmatch("[A-Z]{2,6}", prefix)] == []


def test_every_role_has_one_login_and_a_person_who_holds_it():
    held = {person.username: {post.role for post in person.posts} for person in WORLD.staff}

    assert sorted(role for role, _ in LOGINS) == sorted(Role)
    assert [(role, username) for role, username in LOGINS if role not in held[username]] == []


def test_the_three_administrators_are_three_people_with_no_other_post():
    roles = {Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR}
    holders = [person for person in WORLD.staff if roles & {post.role for post in person.posts}]

    assert [len(person.posts) for person in holders] == [1, 1, 1]


def test_every_office_with_staff_has_a_steward():
    posts = [post for person in WORLD.staff for post in person.posts]

    assert {post.organ for post in posts} == {post.organ for post in posts if post.steward}


def test_there_are_two_hundred_petitions_by_every_channel():
    assert len(WORLD.petitions) == 200
    assert {petition.channel for petition in WORLD.petitions} == set(Channel)


def test_they_have_every_purpose_and_every_source():
    assert {petition.purpose for petition in WORLD.petitions} == set(Purpose)
    assert {petition.source for petition in WORLD.petitions} == set(Source)


def test_every_report_names_whom_it_reports_and_nothing_else_does():
    reports = [petition for petition in WORLD.petitions if petition.purpose is Purpose.REPORT_ACCUSATION]

    assert len(reports) == 8
    assert [petition for petition in WORLD.petitions if petition.reported] == reports
    assert {petition.reported.organ for petition in reports} <= ORGANS.keys()


def test_the_people_of_the_demo_are_not_the_officials_who_serve_it():
    petitioners = people_in_order(WORLD.petitions).keys()
    reported = {petition.reported.name for petition in WORLD.petitions if petition.reported}

    assert {person.name for person in WORLD.staff} & (petitioners | reported) == set()


def test_nobody_real_can_be_called():
    numbers = [phone_of(number) for number in range(len(people_in_order(WORLD.petitions)))]
    in_texts = [found for petition in WORLD.petitions for found in ANY_PHONE.findall(_words(petition))]

    assert len(set(numbers)) == len(numbers)
    assert [number for number in numbers + in_texts if not OUR_PHONES.fullmatch(number)] == []


def test_identity_numbers_pass_their_check_and_belong_to_no_card():
    numbers = [id_number_of(number) for number in range(len(people_in_order(WORLD.petitions)))]

    assert len(set(numbers)) == len(numbers)
    assert [number for number in numbers if not ric.is_valid(number)] == []
    assert {number[14:17] for number in numbers} == {"000"}


def test_no_text_holds_an_identity_number():
    assert [petition.title for petition in WORLD.petitions if ANY_ID_NUMBER.search(_words(petition))] == []


def test_nobody_is_marked_as_trouble():
    assert [petition.title for petition in WORLD.petitions if ABOUT_THE_PERSON.search(_words(petition))] == []


def test_texts_are_long_enough_to_read_and_no_sentence_is_said_twice():
    sentences = Counter(
        sentence
        for petition in WORLD.petitions
        for sentence in SENTENCE_END.split(petition.text)
        if len(sentence) > len("此致敬礼。")
    )

    assert [petition.title for petition in WORLD.petitions if not 60 <= len(petition.text) <= 400] == []
    assert [sentence for sentence, times in sentences.items() if times > 1] == []


def test_every_petition_has_claims_and_a_summary_that_is_not_the_text():
    assert [petition.title for petition in WORLD.petitions if not 1 <= len(petition.claims) <= 3] == []
    assert [
        petition.title for petition in WORLD.petitions if len(petition.summary) >= len(petition.text)
    ] == []


@pytest.mark.django_db
def test_categories_are_those_of_the_table():
    labels = set(ContentCategory.objects.values_list("label", flat=True))

    used = {petition.category for petition in WORLD.petitions}
    assert {category for category in used if category.replace("/", " › ") not in labels} == set()


@pytest.mark.django_db
def test_places_are_divisions_that_exist():
    used = {petition.place for petition in WORLD.petitions} | {organ.place for organ in WORLD.organs}
    used |= {place for person in WORLD.staff for place in person.portfolio_places}

    assert used - set(Place.objects.values_list("code", flat=True)) == set()
