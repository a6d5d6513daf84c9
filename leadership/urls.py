"""Where supervision, what is asked, and lifting are found."""

from django.urls import path

from leadership.views import home, instructing, receiving, sponsoring, stations
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
    path("roster/", receiving.roster, name="roster"),
    path("roster/days/<uuid:day_id>/", receiving.duty_day, name="duty_day"),
    path("roster/days/<uuid:day_id>/<slug:slug>/", receiving.on_duty_day, name="on_duty_day"),
    path("roster/numbers/<uuid:ticket_id>/", receiving.ticket, name="ticket"),
    path("roster/numbers/<uuid:ticket_id>/register/", receiving.register_visitor, name="register_visitor"),
    path("roster/numbers/<uuid:ticket_id>/<slug:slug>/", receiving.on_ticket, name="on_ticket"),
    path("roster/<str:month>/", receiving.roster, name="roster_month"),
    path("roster/<str:month>/<slug:slug>/", receiving.on_roster, name="on_roster"),
    path("receptions/", receiving.receptions, name="receptions"),
    path("receptions/petitions/<uuid:petition_id>/", receiving.heard, name="heard"),
    path("receptions/petitions/<uuid:petition_id>/<slug:slug>/", receiving.on_heard, name="on_heard"),
    path("receptions/invitations/<uuid:invitation_id>/", receiving.invitation, name="invitation"),
    path(
        "receptions/invitations/<uuid:invitation_id>/<slug:slug>/",
        receiving.on_invitation,
        name="on_invitation",
    ),
    path("receptions/trips/<uuid:trip_id>/", receiving.trip, name="trip"),
    path("receptions/trips/<uuid:trip_id>/photos/<int:photo_id>/", receiving.trip_photo, name="trip_photo"),
    path("receptions/trips/<uuid:trip_id>/<slug:slug>/", receiving.on_trip, name="on_trip"),
    path("receptions/offices/<int:office_id>/<slug:slug>/", receiving.on_receptions, name="on_receptions"),
    path("stations/", stations.stations, name="stations"),
    path("stations/offices/<int:office_id>/<slug:slug>/", stations.on_stations, name="on_stations"),
    path("stations/mediators/<uuid:mediator_id>/end/", stations.take_off, name="end_mediator"),
    path("stations/numbers/<int:service_id>/strike/", stations.strike, name="strike_service"),
    path("stations/<uuid:station_id>/", stations.station, name="station"),
    path("stations/<uuid:station_id>/<slug:slug>/", stations.on_station, name="on_station"),
    path("asked/<uuid:assignment_id>/", views.asked, name="asked"),
    path("asked/<uuid:assignment_id>/replies/<int:move_id>/", views.reply_file, name="reply_file"),
    path("asked/<uuid:assignment_id>/<slug:slug>/", views.on_asked, name="on_asked"),
]
