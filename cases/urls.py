"""Where petitions are found."""

from django.urls import path

from cases.views import (
    administration,
    calendar,
    chosen,
    exports,
    from_grids,
    groups,
    imports,
    intake,
    ledger,
    petitions,
    preview,
    prints,
    reconciling,
    repeats,
    saved_views,
    slips,
)

app_name = "cases"

urlpatterns = [
    path("from-grids/<uuid:event_id>/take/", from_grids.take, name="take_event"),
    path("categories/find/", intake.find_category, name="find_category"),
    path("petitions/", ledger.ledger, name="ledger"),
    path("petitions/new/", intake.new, name="intake"),
    path("petitions/route-next/", petitions.route_next, name="route_next"),
    path("petitions/enquire/", ledger.enquire, name="enquire"),
    path(
        "petitions/<uuid:petition_id>/urgings/<int:urging_id>/", petitions.urging_paper, name="urging_paper"
    ),
    path("petitions/<uuid:petition_id>/word/", petitions.sealed_word_paper, name="sealed_word_paper"),
    path("petitions/<uuid:petition_id>/handover/", petitions.handover_paper, name="handover_paper"),
    path("petitions/export/", exports.export, name="export_ask"),
    path("petitions/exports/", exports.exports, name="exports"),
    path("petitions/exports/<uuid:export_id>/", exports.one, name="export"),
    path("petitions/exports/<uuid:export_id>/progress/", exports.progress, name="export_progress"),
    path("petitions/exports/<uuid:export_id>/file/", exports.file, name="export_file"),
    path("petitions/chosen/", chosen.chosen, name="chosen"),
    path("petitions/print/", prints.print_ledger, name="print_ledger"),
    path("petitions/views/", saved_views.saved, name="saved_views"),
    path("petitions/views/new/", saved_views.save, name="save_view"),
    path("petitions/views/<uuid:view_id>/", saved_views.one, name="saved_view"),
    path("petitions/views/<uuid:view_id>/remove/", saved_views.remove, name="remove_view"),
    path("petitions/columns/", saved_views.choose_columns, name="choose_columns"),
    path("petitions/backdated/", ledger.backdated, name="backdated"),
    path("drafts/", intake.drafts, name="drafts"),
    path("drafts/<uuid:draft_id>/", intake.draft, name="draft"),
    path("drafts/<uuid:draft_id>/autosave/", intake.autosave, name="autosave"),
    path("drafts/<uuid:draft_id>/deadlines/", intake.deadlines_preview, name="deadlines_preview"),
    path("drafts/<uuid:draft_id>/earlier/", intake.earlier, name="earlier"),
    path("drafts/<uuid:draft_id>/categories/", intake.suggest_category, name="suggest_category"),
    path("drafts/<uuid:draft_id>/discard/", intake.discard, name="discard"),
    path("drafts/<uuid:draft_id>/files/<uuid:attachment_id>/remove/", intake.detach, name="detach"),
    path("slips/<uuid:slip_id>/", slips.slip, name="slip"),
    path("sealed/", ledger.sealed_ledger, name="sealed_ledger"),
    path("petitions/<uuid:petition_id>/", petitions.petition, name="petition"),
    path("petitions/<uuid:petition_id>/preview/", preview.preview, name="preview"),
    path("petitions/<uuid:petition_id>/people/<uuid:person_id>/reveal/", petitions.reveal, name="reveal"),
    path("petitions/<uuid:petition_id>/query-code/", petitions.reissue_code, name="reissue_code"),
    path("petitions/<uuid:petition_id>/files/<uuid:attachment_id>/", petitions.file, name="file"),
    path("petitions/<uuid:petition_id>/correct/<str:field>/", petitions.correct, name="correct"),
    path("petitions/<uuid:petition_id>/card/", petitions.print_card, name="print_card"),
    path("petitions/<uuid:petition_id>/papers/<uuid:document_id>/", petitions.paper, name="paper"),
    path("petitions/<uuid:petition_id>/earlier/", repeats.for_petition, name="look_for_earlier"),
    path("petitions/<uuid:petition_id>/same-text/", groups.same_text, name="same_text"),
    path("petitions/<uuid:petition_id>/<slug:slug>/", petitions.deed, name="deed"),
    path("imports/", imports.imports, name="imports"),
    path("imports/<uuid:batch_id>/", imports.one, name="import"),
    path("imports/<uuid:batch_id>/progress/", imports.progress, name="import_progress"),
    path("imports/<uuid:batch_id>/rejects/", imports.rejects, name="import_rejects"),
    path("imports/<uuid:batch_id>/<slug:step>/", imports.step, name="import_step"),
    path("reconciliations/", reconciling.reconciliations, name="reconciliations"),
    path("reconciliations/<uuid:reconciliation_id>/", reconciling.one, name="reconciliation"),
    path(
        "reconciliations/<uuid:reconciliation_id>/progress/",
        reconciling.progress,
        name="reconciliation_progress",
    ),
    path(
        "reconciliations/<uuid:reconciliation_id>/export/", reconciling.export, name="reconciliation_export"
    ),
    path(
        "reconciliations/<uuid:reconciliation_id>/<slug:step>/", reconciling.step, name="reconciliation_step"
    ),
    path("calendar/<str:key>.ics", calendar.calendar_feed, name="calendar_feed"),
    path("administration/categories/", administration.categories, name="categories"),
    path("administration/category-suggestions/", administration.category_models, name="category_models"),
    path("administration/local-settings/", administration.local_settings, name="local_settings"),
]
