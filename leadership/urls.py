"""Where supervision, what is asked, and lifting are found."""

from django.urls import path

from leadership import views

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
    path("asked/<uuid:assignment_id>/", views.asked, name="asked"),
    path("asked/<uuid:assignment_id>/replies/<int:move_id>/", views.reply_file, name="reply_file"),
    path("asked/<uuid:assignment_id>/<slug:slug>/", views.on_asked, name="on_asked"),
]
