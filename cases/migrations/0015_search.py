import django.db.models.deletion
from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models

# A pair of neighbouring signs is one number: the point of the first times 2^21 plus that of the second. The month is a
# negative one. All names are those of pg_catalog, whoever restores or rebuilds the index; the cost keeps the planner
# from working it out row by row where it could ask the index.
SEARCH_KEYS = """
CREATE FUNCTION search_keys(words text, month integer) RETURNS bigint[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 10000 SET search_path = pg_catalog
AS $$
    SELECT array_agg((ascii(first)::bigint << 21) | ascii(second)) || (-month)::bigint
    FROM unnest(string_to_array(words, NULL), string_to_array(substr(words, 2), NULL)) AS pairs (first, second)
    WHERE second IS NOT NULL
$$
"""
SEARCH_KEYS_NO_MORE = "DROP FUNCTION search_keys(text, integer)"


class Migration(migrations.Migration):
    dependencies = [("cases", "0014_take_in_lists")]

    operations = [
        migrations.RunSQL(SEARCH_KEYS, SEARCH_KEYS_NO_MORE),
        migrations.CreateModel(
            name="SearchText",
            fields=[
                (
                    "petition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search_text",
                        serialize=False,
                        to="cases.petition",
                    ),
                ),
                ("month", models.PositiveIntegerField()),
                ("words", models.TextField()),
            ],
            options={
                "indexes": [
                    GinIndex(
                        models.Func("words", "month", function="search_keys"), name="search_text_by_keys"
                    )
                ]
            },
        ),
        migrations.AddField(
            model_name="petitioner",
            name="phone_tail_index",
            field=models.CharField(max_length=80, null=True),
        ),
        migrations.AddIndex(
            model_name="petitioner",
            index=models.Index(fields=["phone_tail_index"], name="petitioner_by_phone_tail"),
        ),
        migrations.AddIndex(
            model_name="petitioner",
            index=models.Index(
                models.Func(
                    models.F("name_key"),
                    models.Value(r"(\w)\w*\s*"),
                    models.Value(r"\1"),
                    models.Value("g"),
                    function="regexp_replace",
                    output_field=models.TextField(),
                ),
                name="petitioner_by_initials",
            ),
        ),
    ]
