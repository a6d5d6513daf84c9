"""Which earlier petitions are suggested, to whom, and on what evidence (data-standard §6; Q5, Q14; protection §2)."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from accounts.models import OrganKind
from accounts.roles import Role
from audit.models import Entry
from cases.actions import repeating, sealing
from cases.actions.repeating import LOOK
from cases.candidates import MOST_SHOWN, find, sought_as_typed, sought_in
from cases.intake import Person, Reported
from cases.models import ContentCategory, Draft, Petition
from cases.states import Evidence, PersonRole, Purpose, RepeatOutcome, ReportedKind
from lib.errors import NotAllowed, Unknown
from places.models import Place
from tests.cases.given import a_category, a_person, a_petition, a_village
from tests.cases.handling.given import a_township, at, registered, voided
from tests.given import MONDAY, a_hat, an_organ

pytestmark = pytest.mark.django_db

STATION = {
    "title": "丽发新城附近建搅拌站",
    "text": "丽发新城小区旁新建搅拌站，噪音大、灰尘大，影响小区居民生活。",
}
AGAIN = {
    "title": "丽发新城小区旁搅拌站扰民",
    "text": "我是丽发新城的居民，小区附近新建了搅拌站，噪音和灰尘严重。",
}
ELSE = {"title": "居住证去哪里办理", "text": "本人从外地来务工，想办居住证，请问要什么材料。"}
NOBODY_KNOWN = {"people": (a_person("李四海", phone="", address=""),)}
WANG = a_person(
    "王秀英", phone="13911112222", address="凤山街道 5 号楼 1 单元", id_number="141102195001011231"
)


def again(**facts):
    """Register the same matter once more, by somebody else unless the test says who."""
    return a_petition(**{**AGAIN, **NOBODY_KNOWN, "now": at(3, 9), "received_at": at(3, 9), **facts})


def found(petition, hat=None):
    return find(sought_in(petition), hat or a_hat(Role.REGISTRAR))


def test_the_same_matter_is_found_by_its_words_with_the_words_as_evidence():
    first = a_petition(**STATION, **NOBODY_KNOWN)
    later = again(people=(a_person("赵六", phone="", address=""),))

    (candidate,) = found(later)

    assert candidate.petition == first
    assert candidate.evidence == (Evidence.ALIKE, Evidence.CATEGORY, Evidence.PLACE)
    assert candidate.same_matter
    assert not candidate.same_person
    assert "丽发新城" in candidate.words[0]


def test_another_matter_of_others_is_not_suggested():
    a_petition(**ELSE, **NOBODY_KNOWN)

    assert found(again(people=(a_person("赵六", phone="", address=""),))) == []


@pytest.mark.parametrize(
    ("known_by", "evidence"),
    [
        ({"id_number": "141102195001011231"}, Evidence.ID_NUMBER),
        ({"phone": "139 1111 2222"}, Evidence.PHONE),
        ({"name": "王秀英", "address": "离石区凤山街道5号楼1单元"}, Evidence.NAME_AND_HOME),
    ],
)
def test_the_same_person_is_found_by_number_telephone_or_name_with_address(known_by, evidence):
    first = a_petition(**ELSE, people=(WANG,), content_category_id=another_category().pk)
    person = Person(**{"name": "某某某", **known_by})

    (candidate,) = found(again(people=(person,)))

    assert candidate.petition == first
    assert candidate.same_person
    assert set(candidate.evidence) & {Evidence.ID_NUMBER, Evidence.PHONE, Evidence.NAME_AND_HOME} == {
        evidence
    }


def another_category():
    return ContentCategory.objects.exclude(pk=a_category().pk).exclude(parent=None).first()


@pytest.mark.parametrize(
    "person",
    [
        Person("王秀英", address="交口县双池镇 9 号楼"),
        Person("王秀英"),
        Person("王秀兰", address="凤山街道 5 号楼 1 单元"),
        # too short to be anybody's home
        Person("王秀英", address="1单元"),
    ],
)
def test_a_name_alone_or_a_home_alone_is_nobody(person):
    a_petition(**ELSE, people=(WANG,), content_category_id=another_category().pk)

    assert found(again(people=(person,))) == []


def test_of_an_agent_whom_he_stands_for_is_compared_and_not_he():
    agent = Person("刘律师", role=PersonRole.AGENT, phone="13700001111", acts_for=1)
    a_petition(**ELSE, people=(Person("王秀英", phone="13911112222"), agent))

    by_agent = found(again(people=(Person("别人", phone="13600000000"), agent)))
    by_principal = found(again(people=(Person("王秀英", phone="13911112222"),)))

    assert Evidence.PHONE not in {one for candidate in by_agent for one in candidate.evidence}
    assert by_principal[-1].same_person or by_principal[0].same_person


def test_the_very_same_letter_is_found_whatever_its_title():
    first = a_petition(**STATION, **NOBODY_KNOWN)

    candidates = found(again(title="反映问题", text=STATION["text"]))

    assert candidates[0].petition == first
    assert Evidence.SAME_TEXT in candidates[0].evidence
    assert candidates[0].likeness == 1


def test_at_most_five_come_back_the_likeliest_first():
    for number in range(7):
        a_petition(**STATION, people=(a_person(f"居民{number}", phone="", address=""),))
    mine = a_petition(**STATION, people=(WANG,))

    candidates = found(again(people=(WANG,)))

    assert len(candidates) == MOST_SHOWN
    assert candidates[0].petition == mine
    scores = [candidate.score for candidate in candidates]
    assert scores == sorted(scores, reverse=True)


def test_by_words_it_is_looked_for_in_two_years_one_category_and_one_township_alone():
    long_ago = at(3, 9) - timedelta(days=800)
    a_petition(**STATION, **NOBODY_KNOWN, received_at=long_ago, backdating_evidence="收件章")
    a_petition(**STATION, **NOBODY_KNOWN, content_category_id=another_category().pk)
    a_petition(**STATION, **NOBODY_KNOWN, place_id=a_village_elsewhere().pk)

    assert found(again(people=(a_person("赵六", phone="", address=""),))) == []


def a_village_elsewhere():
    township = a_village().parent
    return (
        Place.objects.filter(level="village", path__startswith="14/1411/141102/")
        .exclude(parent=township)
        .first()
    )


def test_a_village_of_the_same_township_is_the_same_place():
    neighbour = Place.objects.filter(parent=a_village().parent).exclude(pk=a_village().pk).first()
    first = a_petition(**STATION, **NOBODY_KNOWN, place_id=neighbour.pk)

    assert [each.petition for each in found(again())] == [first]


@pytest.mark.parametrize("purpose", [Purpose.SUGGESTION, Purpose.ENQUIRY])
def test_q15_suggestions_and_enquiries_are_never_suggested(purpose):
    a_petition(**STATION, people=(WANG,), purpose=purpose)

    assert found(again(people=(WANG,))) == []


@pytest.mark.parametrize("purpose", [Purpose.SUGGESTION, Purpose.ENQUIRY])
def test_q15_for_suggestions_and_enquiries_nothing_is_looked_for(purpose):
    a_petition(**STATION, people=(WANG,))
    office = registered(**AGAIN, people=(WANG,), purpose=purpose, now=at(3, 9))

    assert repeating.look_for_earlier(office.pk, by=office.office.officer, now=at(3, 9)) == []
    assert not Entry.objects.filter(verb=LOOK).exists()


def test_what_is_void_is_not_suggested():
    case = voided()

    later = again(title=case.petition.words.title, text=case.petition.words.text)

    assert found(later) == []


def test_a_decided_pair_is_not_suggested_again():
    case = registered(**STATION, people=(WANG,))
    later = registered(office=case.office, **AGAIN, people=(WANG,), now=at(3, 9))
    assert found(later.petition)
    repeating.decide_repeat(
        later.pk,
        case.pk,
        outcome=RepeatOutcome.UNRELATED,
        reason="两件事",
        by=later.office.officer,
        now=at(3, 9),
    )

    assert found(later.petition) == []
    assert found(case.petition) == []


# ---- who must not see


def test_q1_a_sealed_petition_is_never_suggested_nor_does_it_leave_a_trace_in_any_score():
    officer = a_hat(Role.PETITION_OFFICER)
    a_hat(Role.SEALED_LANE_OFFICER)
    first = a_petition(officer, **STATION, people=(WANG,))
    open_one = a_petition(officer, **STATION, people=(a_person("钱七", phone="", address=""),))
    later = again(people=(WANG,))
    before = {each.petition: each.score for each in found(later, officer)}
    assert set(before) == {first, open_one}

    sealing.seal(
        first.pk,
        reason="点名举报",
        reported=[Reported(kind=ReportedKind.PERSON, name="某科长")],
        by=officer,
        now=MONDAY,
    )

    after = found(later, officer)
    assert [each.petition for each in after] == [open_one]
    assert after[0].score == before[open_one]


def test_q6_a_neighbour_is_not_shown_what_he_cannot_open():
    office = registered(**STATION, people=(WANG,))
    township = a_township()
    own = again(by=township.officer, people=(WANG,))

    assert found(own, office.office.officer)
    assert find(sought_in(own), township.officer) == []


def test_q6_sixty_words_of_a_neighbours_letters_weigh_nothing_here():
    """What is ordinary is learnt from what the hat sees: a score never tells how others write."""
    township = a_township()
    mine = a_petition(township.officer, **STATION, **NOBODY_KNOWN)
    again_mine = a_petition(township.officer, **AGAIN, **NOBODY_KNOWN, now=at(3, 9), received_at=at(3, 9))
    (before,) = find(sought_in(again_mine), township.officer)
    for number in range(31):
        a_petition(**{**STATION, "title": f"{STATION['title']}{number}"}, **NOBODY_KNOWN)

    (after,) = find(sought_in(again_mine), township.officer)

    assert (after.petition, after.score) == (mine, before.score)


def test_words_that_both_texts_share_never_hold_a_name():
    a_petition(title="王秀英要求办证", text="王秀英反映永宁花园未办证。", people=(WANG,))

    (candidate,) = found(
        again(title="王秀英再次要求办证", text="王秀英反映永宁花园未办证，再次反映。", people=(WANG,))
    )

    assert candidate.words
    assert not any("王秀" in words or "秀英" in words for words in candidate.words)


def test_words_that_both_texts_share_hold_no_number_that_the_page_covers():
    said = "永宁花园购房多年未办证，电话 138 0013 8000，家里电话一三八零零一三八零零零。"
    a_petition(title="永宁花园要求办证", text=said)

    (candidate,) = found(again(title="永宁花园再次要求办证", text=f"{said}再次反映。"))

    assert any("永宁花园" in words for words in candidate.words)
    covered = ("0013", "零零一三")
    assert not any(part in words for words in candidate.words for part in covered)


# ---- looking, and what is written down of it


def typed(**facts):
    given = {
        **AGAIN,
        "received_at": at(3, 9),
        "category_id": a_category().pk,
        "place_path": a_village().path,
        "people": (WANG,),
    }
    return sought_as_typed(**{**given, **facts})


def test_q5_a_look_by_person_while_typing_is_written_down_once_with_its_purpose_and_no_person():
    registrar = a_hat(Role.REGISTRAR)
    draft_id = uuid4()

    for _time in range(2):
        repeating.look_while_typing(draft_id, typed(), by=registrar, now=MONDAY)

    entry = Entry.objects.get(verb=LOOK)
    assert (entry.subject_kind, entry.subject_id) == ("cases.draft", str(draft_id))
    assert entry.facts["purpose"] == "duplicate_decision"
    assert entry.facts["by"] == ["id_number", "phone", "name_and_home"]
    assert "王" not in str(entry.facts)
    assert "13911112222" not in str(entry.facts)


def test_q5_another_person_typed_is_another_look():
    registrar, draft_id = a_hat(Role.REGISTRAR), uuid4()

    repeating.look_while_typing(draft_id, typed(), by=registrar, now=MONDAY)
    repeating.look_while_typing(
        draft_id, typed(people=(replace(WANG, phone="13800009999"),)), by=registrar, now=MONDAY
    )

    assert Entry.objects.filter(verb=LOOK).count() == 2


def test_a_look_by_words_alone_names_nobody_and_is_not_written_down():
    repeating.look_while_typing(uuid4(), typed(people=()), by=a_hat(Role.REGISTRAR), now=MONDAY)

    assert not Entry.objects.filter(verb=LOOK).exists()


def test_q5_a_look_on_the_case_page_is_written_down():
    case = registered(**STATION, people=(WANG,))

    repeating.look_for_earlier(case.pk, by=case.office.officer, now=MONDAY)

    entry = Entry.objects.get(verb=LOOK)
    assert entry.subject_id == str(case.pk)
    assert entry.actor_post_id == case.office.officer.post.pk


def test_who_does_not_register_looks_for_nobody():
    a_petition(**STATION, people=(WANG,))

    for role in (Role.INSPECTOR, Role.LEADER):
        with pytest.raises(NotAllowed):
            repeating.look_while_typing(uuid4(), typed(), by=a_hat(role), now=MONDAY)

    assert not Entry.objects.filter(verb=LOOK).exists()


def test_a_strangers_or_a_sealed_draft_is_looked_at_by_nobody():
    stranger, registrar = a_hat(Role.REGISTRAR), a_hat(Role.REGISTRAR)
    facts = {"content_sealed": b"-", "received_at": MONDAY, "saved_at": MONDAY}
    theirs = Draft.objects.create(post=stranger.post, **facts)
    sealed = Draft.objects.create(post=registrar.post, sealed=True, **facts)

    for draft in (theirs, sealed):
        with pytest.raises(Unknown):
            repeating.look_while_typing(draft.pk, typed(), by=registrar, now=MONDAY)

    assert not Entry.objects.filter(verb=LOOK).exists()


def test_a_unit_that_only_leads_a_petition_does_not_look():
    case = registered(**STATION, people=(WANG,))

    with pytest.raises((NotAllowed, Unknown)):
        repeating.look_for_earlier(case.pk, by=case.unit.officer, now=MONDAY)

    assert not Entry.objects.filter(verb=LOOK).exists()


def test_looking_costs_as_many_queries_for_many_as_for_one(django_assert_num_queries):
    registrar = a_hat(Role.REGISTRAR)
    a_petition(**STATION, people=(WANG,))
    later = again(people=(WANG,))
    sought = sought_in(later)
    with django_assert_num_queries(8):
        assert len(find(sought, registrar)) == 1
    for number in range(9):
        a_petition(**STATION, people=(WANG, a_person(f"居民{number}")))

    with django_assert_num_queries(8):
        assert len(find(sought, registrar)) == MOST_SHOWN


def test_an_organ_of_another_county_is_not_searched():
    elsewhere = an_organ("JK", kind=OrganKind.TOWNSHIP, number_prefix="JKX", name="双池镇人民政府")
    stranger = a_hat(Role.CASE_OFFICER, organ=elsewhere)
    a_petition(**STATION, people=(WANG,))

    assert find(typed(), stranger) == []
    assert Petition.objects.count() == 1
