"""Addresses of scores."""

from django.urls import path

from scoring.views import entries, rule_sets, standing, vetoes

app_name = "scoring"

urlpatterns = [
    path("scores/", entries.ledger, name="ledger"),
    path("scores/enter/", entries.propose_entry, name="propose_entry"),
    path("scores/left-out/", entries.exclusions, name="exclusions"),
    path("scores/left-out/propose/", entries.propose_exclusion, name="propose_exclusion"),
    path("scores/left-out/<uuid:exclusion_id>/<slug:slug>/", entries.on_exclusion, name="on_exclusion"),
    path("scores/entries/<uuid:entry_id>/", entries.entry, name="entry"),
    path("scores/entries/<uuid:entry_id>/<slug:slug>/", entries.on_entry, name="on_entry"),
    path("scores/withheld/", vetoes.vetoes, name="vetoes"),
    path("scores/withheld/propose/", vetoes.propose_veto, name="propose_veto"),
    path("scores/withheld/<uuid:veto_id>/<slug:slug>/", vetoes.on_veto, name="on_veto"),
    path("scores/units/<str:code>/", standing.card, name="card"),
    path("scores/months/", standing.months, name="months"),
    path("scores/months/close/", standing.close_month, name="close_month"),
    path("scores/months/<uuid:close_id>/", standing.month, name="month"),
    path("scores/months/<uuid:close_id>/hand-out/", standing.hand_out, name="hand_out"),
    path("scores/rules/", rule_sets.rule_sets, name="rule_sets"),
    path("scores/rules/draw/", rule_sets.draw_rule_set, name="draw_rule_set"),
    path("scores/rules/<uuid:rule_set_id>/", rule_sets.rule_set, name="rule_set"),
    path("scores/rules/<uuid:rule_set_id>/replay/", rule_sets.replay, name="replay"),
    path("scores/rules/<uuid:rule_set_id>/<slug:slug>/", rule_sets.on_rule_set, name="on_rule_set"),
]
