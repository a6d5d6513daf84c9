"""The addresses the frame asks for, and a page that shows every component in every state."""

from datetime import date
from pathlib import Path

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template import engines
from django.urls import include, path

from config.mistakes import server_error
from deadlines.lamps import Band, Colour, Lamp
from lib.forms import TablerForm
from lib.strips import Point, Span, strip
from tests.front.given import NOON, a_hat

HERE = Path(__file__).parent
GOOD_PASSWORD = "correct horse"


class Sample(TablerForm):
    """One field of each kind."""

    title = forms.CharField(label="事项标题", help_text="一句话写清")
    words = forms.CharField(label="诉求与事实", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    channel = forms.ChoiceField(
        label="渠道", choices=[("visit", "来访"), ("letter", "来信")], widget=forms.RadioSelect
    )
    unit = forms.ChoiceField(label="主办单位", choices=[("", ""), ("x", "区交通运输局")])
    place = forms.CharField(label="地点", required=False)
    place_code = forms.CharField(required=False, widget=forms.HiddenInput)
    urgent = forms.BooleanField(label="紧急", required=False)


class Person(TablerForm):
    name = forms.CharField(label="姓名")


People = forms.formset_factory(Person, extra=1, max_num=3, can_delete=True)

STRIP = strip(
    "8月5日登记，今天办理第 56 天",
    date(2026, 8, 5),
    date(2026, 11, 14),
    [
        Span("trk", date(2026, 8, 5), date(2026, 10, 16)),
        Span("ext", date(2026, 10, 16), date(2026, 11, 14)),
        Span("run-y", date(2026, 8, 17), date(2026, 10, 12)),
    ],
    [
        Point(date(2026, 8, 5), "登记 8月5日"),
        Point(date(2026, 10, 12), "今天", strong=True, now=True),
        Point(date(2026, 10, 16), "60 日 10月16日", below=True, strong=True),
    ],
)
LAMPS = [
    Lamp(Colour.GREEN, Band.RUNS, days_left=13),
    Lamp(Colour.AMBER, Band.WARN, days_left=4),
    Lamp(Colour.RED, Band.OVERDUE, days_left=-2),
    Lamp(Colour.NOT_RUNNING, Band.NOT_STARTED),
    Lamp(Colour.DONE, Band.MET),
]


def components(request: HttpRequest) -> HttpResponse:
    request.now, request.hats = NOON, [a_hat(), a_hat(title="登记", key=8)]
    request.hat, request.user = request.hats[0], request.hats[0].user
    request.idle_minutes = float(request.GET.get("idle", 15))
    form = Sample(request.POST or (None if "bad" not in request.GET else {}))
    template = engines["django"].from_string((HERE / "components.html").read_text())
    context = {"form": form, "people": People(prefix="people"), "strip": STRIP, "lamps": LAMPS}
    return HttpResponse(template.render(context, request), status=422 if form.errors else 200)


def reveal(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"value": "138 0000 1234" if request.POST["field"] == "phone" else "", "seconds": 1})


def autosave(request: HttpRequest) -> HttpResponse:
    if request.POST["title"] == "换了岗位":
        return render(request, "_refused.html", {"message": "您在别的窗口换了岗位"}, status=409)
    if request.POST["title"] == "别人先存了":
        return JsonResponse({"code": "stale", "message": "别人先存了这份草稿"}, status=409)
    return JsonResponse({"version": int(request.POST["seen_version"]) + 1, "saved_at": "09:41"})


def find(request: HttpRequest) -> HttpResponse:
    found = '<li role="option" data-value="141102" data-words="街上村">街上村<small>吴城镇</small></li>'
    return HttpResponse(found if request.GET["q"] == "街" else "")


def unlock(request: HttpRequest) -> HttpResponse:
    if request.POST["password"] != GOOD_PASSWORD:
        return HttpResponse("密码不对", status=400)
    return JsonResponse({"csrf_token": "renewed"})


def room(name: str, *names: str) -> tuple[list[object], str]:
    return [path(f"{name}/{each}/", components, name=each) for each in names], name


UNLOCK = path("accounts/unlock/", unlock, name="unlock_screen")
urlpatterns = [
    path("components/", components),
    path("reveal/", reveal),
    path("autosave/", autosave),
    path("find/", find),
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include(room("desk", "my_work", "administration", "audit", "health"))),
    path("", include(room("cases", "intake", "drafts", "ledger", "sealed_ledger"))),
    path("", include(room("notices", "inbox"))),
    path("", include(([*room("accounts", "choose_hat", "account", "sign_out")[0], UNLOCK], "accounts"))),
]
handler500 = server_error
