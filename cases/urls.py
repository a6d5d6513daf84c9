"""Where petitions are found."""

from django.urls import path

from cases.views import administration, intake, ledger, petitions

app_name = "cases"

urlpatterns = [
    path("petitions/", ledger.ledger, name="ledger"),
    path("petitions/new/", intake.new, name="intake"),
    path("petitions/enquire/", ledger.enquire, name="enquire"),
    path("petitions/backdated/", ledger.backdated, name="backdated"),
    path("drafts/", intake.drafts, name="drafts"),
    path("drafts/<uuid:draft_id>/", intake.draft, name="draft"),
    path("drafts/<uuid:draft_id>/autosave/", intake.autosave, name="autosave"),
    path("drafts/<uuid:draft_id>/deadlines/", intake.deadlines_preview, name="deadlines_preview"),
    path("drafts/<uuid:draft_id>/discard/", intake.discard, name="discard"),
    path("drafts/<uuid:draft_id>/files/<uuid:attachment_id>/remove/", intake.detach, name="detach"),
    path("sealed/", ledger.sealed_ledger, name="sealed_ledger"),
    path("petitions/<uuid:petition_id>/", petitions.petition, name="petition"),
    path("petitions/<uuid:petition_id>/people/<uuid:person_id>/reveal/", petitions.reveal, name="reveal"),
    path("petitions/<uuid:petition_id>/query-code/", petitions.reissue_code, name="reissue_code"),
    path("petitions/<uuid:petition_id>/enquiries/", petitions.enquiry, name="enquiry"),
    path("petitions/<uuid:petition_id>/safety-notes/", petitions.safety, name="safety"),
    path(
        "petitions/<uuid:petition_id>/safety-notes/<int:note_id>/close/",
        petitions.close_safety,
        name="close_safety",
    ),
    path("petitions/<uuid:petition_id>/conduct/", petitions.conduct, name="conduct"),
    path("petitions/<uuid:petition_id>/originals/", petitions.take_original, name="take_original"),
    path(
        "petitions/<uuid:petition_id>/originals/<int:original_id>/return/",
        petitions.return_original,
        name="return_original",
    ),
    path("petitions/<uuid:petition_id>/files/", petitions.attach, name="attach"),
    path("petitions/<uuid:petition_id>/files/<uuid:attachment_id>/", petitions.file, name="file"),
    path(
        "petitions/<uuid:petition_id>/files/<uuid:attachment_id>/quarantine/",
        petitions.quarantine,
        name="quarantine",
    ),
    path("petitions/<uuid:petition_id>/seal/", petitions.seal, name="seal"),
    path("petitions/<uuid:petition_id>/unseal/", petitions.unseal, name="unseal"),
    path("petitions/<uuid:petition_id>/grants/", petitions.let_in, name="let_in"),
    path("petitions/<uuid:petition_id>/grants/<int:post_id>/end/", petitions.shut_out, name="shut_out"),
    path("petitions/<uuid:petition_id>/void/propose/", petitions.propose_void, name="propose_void"),
    path("petitions/<uuid:petition_id>/void/decide/", petitions.decide_void, name="decide_void"),
    path("petitions/<uuid:petition_id>/correct/<str:field>/", petitions.correct, name="correct"),
    path("petitions/<uuid:petition_id>/card/", petitions.print_card, name="print_card"),
    path("administration/categories/", administration.categories, name="categories"),
    path("administration/local-settings/", administration.local_settings, name="local_settings"),
]
