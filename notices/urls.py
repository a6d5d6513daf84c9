"""Where notices are read, and how they leave the house."""

from django.urls import path

from notices.views import administration, inbox

app_name = "notices"

urlpatterns = [
    path("notices/", inbox.inbox, name="inbox"),
    path("notices/read/", inbox.mark_read, name="mark_read"),
    path("administration/channels/", administration.channels, name="channels"),
    path("administration/channels/<uuid:pk>/", administration.channel, name="channel"),
    path("administration/channels/<uuid:pk>/test/", administration.test_channel, name="test_channel"),
    path("administration/channels/<uuid:pk>/switch/", administration.switch_channel, name="switch_channel"),
    path("administration/outbox/", administration.outbox, name="outbox"),
    path("administration/outbox/<uuid:pk>/try-again/", administration.try_again, name="try_again"),
    path("administration/reminders/", administration.reminders, name="reminders"),
]
