"""Programs read, save and work with the papers of a case as its pages do, and each taking is written down."""

import pytest

from accounts.roles import Role
from audit.models import Entry
from cases.dossiers.sweeps import bind_dossiers
from cases.models import Dossier
from documents.states import DocumentKind
from tests.cases.handling import given
from tests.cases.test_api import a_program, post
from tests.documents.docx import text_of
from tests.given import MONDAY, a_hat

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def address(case, rest=""):
    return f"/api/v1/petitions/{case.pk}/{rest}"


def bytes_of(answer):
    return b"".join(answer.streaming_content)


def test_papers_are_listed_and_drafts_only_to_their_organ():
    case = given.drafted()
    unit, office = a_program(case.unit.officer), a_program(case.office.officer)

    def kinds(program):
        return {row["kind"] for row in program.get(address(case, "papers/")).json()}

    assert {"d02", "d15"} <= kinds(unit)
    assert "d02" in kinds(office) and "d15" not in kinds(office)


def test_a_paper_is_saved_and_worked_with_and_each_taking_is_written_down():
    case = given.opinion_issued()
    paper = case.paper(DocumentKind.D15)
    program = a_program(case.unit.officer)

    saved = program.get(address(case, f"papers/{paper.pk}/"))
    copy = program.get(address(case, f"papers/{paper.pk}/working-copy/"))

    assert bytes_of(saved).startswith(b"%PDF")
    assert paper.number in text_of(bytes_of(copy))
    assert Entry.objects.filter(verb="petition.fetch_paper").count() == 2


def test_a_file_is_bound_for_a_program_and_fetched_by_it_alone():
    case = given.opinion_issued()
    program = a_program(case.unit.officer)
    assert post(program, address(case, "dossiers/"), {"purpose": "fun"}).status_code == 400
    asked = post(program, address(case, "dossiers/"), {"purpose": "superior"})
    assert (asked.status_code, asked.json()["state"]) == (201, "waiting")
    bind_dossiers(clock=lambda: MONDAY)

    (row,) = program.get(address(case, "dossiers/")).json()

    assert row["state"] == "done" and row["pages"] > 0
    assert bytes_of(program.get(address(case, f"dossiers/{row['id']}/"))).startswith(b"%PDF")
    other = a_program(case.unit.head)
    assert other.get(address(case, "dossiers/")).json() == []
    assert other.get(address(case, f"dossiers/{row['id']}/")).status_code == 404


def test_the_neighbour_finds_nothing_and_who_looks_on_reads_no_names():
    case = given.opinion_issued()
    paper = case.paper(DocumentKind.D15)
    neighbour, looks_on = a_program(given.a_unit("JT").officer), a_program(a_hat(Role.INSPECTOR))

    for rest in ("papers/", f"papers/{paper.pk}/", f"papers/{paper.pk}/working-copy/", "dossiers/"):
        assert neighbour.get(address(case, rest)).status_code == 404
    assert post(neighbour, address(case, "dossiers/"), {"purpose": "superior"}).status_code == 404
    assert looks_on.get(address(case, f"papers/{paper.pk}/")).status_code == 403
    assert post(looks_on, address(case, "dossiers/"), {"purpose": "superior"}).status_code == 403
    assert not Dossier.objects.exists()
    assert not Entry.objects.filter(verb="petition.fetch_paper").exists()
