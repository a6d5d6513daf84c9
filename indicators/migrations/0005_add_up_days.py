from django.db import migrations, models

ZONE = "'Asia/Shanghai'"
# who is counted (version 1), and of these who is counted without litigation and calls (version 2)
COUNTED = """fact.replaced_at IS NULL AND NOT fact.sealed AND fact.by_office AND fact.routing <> 'void'
    AND fact.register_level IN ('0000', '0100', '0200', '0300') AND fact.petitioner_count BETWEEN 1 AND 9999"""
PLAIN = "NOT fact.litigation_related AND fact.channel <> 'phone'"
# of which place: down to the township, where those who read figures of a place sit
PLACE = "substring(fact.seen_path FROM '^(?:[^/]+/){1,4}')"
MAY_BE_RATED = "NOT fact.is_repeat AND NOT fact.litigation_related"


def _timed(name, done, due, told, law_due):
    return {
        f"{name}_in_time": f"{done} <= {due}",
        f"{name}_late": f"{done} > {due}",
        f"{name}_late_by_law": f"{told} >= {law_due}",
    }


# of each cohort: the moment whose day it is, who belongs to it, and what is added up
COHORTS = [
    (
        "fact.registered_at",
        "true",
        {
            "batches": "true",
            "letter": "fact.channel IN ('letter', 'fax')",
            "visit": "fact.channel = 'visit'",
            "online": "fact.channel IN ('web', 'mobile_app', 'wechat', 'suggestion_box_web', 'leader_mailbox')",
            "phone": "fact.channel = 'phone'",
            "repeat": "fact.is_repeat",
            "first_to_unit": "NOT fact.is_repeat AND fact.to_unit",
            "contacted": "NOT fact.is_repeat AND fact.to_unit AND fact.contacted_at IS NOT NULL",
        },
    ),
    (
        "(fact.registered_at + interval '15 days')",
        "fact.office_done_at IS NOT NULL",
        _timed(
            "i01",
            "fact.office_done_at",
            "fact.registered_at + interval '15 days'",
            "fact.office_done_at",
            "fact.office_due_at",
        ),
    ),
    (
        "(fact.registered_at + interval '30 days')",
        "fact.to_unit AND fact.unit_done_at IS NOT NULL AND fact.unit_told_at IS NOT NULL",
        _timed(
            "i02",
            "fact.unit_done_at",
            "fact.registered_at + interval '30 days'",
            "fact.unit_told_at",
            "fact.unit_due_at",
        ),
    ),
    (
        "fact.reply_due_at",
        "fact.finished_at IS NOT NULL AND fact.replied_at IS NOT NULL",
        _timed("i03", "fact.finished_at", "fact.reply_due_at", "fact.replied_at", "fact.reply_due_at"),
    ),
    (
        "fact.rate_by_at",
        MAY_BE_RATED,
        {
            "satisfied": "fact.rating = 'satisfied'",
            "basically": "fact.rating = 'basically'",
            "dissatisfied": "fact.rating = 'dissatisfied'",
            "silent": "fact.rating = ''",
        },
    ),
    (
        "fact.finished_at",
        "NOT fact.is_repeat",
        {
            "finished": "true",
            "came_again": "fact.again_at <= fact.finished_at + interval '180 days'",
            "decided": "fact.unit_done_at IS NOT NULL",
        },
    ),
]
# of each cohort besides: what is no count
SUMS = {
    "fact.registered_at": {"persons": "fact.petitioner_count"},
    "fact.finished_at": {
        "span_to_end": "extract(epoch FROM fact.finished_at - fact.registered_at) * 1000000",
        "span_to_decision": "extract(epoch FROM fact.unit_done_at - fact.registered_at) * 1000000",
    },
}
COLUMNS = [
    *(name for _moment, _among, counts in COHORTS for name in counts),
    *(name for sums in SUMS.values() for name in sums),
]


def _one_cohort(moment, among, counts):
    """Return the statement that adds up one cohort of the facts in `fact`, each by its sign."""
    sums = SUMS.get(moment, {})
    found = {
        name: f"COALESCE(sum(fact.sign) FILTER (WHERE {condition}), 0)" for name, condition in counts.items()
    }
    found |= {name: f"COALESCE(sum(fact.sign * {value}), 0)" for name, value in sums.items()}
    columns = ", ".join(found)
    values = ", ".join(found.values())
    return f"""
INSERT INTO indicators_daysum (day, place_path, plain, {columns})
SELECT ({moment} AT TIME ZONE {ZONE})::date, {PLACE}, {PLAIN}, {values}
FROM %s WHERE {moment} IS NOT NULL AND {among} AND {COUNTED} GROUP BY 1, 2, 3
HAVING ({values}) <> ({", ".join("0" for _name in found)})"""  # noqa: S608 our own words alone


BY_CATEGORY = f"""
INSERT INTO indicators_monthsum (month, place_path, category_path, plain, batches)
SELECT date_trunc('month', fact.registered_at AT TIME ZONE {ZONE})::date, {PLACE},
    substring(category.path FROM '^[^/]+/'), {PLAIN}, sum(fact.sign)
FROM %s JOIN cases_contentcategory AS category ON category.id = fact.content_category_id
WHERE {COUNTED} GROUP BY 1, 2, 3, 4 HAVING sum(fact.sign) <> 0"""  # noqa: S608 our own words

