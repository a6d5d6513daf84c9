"""What the demo's leaders sponsor, instructed and are asked: made by the deeds of those who do it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone

from accounts.hats import Hat, hats_of
from accounts.models import Post, User
from accounts.roles import Role
from assignments.models import Assignment
from cases.models import Handling, Petition
from cases.states import OPEN, Receipt
from config.demo.content import PETITION_OFFICE
from config.demo.logins import LOGINS
from config.demo.receiving import TAKEN_DOWN
from config.demo.walk import pdf_of
from deadlines.calendars import working_days_after
from leadership.actions import answers, chain, deciding, instructing, letters, sponsoring
from leadership.actions.deciding import Asked
from leadership.actions.letters import LETTERS
from leadership.actions.secretaries import name_secretary
from leadership.actions.sponsoring import Visited
from leadership.instructions import Order
from leadership.models import Instruction, PlanStep, Secretary, Sponsorship
from leadership.sponsoring import Fits, suggestions
from leadership.states import Duty, SponsorKind
from leadership.sweeps import give_instructions
from lib.trees import paths_above
from places.models import Level, Place

_SPONSORED = 24
_SINCE = timedelta(days=21)
# closed, waiting for its answer, entered from the paper, and said
_SIGNED_AND_SAID = 4
_SECRETARIES = (
    ("14", "（演示）唐守正", "省委书记"),
    ("1411", "（演示）郑知行", "市委书记"),
    ("141102", "（演示）黄崇文", "区委书记"),
)
# who is secretary of a township or a village: invented, and told apart by the place alone
_BELOW = {Level.TOWNSHIP: "党（工）委书记", Level.VILLAGE: "党支部书记"}
_SURNAMES = "任郝阎薛裴温段侯柴景常吉靳樊冀邢"
_GIVEN = ("建国", "秀英", "志强", "晓梅", "文亮")
_DONE = {
    Duty.KNOW: "阅卷并听取主办单位汇报，核对诉求与证据。",
    Duty.EXPLAIN: "会同主办单位当面说明政策依据和办理步骤。",
    Duty.RESOLVE: "召集相关单位会商，排定办理次序和时限。",
}
_QUESTIONS = (
    Asked(
        stuck="办理所需资金没有列入当年预算，单位之间意见不一。",
        question="资金由谁先出",
        choices=("区财政先行垫付", "列入明年预算"),
        due_on=date.min,
    ),
    Asked(
        stuck="两个单位都认为不属自己牵头，方案定不下来。",
        question="由谁牵头",
        choices=("主办单位牵头", "属地街道牵头", "提请联席会议研究"),
        due_on=date.min,
    ),
)


def lead(*, latest: datetime) -> int:
    """Let leaders sponsor what lies nearest to them, and instruct; once in a world. Return how much was done."""
    if Secretary.objects.exists():
        return 0
    leader, secretary, office = (
        _hat(role, latest) for role in (Role.LEADER, Role.LEADER_SECRETARY, Role.PETITION_OFFICER)
    )
    name_secretary(secretary.post.pk, by=leader, now=latest - _SINCE)
    rows = _sponsor(office, latest)
    for number, row in enumerate(rows):
        _work_on(row, number, latest)
    completed = rows[7::8]
    mine = [row for row in rows if row.post_id == leader.post.pk and row not in completed]
    for row in completed:
        _complete(row, latest)
    done = _instruct(mine, leader, secretary, office, latest) + _ask(mine, leader, latest)
    done += _choose_letters(mine, leader, office, latest)
    secretaries = [*_SECRETARIES, *_secretaries_below(rows)]
    for code, name, title in secretaries:
        since = date(timezone.localdate(latest).year - 1, 1, 1)
        chain.enter_secretary(code, name=name, title=title, since=since, by=office, now=latest)
    return len(rows) + done + len(secretaries)


def _secretaries_below(rows: Sequence[Sponsorship]) -> list[tuple[str, str, str]]:
    """Return who is secretary where the sponsored petitions lie, so that their chains have five links."""
    paths = {path for row in rows for path in paths_above(row.petition.place_path)}
    places = Place.objects.current().filter(path__in=paths, level__in=list(_BELOW)).order_by("path")
    return [
        (
            place.code,
            f"（演示）{_SURNAMES[number % len(_SURNAMES)]}{_GIVEN[number % len(_GIVEN)]}",
            _BELOW[Level(place.level)],
        )
        for number, place in enumerate(places)
    ]


def _sponsor(office: Hat, latest: datetime) -> list[Sponsorship]:
    """Let whoever is nearest, and of those sponsors least, answer for the oldest petitions of the open lane."""
    begun_at = latest - _SINCE
    oldest = (
        Petition.objects.visible_to(office)
        .filter(
            routing__in=sorted(OPEN),
            registered_at__lt=begun_at,
            handlings__receipt=Receipt.RECEIVED,
            handlings__ended_at=None,
        )
        .distinct()
        .order_by("registered_at", "pk")
    )
    rows: list[Sponsorship] = []
    for petition in oldest[: 4 * _SPONSORED]:
        found = suggestions(petition, SponsorKind.DISTRICT_LEADER, on=timezone.localdate(begun_at))
        if len(rows) == _SPONSORED or not found or found[0].fits is Fits.OTHER:
            continue
        rows.append(
            sponsoring.sponsor(
                petition.pk,
                SponsorKind.DISTRICT_LEADER,
                post_id=found[0].post.pk,
                reason="办理时间长，涉及几个单位，由区领导包案推动。",
                by=office,
                now=begun_at,
            )
        )
    for row in rows[:2]:
        sponsoring.sponsor(
            row.petition_id,
            SponsorKind.HIGHER_LEADER,
            outsider="（演示）市委书记 郑知行",
            reason="市领导包联的积案。",
            by=office,
            now=begun_at,
        )
    return rows


def _work_on(row: Sponsorship, number: int, latest: datetime) -> None:
    """Write down plan, duties and a visit, of each a little more or less than of the one before."""
    by = _hat_of(row)
    begun_on, today = timezone.localdate(row.begun_at), timezone.localdate(latest)
    first = sponsoring.plan_step(
        row.pk, words="召开协调会，明确牵头单位", due_on=begun_on + timedelta(days=7), by=by, now=row.begun_at
    )
    sponsoring.plan_step(
        row.pk,
        words="办理方案向信访人当面说明",
        due_on=today + timedelta(days=number % 9 - 2) if number % 9 > 2 else begun_on + timedelta(days=18),
        by=by,
        now=row.begun_at,
    )
    if number % 4:
        day = begun_on + timedelta(days=6)
        at = row.begun_at + timedelta(days=6)
        sponsoring.end_step(row.pk, first.pk, done_on=day, outcome="已召开，形成会议纪要。", by=by, now=at)
    for duty, words in list(_DONE.items())[: number % 4]:
        sponsoring.note_duty(
            row.pk,
            duty,
            done_on=begun_on + timedelta(days=8),
            words=words,
            by=by,
            now=row.begun_at + timedelta(days=8),
        )
    # what secretary and district head did is told by the newspaper, and written with their journeys
    if number % 3 and by.user.username not in TAKEN_DOWN:
        visited_on = working_days_after(begun_on, 3 + number % 8)
        visited = Visited(
            visited_on=visited_on,
            place=f"{row.petition.place.short_name}会议室",
            companions="主办单位、属地街道",
            persons_met=2 + number % 5,
            result="听取诉求，答复下一步安排，约定十日内再碰头。",
        )
        sponsoring.note_visit(row.pk, visited, by=by, now=row.begun_at + (visited_on - begun_on))


def _complete(row: Sponsorship, latest: datetime) -> None:
    """Let a sponsor care afterwards and write his result with what shows it."""
    by, now = _hat_of(row), latest - timedelta(days=3)
    today = timezone.localdate(now)
    for step in PlanStep.objects.open().filter(sponsorship=row):
        sponsoring.end_step(row.pk, step.pk, done_on=today, outcome="按方案办结。", by=by, now=now)
    for duty in Duty:
        words = _DONE.get(duty, "回访信访人，确认约定事项正在落实。")
        sponsoring.note_duty(row.pk, duty, done_on=today, words=words, by=by, now=now)
    result = "主办单位已按方案办理，约定事项有专人跟踪。"
    shown = pdf_of("包案结果.pdf", "包案结果", "区政府", [result], today)
    sponsoring.complete(row.pk, result=result, file=shown, by=by, now=now)


def _instruct(mine: Sequence[Sponsorship], leader: Hat, secretary: Hat, office: Hat, latest: datetime) -> int:
    """Sign one that is answered and closed, one that waits for its answer; enter one, and note an oral one."""
    if len(mine) < _SIGNED_AND_SAID:
        return 0
    today = timezone.localdate(latest)
    due_on = working_days_after(today, 3)
    at = latest - timedelta(days=2)
    closed, waiting, entered, said = (row.petition_id for row in mine[:_SIGNED_AND_SAID])
    orders = {
        key: Order(text=text, organ_ids=_units(key), due_on=due_on)
        for key, text in (
            (closed, "请主办单位倒排时间，三日内报进展。"),
            (waiting, "同意方案。涉及群众切身利益，务必按期答复。"),
            (entered, "请会同属地研究，依法依规办理，做好政策解释。"),
            (said, "这件事要当面听一听群众怎么说，再定方案。"),
        )
    }
    instructing.sign_instruction(closed, orders[closed], by=leader, now=at)
    instructing.sign_instruction(waiting, orders[waiting], by=leader, now=at)
    scan = pdf_of("批示件.pdf", "领导批示", "区政府", [orders[entered].text], timezone.localdate(at))
    instructing.enter_instruction(
        entered,
        orders[entered],
        leader_id=leader.post.pk,
        said_on=timezone.localdate(at),
        file=scan,
        by=secretary,
        now=at,
    )
    give_instructions(now=at + timedelta(minutes=1))
    instructing.note_oral(
        said,
        orders[said],
        leader_id=leader.post.pk,
        heard_at=latest - timedelta(hours=3),
        heard_where="调度会",
        by=office,
        now=latest - timedelta(hours=2),
    )
    _close(closed, office, latest - timedelta(days=1))
    return _SIGNED_AND_SAID


def _close(petition_id: UUID, office: Hat, now: datetime) -> None:
    """Let every unit answer, and the office check the answers and close the instruction."""
    row = Instruction.objects.get(petition=petition_id)
    for asked in Assignment.objects.filter(instruction_task__instruction=row).select_related("organ"):
        unit = Post.objects.filter(organ=asked.organ, role=Role.CASE_OFFICER).select_related(
            "user", "organ__place"
        )
        officer = unit.order_by("pk")[0]
        by = Hat(officer, officer.user)
        answers.reply(asked.pk, words="已倒排办理时间表，首批材料本周报送。", by=by, now=now)
        answers.verify(asked.pk, words="与卷内材料核对一致。", by=office, now=now + timedelta(hours=1))
    instructing.complete_instruction(
        row.pk, words="各单位均已反馈，核验属实。", by=office, now=now + timedelta(hours=2)
    )


def _ask(mine: Sequence[Sponsorship], leader: Hat, latest: datetime) -> int:
    """Let heads of units that lead ask for a decision."""
    asked = 0
    for row, question in zip(mine[_SIGNED_AND_SAID:], _QUESTIONS, strict=False):
        heads = Post.objects.filter(organ__in=_units(row.petition_id), role=Role.UNIT_HEAD)
        head = heads.select_related("user", "organ__place").order_by("pk").first()
        if head is None:
            continue
        deciding.ask_decision(
            row.petition_id,
            Asked(
                stuck=question.stuck,
                question=question.question,
                choices=question.choices,
                due_on=working_days_after(timezone.localdate(latest), 2 + asked),
            ),
            leader_id=leader.post.pk,
            by=Hat(head, head.user),
            now=latest - timedelta(days=1),
        )
        asked += 1
    return asked


def _choose_letters(mine: Sequence[Sponsorship], leader: Hat, office: Hat, latest: datetime) -> int:
    written = [row.petition_id for row in mine if row.petition.channel in LETTERS][:2]
    for petition_id in written:
        letters.choose_letter(
            petition_id,
            leader_id=leader.post.pk,
            why="反映的问题有代表性",
            by=office,
            now=latest - timedelta(hours=1),
        )
    return len(written)


def _units(petition_id: UUID) -> tuple[int, ...]:
    led = Handling.objects.filter(petition=petition_id, ended_at=None)
    return tuple(led.exclude(organ__code=PETITION_OFFICE).values_list("organ", flat=True))


def _hat_of(row: Sponsorship) -> Hat:
    post = Post.objects.select_related("user", "organ__place").get(sponsorships=row)
    return Hat(post, post.user)


def _hat(role: Role, now: datetime) -> Hat:
    user = User.objects.get(username=dict(LOGINS)[role])
    return next(hat for hat in hats_of(user, on=timezone.localdate(now)) if hat.role == role)
