from django.db import migrations, models

# What was said of a reply, and when it was served, are no part of a petition's own history: they mark it, too.
_OF_PAPER = (
    "unnest(ARRAY(SELECT petition_id FROM cases_petitiondocument AS hung WHERE hung.document_id = {}))"
)
_MARKED = [
    ("cases_handlingversion", "INSERT", "petition_id"),
    ("cases_petitionrating", "INSERT", "petition_id"),
    ("cases_petitionrating", "UPDATE", "petition_id"),
    ("documents_servicerecord", "INSERT", _OF_PAPER.format("new_rows.document_id")),
    (
        "documents_servicecorrection",
        "UPDATE",
        _OF_PAPER.format("(SELECT document_id FROM documents_servicerecord WHERE id = new_rows.record_id)"),
    ),
]


def _marks():
    for table, event, petition in _MARKED:
        name = "indicators_mark" if event == "INSERT" else "indicators_mark_again"
        yield migrations.RunSQL(
            f"CREATE TRIGGER {name} AFTER {event} ON {table} REFERENCING NEW TABLE AS new_rows"
            f" FOR EACH STATEMENT EXECUTE FUNCTION indicators_mark('{petition}')",
            f"DROP TRIGGER {name} ON {table}",
        )


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0001_initial"),
        ("documents", "0001_initial"),
        ("indicators", "0002_follow_history"),
    ]

    operations = [
        migrations.AddField(
            model_name="fact",
            name="rate_by_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="fact",
            name="rating",
            field=models.CharField(blank=True, max_length=12),
        ),
        migrations.AddIndex(
            model_name="fact",
            index=models.Index(
                condition=models.Q(("replaced_at", None), ("sealed", False)),
                fields=["rate_by_at"],
                name="fact_now_by_rate_by_at",
            ),
        ),
        migrations.AddIndex(
            model_name="fact",
            index=models.Index(
                condition=models.Q(("sealed", False)),
                fields=["rate_by_at", "known_at"],
                name="fact_once_by_rate_by_at",
            ),
        ),
        *_marks(),
    ]
