"""Where supervision, what is asked, and lifting are found."""

from django.urls import path

from leadership.views import home, instructing, lists, meetings, sponsoring
from leadership.views import supervision as views

app_name = "leadership"

urlpatterns = [
    path("supervision/", views.supervision, name="supervision"),
    path("supervision/petitions/<uuid:petition_id>/", views.matter, name="matter"),
    path("supervision/petitions/<uuid:petition_id>/<slug:slug>/", views.on_petition, name="on_petition"),
    path("supervision/slips/<uuid:slip_id>/", views.slip, name="slip"),
    path("supervision/slips/<uuid:slip_id>/file/", views.slip_file, name="slip_file"),
    path("supervision/slips/<uuid:slip_id>/<slug:slug>/", views.on_slip, name="on_slip"),
    path("supervision/lifts/<uuid:lift_id>/", views.lift, name="lift"),
    path("supervision/lifts/<uuid:lift_id>/<slug:slug>/", views.on_lift, name="on_lift"),
    path("supervision/bulletins/", views.bulletins, name="bulletins"),
    path("supervision/bulletins/<uuid:bulletin_id>/", views.bulletin, name="bulletin"),
    path("supervision/bulletins/<uuid:bulletin_id>/file/", views.bulletin_file, name="bulletin_file"),
    path("supervision/bulletins/<uuid:bulletin_id>/<slug:slug>/", views.on_bulletin, name="on_bulletin"),
    path("supervision/reports/<uuid:report_id>/", views.report, name="report"),
    path("supervision/reports/<uuid:report_id>/file/", views.report_file, name="report_file"),
    path("supervision/reports/<uuid:report_id>/<slug:slug>/", views.on_report, name="on_report"),
    path("leader/", home.home, name="home"),
    path("leader/secretaries/name/", home.name, name="name_secretary"),
    path("leader/secretaries/dismiss/", home.dismiss, name="dismiss_secretary"),
    path("sponsors/", sponsoring.coverage, name="sponsors"),
    path("sponsors/petitions/<uuid:petition_id>/", sponsoring.sponsored, name="sponsored"),
    path("sponsors/petitions/<uuid:petition_id>/<slug:slug>/", sponsoring.on_sponsored, name="on_sponsored"),
    path("sponsors/<uuid:sponsorship_id>/", sponsoring.sponsorship, name="sponsorship"),
    path("sponsors/<uuid:sponsorship_id>/evidence/", sponsoring.evidence, name="evidence"),
    path("sponsors/<uuid:sponsorship_id>/<slug:slug>/", sponsoring.on_sponsorship, name="on_sponsorship"),
    path("instructions/petitions/<uuid:petition_id>/", instructing.instructed, name="instructed"),
    path(
        "instructions/petitions/<uuid:petition_id>/<slug:slug>/",
        instructing.on_instructed,
        name="on_instructed",
    ),
    path("instructions/<uuid:instruction_id>/", instructing.instruction, name="instruction"),
    path("instructions/<uuid:instruction_id>/scan/", instructing.scan, name="scan"),
    path(
        "instructions/<uuid:instruction_id>/<slug:slug>/", instructing.on_instruction, name="on_instruction"
    ),
    path("decisions/<uuid:request_id>/", instructing.decision, name="decision"),
    path("decisions/<uuid:request_id>/<slug:slug>/", instructing.on_decision, name="on_decision"),
    path("meetings/", meetings.meetings, name="meetings"),
    path("meetings/call/", meetings.call, name="call_meeting"),
    path("meetings/kinds/enter/", meetings.enter, name="enter_meeting_kind"),
    path("meetings/kinds/<int:kind_id>/", meetings.meetings_of, name="meetings_of"),
    path("meetings/kinds/<int:kind_id>/end/", meetings.end, name="end_meeting_kind"),
    path("meetings/<uuid:meeting_id>/", meetings.meeting, name="meeting"),
    path("meetings/<uuid:meeting_id>/situation/", meetings.situation, name="situation"),
    path("meetings/<uuid:meeting_id>/<slug:slug>/", meetings.on_meeting, name="on_meeting"),
    path("lists/", lists.lists, name="strike_lists"),
    path("lists/open/", lists.open_one, name="open_strike_list"),
    path("lists/<uuid:list_id>/", lists.strike_list, name="strike_list"),
    path("lists/<uuid:list_id>/<slug:slug>/", lists.on_strike_list, name="on_strike_list"),
    path("lists/items/<uuid:item_id>/", lists.strike_item, name="strike_item"),
    path("lists/items/<uuid:item_id>/<slug:slug>/", lists.on_strike_item, name="on_strike_item"),
    path("lists/evidence/<int:strike_id>/", lists.strike_evidence, name="strike_evidence"),
    path("lessons/", meetings.lessons, name="lessons"),
    path("lessons/<uuid:petition_id>/", meetings.lessons_of, name="lessons_of"),
    path("lessons/<uuid:petition_id>/<slug:slug>/", meetings.on_lessons, name="on_lessons"),
    path("asked/<uuid:assignment_id>/", views.asked, name="asked"),
    path("asked/<uuid:assignment_id>/replies/<int:move_id>/", views.reply_file, name="reply_file"),
    path("asked/<uuid:assignment_id>/<slug:slug>/", views.on_asked, name="on_asked"),
]
