"""Whoever is given a petition to read is told, and a unit that its sender presses."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_political_legal_organs"),
        ("notices", "0006_kind_of_a_returned_paper"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="notice",
            name="notice_kind_known",
        ),
        migrations.AlterField(
            model_name="notice",
            name="kind",
            field=models.CharField(
                choices=[
                    ("sealed_here", "A sealed petition waits for you"),
                    ("registered_for_you", "A petition was registered in your portfolio"),
                    ("draft_waits", "A parked draft waits to be finished"),
                    ("sent_to_you", "A petition was sent to your unit: sign for it"),
                    ("objection_to_decide", "A unit objects: decide on the return"),
                    ("objection_refused", "The sender did not agree to the return"),
                    ("paper_to_approve", "A paper waits for your approval"),
                    ("paper_returned", "A paper that you drew up was sent back for revision"),
                    ("extension_to_decide", "An extension waits for your decision"),
                    ("extension_decided", "The extension was decided"),
                    ("help_asked", "A unit asks yours to assist by a day"),
                    ("fed_back", "A co-handling unit gave its feedback"),
                    ("withdrawal_to_confirm", "A petitioner withdraws: confirm it or not"),
                    ("ended_otherwise", "A petition ended: nothing more is owed on it"),
                    ("goes_on_again", "A petition that had ended goes on"),
                    ("recusal_to_decide", "A petitioner asks for a recusal: decide on it"),
                    ("recusal_decided", "A recusal was decided"),
                    ("keep_to_look_at", "A petition kept without action was drawn: look at it"),
                    ("kept_wrongly", "A petition was kept wrongly: route it anew"),
                    ("report_to_take", "A completion report came in: take it or send it back"),
                    ("report_sent_back", "Your completion report was sent back for rework"),
                    ("dispute_opened", "Who accepts a petition is in dispute"),
                    ("dispute_settled", "A dispute over who accepts was settled"),
                    ("came_again", "A matter that your unit handles was raised again"),
                    ("service_to_confirm", "A correction of a service waits for a second person"),
                    ("given_to_read", "A petition was given to you to read and work on"),
                    ("pressed", "The sender presses your unit for a petition"),
                ],
                max_length=30,
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "sealed_here",
                            "registered_for_you",
                            "draft_waits",
                            "sent_to_you",
                            "objection_to_decide",
                            "objection_refused",
                            "paper_to_approve",
                            "paper_returned",
                            "extension_to_decide",
                            "extension_decided",
                            "help_asked",
                            "fed_back",
                            "withdrawal_to_confirm",
                            "ended_otherwise",
                            "goes_on_again",
                            "recusal_to_decide",
                            "recusal_decided",
                            "keep_to_look_at",
                            "kept_wrongly",
                            "report_to_take",
                            "report_sent_back",
                            "dispute_opened",
                            "dispute_settled",
                            "came_again",
                            "service_to_confirm",
                            "given_to_read",
                            "pressed",
                        ],
                    )
                ),
                name="notice_kind_known",
            ),
        ),
    ]