STATEMENTS = [*(_one_cohort(*cohort) for cohort in COHORTS), BY_CATEGORY]
FROM_NEW = "(SELECT 1 AS sign, * FROM new_rows) AS fact"
FROM_OLD = "(SELECT -1 AS sign, * FROM old_rows) AS fact"
FROM_BOTH = "(SELECT 1 AS sign, * FROM new_rows UNION ALL SELECT -1 AS sign, * FROM old_rows) AS fact"
FROM_ALL = "(SELECT 1 AS sign, * FROM indicators_fact) AS fact"


def _quoted(statement):
    return "'" + statement.replace("'", "''") + "'"


# Rows are only added, so that what adds them waits for nobody; a sweep makes one of those of one day and place.
ADD_UP = f"""
CREATE FUNCTION indicators_sums() RETURNS text[] IMMUTABLE LANGUAGE sql AS $sums$
    SELECT ARRAY[{", ".join(_quoted(each) for each in STATEMENTS)}]
$sums$;

CREATE FUNCTION indicators_add_up() RETURNS trigger LANGUAGE plpgsql AS $add$
DECLARE
    statement text;
BEGIN
    -- a statement that touched no fact calls this as well, and most do not
    IF TG_OP = 'DELETE' THEN
        PERFORM 1 FROM old_rows LIMIT 1;
    ELSE
        PERFORM 1 FROM new_rows LIMIT 1;
    END IF;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    FOREACH statement IN ARRAY indicators_sums() LOOP
        EXECUTE format(statement, TG_ARGV[0]);
    END LOOP;
    RETURN NULL;
END $add$;

CREATE FUNCTION indicators_add_up_all() RETURNS void LANGUAGE plpgsql AS $all$
DECLARE
    statement text;
BEGIN
    DELETE FROM indicators_daysum;
    DELETE FROM indicators_monthsum;
    FOREACH statement IN ARRAY indicators_sums() LOOP
        EXECUTE format(statement, '{FROM_ALL}');
    END LOOP;
END $all$;

CREATE TRIGGER indicators_add_up AFTER INSERT ON indicators_fact REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION indicators_add_up('{FROM_NEW}');
CREATE TRIGGER indicators_take_off AFTER DELETE ON indicators_fact REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION indicators_add_up('{FROM_OLD}');
CREATE TRIGGER indicators_add_up_anew AFTER UPDATE ON indicators_fact
    REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION indicators_add_up('{FROM_BOTH}');
"""  # noqa: S608 our own words alone
LEAVE = """
DROP TRIGGER indicators_add_up ON indicators_fact;
DROP TRIGGER indicators_take_off ON indicators_fact;
DROP TRIGGER indicators_add_up_anew ON indicators_fact;
DROP FUNCTION indicators_add_up();
DROP FUNCTION indicators_add_up_all();
DROP FUNCTION indicators_sums();
"""
NOW = models.Q(("replaced_at", None), ("sealed", False))
UNDONE = [
    ("office", "registered_at", models.Q(("office_done_at", None), ("office_due_at__isnull", False))),
    (
        "unit",
        "registered_at",
        models.Q(
            models.Q(("unit_done_at", None), ("unit_told_at", None), _connector="OR"), ("to_unit", True)
        ),
    ),
    (
        "reply",
        "reply_due_at",
        models.Q(
            models.Q(("finished_at", None), ("replied_at", None), _connector="OR"),
            ("reply_due_at__isnull", False),
        ),
    ),
]
KEY = ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial"), ("indicators", "0004_work_out_ratings")]

    operations = [
        migrations.CreateModel(
            name="DaySum",
            fields=[
                KEY,
                ("day", models.DateField()),
                ("place_path", models.CharField(max_length=80)),
                ("plain", models.BooleanField()),
                *((name, models.BigIntegerField(db_default=0)) for name in COLUMNS),
            ],
            options={"indexes": [models.Index(fields=["day"], name="day_sum_by_day")]},
        ),
        migrations.CreateModel(
            name="MonthSum",
            fields=[
                KEY,
                ("month", models.DateField()),
                ("place_path", models.CharField(max_length=80)),
                ("category_path", models.CharField(max_length=80)),
                ("plain", models.BooleanField()),
                ("batches", models.BigIntegerField()),
            ],
            options={"indexes": [models.Index(fields=["month"], name="month_sum_by_month")]},
        ),
        migrations.AddIndex(
            model_name="fact",
            index=models.Index(
                condition=models.Q(
                    ("replaced_at", None), ("routing__in", ["registered", "routed"]), ("sealed", False)
                ),
                fields=["registered_at"],
                name="fact_open_now",
            ),
        ),
        *(
            migrations.AddIndex(
                model_name="fact",
                index=models.Index(condition=NOW & undone, fields=[cohort], name=f"fact_now_undone_by_{who}"),
            )
            for who, cohort, undone in UNDONE
        ),
        migrations.RunSQL(ADD_UP, LEAVE),
        migrations.RunSQL("SELECT indicators_add_up_all()", migrations.RunSQL.noop),
    ]
